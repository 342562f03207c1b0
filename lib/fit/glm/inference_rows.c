/* Passes over the rows for inference: the triangular factor of the information without the information, and the middle
 * of the sandwich.
 *
 *  1. find_probabilities: the fitted probabilities of a batch of rows; dense_rows: their features, of sparse rows with
 *     the zeros.
 *  2. add_roots writes rows whose products sum to the information. One score: sqrt(w p (1 - p)) (1, x). Several: with p
 *     the fitted probabilities, the Cholesky factor of diag(p) - p p' times (1, x), class by class, the reference last.
 *     With t_m the sum of p from class m on, its column m is sqrt(p_m t_{m + 1} / t_m) and, below, -p_l sqrt(p_m / (t_m
 *     t_{m + 1})): nothing is subtracted.
 *  3. tsqr_fold and tsqr_merge reduce them to R; add_penalty adds a row per penalised parameter. The relative error of
 *     standard errors is about 1e-16 times the condition of the rows, where that of a Gram matrix takes the square.
 *  4. inference_rows_middle sums q q' of q = R^-T u, u being the residuals times (1, x): what is large in R^-1 meets
 *     what is small in u before squares are taken.
 *  5. inference_rows_fit sums what goodness of fit needs, unless the last pass with a Hessian did (glm_sums.c).
 *
 * Memory: per thread 2 n^2 numbers and BATCH_NUMBERS. Threads: by chunks, merged in order. */

#include "fit/glm/inference_rows.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "fit/glm/glm_sums.h"
#include "fit/glm/glm_total.h"
#include "math/dense.h"
#include "math/special.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_NUMBERS = 1 << 18, BATCH_LEAST = 16 };

static const double cheap = 4e10; /* operations */

struct inference_worker {
    double *matrix;      /* n x n */
    double *roots;       /* batch x parts rows of n */
    double *probability; /* batch x scores */
    double *x;           /* batch x d, of sparse rows */
    double *whitened;    /* batch x n */
    double *factor;      /* batch */
    struct inference_fit fit;
};

struct inference_pass {
    struct glm *glm;
    const double *theta; /* scores x width */
    size_t n, parts, batch;
    size_t *order; /* scores: the blocks' and then the reference */
    const double *inverse_transposed;
    bool are_importances;
    double *total; /* NULL: no matrix is summed */
    struct inference_fit fit;
    struct inference_worker *worker;
};

static void worker_init(struct inference_worker *w, const struct inference_pass *pass)
{
    size_t n = pass->n, batch = pass->batch;
    *w = (struct inference_worker){.probability = mem_alloc(batch, pass->glm->scores * sizeof(double))};
    if (pass->total == NULL)
        return;
    *w = (struct inference_worker){.matrix = mem_alloc(n * n, sizeof(double)),
                                   .roots = mem_alloc(batch * pass->parts, n * sizeof(double)),
                                   .probability = w->probability,
                                   .x = mem_alloc(batch, pass->glm->d * sizeof(double)),
                                   .whitened = mem_alloc(batch, n * sizeof(double)),
                                   .factor = mem_alloc(batch, sizeof(double))};
}

static void worker_free(struct inference_worker *w)
{
    free(w->matrix);
    free(w->roots);
    free(w->probability);
    free(w->x);
    free(w->whitened);
    free(w->factor);
}

/* ---- rows ---- */

/* One score: the probabilities of the positive class. */
static void find_probabilities(const struct inference_pass *pass, const struct dataset_chunk *chunk, size_t first,
                               size_t rows, double *probability)
{
    size_t k = pass->glm->scores;
    glm_scores(pass->glm, chunk, first, rows, pass->theta, probability);
    for (size_t r = 0; r < rows; r++) {
        double *p = probability + r * k;
        if (chunk->offset != NULL)
            p[0] += chunk->offset[(first + r) * chunk->ld];
        if (k > 1)
            special_softmax(k, p, p);
    }
}

