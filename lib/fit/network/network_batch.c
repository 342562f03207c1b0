/* Rows through a network and back.
 *
 *  1. network_batch_run cuts the rows into tiles of NETWORK_TILE, which stay in cache from the first layer to the
 *     last and are shared out among the threads (network_batch_tile): gather reads and scales the rows;
 *     network_batch_forward calls each layer's forward; evaluate_loss the loss, its derivative times weight /
 *     divisor; then each layer's backward in turn, down to the lowest that has parameters (backpropagation; C.
 *     Bishop, Pattern Recognition and Machine Learning, section 5.3).
 *  2. network_batch_gradient, called for each block of parameters after that, adds up its gradient over all rows of
 *     the batch. Threads share blocks, not rows: no sums per thread are merged, and the bits do not depend on their
 *     number.
 *
 * Memory: per row the outputs of all layers and, for training, their derivatives. */

#include "fit/network/network_batch.h"

#include "base/mem.h"
#include "math/special.h"

#include <stdlib.h>
#include <string.h>

/* ---- making ---- */

void network_batch_new(struct network_batch **batch, const struct network *w, size_t rows, bool is_single,
                       struct crew *crew)
{
    struct network_batch *b = mem_zero(1, sizeof *b);
    b->network = w;
    b->crew = crew;
    b->divisor = 1;
    b->value = mem_zero(w->n_layers + 1, sizeof *b->value);
    b->gradient = mem_zero(w->n_layers + 1, sizeof *b->gradient);
    b->single_input = mem_zero(w->n_layers, sizeof *b->single_input);
    b->single_output = mem_zero(w->n_layers, sizeof *b->single_output);
    b->value[0] = mem_alloc(rows, w->inputs * sizeof(double));
    for (size_t i = 0; i < w->n_layers; i++) {
        const struct layer_shape *shape = &w->layer[i].shape;
        b->value[i + 1] = mem_alloc(rows, shape->outputs * sizeof(double));
        if (crew != NULL)
            b->gradient[i + 1] = mem_alloc(rows, shape->outputs * sizeof(double));
        if (!is_single || w->layer[i].rows == 0)
            continue;
        b->single_input[i] = mem_alloc(rows, shape->inputs * sizeof(float));
        b->single_output[i] = mem_alloc(rows, shape->outputs * sizeof(float));
    }
    b->target = mem_alloc(rows, w->targets * sizeof *b->target);
    b->prediction = mem_alloc(rows, w->targets > 0 ? w->outputs * sizeof *b->prediction : 0);
    b->weight = mem_alloc(rows, sizeof *b->weight);
    b->loss = mem_alloc(rows, sizeof *b->loss);
    b->scaled = mem_alloc(rows, sizeof *b->scaled);
    b->label = mem_alloc(rows, sizeof *b->label);
    b->probability = w->soft ? mem_alloc(rows, w->outputs * sizeof *b->probability) : NULL;
    b->is_right = mem_zero(rows, sizeof *b->is_right);
    *batch = b;
}

void network_batch_free(struct network_batch *b)
{
    if (b == NULL)
        return;
    for (size_t i = 0; i <= b->network->n_layers; i++) {
        free(b->value[i]);
        free(b->gradient[i]);
    }
    for (size_t i = 0; i < b->network->n_layers; i++) {
        free(b->single_input[i]);
        free(b->single_output[i]);
    }
    free(b->value);
    free(b->gradient);
    free(b->single_input);
    free(b->single_output);
    free(b->target);
    free(b->prediction);
    free(b->weight);
    free(b->loss);
    free(b->scaled);
    free(b->label);
    free(b->probability);
    free(b->is_right);
    free(b);
}

/* ---- passes over a tile of rows ---- */

static struct layer_pass pass_of(const struct network_batch *b, size_t i, size_t first, size_t rows)
{
    const struct network_layer *l = &b->network->layer[i];
    size_t inputs = l->shape.inputs, outputs = l->shape.outputs;
    bool single = b->parameters.single != NULL && l->rows > 0;
    return (struct layer_pass){
        .shape = &l->shape,
        .rows = rows,
        .first = b->first_row + first,
        .parameters = b->parameters.value + l->offset,
        .input = b->value[i] + first * inputs,
        .output = b->value[i + 1] + first * outputs,
        .output_gradient = b->wants_gradient ? b->gradient[i + 1] + first * outputs : NULL,
        .input_gradient = b->wants_gradient && i > b->network->lowest ? b->gradient[i] + first * inputs : NULL,
        .is_training = b->is_training,
        .seed = b->seed + (uint64_t)i * UINT64_C(0xd1b54a32d192ed03),
        .single_parameters = single ? b->parameters.single + l->offset : NULL,
        .single_input = single ? b->single_input[i] + first * inputs : NULL,
        .single_output = single ? b->single_output[i] + first * outputs : NULL,
    };
}

void network_batch_forward(struct network_batch *b, size_t first, size_t rows, size_t layers)
{
    for (size_t i = 0; i < layers; i++) {
        struct layer_pass pass = pass_of(b, i, first, rows);
        b->network->layer[i].layer->forward(&pass);
    }
}

/* The class of a row is the most probable one. */
static void gather_probabilities(struct network_batch *b, size_t r, const double *probability)
{
    size_t m = b->network->outputs;
    memcpy(b->probability + r * m, probability, m * sizeof *probability);
    b->label[r] = 0;
    for (uint32_t k = 1; k < m; k++)
        if (probability[k] > probability[b->label[r]])
            b->label[r] = k;
}

