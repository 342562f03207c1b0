/* The logistic function; its derivative is y (1 - y). */
#include "family/layer/layer.h"
#include "math/c_special.h"
#include "math/special.h"

static void layer_sigmoid_forward(const struct layer_pass *p)
{
    for (size_t i = 0; i < p->rows * p->shape->outputs; i++)
        p->output[i] = special_sigmoid(p->input[i]);
}

static void layer_sigmoid_backward(const struct layer_pass *p)
{
    for (size_t i = 0; p->input_gradient != NULL && i < p->rows * p->shape->outputs; i++)
        p->input_gradient[i] = p->output_gradient[i] * p->output[i] * (1 - p->output[i]);
}

static void layer_sigmoid_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                    const char *to, struct c_text *t)
{
    (void)parameters;
    c_special_sigmoid(t, shape->outputs, from, to);
}

const struct layer layer_sigmoid = {
    .name = "sigmoid",
    .help = "the logistic function",
    .formula = "y = 1 / (1 + e^-x)",
    .output = LAYER_PROBABILITY,
    .forward = layer_sigmoid_forward,
    .backward = layer_sigmoid_backward,
    .c_forward = layer_sigmoid_c_forward,
};
