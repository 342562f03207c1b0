/* Rules of every layer, held against finite differences; tails and dropout against their definitions. */

#include "base/rng.h"
#include "family/layer/layer.h"
#include "test.h"

#include <math.h>
#include <string.h>

/* Every layer's rules against finite differences of the sum over all outputs of coefficient * output. */

enum { ROWS = 5, INPUTS = 7, MOST = 16 };

struct trial {
    const struct layer *layer;
    struct layer_shape shape;
    size_t parameters, columns;
    double input[ROWS * MOST], output[ROWS * MOST], coefficient[ROWS * MOST], input_gradient[ROWS * MOST];
    double parameter[MOST * MOST], gradient[MOST * MOST];
    float single_parameter[MOST * MOST], single_input[ROWS * MOST], single_output[ROWS * MOST];
    struct layer_pass pass;
};

static void make(struct trial *t, const struct layer *layer, bool bias, double argument)
{
    struct rng rng = rng_seed(11);
    size_t widening = layer->widening > 0 ? layer->widening : 1;
    *t = (struct trial){.layer = layer, .shape = {INPUTS, layer->is_sized ? 4 : INPUTS * widening, bias, argument}};
    t->columns = layer->parameter_columns != NULL ? layer->parameter_columns(&t->shape) : t->shape.outputs;
    t->parameters = layer->parameter_rows != NULL ? layer->parameter_rows(&t->shape) * t->columns : 0;
    for (size_t i = 0; i < ROWS * MOST; i++) {
        t->input[i] = rng_normal(&rng);
        t->coefficient[i] = rng_normal(&rng);
    }
    for (size_t i = 0; i < MOST * MOST; i++)
        t->parameter[i] = rng_normal(&rng);
    t->pass = (struct layer_pass){.shape = &t->shape,
                                  .rows = ROWS,
                                  .parameters = t->parameter,
                                  .input = t->input,
                                  .output = t->output,
                                  .output_gradient = t->coefficient,
                                  .input_gradient = t->input_gradient,
                                  .is_training = true,
                                  .seed = 3};
}

static double value(struct trial *t)
{
    double sum = 0;
    t->layer->forward(&t->pass);
    for (size_t i = 0; i < ROWS * t->shape.outputs; i++)
        sum += t->coefficient[i] * t->output[i];
    return sum;
}

static double worst(struct trial *t, double *x, size_t n, const double *gradient)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        double at = x[i], h = 1e-5;
        x[i] = at + h;
        double above = value(t);
        x[i] = at - h;
        double below = value(t);
        x[i] = at;
        most = fmax(most, fabs((above - below) / (2 * h) - gradient[i]));
    }
    return most;
}

static void check_rules(const struct layer *layer, bool bias, double argument)
{
    struct trial t;
    make(&t, layer, bias, argument);
    value(&t);
    layer->backward(&t.pass);
    if (layer->gradient != NULL) { /* in two parts, onto what is there */
        size_t rows = layer->parameter_rows(&t.shape), some = rows < 3 ? rows : 3;
        t.gradient[0] = 1;
        layer->gradient(&t.pass, 0, some, t.gradient);
        layer->gradient(&t.pass, some, rows - some, t.gradient + some * t.columns);
        t.gradient[0] -= 1;
    }
    CHECK((layer->gradient != NULL) == (t.parameters > 0));
    double error = worst(&t, t.input, ROWS * INPUTS, t.input_gradient);
    CHECK(error < 1e-8, "%s: derivative by the inputs is off by %g", layer->name, error);
    error = worst(&t, t.parameter, t.parameters, t.gradient);
    CHECK(error < 1e-8, "%s: derivative by the parameters is off by %g", layer->name, error);
}

/* Each row's output is its own: rows in two calls give the same bits. */
static void check_rows(const struct layer *layer)
{
    struct trial t;
    double whole[ROWS * MOST];
    make(&t, layer, true, layer->min);
    value(&t);
    memcpy(whole, t.output, sizeof whole);
    t.pass.rows = 2;
    layer->forward(&t.pass);
    t.pass.first = 2;
    t.pass.rows = ROWS - 2;
    t.pass.input += 2 * INPUTS;
    t.pass.output += 2 * t.shape.outputs;
    layer->forward(&t.pass);
    CHECK(memcmp(whole, t.output, ROWS * t.shape.outputs * sizeof *whole) == 0, "%s", layer->name);
}

/* Single precision agrees as far as it goes. */
static void check_single(const struct layer *layer)
{
    struct trial t, s;
    make(&t, layer, true, layer->min);
    make(&s, layer, true, layer->min);
    for (size_t i = 0; i < MOST * MOST; i++)
        s.single_parameter[i] = (float)s.parameter[i];
    s.pass.single_parameters = s.single_parameter;
    s.pass.single_input = s.single_input;
    s.pass.single_output = s.single_output;
    double error = fabs(value(&t) - value(&s));
    layer->backward(&t.pass);
    layer->backward(&s.pass);
    if (layer->gradient != NULL) {
        layer->gradient(&t.pass, 0, layer->parameter_rows(&t.shape), t.gradient);
        layer->gradient(&s.pass, 0, layer->parameter_rows(&t.shape), s.gradient);
    }
    for (size_t i = 0; i < ROWS * INPUTS; i++)
        error = fmax(error, fabs(t.input_gradient[i] - s.input_gradient[i]));
    for (size_t i = 0; i < t.parameters; i++)
        error = fmax(error, fabs(t.gradient[i] - s.gradient[i]));
    CHECK(error < 1e-5, "%s: %g", layer->name, error);
}

static void check_dropout(void)
{
    struct trial t;
    size_t zeros = 0;
    make(&t, &layer_dropout, false, 0.4);
    for (uint64_t seed = 0; seed < 1000; seed++) {
        t.pass.seed = seed;
        layer_dropout.forward(&t.pass);
        for (size_t i = 0; i < ROWS * INPUTS; i++)
            zeros += t.output[i] == 0;
    }
    CHECK(zeros > 13700 && zeros < 14300, "%zu of 35000", zeros); /* 14000, sd 92 */
    t.pass.is_training = false;
    layer_dropout.forward(&t.pass);
    CHECK(memcmp(t.output, t.input, ROWS * INPUTS * sizeof *t.input) == 0);
}

static void check_tails(void)
{
    double x[] = {-800, 0, 800}, y[3];
    struct layer_shape shape = {3, 3, false, 0};
    struct layer_pass pass = {.shape = &shape, .rows = 1, .input = x, .output = y};
    layer_softmax.forward(&pass);
    CHECK(y[0] == 0 && y[1] == 0 && y[2] == 1);
    layer_log_softmax.forward(&pass);
    CHECK(y[0] == -1600 && y[1] == -800 && y[2] == 0);
    layer_sigmoid.forward(&pass);
    CHECK(y[0] == 0 && y[1] == 0.5 && y[2] == 1);
    layer_tanh.forward(&pass);
    CHECK(y[0] == -1 && y[1] == 0 && y[2] == 1);
    layer_relu.forward(&pass);
    CHECK(y[0] == 0 && y[1] == 0 && y[2] == 800);
}

int main(void)
{
    for (size_t i = 0; layer_all[i] != NULL; i++) {
        const struct layer *layer = layer_all[i];
        check_rules(layer, true, layer->min);
        check_rules(layer, false, (layer->min + layer->max) / 2);
        check_rows(layer);
        check_single(layer);
        CHECK(layer_find(layer->name) == layer);
    }
    CHECK(layer_find("perceptron") == NULL);
    check_dropout();
    check_tails();
    return test_report("layer");
}
