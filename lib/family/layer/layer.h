#ifndef LIKELY_FAMILY_LAYER_LAYER_H
#define LIKELY_FAMILY_LAYER_LAYER_H

#include "text/c_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A layer of a network maps rows of inputs to rows of outputs by three rules: forward, the outputs from the
 * inputs; backward, the derivative of the loss by the inputs from that by the outputs; gradient, the derivative
 * of the loss by the parameters. Rows do not depend on each other. Each layer is one file
 * lib/family/layer/layer_NAME.c, which defines `const struct layer layer_NAME`, and one line in
 * lib/family/layer/layer.list: LAYER(NAME). */

struct layer_shape {
    size_t inputs, outputs; /* per row */
    bool bias;              /* whether a layer with parameters has a bias */
    double argument;        /* such as the rate of dropout */
};

/* Rows that pass through a layer; matrices are row-major without gaps. */
struct layer_pass {
    const struct layer_shape *shape;
    size_t rows, first; /* first: the index of the first row in its batch */
    const double *parameters;
    const double *input;           /* rows x inputs */
    double *output;                /* rows x outputs */
    const double *output_gradient; /* rows x outputs: d loss / d output */
    double *input_gradient;        /* rows x inputs: d loss / d input; NULL: not needed */
    bool is_training;              /* dropout is active, with this seed: */
    uint64_t seed;
    /* For products in single precision, otherwise NULL: the parameters rounded, and matrices of the shapes of
     * input and output that keep their contents from forward to backward and gradient. */
    const float *single_parameters;
    float *single_input, *single_output;
};

/* What the outputs are. */
enum layer_output {
    LAYER_NUMBERS,
    LAYER_PROBABILITY,   /* each is a probability by itself */
    LAYER_PROBABILITIES, /* together they are the probabilities of classes, or their logarithms */
};

struct layer {
    const char *name;
    const char *help;     /* a few words */
    const char *formula;  /* one line of plain text */
    const char *argument; /* name of the argument; NULL: none */
    double min, max;      /* of the argument */
    enum layer_output output;
    bool is_sized;    /* the number of outputs is free; otherwise it is that of the inputs … */
    size_t widening;  /* … times this; 0 counts as 1 */
    bool is_constant; /* the parameters are not weights: they start at 0 and are not penalised */

    /* The number of rows of the parameter matrix (rows x outputs), whose first row is the bias if there is one.
     * NULL: the layer has no parameters. */
    size_t (*parameter_rows)(const struct layer_shape *shape);
    /* The number of columns of that matrix; NULL: outputs. */
    size_t (*parameter_columns)(const struct layer_shape *shape);

    void (*forward)(const struct layer_pass *pass);
    /* Called after forward, whose output it may use. */
    void (*backward)(const struct layer_pass *pass);
    /* Adds to gradient (count x columns) the derivatives by `count` rows of parameters from row `first` on,
     * summed over the rows of the pass. Called after forward and backward. NULL: the layer has no parameters. */
    void (*gradient)(const struct layer_pass *pass, size_t first, size_t count, double *gradient);

    /* Appends the rule forward for predictions, as C99 statements that compute the array `to` from the array
     * `from` (math/c_special.h). */
    void (*c_forward)(const struct layer_shape *shape, const double *parameters, const char *from, const char *to,
                      struct c_text *text);
};

#define LAYER(name) extern const struct layer layer_##name;
#include "family/layer/layer.list"
#undef LAYER

extern const struct layer *const layer_all[];     /* ends with NULL */
const struct layer *layer_find(const char *name); /* NULL if there is no such layer */

#endif
