#include "fit/trainer.h"

#include "base/mem.h"
#include "fit/network_batch.h"
#include "fit/optim.h"
#include "math/narrow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double divergence = 1000; /* the loss has become so many times as large as it was before training */

struct trainer {
    const struct network *network;
    const struct trainer_options *options;
    struct network_rows rows;
    struct network_batch *batch;
    struct crew *crew;
    struct rng rng;
    size_t batch_rows, steps; /* of an epoch */
    size_t *order, train, valid; /* order: rows to train on, then those kept apart */
    double mean_weight;          /* of the former */
    double *parameters, *gradient, *first, *second, *norm, *best;
    float *single;
    struct step_settings settings;
    bool is_first_part, is_last_part; /* of a step's rows */
};

/* ---- a step ---- */

static void move_block(void *context, size_t i)
{
    struct trainer *t = context;
    const struct network_block *b = &t->network->block[i];
    struct step_settings biases = t->settings;
    double *second = t->second != NULL ? t->second + b->offset : NULL, *first = t->first != NULL ? t->first + b->offset : NULL;
    double *parameters = t->parameters + b->offset;
    const double *gradient = t->gradient + b->offset;
    size_t k = b->biases;
    biases.decay = 0;
    t->options->step->move(&biases, k, gradient, parameters, first, second);
    t->options->step->move(&t->settings, b->n - k, gradient + k, parameters + k, first != NULL ? first + k : NULL,
                           second != NULL ? second + k : NULL);
    if (t->single != NULL)
        narrow_to_float(b->n, parameters, t->single + b->offset);
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

static struct network_sums judge(struct trainer *t, const size_t *order, size_t n)
{
    struct network_sums sums = {0};
    t->batch->wants_gradient = t->batch->is_training = false;
    for (size_t first = 0; first < n; first += NETWORK_ROWS)
        network_batch_run(t->batch, order + first, n - first < NETWORK_ROWS ? n - first : NETWORK_ROWS, &sums);
    return sums;
}

static void note(const struct trainer *t, struct network_sums sums, double *loss, double *accuracy)
{
    *loss = sums.loss / sums.weight;
    *accuracy = t->rows.data->classes > 0 ? sums.right / sums.weight : (double)NAN;
}

static void note_valid(struct trainer *t, struct trainer_epoch *epoch)
{
    epoch->valid_loss = epoch->valid_accuracy = (double)NAN;
    if (t->valid > 0)
        note(t, judge(t, t->order + t->train, t->valid), &epoch->valid_loss, &epoch->valid_accuracy);
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
    size_t batch = t->batch_rows;
    if (!t->options->step->is_whole)
        rng_shuffle(&t->rng, t->order, t->train);
    for (size_t first = 0; first < t->train && isfinite(sums.loss); first += batch)
        take_step(t, t->order + first, t->train - first < batch ? t->train - first : batch, &sums);
    note(t, sums, &epoch.loss, &epoch.accuracy);
    epoch.rate = t->settings.rate;
    if (isfinite(epoch.loss))
        note_valid(t, &epoch);
    return epoch;
}

static bool has_diverged(const struct trainer *t, double start, double loss)
{
    double unit = t->network->loss_unit;
    return !isfinite(loss) || (loss - start) / unit > divergence * (1 + fabs(start) / unit);
}

static void run_epochs(struct trainer *t, struct trainer_result *result)
{
    struct trainer_epoch start = {.rate = (double)NAN};
    note(t, judge(t, t->order, t->train), &start.loss, &start.accuracy);
    note_valid(t, &start);
    report(t, &start);
    double least = INFINITY;
    for (size_t number = 1; number <= t->options->epochs; number++) {
        struct trainer_epoch epoch = run_epoch(t, number);
        result->epochs = number;
        result->is_diverged = has_diverged(t, start.loss, epoch.loss) || (t->valid > 0 && !isfinite(epoch.valid_loss));
        if (result->is_diverged)
            return;
        report(t, &epoch);
        if (t->valid > 0 && epoch.valid_loss < least) {
            least = epoch.valid_loss;
            result->best_epoch = number;
            memcpy(t->best, t->parameters, t->network->parameters * sizeof *t->best);
        }
        result->is_early = t->valid > 0 && number - result->best_epoch >= t->options->patience;
        if (result->is_early)
            break;
    }
    if (t->valid > 0)
        memcpy(t->parameters, t->best, t->network->parameters * sizeof *t->best);
    else
        result->best_epoch = result->epochs;
}

/* ---- an optimiser that sees all rows ---- */

static void report_iteration(void *context, const struct optim_progress *progress)
{
    const struct trainer *t = context;
    double nan = (double)NAN;
    report(t, &(struct trainer_epoch){progress->iteration, progress->value * t->network->loss_unit, nan, nan, nan, nan});
}

static void run_lbfgs(struct trainer *t, struct trainer_result *result)
{
    struct objective objective = trainer_objective(t->network, t->rows.data, t->options->settings.decay, false, 0, t->options->threads);
    struct optim_options options = {
        .tolerance = 1e-10, .max_iterations = t->options->epochs, .context = t, .progress = report_iteration};
    struct optim_result optimum;
    optim_lbfgs(&objective, &options, t->parameters, &optimum);
    trainer_objective_free(&objective);
    result->is_diverged = optimum.status == OPTIM_DIVERGED;
    result->epochs = result->best_epoch = optimum.iterations;
}

/* ---- all of it ---- */

static void split(struct trainer *t)
{
    const struct dataset *data = t->rows.data;
    t->order = mem_alloc(data->n, sizeof *t->order);
    for (size_t i = 0; i < data->n; i++)
        t->order[i] = i;
    t->valid = (size_t)llround(t->options->valid * (double)data->n);
    t->train = data->n - t->valid;
    if (t->valid > 0)
        rng_shuffle(&t->rng, t->order, data->n);
}

static void prepare(struct trainer *t)
{
    size_t n = t->network->parameters, rows = t->rows.data->n;
    const struct step *step = t->options->step;
    t->settings = t->options->settings;
    t->settings.shrink = 1;
    t->settings.number = 0;
    t->batch_rows = step->is_whole || t->options->batch > t->train ? t->train : t->options->batch;
    t->steps = (t->train + t->batch_rows - 1) / t->batch_rows;
    t->crew = crew_new(t->options->threads);
    network_batch_new(&t->batch, t->network, rows < NETWORK_ROWS ? rows : NETWORK_ROWS, t->options->is_single, t->crew);
    t->batch->source = &t->rows;
    t->gradient = mem_alloc(n, sizeof *t->gradient);
    t->first = step->memory > 0 ? mem_zero(n, sizeof *t->first) : NULL;
    t->second = step->memory > 1 ? mem_zero(n, sizeof *t->second) : NULL;
    t->best = t->valid > 0 ? mem_alloc(n, sizeof *t->best) : NULL;
    t->norm = mem_alloc(t->network->n_blocks, sizeof *t->norm);
    t->single = t->options->is_single ? mem_alloc(n, sizeof *t->single) : NULL;
    if (!t->options->is_begun)
        network_start(t->network, t->options->start, &t->rng, t->parameters);
    if (t->single != NULL)
        narrow_to_float(n, t->parameters, t->single);
    t->batch->parameters = (struct network_parameters){t->parameters, t->single};
}

static void release(struct trainer *t)
{
    network_batch_free(t->batch);
    crew_free(t->crew);
    network_rows_free(&t->rows);
    free(t->order);
    free(t->gradient);
    free(t->first);
    free(t->second);
    free(t->norm);
    free(t->best);
    free(t->single);
}

enum status trainer_run(const struct network *network, const struct dataset *data, const struct trainer_options *options,
                        double *parameters, struct trainer_result *result, struct err *err)
{
    struct trainer t = {.network = network, .options = options, .rng = rng_seed(options->seed), .parameters = parameters};
    *result = (struct trainer_result){0};
    network_rows_init(&t.rows, data);
    split(&t);
    if (t.train == 0 || (t.valid == 0 && options->valid > 0)) {
        err_data(err, "%zu rows are too few to keep a share of %g apart", data->n, options->valid);
        release(&t);
        return err->status;
    }
    struct network_sums weights = {0};
    prepare(&t);
    weights = judge(&t, t.order, t.train);
    t.mean_weight = weights.weight / (double)t.train;
    result->rows = t.train;
    result->valid_rows = t.valid;
    if (!(weights.weight > 0)) {
        err_data(err, "the weights of the rows to train on sum to 0");
        release(&t);
        return err->status;
    }
    if (options->step->move != NULL)
        run_epochs(&t, result);
    else
        run_lbfgs(&t, result);
    t.batch->parameters.single = NULL; /* the model is judged as it will predict */
    result->best.epoch = result->best_epoch;
    if (!result->is_diverged) {
        note(&t, judge(&t, t.order, t.train), &result->best.loss, &result->best.accuracy);
        note_valid(&t, &result->best);
        result->is_diverged = !isfinite(result->best.loss);
    }
    release(&t);
    return STATUS_OK;
}
