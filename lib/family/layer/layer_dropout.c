/* Dropout (N. Srivastava and others, Dropout, J. Machine Learning Research 15 (2014)). Values kept in training
 * are divided by 1 - RATE, so that prediction needs no correction. The values dropped depend on the seed and the
 * index of the row in its batch only: the same for any number of threads, and again in backward. */
#include "base/rng.h"
#include "family/layer/layer.h"

#include <string.h>

static void drop(const struct layer_pass *p, const double *from, double *to)
{
    size_t n = p->shape->outputs;
    double rate = p->shape->argument;
    for (size_t r = 0; r < p->rows; r++) {
        struct rng rng = rng_seed(p->seed + (p->first + r) * UINT64_C(0x9e3779b97f4a7c15));
        for (size_t i = 0; i < n; i++)
            to[r * n + i] = rng_uniform(&rng) < rate ? 0 : from[r * n + i] / (1 - rate);
    }
}

static void pass_on(const struct layer_pass *p, const double *from, double *to)
{
    if (p->is_training)
        drop(p, from, to);
    else
        memcpy(to, from, p->rows * p->shape->outputs * sizeof *to);
}

static void layer_dropout_forward(const struct layer_pass *p)
{
    pass_on(p, p->input, p->output);
}

static void layer_dropout_backward(const struct layer_pass *p)
{
    if (p->input_gradient != NULL)
        pass_on(p, p->output_gradient, p->input_gradient);
}

static void layer_dropout_c_forward(const struct layer_shape *shape, const double *parameters, const char *from,
                                    const char *to, struct c_text *t)
{
    (void)parameters;
    c_text_line(t, "for (int i = 0; i < %zu; i++)", shape->outputs);
    c_text_line(t, "    %s[i] = %s[i];", to, from);
}

const struct layer layer_dropout = {
    .name = "dropout",
    .help = "random zeros during training",
    .formula = "y = 0 with probability RATE, else x / (1 - RATE); in prediction y = x",
    .argument = "RATE",
    .min = 0,
    .max = 0.999,
    .forward = layer_dropout_forward,
    .backward = layer_dropout_backward,
    .c_forward = layer_dropout_c_forward,
};
