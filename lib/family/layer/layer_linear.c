/* Weighted sums, Y = X W + b: three products of matrices (math/product.h), in double or single precision.
 * Parameters: the bias b (1 x outputs), if there is one, then the weights W (inputs x outputs). In single
 * precision the operands are rounded and results widened to double. */
#include "base/mem.h"
#include "family/layer/layer.h"
#include "math/single.h"
#include "math/product.h"

#include <stdlib.h>
#include <string.h>

static size_t layer_linear_parameter_rows(const struct layer_shape *shape)
{
    return shape->inputs + shape->bias;
}

static const float *single_weights(const struct layer_pass *p)
{
    return p->single_parameters + (p->shape->bias ? p->shape->outputs : 0);
}

/* Fills the rows of an output, numbers of `size` bytes, with the bias, or with zeros if there is none. */
static void copy_bias(const struct layer_pass *p, const void *bias, void *output, size_t size)
{
    size_t bytes = p->shape->outputs * size;
    if (!p->shape->bias)
        memset(output, 0, p->rows * bytes);
    for (size_t r = 0; p->shape->bias && r < p->rows; r++)
        memcpy((char *)output + r * bytes, bias, bytes);
}

/* Y = X W + b */
static void layer_linear_forward(const struct layer_pass *p)
{
    size_t n = p->shape->inputs, m = p->shape->outputs;
    struct product shape = {p->rows, m, n, n, 1, m, 1, m};
    if (p->single_parameters == NULL) {
        copy_bias(p, p->parameters, p->output, sizeof *p->output);
        product_double(&shape, p->input, p->parameters + (p->shape->bias ? m : 0), p->output);
        return;
    }
    copy_bias(p, p->single_parameters, p->single_output, sizeof *p->single_output);
    single_from_double(p->rows * n, p->input, p->single_input);
    product_float(&shape, p->single_input, single_weights(p), p->single_output);
    single_to_double(p->rows * m, p->single_output, p->output);
}

/* dX = dY W' */
static void layer_linear_backward(const struct layer_pass *p)
{
    size_t n = p->shape->inputs, m = p->shape->outputs;
    const double *weights = p->parameters + (p->shape->bias ? m : 0);
    struct product shape = {p->rows, n, m, m, 1, 1, m, n};
    if (p->single_parameters != NULL)
        single_from_double(p->rows * m, p->output_gradient, p->single_output);
    if (p->input_gradient == NULL)
        return;
    if (p->single_parameters == NULL) {
        memset(p->input_gradient, 0, p->rows * n * sizeof *p->input_gradient);
        product_double(&shape, p->output_gradient, weights, p->input_gradient);
        return;
    }
    float *input_gradient = mem_zero(p->rows * n, sizeof *input_gradient);
    product_float(&shape, p->single_output, single_weights(p), input_gradient);
    single_to_double(p->rows * n, input_gradient, p->input_gradient);
    free(input_gradient);
}

/* dW = X' dY, db = the sum of the rows of dY. */
static void layer_linear_gradient(const struct layer_pass *p, size_t first, size_t count, double *gradient)
{
    size_t n = p->shape->inputs, m = p->shape->outputs;
    if (p->shape->bias && first == 0) {
        for (size_t r = 0; r < p->rows; r++)
            for (size_t j = 0; j < m; j++)
                gradient[j] += p->output_gradient[r * m + j];
        gradient += m;
        count--;
    } else {
        first -= p->shape->bias;
    }
    struct product shape = {count, m, p->rows, 1, n, m, 1, m};
    if (p->single_parameters == NULL) {
        product_double(&shape, p->input + first, p->output_gradient, gradient);
        return;
    }
    float *sum = mem_zero(count * m, sizeof *sum);
    product_float(&shape, p->single_input + first, p->single_output, sum);
    single_add_to_double(count * m, sum, gradient);
    free(sum);
}

static void layer_linear_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                   const char *to, struct c_text *t)
{
    size_t n = shape->inputs, m = shape->outputs;
    c_text_open(t, "{");
    if (shape->bias)
        c_text_numbers(t, "bias", m, parameters);
    c_text_numbers(t, "weight", n * m, parameters + (shape->bias ? m : 0));
    c_text_line(t, "for (int k = 0; k < %zu; k++)", m);
    c_text_line(t, "    %s[k] = %s;", to, shape->bias ? "bias[k]" : "0");
    c_text_line(t, "for (int j = 0; j < %zu; j++)", n);
    c_text_line(t, "    for (int k = 0; k < %zu; k++)", m);
    c_text_line(t, "        %s[k] += %s[j] * weight[j * %zu + k];", to, from, m);
    c_text_close(t, "}");
}

const struct layer layer_linear = {
    .name = "linear",
    .help = "weighted sums",
    .formula = "y = W'x + b",
    .is_sized = true,
    .parameter_rows = layer_linear_parameter_rows,
    .forward = layer_linear_forward,
    .backward = layer_linear_backward,
    .gradient = layer_linear_gradient,
    .c_forward = layer_linear_c_forward,
};
