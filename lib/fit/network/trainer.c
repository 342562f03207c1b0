#include "fit/network/trainer.h"

#include "base/mem.h"
#include "fit/network/network_batch.h"
#include "math/single.h"
#include "optim/optim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double divergence = 1000; /* the loss has become so many times as large as it was before training */

struct trainer {
    const struct network *network;
    const struct trainer_options *options;
    const struct trainer_data *data;
    struct network_batch *batch;
    struct crew *crew;
    struct rng rng;           /* of the epoch */
    size_t batch_rows, steps; /* of an epoch */
    size_t *order;            /* the rows to learn from as the epoch sees them */
    double mean_weight;
    double *parameters, *best, *gradient, *memory, *norm; /* best: NULL where no rows judge */
    struct trainer_state state;
    struct trainer_epoch now;          /* of an optimiser that sees all rows, and … */
    const struct objective *objective; /* … what it minimises */
    float *single;
    struct step_settings settings;
    bool is_first_part, is_last_part; /* of a step's rows */
};

/* ---- a step ---- */

static void move(struct trainer *t, const struct step_settings *settings, size_t at, size_t n)
{
    size_t rows = t->options->step->memory;
    double *first = rows > 0 ? t->memory + at : NULL,
           *second = rows > 1 ? t->memory + t->network->parameters + at : NULL;
    t->options->step->move(settings, n, t->gradient + at, t->parameters + at, first, second);
}

static void move_block(void *context, size_t i)
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

/* The gradient of a block of parameters and, unless it waits for the length of the whole gradient, the step. */
static void learn_block(void *context, size_t i)
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
        move_block(t, i);
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
    crew_run(t->crew, t->network->n_blocks, t, move_block);
}

static double rate_now(const struct trainer *t)
{
    double epochs = (double)t->settings.number / (double)t->steps; /* that have been done */
    double rate = t->options->settings.rate * t->options->schedule->factor(epochs / (double)t->options->epochs);
    return epochs < t->options->warm_up ? rate * (epochs + 1 / (double)t->steps) / t->options->warm_up : rate;
}

static void take_step(struct trainer *t, const size_t *order, size_t n, struct network_sums *sums)
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
        crew_run(t->crew, t->network->n_blocks, t, learn_block);
    }
    if (t->options->clip > 0)
        clip(t);
}

/* ---- epochs ---- */

static struct network_sums judge(struct trainer *t, const struct network_rows *rows, const size_t *order, size_t n)
{
    struct network_sums sums = {0};
    t->batch->source = rows;
    t->batch->wants_gradient = t->batch->is_training = false;
    for (size_t first = 0; first < n; first += NETWORK_ROWS)
        network_batch_run(t->batch, order + first, n - first < NETWORK_ROWS ? n - first : NETWORK_ROWS, &sums);
    t->batch->source = &t->data->rows;
    return sums;
}

static void note(const struct trainer *t, struct network_sums sums, double *loss, double *accuracy)
{
    *loss = sums.loss / sums.weight;
    *accuracy = t->network->targets == 0 ? sums.right / sums.weight : (double)NAN;
}

static void note_train(struct trainer *t, struct network_sums sums, struct trainer_epoch *epoch)
{
    note(t, sums, &epoch->loss, &epoch->accuracy);
    epoch->scaled = sums.scaled / sums.weight;
}

static void note_valid(struct trainer *t, struct trainer_epoch *epoch)
{
    const struct trainer_data *data = t->data;
    epoch->valid_loss = epoch->valid_accuracy = (double)NAN;
    if (data->valid > 0)
        note(t, judge(t, &data->valid_rows, data->valid_order, data->valid), &epoch->valid_loss,
             &epoch->valid_accuracy);
}

static void report(const struct trainer *t, const struct trainer_epoch *epoch)
{
    if (t->options->progress != NULL)
        t->options->progress(t->options->context, epoch);
}

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
        take_step(t, t->order + first, n - first < batch ? n - first : batch, &sums);
    note_train(t, sums, &epoch);
    epoch.rate = t->settings.rate;
    if (isfinite(epoch.loss))
        note_valid(t, &epoch);
    return epoch;
}

/* What parameters give: the model is judged as it will predict. */
static void conclude(struct trainer *t, const double *parameters, struct trainer_result *result)
{
    struct network_parameters own = t->batch->parameters;
    t->batch->parameters = (struct network_parameters){parameters, NULL};
    note_train(t, judge(t, &t->data->rows, t->data->order, t->data->train), &result->best);
    note_valid(t, &result->best);
    result->best.epoch = result->best_epoch;
    t->batch->parameters = own;
}

static void save(struct trainer *t, const struct trainer_result *result)
{
    struct trainer_result so_far = *result;
    const double *parameters = t->best != NULL ? t->best : t->parameters;
    if (t->best == NULL)
        so_far.best_epoch = t->state.epoch;
    conclude(t, parameters, &so_far);
    t->options->save(t->options->context, &so_far, parameters, &t->state);
}

static void keep_best(struct trainer *t, double loss)
{
    if (t->data->valid == 0 || !(loss < t->state.least))
        return;
    t->state.least = loss;
    t->state.best_epoch = t->state.epoch;
    memcpy(t->best, t->parameters, t->network->parameters * sizeof *t->best);
}

