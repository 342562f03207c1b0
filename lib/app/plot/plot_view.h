#ifndef LIKELY_APP_PLOT_PLOT_VIEW_H
#define LIKELY_APP_PLOT_PLOT_VIEW_H

#include "app/plot/plot.h"
#include "data/dataset/frame.h"
#include "model/predictor.h"

/* The view of a model that a picture shows: one or two of its features vary; the others are held at the values
 * of --at, or at their mean or most frequent level in the rows. */
struct plot_view {
    const struct predictor *predictor;
    size_t n_shown, shown[2]; /* indexes of features of the model */
    double *x;                /* predictor_numbers values; those of shown features are filled in per point */
    uint32_t *level;          /* per categorical feature */
    const char *target;       /* name of the target column */
    bool keeps_rows;          /* the frame has all features, so that rows can be predicted as they are */
    size_t *number, *text;    /* columns of the frame of each number that is not shown, and of each category */
};

/* Makes a view and reads the rows. The first numbers of the frame are the shown features; then the target
 * follows as a number or, otherwise, as the first text. Gives a notice of features held at defaults. Errors: the
 * model has fewer numeric features than are shown, or more and none are chosen; a missing column; a value that
 * the model does not accept. */
enum status plot_view_load(struct plot_view *view, const struct plot_task *task, struct table *table,
                           const struct predictor *predictor, size_t n_shown, bool target_is_number, bool keeps_rows,
                           struct frame **frame, struct err *err);
void plot_view_free(struct plot_view *view);

/* The name of a shown feature. */
const char *plot_view_name(const struct plot_view *view, size_t i);

/* Computes the scores of n points of n_shown numbers each. */
void plot_view_scores(const struct plot_view *view, size_t n, const double *points, double *scores);
/* Takes the numbers and levels of a row of the frame, which keeps rows. False: a category that the model does not know.
 */
bool plot_view_row(const struct plot_view *view, const struct frame *frame, size_t row, double *x, uint32_t *level);

/* Features that are not shown: "NAME = VALUE" of item i, in the order of the model; NULL behind the last. The caller
 * frees it. *value: the number; NaN for a category, whose level is in the text. */
char *plot_view_fixed(const struct plot_view *view, size_t i, double *value);

/* Computes the terms (predictor->d) of one point, for intervals. */
void plot_view_terms(const struct plot_view *view, const double *point, double *terms);

#endif
