#include "family/layer.h"

#include <math.h>

static void forward(const struct layer_pass *p)
{
    for (size_t i = 0; i < p->rows * p->shape->outputs; i++)
        p->output[i] = tanh(p->input[i]);
}

static void backward(const struct layer_pass *p)
{
    for (size_t i = 0; p->input_gradient != NULL && i < p->rows * p->shape->outputs; i++)
        p->input_gradient[i] = p->output_gradient[i] * (1 - p->output[i]) * (1 + p->output[i]);
}

const struct layer layer_tanh = {
    .name = "tanh",
    .help = "the hyperbolic tangent",
    .formula = "y = (e^x - e^-x) / (e^x + e^-x)",
    .forward = forward,
    .backward = backward,
};
