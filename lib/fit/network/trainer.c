/* Trains a network: epochs, early stopping, checkpoints.
 *
 *  1. start sets the parameters: random (network_start), of another network, or of a state to resume from; prepare
 *     makes room.
 *  2. run_epochs, for steps from some rows at a time: each epoch shuffles the rows with a stream of random numbers of
 *     its own, so that a resumed run shuffles alike (run_epoch), and takes a step per batch (trainer_step.c).
 *     trainer_whole.c is the same for an optimiser that sees all rows.
 *  3. trainer_validate (trainer_validate.c) evaluates the held-out rows after each epoch; the parameters of the best
 *     one are kept, and `patience` epochs without a better one end the training.
 *  4. has_diverged ends it as well: a loss that is not finite, or a thousand times that at the start. The parameters
 *     that are then returned are those of the best epoch; without held-out rows, those before the epoch of least loss
 *     (trainer_keep_safe): the loss of an epoch is that of rows before their steps.
 *  5. finish gives losses and accuracies of the parameters that are returned, and saves the last state.
 *
 * Memory: parameters, gradient, the step's memory, the best parameters or, without held-out rows, two more copies;
 * activations of NETWORK_ROWS rows; 8 bytes per row for the order. Threads: a crew shares the work of each step; the
 * bits do not depend on their number. */

#include "fit/network/trainer_parts.h"

#include "base/mem.h"
#include "math/single.h"
#include "optim/optim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double divergence = 1000; /* in units of the loss before training; far above any noise */

/* ---- epochs ---- */

static struct trainer_epoch run_epoch(struct trainer *t, size_t number)
{
    struct network_sums sums = {0};
    struct trainer_epoch epoch = {.epoch = number};
    size_t batch = t->batch_rows, n = t->data->train;
    t->rng = rng_stream(t->options->seed, number);
    memcpy(t->order, t->data->order, n * sizeof *t->order);
    if (!t->options->step->is_whole)
        rng_shuffle(&t->rng, t->order, n);
    for (size_t first = 0; first < n && isfinite(sums.loss); first += batch)
        trainer_step(t, t->order + first, n - first < batch ? n - first : batch, &sums);
    trainer_set_losses(t, sums, &epoch);
    epoch.rate = t->settings.rate;
    if (isfinite(epoch.loss))
        trainer_validate(t, &epoch);
    return epoch;
}

static void start_epochs(struct trainer *t)
{
    struct trainer_epoch start = {.rate = (double)NAN};
    trainer_evaluate(t, &start);
    trainer_validate(t, &start);
    trainer_report(t, &start);
    t->state.start = start.scaled;
    t->state.least = INFINITY;
    if (t->options->is_warm_start)
        trainer_keep_best(t, start.valid_loss);
}

static bool has_diverged(const struct trainer *t, const struct trainer_epoch *epoch)
{
    double start = t->state.start;
    return !isfinite(epoch->loss) || epoch->scaled - start > divergence * (1 + fabs(start)) ||
           (t->data->valid > 0 && !isfinite(epoch->valid_loss));
}

static void run_epochs(struct trainer *t, struct trainer_result *result)
{
    const struct trainer_options *o = t->options;
    if (o->resume == NULL)
        start_epochs(t);
    result->epochs = t->state.epoch;
    while (t->state.epoch < o->epochs && !result->is_early) {
        if (t->before != NULL)
            memcpy(t->before, t->parameters, t->network->parameters * sizeof *t->before);
        struct trainer_epoch epoch = run_epoch(t, t->state.epoch + 1);
        result->epochs = t->state.epoch = epoch.epoch;
        result->is_diverged = has_diverged(t, &epoch);
        if (result->is_diverged)
            return;
        trainer_report(t, &epoch);
        trainer_keep_best(t, epoch.valid_loss);
        trainer_keep_safe(t, &epoch);
        result->best_epoch = t->state.best_epoch;
        result->is_early = t->data->valid > 0 && epoch.epoch - t->state.best_epoch >= o->patience;
        if (o->checkpoint > 0 && epoch.epoch % o->checkpoint == 0 && epoch.epoch < o->epochs && !result->is_early)
            trainer_save(t, result);
    }
}

/* ---- start and end ---- */

