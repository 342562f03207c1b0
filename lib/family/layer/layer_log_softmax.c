/* Logarithms of the softmax, by log-sum-exp relative to the greatest input. */
#include "family/layer/layer.h"
#include "math/c_special.h"
#include "math/special.h"

#include <math.h>

static void layer_log_softmax_forward(const struct layer_pass *p)
{
    size_t n = p->shape->outputs;
    for (size_t r = 0; r < p->rows; r++) {
        double log_sum = special_log_sum_exp(n, p->input + r * n);
        for (size_t i = 0; i < n; i++)
            p->output[r * n + i] = p->input[r * n + i] - log_sum;
    }
}

/* d loss / d x[i] = g[i] - e^y[i] sum of g[j], where g is the derivative of the loss by y. */
static void layer_log_softmax_backward(const struct layer_pass *p)
{
    size_t n = p->shape->outputs;
    for (size_t r = 0; p->input_gradient != NULL && r < p->rows; r++) {
        const double *y = p->output + r * n, *g = p->output_gradient + r * n;
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += g[i];
        for (size_t i = 0; i < n; i++)
            p->input_gradient[r * n + i] = g[i] - exp(y[i]) * sum;
    }
}

static void layer_log_softmax_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                        const char *to, struct c_text *t)
{
    (void)parameters;
    c_text_open(t, "{");
    c_special_greatest(t, shape->outputs, from);
    c_text_line(t, "double sum = 0;");
    c_text_line(t, "for (int i = 0; i < %zu; i++)", shape->outputs);
    c_text_line(t, "    sum += exp(%s[i] - greatest);", from);
    c_text_line(t, "for (int i = 0; i < %zu; i++)", shape->outputs);
    c_text_line(t, "    %s[i] = %s[i] - (greatest + log(sum));", to, from);
    c_text_close(t, "}");
}

const struct layer layer_log_softmax = {
    .name = "log-softmax",
    .help = "logarithms of the softmax",
    .formula = "y[i] = x[i] - log(sum of e^x[j])",
    .output = LAYER_PROBABILITIES,
    .forward = layer_log_softmax_forward,
    .backward = layer_log_softmax_backward,
    .c_forward = layer_log_softmax_c_forward,
};
