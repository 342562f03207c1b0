/* The hyperbolic tangent; its derivative is 1 - y^2, computed as (1 - y) (1 + y), which keeps its digits near
 * |y| = 1. */
#include "family/layer/layer.h"

#include <math.h>

static void layer_tanh_forward(const struct layer_pass *p)
{
    for (size_t i = 0; i < p->rows * p->shape->outputs; i++)
        p->output[i] = tanh(p->input[i]);
}

static void layer_tanh_backward(const struct layer_pass *p)
{
    for (size_t i = 0; p->input_gradient != NULL && i < p->rows * p->shape->outputs; i++)
        p->input_gradient[i] = p->output_gradient[i] * (1 - p->output[i]) * (1 + p->output[i]);
}

static void layer_tanh_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                 const char *to, struct c_text *t)
{
    (void)parameters;
    c_text_line(t, "for (int i = 0; i < %zu; i++)", shape->outputs);
    c_text_line(t, "    %s[i] = tanh(%s[i]);", to, from);
}

const struct layer layer_tanh = {
    .name = "tanh",
    .help = "the hyperbolic tangent",
    .formula = "y = (e^x - e^-x) / (e^x + e^-x)",
    .forward = layer_tanh_forward,
    .backward = layer_tanh_backward,
    .c_forward = layer_tanh_c_forward,
};