/* The state at the start, or the state to resume from. */
static void start(struct trainer *t)
{
    const struct trainer_options *o = t->options;
    const struct trainer_state *from = o->resume;
    struct rng rng = rng_stream(o->seed, 0);
    size_t n = t->network->parameters, rows = o->step->memory;
    if (o->step->move == NULL && (o->checkpoint > 0 || o->saves_last || from != NULL))
        rows = 2 * OPTIM_PAIRS;
    t->memory = mem_zero(rows, n * sizeof *t->memory);
    t->state = from != NULL ? *from : (struct trainer_state){.memory_rows = o->step->memory};
    if (from != NULL)
        memcpy(t->parameters, from->parameters, n * sizeof *t->parameters);
    else if (!o->is_warm_start)
        network_start(t->network, o->start, &rng, t->parameters);
    if (from != NULL && from->memory_rows > 0)
        memcpy(t->memory, from->memory, from->memory_rows * n * sizeof *t->memory);
    t->state.parameters = t->parameters;
    t->state.memory = t->memory;
    t->best = t->data->valid > 0 ? mem_alloc(n, sizeof *t->best) : NULL;
    if (from != NULL && t->best != NULL)
        memcpy(t->best, from->best, n * sizeof *t->best);
    t->state.best = t->best;
    if (t->best != NULL || o->step->move == NULL)
        return;
    t->before = mem_alloc(n, sizeof *t->before);
    t->safe = mem_alloc(n, sizeof *t->safe);
    t->safe_loss = INFINITY;
}

static void prepare(struct trainer *t)
{
    const struct trainer_data *data = t->data;
    size_t n = t->network->parameters, rows = data->train > data->valid ? data->train : data->valid;
    const struct step *step = t->options->step;
    t->batch_rows = step->is_whole || t->options->batch > data->train ? data->train : t->options->batch;
    t->steps = (data->train + t->batch_rows - 1) / t->batch_rows;
    t->mean_weight = data->weight_sum / (double)data->train;
    t->settings = t->options->settings;
    t->settings.shrink = 1;
    t->settings.number = t->state.epoch * t->steps;
    t->crew = crew_new(t->options->threads);
    network_batch_new(&t->batch, t->network, rows < NETWORK_ROWS ? rows : NETWORK_ROWS, t->options->is_single, t->crew);
    t->batch->source = &data->rows;
    t->order = mem_alloc(data->train, sizeof *t->order);
    t->gradient = mem_alloc(n, sizeof *t->gradient);
    t->norm = mem_alloc(t->network->n_blocks, sizeof *t->norm);
    t->single = t->options->is_single ? mem_alloc(n, sizeof *t->single) : NULL;
    if (t->single != NULL)
        single_from_double(n, t->parameters, t->single);
    t->batch->parameters = (struct network_parameters){t->parameters, t->single};
}

static void release(struct trainer *t)
{
    network_batch_free(t->batch);
    crew_free(t->crew);
    free(t->order);
    free(t->gradient);
    free(t->memory);
    free(t->norm);
    free(t->best);
    free(t->before);
    free(t->safe);
    free(t->single);
}

/* Chooses the parameters to return. The last ones are still needed by the state. */
static void finish(struct trainer *t, struct trainer_result *result)
{
    const double *best = t->best != NULL ? t->best : result->is_diverged ? t->safe : t->parameters;
    result->best_epoch = t->best != NULL ? t->state.best_epoch : result->is_diverged ? t->safe_epoch : result->epochs;
    if (result->is_diverged && result->best_epoch == 0)
        return;
    trainer_evaluate_result(t, best, result);
    if (!isfinite(result->best.loss)) {
        result->is_diverged = true;
        result->best_epoch = 0;
        return;
    }
    if (t->options->saves_last && !result->is_diverged) {
        struct trainer_result last = *result;
        last.is_last = true;
        t->options->save(t->options->context, &last, best, &t->state);
    }
    if (best != t->parameters)
        memcpy(t->parameters, best, t->network->parameters * sizeof *best);
}

void trainer_run(const struct network *network, const struct trainer_data *data, const struct trainer_options *options,
                 double *parameters, struct trainer_result *result)
{
    struct trainer t = {.network = network, .options = options, .data = data, .parameters = parameters};
    *result = (struct trainer_result){0};
    start(&t);
    prepare(&t);
    if (options->step->move != NULL)
        run_epochs(&t, result);
    else
        trainer_whole_run(&t, result);
    finish(&t, result);
    release(&t);
}