static void start_epochs(struct trainer *t)
{
    struct trainer_epoch start = {.rate = (double)NAN};
    note_train(t, judge(t, &t->data->rows, t->data->order, t->data->train), &start);
    note_valid(t, &start);
    report(t, &start);
    t->state.start = start.scaled;
    t->state.least = INFINITY;
    if (t->options->is_begun)
        keep_best(t, start.valid_loss);
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
        struct trainer_epoch epoch = run_epoch(t, t->state.epoch + 1);
        result->epochs = t->state.epoch = epoch.epoch;
        result->is_diverged = has_diverged(t, &epoch);
        if (result->is_diverged)
            return;
        report(t, &epoch);
        keep_best(t, epoch.valid_loss);
        result->best_epoch = t->state.best_epoch;
        result->is_early = t->data->valid > 0 && epoch.epoch - t->state.best_epoch >= o->patience;
        if (o->checkpoint > 0 && epoch.epoch % o->checkpoint == 0 && epoch.epoch < o->epochs && !result->is_early)
            save(t, result);
    }
    if (t->data->valid > 0)
        memcpy(t->parameters, t->best, t->network->parameters * sizeof *t->best);
    result->best_epoch = t->data->valid > 0 ? t->state.best_epoch : result->epochs;
}

/* ---- an optimiser that sees all rows ---- */

/* Takes an iterate over and lets the rows that judge have their say. */
static bool judge_iterate(void *context, size_t iteration, const double *theta)
{
    struct trainer *t = context;
    memcpy(t->parameters, theta, t->network->parameters * sizeof *theta);
    t->state.epoch = iteration;
    note_valid(t, &t->now);
    keep_best(t, t->now.valid_loss);
    return t->data->valid == 0 || iteration - t->state.best_epoch < t->options->patience;
}

static void report_iteration(void *context, const struct optim_progress *progress)
{
    struct trainer *t = context;
    t->now.epoch = progress->iteration;
    t->now.scaled = progress->value;
    t->now.rate = (double)NAN;
    trainer_objective_last(t->objective, &t->now.loss, &t->now.accuracy);
    if (t->options->resume == NULL || progress->iteration > t->options->resume->epoch)
        report(t, &t->now);
}

static void keep_iterate(void *context, size_t iteration, const double *theta, const struct optim_memory *memory)
{
    struct trainer *t = context;
    size_t n = t->network->parameters, checkpoint = t->options->checkpoint;
    if (checkpoint == 0 || iteration == 0 || iteration % checkpoint != 0)
        return;
    double *row = t->memory;
    (void)theta; /* judge_iterate has it */
    for (size_t i = 0; i < memory->pairs; i++, row += 2 * n) {
        memcpy(row, memory->step[i], n * sizeof *row);
        memcpy(row + n, memory->change[i], n * sizeof *row);
    }
    t->state.memory_rows = 2 * memory->pairs;
    save(t, &(struct trainer_result){.epochs = iteration, .best_epoch = t->state.best_epoch});
}

static void run_lbfgs(struct trainer *t, struct trainer_result *result)
{
    const struct trainer_options *o = t->options;
    size_t n = t->network->parameters;
    struct optim_memory memory = {0};
    struct objective objective = trainer_objective(t->network, t->data, o->settings.decay, false, 0, o->threads);
    struct optim_options options = {.tolerance = 1e-10,
                                    .max_iterations = o->epochs,
                                    .iteration = t->state.epoch,
                                    .memory = &memory,
                                    .context = t,
                                    .progress = report_iteration,
                                    .validate = judge_iterate,
                                    .save = keep_iterate};
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
    result->epochs = result->best_epoch = optimum.iterations;
    if (t->best == NULL || result->is_diverged)
        return;
    memcpy(t->parameters, t->best, n * sizeof *t->best);
    result->best_epoch = t->state.best_epoch;
}

/* ---- all of it ---- */

/* The state of the start, or that of another training that is gone on with. */
static void start(struct trainer *t)
{
    const struct trainer_options *o = t->options;
    const struct trainer_state *from = o->resume;
    struct rng rng = rng_stream(o->seed, 0);
    size_t n = t->network->parameters, rows = o->step->memory;
    if (o->step->move == NULL && (o->checkpoint > 0 || from != NULL))
        rows = 2 * OPTIM_PAIRS;
    t->memory = mem_zero(rows, n * sizeof *t->memory);
    t->state = from != NULL ? *from : (struct trainer_state){.memory_rows = o->step->memory};
    if (from != NULL)
        memcpy(t->parameters, from->parameters, n * sizeof *t->parameters);
    else if (!o->is_begun)
        network_start(t->network, o->start, &rng, t->parameters);
    if (from != NULL && from->memory_rows > 0)
        memcpy(t->memory, from->memory, from->memory_rows * n * sizeof *t->memory);
    t->state.parameters = t->parameters;
    t->state.memory = t->memory;
    t->best = t->data->valid > 0 ? mem_alloc(n, sizeof *t->best) : NULL;
    if (from != NULL && t->best != NULL)
        memcpy(t->best, from->best, n * sizeof *t->best);
    t->state.best = t->best;
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
    free(t->single);
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
        run_lbfgs(&t, result);
    if (!result->is_diverged) {
        conclude(&t, parameters, result);
        result->is_diverged = !isfinite(result->best.loss);
    }
    release(&t);
}