static const double *dense_rows(const struct inference_pass *pass, const struct dataset_chunk *chunk, size_t first,
                                size_t rows, double *room, size_t *ld)
{
    size_t d = pass->glm->d;
    *ld = chunk->ld;
    if (!pass->glm->data->sparse)
        return chunk->x + first * chunk->ld;
    *ld = d;
    memset(room, 0, rows * d * sizeof *room);
    for (size_t r = 0; r < rows; r++)
        for (size_t i = chunk->start[first + r]; i < chunk->start[first + r + 1]; i++)
            room[r * d + chunk->index[i]] = chunk->x[i];
    return room;
}

/* ---- factor ---- */

/* Entry `at` of each of the columns of one block := factor (1, x). */
static void put_block(const struct inference_pass *pass, double factor, const double *x, double *columns, size_t ld)
{
    columns[0] = factor;
    for (size_t j = 0; j < pass->glm->d; j++)
        columns[(1 + j) * ld] = factor * x[j];
}

/* The rows of one row of data, stored by columns ld apart. */
static void add_roots(const struct inference_pass *pass, double weight, const double *p, const double *x, double *a,
                      size_t ld)
{
    size_t k = pass->glm->scores, width = pass->glm->width;
    if (k == 1) {
        put_block(pass, sqrt(weight * special_sigmoid(p[0]) * special_sigmoid(-p[0])), x, a, ld);
        return;
    }
    for (size_t m = 0; m + 1 < k; m++) {
        double tail = 0, own = p[pass->order[m]];
        for (size_t l = k - 1; l > m; l--)
            tail += p[pass->order[l]];
        if (!(weight * own > 0) || !(tail > 0))
            continue;
        double root = sqrt(weight * own / (own + tail) / tail);
        for (size_t l = m; l < pass->glm->blocks; l++)
            put_block(pass, l == m ? root * tail : -p[pass->order[l]] * root, x, a + m + l * width * ld, ld);
    }
}

static void factor_map(void *context, size_t worker, size_t index)
{
    const struct inference_pass *pass = context;
    const struct dataset_chunk *chunk = &pass->glm->data->chunk[index];
    struct inference_worker *w = &pass->worker[worker];
    size_t n = pass->n, x_ld;
    memset(w->matrix, 0, n * n * sizeof *w->matrix);
    for (size_t first = 0; first < chunk->rows; first += pass->batch) {
        size_t rows = chunk->rows - first < pass->batch ? chunk->rows - first : pass->batch, ld = rows * pass->parts;
        const double *x = dense_rows(pass, chunk, first, rows, w->x, &x_ld);
        find_probabilities(pass, chunk, first, rows, w->probability);
        memset(w->roots, 0, ld * n * sizeof *w->roots);
        for (size_t r = 0; r < rows; r++)
            add_roots(pass, glm_weight(chunk, first + r), w->probability + r * pass->glm->scores, x + r * x_ld,
                      w->roots + r * pass->parts, ld);
        tsqr_fold(n, w->matrix, ld, w->roots, ld);
    }
}

static void factor_reduce(void *context, size_t worker, size_t index)
{
    const struct inference_pass *pass = context;
    (void)index;
    tsqr_merge(pass->n, pass->total, pass->worker[worker].matrix);
}

/* The rows of which the Hessian of the penalty is the product, and of the objective's term for common shifts. */
static void add_penalty(const struct glm *glm, double *r)
{
    size_t width = glm->width, n = glm->blocks * width, count = 0, ld = n + width;
    double *a = mem_zero(ld, n * sizeof *a);
    for (size_t i = 0; i < n; i++) {
        size_t j = i % width;
        double factor = j == 0 ? 0 : glm->aliased[j - 1] ? 1 : glm->penalty[j - 1];
        if (factor > 0)
            a[i * ld + count++] = sqrt(factor * glm->data->weight_sum);
    }
    for (size_t j = 0; j < width && glm_is_symmetric(glm); j++, count++)
        for (size_t b = 0; b < glm->blocks; b++)
            a[(b * width + j) * ld + count] = sqrt(glm->data->weight_sum);
    tsqr_fold(n, r, count, a, ld);
    free(a);
}

/* ---- middle ---- */

