/* One step of stochastic descent.
 *
 *  1. rate_now: the learning rate of the step, by schedule and warm-up.
 *  2. The rows of the step pass through the network, at most NETWORK_ROWS at a time: network_batch_run goes forward
 *     and back, tiles of rows side by side; then each block of parameters adds up its gradient over the rows
 *     (trainer_step_learn), blocks side by side. No two threads write the same number, and each sum is taken in
 *     order: the bits do not depend on their number.
 *  3. A block whose gradient is whole moves at once, while it is in cache (trainer_step_move, by step.c), biases
 *     without decay. Where the gradient is clipped its length is needed first (clip).
 *
 * Memory: a gradient; in single precision also the rounded parameters. */

#include "fit/network/trainer_parts.h"

#include "math/single.h"

#include <math.h>
#include <string.h>

static void move(struct trainer *t, const struct step_settings *settings, size_t at, size_t n)
{
    size_t rows = t->options->step->memory;
    double *first = rows > 0 ? t->memory + at : NULL,
           *second = rows > 1 ? t->memory + t->network->parameters + at : NULL;
    t->options->step->move(settings, n, t->gradient + at, t->parameters + at, first, second);
}

static void trainer_step_move(void *context, size_t i)
{
    struct trainer *t = context;
    const struct network_block *b = &t->network->block[i];
    struct step_settings biases = t->settings;
    biases.decay = 0;
    move(t, &biases, b->offset, b->biases);
    move(t, &t->settings, b->offset + b->biases, b->n - b->biases);
    if (t->single != NULL)
        single_from_double(b->n, t->parameters + b->offset, t->single + b->offset);
}

/* The gradient of a block of parameters and, unless the gradient is clipped, the step. */
static void trainer_step_learn(void *context, size_t i)
{
    struct trainer *t = context;
    const struct network_block *b = &t->network->block[i];
    double *gradient = t->gradient + b->offset;
    if (t->is_first_part)
        memset(gradient, 0, b->n * sizeof *gradient);
    network_batch_gradient(t->batch, b, gradient);
    if (!t->is_last_part)
        return;
    if (t->options->clip == 0) {
        trainer_step_move(t, i);
        return;
    }
    t->norm[i] = 0;
    for (size_t k = 0; k < b->n; k++)
        t->norm[i] += gradient[k] * gradient[k];
}

static void clip(struct trainer *t)
{
    double square = 0;
    for (size_t i = 0; i < t->network->n_blocks; i++)
        square += t->norm[i];
    t->settings.shrink = sqrt(square) > t->options->clip ? t->options->clip / sqrt(square) : 1;
    crew_run(t->crew, t->network->n_blocks, t, trainer_step_move);
}

static double rate_now(const struct trainer *t)
{
    double epochs = (double)t->settings.number / (double)t->steps; /* done so far */
    double rate = t->options->settings.rate * t->options->schedule->factor(epochs / (double)t->options->epochs);
    return epochs < t->options->warm_up ? rate * (epochs + 1 / (double)t->steps) / t->options->warm_up : rate;
}

void trainer_step(struct trainer *t, const size_t *order, size_t n, struct network_sums *sums)
{
    t->settings.rate = rate_now(t);
    t->settings.number++;
    t->batch->wants_gradient = t->batch->is_training = true;
    t->batch->seed = rng_next(&t->rng);
    t->batch->divisor = (double)n * t->mean_weight;
    for (size_t first = 0; first < n; first += NETWORK_ROWS) {
        size_t rows = n - first < NETWORK_ROWS ? n - first : NETWORK_ROWS;
        t->is_first_part = first == 0;
        t->is_last_part = first + rows == n;
        t->batch->first_row = first;
        network_batch_run(t->batch, order + first, rows, sums);
        crew_run(t->crew, t->network->n_blocks, t, trainer_step_learn);
    }
    if (t->options->clip > 0)
        clip(t);
}
