/* Training by L-BFGS, which sees all rows: an epoch is an iteration of optim_lbfgs on trainer_objective.
 *
 *  1. trainer_whole_validate takes each iterate over as the current parameters and evaluates the held-out rows;
 *     patience ends the run. trainer_whole_progress reports it.
 *  2. trainer_whole_save copies the pairs that L-BFGS remembers, oldest first, and hands a checkpoint on; a run that
 *     resumes from them has the same bits as an unbroken one.
 *
 * Memory: what optim_lbfgs needs, and 2 x 30 numbers per parameter where there are checkpoints. */

#include "fit/network/trainer_parts.h"

#include "optim/optim.h"

#include <math.h>
#include <string.h>

/* Takes the iterate over, and stops when the held-out rows ran out of patience. */
static bool trainer_whole_validate(void *context, size_t iteration, const double *theta)
{
    struct trainer *t = context;
    memcpy(t->parameters, theta, t->network->parameters * sizeof *theta);
    t->state.epoch = iteration;
    trainer_validate(t, &t->now);
    trainer_keep_best(t, t->now.valid_loss);
    return t->data->valid == 0 || iteration - t->state.best_epoch < t->options->patience;
}

static void trainer_whole_progress(void *context, const struct optim_progress *progress)
{
    struct trainer *t = context;
    t->now.epoch = progress->iteration;
    t->now.scaled = progress->value;
    t->now.rate = (double)NAN;
    trainer_objective_last(t->objective, &t->now.loss, &t->now.accuracy);
    if (t->options->resume == NULL || progress->iteration > t->options->resume->epoch)
        trainer_report(t, &t->now);
}

static void trainer_whole_save(void *context, size_t iteration, const double *theta, const struct optim_memory *memory)
{
    struct trainer *t = context;
    size_t n = t->network->parameters, checkpoint = t->options->checkpoint;
    bool is_due = checkpoint > 0 && iteration > 0 && iteration % checkpoint == 0;
    if (memory->is_last ? !t->options->saves_last : !is_due)
        return;
    double *row = t->memory;
    (void)theta; /* trainer_whole_validate has it */
    for (size_t i = 0; i < memory->pairs; i++, row += 2 * n) {
        memcpy(row, memory->step[i], n * sizeof *row);
        memcpy(row + n, memory->change[i], n * sizeof *row);
    }
    t->state.memory_rows = 2 * memory->pairs;
    if (!memory->is_last)
        trainer_save(t, &(struct trainer_result){.epochs = iteration, .best_epoch = t->state.best_epoch});
}

void trainer_whole_run(struct trainer *t, struct trainer_result *result)
{
    const struct trainer_options *o = t->options;
    size_t n = t->network->parameters;
    struct optim_memory memory = {0};
    struct objective objective = trainer_objective(t->network, t->data, o->settings.decay, false, 0, o->threads);
    struct optim_options options = {.tolerance = o->tolerance,
                                    .is_polished = true,
                                    .max_iterations = o->epochs,
                                    .iteration = t->state.epoch,
                                    .memory = &memory,
                                    .context = t,
                                    .progress = trainer_whole_progress,
                                    .validate = trainer_whole_validate,
                                    .save = trainer_whole_save};
    struct optim_result optimum;
    t->objective = &objective;
    memory.pairs = t->state.memory_rows / 2;
    for (size_t i = 0; i < memory.pairs; i++) {
        memory.step[i] = t->memory + 2 * i * n;
        memory.change[i] = t->memory + (2 * i + 1) * n;
    }
    if (o->resume == NULL)
        t->state.least = INFINITY;
    optim_lbfgs.run(&objective, &options, t->parameters, &optimum);
    trainer_objective_free(&objective);
    result->is_diverged = optimum.status == OPTIM_DIVERGED || (t->best != NULL && !isfinite(t->state.least));
    result->is_early = optimum.status == OPTIM_STOPPED;
    result->epochs = optimum.iterations;
}
