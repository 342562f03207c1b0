/* Softmax: positive outputs that sum to 1, computed relative to the greatest input. */
#include "family/layer/layer.h"
#include "math/c_special.h"
#include "math/special.h"

static void layer_softmax_forward(const struct layer_pass *p)
{
    size_t n = p->shape->outputs;
    for (size_t r = 0; r < p->rows; r++)
        special_softmax(n, p->input + r * n, p->output + r * n);
}

/* d loss / d x[i] = y[i] (g[i] - sum of g[j] y[j]), where g is the derivative of the loss by y. */
static void layer_softmax_backward(const struct layer_pass *p)
{
    size_t n = p->shape->outputs;
    for (size_t r = 0; p->input_gradient != NULL && r < p->rows; r++) {
        const double *y = p->output + r * n, *g = p->output_gradient + r * n;
        double mean = 0;
        for (size_t i = 0; i < n; i++)
            mean += g[i] * y[i];
        for (size_t i = 0; i < n; i++)
            p->input_gradient[r * n + i] = y[i] * (g[i] - mean);
    }
}

static void layer_softmax_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                    const char *to, struct c_text *t)
{
    (void)parameters;
    c_special_softmax(t, shape->outputs, from, to);
}

const struct layer layer_softmax = {
    .name = "softmax",
    .help = "positive numbers that sum to 1",
    .formula = "y[i] = e^x[i] / sum of e^x[j]",
    .output = LAYER_PROBABILITIES,
    .forward = layer_softmax_forward,
    .backward = layer_softmax_backward,
    .c_forward = layer_softmax_c_forward,
};