static void gather(struct network_batch *b, size_t first, size_t rows)
{
    size_t d = b->network->inputs, targets = b->network->targets;
    for (size_t r = first; r < first + rows; r++) {
        size_t row = b->order[r];
        const struct dataset_chunk *c = network_rows_find(b->source, &row);
        network_rows_read(b->source, c, row, b->value[0] + r * d);
        b->weight[r] = dataset_weight(c, row);
        if (c->label != NULL)
            b->label[r] = c->label[row];
        for (size_t k = 0; k < targets; k++)
            b->target[r * targets + k] = c->target[row * c->ld + k];
        if (b->probability != NULL)
            gather_probabilities(b, r, c->target + row * c->ld);
    }
}

/* The greatest score's class, or by its sign the class of a single score. */
static bool is_right(const struct network *w, const double *output, uint32_t label)
{
    if (w->outputs == 1)
        return (output[0] >= (w->loss->prediction == LOSS_LOGIT ? 0 : 0.5)) == (label != 0);
    return special_argmax(w->outputs, output) == label;
}

/* The losses of numbers: each is a row of its own. */
static void evaluate_numbers(struct network_batch *b, size_t first, size_t rows, const double *output, double *gradient)
{
    const struct network *w = b->network;
    const struct loss *loss = w->pairs && w->loss == &loss_nll ? &loss_nll_sd : w->loss; /* of a learnt variance */
    size_t m = w->targets, width = w->pairs ? 2 : 1;
    double part[NETWORK_TILE], *prediction = b->prediction + first * w->outputs;
    memcpy(prediction, output, rows * w->outputs * sizeof *prediction);
    network_unscale(w, rows, prediction);
    for (size_t r = 0; r < rows; r++)
        b->loss[first + r] = b->scaled[first + r] = 0;
    for (size_t at = 0; at < rows * m; at += NETWORK_TILE) {
        size_t some = rows * m - at < NETWORK_TILE ? rows * m - at : NETWORK_TILE;
        struct loss_batch batch = {.rows = some,
                                   .width = width,
                                   .prediction = prediction + at * width,
                                   .target = b->target + first * m + at,
                                   .parameter = w->loss_parameter};
        loss->evaluate(&batch, part, gradient != NULL ? gradient + at * width : NULL, NULL);
        for (size_t i = 0; i < some; i++) {
            size_t r = first + (at + i) / m, k = (at + i) % m;
            b->loss[r] += part[i];
            b->scaled[r] += part[i] / w->unit[k];
            for (size_t j = 0; gradient != NULL && j < width; j++)
                gradient[(at + i) * width + j] *= b->weight[r] / b->divisor * (w->scale[k] / w->unit[k]);
        }
    }
}

static void evaluate_classes(struct network_batch *b, size_t first, size_t rows, const double *prediction,
                             double *gradient)
{
    const struct network *w = b->network;
    size_t m = w->outputs;
    struct loss_batch batch = {.rows = rows, .width = m, .prediction = prediction, .parameter = w->loss_parameter};
    if (b->probability != NULL)
        batch.target_probability = b->probability + first * m;
    else
        batch.label = b->label + first;
    w->loss->evaluate(&batch, b->loss + first, gradient, NULL);
    for (size_t r = 0; r < rows; r++) {
        double factor = b->weight[first + r] / b->divisor;
        b->scaled[first + r] = b->loss[first + r];
        b->is_right[first + r] = is_right(w, prediction + r * m, b->label[first + r]);
        for (size_t k = 0; gradient != NULL && k < m; k++)
            gradient[r * m + k] *= factor;
    }
}

static void evaluate_loss(struct network_batch *b, size_t first, size_t rows)
{
    const struct network *w = b->network;
    const double *output = b->value[w->n_layers] + first * w->outputs;
    double *gradient = b->wants_gradient ? b->gradient[w->n_layers] + first * w->outputs : NULL;
    if (w->targets > 0)
        evaluate_numbers(b, first, rows, output, gradient);
    else
        evaluate_classes(b, first, rows, output, gradient);
}

static void network_batch_tile(void *context, size_t tile)
{
    struct network_batch *b = context;
    size_t first = tile * NETWORK_TILE, rows = b->rows - first < NETWORK_TILE ? b->rows - first : NETWORK_TILE;
    gather(b, first, rows);
    network_batch_forward(b, first, rows, b->network->n_layers);
    evaluate_loss(b, first, rows);
    for (size_t i = b->network->n_layers; b->wants_gradient && i-- > b->network->lowest;) {
        struct layer_pass pass = pass_of(b, i, first, rows);
        b->network->layer[i].layer->backward(&pass);
    }
}

void network_batch_run(struct network_batch *b, const size_t *order, size_t rows, struct network_sums *sums)
{
    b->order = order;
    b->rows = rows;
    crew_run(b->crew, (rows + NETWORK_TILE - 1) / NETWORK_TILE, b, network_batch_tile);
    for (size_t r = 0; r < rows; r++) {
        if (b->weight[r] > 0) { /* 0 times an infinite loss is 0 */
            sums->loss += b->weight[r] * b->loss[r];
            sums->scaled += b->weight[r] * b->scaled[r];
        }
        sums->weight += b->weight[r];
        sums->right += b->is_right[r] ? b->weight[r] : 0;
    }
}

void network_batch_gradient(const struct network_batch *b, const struct network_block *block, double *gradient)
{
    struct layer_pass pass = pass_of(b, block->layer, 0, b->rows);
    b->network->layer[block->layer].layer->gradient(&pass, block->first, block->count, gradient);
}
