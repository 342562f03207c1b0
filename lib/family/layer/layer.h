#ifndef LIKELY_FAMILY_LAYER_LAYER_H
#define LIKELY_FAMILY_LAYER_LAYER_H

#include "text/c_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A layer of a network turns rows of inputs into rows of outputs, and knows three rules: outputs from inputs;
 * the loss's derivative by the inputs from that by the outputs; the loss's derivative by the layer's own
 * parameters. No row sees another. Each layer is one file lib/family/layer/layer_NAME.c defining `const struct
 * layer layer_NAME`, and one line in lib/family/layer/layer.list: LAYER(NAME). */

struct layer_shape {
    size_t inputs, outputs; /* per row */
    bool bias;              /* of a layer with parameters */
    double argument;        /* such as the rate of dropout */
};

/* Some rows on their way through a layer; matrices are row-major without gaps. */
struct layer_pass {
    const struct layer_shape *shape;
    size_t rows, first; /* first: the number of the first row in its batch */
    const double *parameters;
    const double *input;           /* rows x inputs */
    double *output;                /* rows x outputs */
    const double *output_gradient; /* rows x outputs: d loss / d output */
    double *input_gradient;        /* rows x inputs; NULL: not wanted */
    bool is_training;              /* dropout drops, by … */
    uint64_t seed;
    /* For products in single precision, else NULL: the parameters rounded, and two matrices of the shapes of
     * input and output that stay from rule to rule. */
    const float *single_parameters;
    float *single_input, *single_output;
};

struct layer {
    const char *name;
    const char *help;     /* a few words */
    const char *formula;  /* one line of plain text for the manual */
    const char *argument; /* its name, NULL = none */
    double min, max;      /* of the argument */
    bool is_sized;        /* the number of outputs is free, else it is that of inputs … */
    size_t widening;      /* … so many times; 0 = 1 */
    bool is_constant;     /* what the parameters are is no weight: they start at 0 and are not penalised */

    /* Parameters are a matrix of so many rows, one row per input with a derivative of its own, x outputs; the
     * first row is the bias, where there is one. NULL: the layer has none. */
    size_t (*parameter_rows)(const struct layer_shape *shape);
    size_t (*parameter_columns)(
        const struct layer_shape *shape); /* of that matrix, instead of outputs; NULL: outputs */

    void (*forward)(const struct layer_pass *pass);
    void (*backward)(
        const struct layer_pass *pass); /* may use what forward left in output; input_gradient may be NULL */
    /* Adds to gradient (count x outputs) the derivative by `count` rows of parameters from row `first` on,
     * summed over the rows of the pass. After forward and backward. NULL where there are no parameters. */
    void (*gradient)(const struct layer_pass *pass, size_t first, size_t count, double *gradient);

    /* The rule forward, when predicting, as statements in C99 that set the array `to` from the array `from`
     * (math/c_special.h). */
    void (*c_forward)(const struct layer_shape *shape, const double *parameters, const char *from, const char *to,
                      struct c_text *text);
};

#define LAYER(name) extern const struct layer layer_##name;
#include "family/layer/layer.list"
#undef LAYER

extern const struct layer *const layer_all[];     /* NULL at the end */
const struct layer *layer_find(const char *name); /* NULL: there is none of that name */

#endif
