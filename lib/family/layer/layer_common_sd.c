/* A standard deviation that is the same for all rows, behind each input: e^c with one parameter c per input (1 x
 * inputs), so that it stays positive. For loss nll-sd. */
#include "family/layer/layer.h"

#include <math.h>

static size_t layer_common_sd_parameter_rows(const struct layer_shape *shape)
{
    (void)shape;
    return 1;
}

static size_t layer_common_sd_parameter_columns(const struct layer_shape *shape)
{
    return shape->inputs;
}

static void layer_common_sd_forward(const struct layer_pass *p)
{
    size_t n = p->shape->inputs;
    for (size_t i = 0; i < p->rows * n; i++) {
        p->output[2 * i] = p->input[i];
        p->output[2 * i + 1] = exp(p->parameters[i % n]);
    }
}

static void layer_common_sd_backward(const struct layer_pass *p)
{
    for (size_t i = 0; p->input_gradient != NULL && i < p->rows * p->shape->inputs; i++)
        p->input_gradient[i] = p->output_gradient[2 * i];
}

static void layer_common_sd_gradient(const struct layer_pass *p, size_t first, size_t count, double *gradient)
{
    size_t n = p->shape->inputs;
    (void)first;
    for (size_t i = 0; count > 0 && i < p->rows * n; i++)
        gradient[i % n] += p->output_gradient[2 * i + 1] * p->output[2 * i + 1];
}

static void layer_common_sd_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                      const char *to, struct c_text *t)
{
    c_text_open(t, "{");
    c_text_numbers(t, "log_sd", shape->inputs, parameters);
    c_text_open(t, "for (int i = 0; i < %zu; i++) {", shape->inputs);
    c_text_line(t, "%s[2 * i] = %s[i];", to, from);
    c_text_line(t, "%s[2 * i + 1] = exp(log_sd[i]);", to);
    c_text_close(t, "}");
    c_text_close(t, "}");
}

const struct layer layer_common_sd = {
    .name = "common-sd",
    .help = "each input, followed by a learned positive number",
    .formula = "y[2i-1] = x[i], y[2i] = e^c[i]",
    .widening = 2,
    .is_constant = true,
    .parameter_rows = layer_common_sd_parameter_rows,
    .parameter_columns = layer_common_sd_parameter_columns,
    .forward = layer_common_sd_forward,
    .backward = layer_common_sd_backward,
    .gradient = layer_common_sd_gradient,
    .c_forward = layer_common_sd_c_forward,
};
