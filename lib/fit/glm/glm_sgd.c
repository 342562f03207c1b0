/* Stochastic gradient descent over the rows of a glm; the formulas are in glm_sgd.h.
 *
 *  1. sgd_start makes the order of the rows and room for a batch of GLM_SGD_BATCH copies of rows.
 *  2. Per epoch: rng_shuffle orders the rows anew; take_batch copies the next rows side by side; step evaluates their
 *     mean gradient by glm_sums_add and moves theta, the penalty entering by its proximal map (run_epoch).
 *  3. From half of the epochs on the mean of theta over the steps is what counts (averaged).
 *  4. The objective is evaluated over all rows at the end of each epoch; the best end is the result. tell_distance
 *     computes its Newton decrement.
 *
 * Memory: 8 bytes per row for the order. One thread, so that the order of steps, and with it each bit, is that of the
 * seed. */

#include "fit/glm/glm_sgd.h"

#include "base/mem.h"
#include "base/rng.h"
#include "fit/glm/glm_sums.h"
#include "math/dense.h"
#include "optim/optim_decrement.h"
#include "optim/optim_visit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct glm_sgd_state {
    struct glm *glm;
    size_t n;                   /* parameters */
    size_t *order;              /* of rows */
    struct dataset_chunk batch; /* copies of rows */
    size_t batch_capacity, index_capacity;
    struct glm_sums sums;
    double rate, steps;   /* steps of one epoch */
    double *theta, *mean; /* now; of the later half */
    size_t averaged;
};

/* ---- rows ---- */

static void locate(const struct glm_sgd_state *s, size_t row, const struct dataset_chunk **chunk, size_t *at)
{
    size_t low = 0, high = s->glm->data->chunks;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (s->glm->first_row[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    *chunk = &s->glm->data->chunk[low];
    *at = row - s->glm->first_row[low];
}

/* Appends a sparse row to the batch. */
static void take_sparse(struct glm_sgd_state *s, const struct dataset_chunk *chunk, size_t at)
{
    struct dataset_chunk *b = &s->batch;
    size_t from = chunk->start[at], n = chunk->start[at + 1] - from, to = b->start[b->rows];
    b->x = mem_grow(b->x, &s->batch_capacity, to + n, sizeof *b->x);
    b->index = mem_grow(b->index, &s->index_capacity, to + n, sizeof *b->index);
    memcpy(b->x + to, chunk->x + from, n * sizeof *b->x);
    memcpy(b->index + to, chunk->index + from, n * sizeof *b->index);
    b->start[b->rows + 1] = to + n;
}

/* Copies rows order[first], … into the batch. */
static void take_batch(struct glm_sgd_state *s, size_t first, size_t rows)
{
    struct dataset_chunk *b = &s->batch;
    for (b->rows = 0; b->rows < rows; b->rows++) {
        const struct dataset_chunk *chunk;
        size_t at;
        locate(s, s->order[first + b->rows], &chunk, &at);
        if (chunk->start != NULL)
            take_sparse(s, chunk, at);
        else
            memcpy(b->x + b->rows * b->ld, chunk->x + at * chunk->ld, b->ld * sizeof *b->x);
        if (chunk->label != NULL)
            b->label[b->rows] = chunk->label[at];
    }
}

static double mean_square(const struct glm *glm)
{
    double sum = 0, n = (double)glm->data->n;
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            bool is_sparse = chunk->start != NULL;
            const double *x = chunk->x + (is_sparse ? chunk->start[r] : r * chunk->ld);
            size_t width = is_sparse ? chunk->start[r + 1] - chunk->start[r] : glm->d;
            sum += dense_dot(width, x, x);
        }
    }
    return 1 + sum / n;
}

static void sgd_start(struct glm_sgd_state *s, struct glm *glm, const struct glm_sgd_options *o)
{
    const struct dataset *data = glm->data;
    s->glm = glm;
    s->n = glm->blocks * glm->width;
    s->steps = ceil((double)data->n / GLM_SGD_BATCH);
    s->rate = o->rate > 0 ? o->rate : 8 / sqrt(mean_square(glm));
    s->mean = mem_zero(s->n, sizeof *s->mean);
    s->order = mem_alloc(data->n, sizeof *s->order);
    for (size_t i = 0; i < data->n; i++)
        s->order[i] = i;
    struct dataset_chunk *b = &s->batch;
    b->label = mem_alloc(GLM_SGD_BATCH, sizeof *b->label);
    b->class_factor = data->class_factor;
    if (data->sparse) {
        b->start = mem_zero(GLM_SGD_BATCH + 1, sizeof *b->start);
    } else {
        const struct dataset_chunk *like = &data->chunk[0];
        b->ld = like->ld;
        b->x = mem_alloc(GLM_SGD_BATCH, b->ld * sizeof *b->x);
        b->weight = like->weight != NULL ? b->x + (like->weight - like->x) : NULL;
        b->probability = like->probability != NULL ? b->x + (like->probability - like->x) : NULL;
        b->offset = like->offset != NULL ? b->x + (like->offset - like->x) : NULL;
    }
    glm_sums_init(&s->sums, glm);
}

