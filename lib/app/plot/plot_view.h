#ifndef LIKELY_APP_PLOT_PLOT_VIEW_H
#define LIKELY_APP_PLOT_PLOT_VIEW_H

#include "app/plot/plot.h"
#include "data/dataset/frame.h"
#include "model/predictor.h"

/* What a picture shows of a model: one or two of its numbers, others being held at what --at says, or at the mean or
 * the most frequent value of the rows. */
struct plot_view {
    const struct predictor *predictor;
    size_t n_shown, shown[2]; /* features of the model */
    double *x;          /* as the model has its numbers: predictor_numbers, those that are shown to be filled in */
    uint32_t *level;    /* of each category */
    const char *target; /* the column of what is predicted */
};

/* Reads the rows: the frame's first numbers are those that are shown; the next is the target, or else the first text
 * is. Says what is held at something that nobody chose. Errors: the model has too few numbers, or more than are shown
 * while none are chosen; no such column; a value that the model cannot take. */
enum status plot_view_load(struct plot_view *view, const struct plot_task *task, struct table *table,
                           const struct predictor *predictor, size_t n_shown, bool target_is_number,
                           struct frame **frame, struct err *err);
void plot_view_free(struct plot_view *view);

/* The name of a number that is shown. */
const char *plot_view_name(const struct plot_view *view, size_t i);

/* Scores of n points, n_shown numbers each. */
void plot_view_scores(const struct plot_view *view, size_t n, const double *points, double *scores);
/* The features (predictor->d) of one point, as intervals want them. */
void plot_view_terms(const struct plot_view *view, const double *point, double *terms);

#endif
