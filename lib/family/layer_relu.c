#include "family/layer.h"

/* The derivative at 0 is taken to be 0. */

static void forward(const struct layer_pass *p)
{
    for (size_t i = 0; i < p->rows * p->shape->outputs; i++)
        p->output[i] = p->input[i] < 0 ? 0 : p->input[i]; /* NaN stays NaN */
}

static void backward(const struct layer_pass *p)
{
    for (size_t i = 0; p->input_gradient != NULL && i < p->rows * p->shape->outputs; i++)
        p->input_gradient[i] = p->output[i] > 0 ? p->output_gradient[i] : 0;
}

const struct layer layer_relu = {
    .name = "relu",
    .help = "the positive part",
    .formula = "y = max(x, 0)",
    .forward = forward,
    .backward = backward,
};
