/* Pairs of a mean and a standard deviation: every second input becomes positive by e^x. For loss nll-sd. */
#include "family/layer/layer.h"

#include <math.h>

static void layer_mean_sd_forward(const struct layer_pass *p)
{
    size_t n = p->shape->outputs;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t i = 0; i < n; i++)
            p->output[r * n + i] = i % 2 == 0 ? p->input[r * n + i] : exp(p->input[r * n + i]);
}

static void layer_mean_sd_backward(const struct layer_pass *p)
{
    size_t n = p->shape->outputs;
    for (size_t r = 0; p->input_gradient != NULL && r < p->rows; r++)
        for (size_t i = 0; i < n; i++)
            p->input_gradient[r * n + i] = p->output_gradient[r * n + i] * (i % 2 == 0 ? 1 : p->output[r * n + i]);
}

static void layer_mean_sd_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                    const char *to, struct c_text *t)
{
    (void)parameters;
    c_text_line(t, "for (int i = 0; i < %zu; i++)", shape->outputs);
    c_text_line(t, "    %s[i] = i %% 2 == 0 ? %s[i] : exp(%s[i]);", to, from, from);
}

const struct layer layer_mean_sd = {
    .name = "mean-sd",
    .help = "pairs of a number and a positive number",
    .formula = "y[i] = x[i] for i = 1, 3, ..., e^x[i] for i = 2, 4, ...",
    .forward = layer_mean_sd_forward,
    .backward = layer_mean_sd_backward,
    .c_forward = layer_mean_sd_c_forward,
};