/* target - p, of a label without cancellation. */
static double residual(const struct inference_pass *pass, const struct dataset_chunk *chunk, size_t row,
                       const double *p, size_t score)
{
    size_t k = pass->glm->scores;
    if (k == 1)
        return chunk->label[row] == pass->glm->options.positive ? special_sigmoid(-p[0]) : -special_sigmoid(p[0]);
    if (chunk->probability != NULL)
        return dataset_probability(chunk, row, score) - p[score];
    if (chunk->label[row] != score)
        return -p[score];
    double others = 0;
    for (size_t l = 0; l < k; l++)
        others += l != score ? p[l] : 0;
    return others;
}

/* What u u' counts: a frequency counts rows, whereas importances and factors of classes multiply slopes. */
static double middle_weight(const struct inference_pass *pass, const struct dataset_chunk *chunk, size_t row)
{
    double weight = chunk->weight != NULL ? chunk->weight[row * chunk->ld] : 1;
    double factor = chunk->class_factor != NULL ? chunk->class_factor[chunk->label[row]] : 1;
    return factor * factor * weight * (pass->are_importances ? weight : 1);
}

static void middle_map(void *context, size_t worker, size_t index)
{
    const struct inference_pass *pass = context;
    const struct glm *glm = pass->glm;
    const struct dataset_chunk *chunk = &glm->data->chunk[index];
    struct inference_worker *w = &pass->worker[worker];
    size_t n = pass->n, x_ld;
    memset(w->matrix, 0, n * n * sizeof *w->matrix);
    for (size_t first = 0; first < chunk->rows; first += pass->batch) {
        size_t rows = chunk->rows - first < pass->batch ? chunk->rows - first : pass->batch;
        const double *x = dense_rows(pass, chunk, first, rows, w->x, &x_ld);
        find_probabilities(pass, chunk, first, rows, w->probability);
        for (size_t r = 0; r < rows; r++) {
            const double *p = w->probability + r * glm->scores;
            for (size_t b = 0; b < glm->blocks; b++)
                put_block(pass, residual(pass, chunk, first + r, p, glm_block_score(glm, b)), x + r * x_ld,
                          w->roots + r * n + b * glm->width, 1);
            w->factor[r] = middle_weight(pass, chunk, first + r);
        }
        dense_multiply_nt(rows, n, n, w->roots, n, pass->inverse_transposed, n, w->whitened, n);
        dense_gram_add(rows, n, w->factor, w->whitened, n, w->matrix, n);
    }
}

static void middle_reduce(void *context, size_t worker, size_t index)
{
    const struct inference_pass *pass = context;
    (void)index;
    dense_add(pass->n * pass->n, 1, pass->worker[worker].matrix, pass->total);
}

/* ---- goodness of fit ---- */

/* One score: the odds against the class that the row has. */
static struct inference_fit fit_of_row(const struct inference_pass *pass, const struct dataset_chunk *chunk, size_t row,
                                       const double *p)
{
    size_t k = pass->glm->scores;
    struct inference_fit fit = {0};
    if (k == 1) {
        fit.pearson = exp(chunk->label[row] == pass->glm->options.positive ? -p[0] : p[0]);
        return fit;
    }
    if (chunk->probability == NULL) {
        fit.pearson = residual(pass, chunk, row, p, chunk->label[row]) / p[chunk->label[row]];
        return fit;
    }
    for (size_t c = 0; c < k; c++) {
        double q = dataset_probability(chunk, row, c);
        fit.pearson += q == p[c] ? 0 : (q - p[c]) * (q - p[c]) / p[c];
        fit.saturated += q > 0 ? q * log(q) : 0;
    }
    return fit;
}

/* (s - n p)^2 / (n p (1 - p)), of the logit of a pair of rows. */
static double pearson_of_trials(const struct inference_pass *pass, double logit, double failures, double successes)
{
    bool is_success = pass->glm->options.positive == 1;
    double p = special_sigmoid(is_success ? logit : -logit), q = special_sigmoid(is_success ? -logit : logit);
    double excess = successes * q - failures * p, n = failures + successes;
    return n > 0 ? excess * excess / (n * p * q) : 0;
}

