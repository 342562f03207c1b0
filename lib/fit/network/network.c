/* The shape of a network: its layers, where their parameters stand among all, and the blocks that are worked on side
 * by side.
 *
 *  1. network_new appends the layers asked for, then weighted sums to the scores, and the layers that the loss needs
 *     (standard deviations, probabilities).
 *  2. cut_blocks cuts each layer's parameters, rows x columns, into blocks of about 8192 numbers, at places that
 *     depend on the network alone.
 *  3. network_start draws the random weights, layer by layer, from one stream. */

#include "fit/network/network.h"

#include "base/mem.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK_NUMBERS = 8192, BLOCK_ROWS = 8 };

static void add_layer(struct network *w, const struct layer *layer, size_t outputs, bool bias, double argument)
{
    size_t inputs = w->n_layers > 0 ? w->layer[w->n_layers - 1].shape.outputs : w->inputs;
    w->layer = mem_resize(w->layer, w->n_layers + 1, sizeof *w->layer);
    struct network_layer *l = &w->layer[w->n_layers++];
    *l = (struct network_layer){
        .layer = layer,
        .shape = {inputs, layer->is_sized ? outputs : inputs * (layer->widening > 0 ? layer->widening : 1),
                  layer->parameter_rows != NULL && bias, argument},
        .offset = w->parameters,
    };
    l->rows = layer->parameter_rows != NULL ? layer->parameter_rows(&l->shape) : 0;
    l->columns = layer->parameter_columns != NULL ? layer->parameter_columns(&l->shape) : l->shape.outputs;
    w->parameters += l->rows * l->columns;
}

static void cut_blocks(struct network *w)
{
    w->lowest = w->n_layers;
    for (size_t i = w->n_layers; i-- > 0;)
        if (w->layer[i].rows > 0)
            w->lowest = i;
    for (size_t i = 0; i < w->n_layers; i++) {
        const struct network_layer *l = &w->layer[i];
        size_t m = l->columns, some = BLOCK_NUMBERS / m > BLOCK_ROWS ? BLOCK_NUMBERS / m : BLOCK_ROWS;
        for (size_t first = 0; first < l->rows; first += some) {
            size_t count = l->rows - first < some ? l->rows - first : some;
            w->block = mem_resize(w->block, w->n_blocks + 1, sizeof *w->block);
            w->block[w->n_blocks++] =
                (struct network_block){i,         first,
                                       count,     l->offset + first * m,
                                       count * m, first == 0 && (l->shape.bias || l->layer->is_constant) ? m : 0};
        }
    }
}

bool network_has_sd(const struct loss *loss, double loss_parameter)
{
    return loss->prediction == LOSS_MEAN_SD || (loss == &loss_nll && loss_parameter == 0);
}

void network_new(struct network **network, size_t inputs, const struct network_item *items, size_t n, size_t outputs,
                 bool bias, const struct loss *loss, double loss_parameter)
{
    struct network *w = mem_zero(1, sizeof *w);
    w->inputs = inputs;
    w->loss = loss;
    w->loss_parameter = loss_parameter;
    w->targets = loss != NULL && loss_is_of_numbers(loss) ? outputs : 0;
    w->pairs = loss != NULL && network_has_sd(loss, loss_parameter);
    bool is_learnt = w->pairs && loss->prediction != LOSS_MEAN_SD;
    w->outputs = w->pairs ? 2 * outputs : outputs;
    w->center = mem_zero(w->targets, sizeof *w->center);
    w->scale = mem_alloc(w->targets, sizeof *w->scale);
    w->unit = mem_alloc(w->targets, sizeof *w->unit);
    for (size_t k = 0; k < w->targets; k++)
        w->scale[k] = w->unit[k] = 1;
    for (size_t i = 0; i < n; i++)
        add_layer(w, items[i].layer, items[i].outputs, bias, items[i].argument);
    add_layer(w, &layer_linear, is_learnt ? outputs : w->outputs, bias, 0);
    if (w->pairs)
        add_layer(w, is_learnt ? &layer_common_sd : &layer_mean_sd, 0, false, 0);
    w->score_layers = w->n_layers;
    if (loss != NULL && (loss->prediction == LOSS_PROBABILITY || loss->prediction == LOSS_PROBABILITIES))
        add_layer(w, outputs == 1 ? &layer_sigmoid : &layer_softmax, 0, false, 0);
    cut_blocks(w);
    *network = w;
}

void network_free(struct network *w)
{
    if (w == NULL)
        return;
    free(w->layer);
    free(w->block);
    free(w->center);
    free(w->scale);
    free(w->unit);
    free(w);
}

void network_items(const struct network *w, struct network_item **items, size_t *n)
{
    *n = w->score_layers - (w->pairs ? 2 : 1);
    *items = mem_alloc(*n, sizeof **items);
    for (size_t i = 0; i < *n; i++)
        (*items)[i] = (struct network_item){w->layer[i].layer, w->layer[i].shape.outputs, w->layer[i].shape.argument};
}

void network_unscale(const struct network *w, size_t rows, double *output)
{
    for (size_t i = 0; w->targets > 0 && i < rows * w->outputs; i++) {
        size_t k = w->pairs ? i % w->outputs / 2 : i % w->outputs;
        output[i] = (w->pairs && i % 2 > 0 ? 0 : w->center[k]) + w->scale[k] * output[i];
    }
}

char *network_layer_text(const struct network_layer *l)
{
    char number[NUMBER_MAX];
    if (l->layer->is_sized)
        return mem_format("%s %zu", l->layer->name, l->shape.outputs);
    if (l->layer->argument == NULL)
        return mem_format("%s", l->layer->name);
    size_t n = number_write(number, l->shape.argument);
    return mem_format("%s %.*s", l->layer->name, (int)n, number);
}

void network_start(const struct network *w, enum network_start how, struct rng *rng, double *parameters)
{
    for (size_t i = 0; i < w->n_layers; i++) {
        const struct network_layer *l = &w->layer[i];
        double inputs = (double)l->shape.inputs, outputs = (double)l->shape.outputs;
        bool before_relu = i + 1 < w->n_layers && w->layer[i + 1].layer == &layer_relu;
        bool he = how == NETWORK_START_HE || (how == NETWORK_START_AUTO && before_relu);
        double limit = sqrt(6 / (inputs + outputs)), sd = sqrt(2 / inputs);
        for (size_t k = 0; k < l->rows * l->columns; k++) {
            double *p = &parameters[l->offset + k];
            if (l->layer->is_constant || (l->shape.bias && k < l->columns))
                *p = 0;
            else
                *p = he ? sd * rng_normal(rng) : limit * (2 * rng_uniform(rng) - 1);
        }
    }
}
