#ifndef LIKELY_APP_PLOT_PLOT_VIEW_CHOOSE_H
#define LIKELY_APP_PLOT_PLOT_VIEW_CHOOSE_H

#include "app/plot/plot_view.h"

/* The state of making a view. */
struct plot_view_making {
    struct plot_view *view;
    const struct plot_task *task;
    const struct table *table;
    bool *is_given, *is_given_text; /* given by --at or shown: per number; per text */
    size_t *number, *text;          /* indexes in x and level of the further columns of the frame, */
    size_t n_numbers, n_texts;      /* the last of its numbers and texts */
};

/* Parses --at, and chooses the n_shown features that vary: those of --features, else those that --at leaves. */
enum status plot_view_choose(struct plot_view_making *m, size_t n_shown, struct err *err);

/* The name of a number of the model: of a feature, or of the offset behind them. */
const char *plot_view_number_name(const struct predictor *predictor, size_t i);

#endif