static void fit_map(void *context, size_t worker, size_t index)
{
    const struct inference_pass *pass = context;
    const struct dataset_chunk *chunk = &pass->glm->data->chunk[index];
    struct inference_worker *w = &pass->worker[worker];
    w->fit = (struct inference_fit){0};
    for (size_t first = 0; first < chunk->rows; first += pass->batch) {
        size_t rows = chunk->rows - first < pass->batch ? chunk->rows - first : pass->batch;
        find_probabilities(pass, chunk, first, rows, w->probability);
        for (size_t r = 0; r < rows; r++) {
            double weight = glm_weight(chunk, first + r);
            if (pass->glm->data->are_trials && (first + r) % 2 == 0)
                w->fit.pearson += pearson_of_trials(pass, w->probability[r], weight, glm_weight(chunk, first + r + 1));
            if (!(weight > 0) || pass->glm->data->are_trials)
                continue;
            struct inference_fit fit = fit_of_row(pass, chunk, first + r, w->probability + r * pass->glm->scores);
            w->fit.pearson += weight * fit.pearson;
            w->fit.saturated += weight * fit.saturated;
        }
    }
}

static void fit_reduce(void *context, size_t worker, size_t index)
{
    struct inference_pass *pass = context;
    (void)index;
    pass->fit.pearson += pass->worker[worker].fit.pearson;
    pass->fit.saturated += pass->worker[worker].fit.saturated;
}

/* ---- passes ---- */

static void run(struct inference_pass *pass, const double *theta,
                void (*map)(void *context, size_t worker, size_t index),
                void (*reduce)(void *context, size_t worker, size_t index))
{
    struct glm *glm = pass->glm;
    size_t threads = glm->options.threads;
    double *full = mem_alloc(glm->scores * glm->width, sizeof *full);
    glm_expand(glm, theta, full);
    pass->theta = full;
    pass->n = glm->blocks * glm->width;
    pass->parts = glm->scores > 1 ? glm->scores - 1 : 1;
    pass->batch = BATCH_NUMBERS / (pass->n * pass->parts);
    pass->batch = pass->batch < BATCH_LEAST ? BATCH_LEAST : pass->batch > GLM_ROWS ? GLM_ROWS : pass->batch;
    pass->order = mem_zero(glm->scores, sizeof *pass->order);
    for (size_t b = 0; b < glm->blocks; b++)
        pass->order[b] = glm_block_score(glm, b);
    if (glm->blocks < glm->scores)
        pass->order[glm->blocks] = glm->options.reference;
    pass->worker = mem_zero(threads, sizeof *pass->worker);
    for (size_t i = 0; i < threads; i++)
        worker_init(&pass->worker[i], pass);
    if (pass->total != NULL)
        memset(pass->total, 0, pass->n * pass->n * sizeof *pass->total);
    parallel_reduce(glm->data->chunks, threads, pass, map, reduce);
    for (size_t i = 0; i < threads; i++)
        worker_free(&pass->worker[i]);
    free(pass->worker);
    free(pass->order);
    free(full);
}

struct inference_fit inference_rows_fit(struct glm *glm, const double *theta)
{
    struct inference_pass pass = {.glm = glm};
    if (glm->scores == 1 && !glm->data->are_trials && glm->every_block == 1 && glm->every_chunk == 1 &&
        glm_total_has_hessian(glm, &loss_log_logit, theta))
        return (struct inference_fit){.pearson = glm->sums[0].pearson};
    run(&pass, theta, fit_map, fit_reduce);
    return pass.fit;
}

bool inference_rows_is_cheap(const struct glm *glm)
{
    double n = (double)(glm->blocks * glm->width), parts = glm->scores > 1 ? (double)glm->scores - 1 : 1;
    return 2 * (double)glm->data->n * parts * n * n < cheap;
}

void inference_rows_factor(struct glm *glm, const double *theta, double *r)
{
    struct inference_pass pass = {.glm = glm, .total = r};
    run(&pass, theta, factor_map, factor_reduce);
    add_penalty(glm, r);
}

void inference_rows_middle(struct glm *glm, const double *theta, const double *inverse, bool are_importances,
                           double *middle)
{
    size_t n = glm->blocks * glm->width;
    double *transposed = mem_alloc(n * n, sizeof *transposed);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            transposed[j * n + i] = inverse[i * n + j];
    struct inference_pass pass = {
        .glm = glm, .total = middle, .inverse_transposed = transposed, .are_importances = are_importances};
    run(&pass, theta, middle_map, middle_reduce);
    dense_mirror(n, middle);
    free(transposed);
}
