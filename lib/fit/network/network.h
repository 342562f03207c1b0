#ifndef LIKELY_FIT_NETWORK_NETWORK_H
#define LIKELY_FIT_NETWORK_NETWORK_H

#include "base/err.h"
#include "base/rng.h"
#include "family/layer/layer.h"
#include "family/loss/loss.h"

#include <stdbool.h>
#include <stddef.h>

/* A network: layers one behind the other, and the loss at its end. */

struct network_item { /* a layer of a list */
    const struct layer *layer;
    size_t outputs; /* of a layer whose size is free */
    double argument;
};

struct network_layer {
    const struct layer *layer;
    struct layer_shape shape;
    size_t offset, rows, columns; /* its parameters: rows x columns numbers from there on */
};

/* Rows of parameters of one layer, the unit of parallel work on them. */
struct network_block {
    size_t layer, first, count;
    size_t offset, n; /* the same among all parameters */
    size_t biases;    /* number of them, at the start, which are not penalised */
};

struct network {
    size_t inputs, outputs; /* numbers per row */
    size_t n_layers,
        score_layers; /* behind the first score_layers there are scores: what the last weighted sums give */
    struct network_layer *layer;
    size_t parameters, n_blocks;
    struct network_block *block;
    size_t lowest;           /* the first layer that has parameters */
    const struct loss *loss; /* NULL: the network only predicts */
    double loss_parameter;
    /* How many numbers are predicted; 0: classes are. Each is center + scale times an output, and its loss is divided
     * by unit. In pairs a standard deviation follows each, scale times an output. */
    size_t targets;
    bool pairs, soft; /* soft: targets are probabilities of the classes */
    double *center, *scale, *unit;
};

/* Whether the network predicts standard deviations: for the loss nll_sd, and for nll with the parameter 0, which
 * learns one per target. */
bool network_has_sd(const struct loss *loss, double loss_parameter);

/* The layers of `items`, then weighted sums to as many outputs as there are scores and, for a loss of probabilities,
 * the layer that makes probabilities of scores. outputs: classes, or numbers to predict. For nll_sd there are twice
 * as many sums, of half of which a layer makes standard deviations; for nll with the parameter 0 a last layer has the
 * standard deviations. */
void network_new(struct network **network, size_t inputs, const struct network_item *items, size_t n, size_t outputs,
                 bool bias, const struct loss *loss, double loss_parameter);
void network_free(struct network *network);

/* The items of which a network was made; the caller frees *items. */
void network_items(const struct network *network, struct network_item **items, size_t *n);

/* Turns rows of outputs into predictions of numbers, center + scale times each; does nothing for classes. */
void network_unscale(const struct network *network, size_t rows, double *output);

/* Reads a list of layers such as "128 relu, dropout 0.2, 64 tanh": items separated by commas, each a count of outputs
 * and a layer behind it, a count alone, or a layer that has no size of its own, perhaps with its argument. NULL or ""
 * is no layer; the caller frees *items. Errors name the item. */
enum status network_parse(const char *text, struct network_item **items, size_t *n, struct err *err);

/* A layer as text: "linear 128", "relu", "dropout 0.2"; the caller frees it. */
char *network_layer_text(const struct network_layer *layer);

enum network_start { NETWORK_START_AUTO, NETWORK_START_GLOROT, NETWORK_START_HE };

/* Random weights, biases 0. Glorot: uniform within sqrt(6 / (inputs + outputs)) of 0 (X. Glorot and Y. Bengio,
 * AISTATS 2010, eq. 16); He: normal of variance 2 / inputs (K. He and others, ICCV 2015, eq. 10); auto: He's before
 * relu, else Glorot's. */
void network_start(const struct network *network, enum network_start how, struct rng *rng, double *parameters);

#endif
