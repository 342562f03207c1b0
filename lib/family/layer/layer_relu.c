/* Rectified linear units. -O3 lets gcc vectorise the two loops. */
#include "base/versions.h"
#include "family/layer/layer.h"

#if !defined(__clang__)
#pragma GCC optimize("O3")
#endif

VERSIONS_LOOP void keep_positive_loop(size_t n, const double *restrict x, double *restrict y)
{
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] < 0 ? 0 : x[i]; /* NaN stays NaN */
}

VERSIONS(static, keep_positive, (size_t n, const double *restrict x, double *restrict y), (n, x, y))

/* The derivative at 0 is taken to be 0. */
VERSIONS_LOOP void pass_positive_loop(size_t n, const double *restrict y, const double *restrict gradient,
                                      double *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = y[i] > 0 ? gradient[i] : 0;
}

VERSIONS(static, pass_positive,
         (size_t n, const double *restrict y, const double *restrict gradient, double *restrict out),
         (n, y, gradient, out))

static void layer_relu_forward(const struct layer_pass *p)
{
    keep_positive(p->rows * p->shape->outputs, p->input, p->output);
}

static void layer_relu_backward(const struct layer_pass *p)
{
    if (p->input_gradient != NULL)
        pass_positive(p->rows * p->shape->outputs, p->output, p->output_gradient, p->input_gradient);
}

static void layer_relu_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                 const char *to, struct c_text *t)
{
    (void)parameters;
    c_text_line(t, "for (int i = 0; i < %zu; i++)", shape->outputs);
    c_text_line(t, "    %s[i] = %s[i] < 0 ? 0 : %s[i];", to, from, from);
}

const struct layer layer_relu = {
    .name = "relu",
    .help = "the positive part",
    .formula = "y = max(x, 0)",
    .forward = layer_relu_forward,
    .backward = layer_relu_backward,
    .c_forward = layer_relu_c_forward,
};
