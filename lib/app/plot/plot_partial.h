#ifndef LIKELY_APP_PLOT_PLOT_PARTIAL_H
#define LIKELY_APP_PLOT_PLOT_PARTIAL_H

#include "app/plot/plot_view.h"

/* The outputs of a model for rows, as they are and with all features fixed but the shown one. */
struct plot_partial {
    size_t outputs;
    double *own, *fixed; /* rows x outputs; NaN: the model has no prediction, or does not know a category of the row */
    size_t unknown;      /* rows without */
};

/* The view keeps its rows and shows one feature. plot_partial_free releases the memory. */
void plot_partial_find(struct plot_partial *partial, const struct plot_view *view, const struct frame *frame);
void plot_partial_free(struct plot_partial *partial);

/* The share of a class in n rows, as it would be with the other features fixed: own and fixed are the model's
 * probabilities of the class in these rows. */
double plot_partial_share(size_t n, const double *own, const double *fixed, double share);

#endif
