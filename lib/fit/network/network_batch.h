#ifndef LIKELY_FIT_NETWORK_NETWORK_BATCH_H
#define LIKELY_FIT_NETWORK_NETWORK_BATCH_H

#include "base/crew.h"
#include "fit/network/network.h"
#include "fit/network/network_rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows on their way through a network and back, at most NETWORK_ROWS at a time. Rows are cut into tiles, parameters
 * into blocks, at places that do not depend on the number of threads, and every sum is taken in order. */

enum { NETWORK_ROWS = 1024, NETWORK_TILE = 32 };

struct network_parameters {
    const double *value;
    const float *single; /* the same rounded; NULL: products are in double precision */
};

struct network_batch {
    const struct network *network;
    size_t rows;
    double **value, **gradient; /* n_layers + 1 each: rows x the size between layers, and the loss's derivative */
    float **single_input, **single_output; /* n_layers each; those of layers without parameters are NULL */
    double *prediction, *target;           /* of numbers: rows x outputs, and rows x targets */
    double *weight, *loss, *scaled; /* per row; its loss without the weight, and divided by the units of its parts */
    uint32_t *label;
    double *probability; /* rows x outputs: targets; NULL: targets are labels or numbers */
    bool *is_right;      /* the class of the greatest score is the row's own */
    struct crew *crew;
    /* The task at hand, set by the caller. */
    struct network_parameters parameters;
    const struct network_rows *source;
    const size_t *order;
    double divisor;
    bool is_training, wants_gradient;
    uint64_t seed;
    size_t first_row;
};

/* crew: NULL for forward passes alone. */
void network_batch_new(struct network_batch **batch, const struct network *network, size_t rows, bool is_single,
                       struct crew *crew);
void network_batch_free(struct network_batch *batch);

/* The layers' outputs of rows first .. first + rows, whose inputs stand in value[0], behind `layers` of the layers. */
void network_batch_forward(struct network_batch *batch, size_t first, size_t rows, size_t layers);

/* Sums over rows of weight * loss, the same of losses divided by their units, of weights, and of the weights of rows
 * whose class was found. */
struct network_sums {
    double loss, scaled, weight, right;
};

/* Takes rows order[0 .. rows) through the network; then, where a gradient is wanted, back, from the derivative of the
 * loss times weight / divisor. Adds to the sums. */
void network_batch_run(struct network_batch *batch, const size_t *order, size_t rows, struct network_sums *sums);

/* After that: adds the derivative by a block's parameters to gradient (block->n). */
void network_batch_gradient(const struct network_batch *batch, const struct network_block *block, double *gradient);

#endif