static void sgd_release(struct glm_sgd_state *s)
{
    glm_sums_free(&s->sums);
    free(s->batch.x);
    free(s->batch.index);
    free(s->batch.start);
    free(s->batch.label);
    free(s->order);
    free(s->mean);
}

/* ---- steps ---- */

static void step(struct glm_sgd_state *s, double rate)
{
    struct glm *glm = s->glm;
    double mean_weight = glm->weight_sum / (double)glm->data->n, factor = rate / ((double)s->batch.rows * mean_weight);
    glm_expand(glm, s->theta, glm->theta);
    glm_sums_clear(&s->sums, glm, glm->options.loss, true, false);
    glm_sums_add(&s->sums, glm, &s->batch, 0, s->batch.rows);
    for (size_t b = 0; b < glm->blocks; b++) {
        double *theta = s->theta + b * glm->width;
        const double *g = s->sums.gradient + glm_block_score(glm, b) * glm->width;
        theta[0] -= factor * g[0];
        for (size_t j = 0; j < glm->d; j++)
            if (!glm->aliased[j])
                theta[1 + j] = (theta[1 + j] - factor * g[1 + j]) / (1 + rate * glm->penalty[j]);
    }
}

static void run_epoch(struct glm_sgd_state *s, size_t epoch, bool is_averaged)
{
    size_t n = s->glm->data->n;
    double done = (double)epoch;
    for (size_t first = 0; first < n; first += GLM_SGD_BATCH) {
        take_batch(s, first, n - first < GLM_SGD_BATCH ? n - first : GLM_SGD_BATCH);
        step(s, s->rate / sqrt(1 + done));
        done += 1 / s->steps;
        if (!is_averaged)
            continue;
        s->averaged++;
        for (size_t i = 0; i < s->n; i++)
            s->mean[i] += (s->theta[i] - s->mean[i]) / (double)s->averaged;
    }
    s->glm->has_sums = false;
}

/* How far from the optimum the result is. */
static void tell_distance(const struct objective *objective, double tolerance, const double *theta, double *gradient,
                          struct optim_result *result)
{
    bool is_known;
    objective->evaluate(objective->context, theta, gradient, NULL);
    result->decrement = optim_decrement(objective, theta, gradient, &is_known, &result->evaluations);
    if (is_known && optim_distance(result->decrement) <= tolerance)
        result->status = OPTIM_CONVERGED;
}

void glm_sgd(struct glm *glm, const struct glm_sgd_options *o, double *theta, struct optim_result *result)
{
    struct glm_sgd_state s = {.theta = theta};
    struct rng rng = rng_seed(o->seed);
    struct objective objective = glm_objective(glm);
    struct optim_options visits = {
        .tolerance = -1, .max_iterations = o->epochs, .context = o->context, .progress = o->progress};
    sgd_start(&s, glm, o);
    double *gradient = mem_alloc(2 * s.n, sizeof *gradient), *best = gradient + s.n;
    struct optim_result now = {0};
    *result = now;
    for (size_t epoch = 0;; epoch++) {
        const double *at = s.averaged > 0 ? s.mean : theta;
        double value = objective.evaluate(objective.context, at, gradient, NULL);
        bool stop = optim_visit(&visits, epoch, value, s.n, gradient, (double)NAN, false, &now);
        now.evaluations++;
        if (epoch == 0 || value <= result->value) {
            *result = now;
            memcpy(best, at, s.n * sizeof *best);
        }
        if (stop)
            break;
        rng_shuffle(&rng, s.order, glm->data->n);
        run_epoch(&s, epoch, epoch >= o->epochs / 2);
    }
    result->status = now.status == OPTIM_DIVERGED ? now.status : result->iterations == 0 ? OPTIM_STALLED : OPTIM_EPOCHS;
    result->iterations = now.iterations;
    result->evaluations = now.evaluations;
    memcpy(theta, best, s.n * sizeof *theta);
    if (now.status != OPTIM_DIVERGED)
        tell_distance(&objective, o->tolerance, theta, gradient, result);
    free(gradient);
    sgd_release(&s);
}

const struct optim glm_sgd_solver = {
    .name = "sgd",
    .help = "stochastic gradient descent, seeded, averaged",
    .max_iterations = 20,
    .takes_rate = true,
    .is_stochastic = true,
};
