/* Sums over rows of loss, gradient and Hessian in the parameters of the scores: the innermost part of a fit.
 *
 * glm_sums_add runs over a chunk a few rows at a time (rows_at_once), so that they stay in cache from the first step
 * to the last:
 *
 *  1. glm_scores: Z = X Theta' + intercepts (dense or sparse), plus the offset.
 *  2. The loss's own function gives value and slope per row and score, and for one score the curvature.
 *  3. add_gradient: G += slopes' X, slopes times the row's weight.
 *  4. add_gram: H += X' diag(c) X, lower triangle. One score: c = w l''(z) (A. Agresti, Categorical Data Analysis,
 *     3rd ed., 5.5). Softmax, with p the fitted probabilities (ibid. 8.1), per pair of classes S_ab = sum w p_a p_b x
 *     x' (add_pairs), of which the Hessian's blocks are made as
 *
 *         H_ab = -S_ab (a != b),   H_aa = sum over b != a of S_ab,
 *
 * since p_a (1 - p_a) = sum over b != a of p_a p_b: only products of probabilities occur, nothing cancels.
 *
 * glm_sums_add_product and glm_sums_add_diagonal make products with the Hessian of the same parts (glm_product.c).
 * Memory: GLM_ROWS x (2 scores + 4 + d) numbers of room, a gradient, and width^2 numbers per pair of classes. A
 * struct glm_sums belongs to one thread. */

#include "fit/glm/glm_sums.h"

#include "base/mem.h"
#include "base/versions.h"
#include "fit/glm/glm_sparse.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct glm_scratch {
    double *scores, *value, *target, *slope, *curvature; /* rows x scores, the others rows */
    double *derivative, *squares;                        /* rows x scores; rows x d */
    double *column, *total;                              /* d; scores */
    double *probability;                                 /* rows x scores; NULL where rows have labels */
};

void glm_sums_init(struct glm_sums *sums, const struct glm *glm)
{
    size_t k = glm->scores;
    struct glm_scratch *scratch = mem_zero(1, sizeof *scratch);
    double *p = mem_alloc(GLM_ROWS, (2 * k + 4 + (glm->data->sparse ? 0 : glm->d)) * sizeof *p);
    *scratch = (struct glm_scratch){.scores = p,
                                    .derivative = p + GLM_ROWS * k,
                                    .value = p + GLM_ROWS * 2 * k,
                                    .target = p + GLM_ROWS * (2 * k + 1),
                                    .slope = p + GLM_ROWS * (2 * k + 2),
                                    .curvature = p + GLM_ROWS * (2 * k + 3),
                                    .squares = p + GLM_ROWS * (2 * k + 4),
                                    .column = mem_alloc(glm->d, sizeof *p),
                                    .total = mem_alloc(k, sizeof *p)};
    *sums = (struct glm_sums){.scratch = scratch, .matrices = k == 1 ? 1 : k * (k - 1) / 2};
    sums->gradient = mem_alloc(k * glm->width, sizeof *sums->gradient);
    if (glm->data->chunk[0].probability != NULL)
        scratch->probability = mem_alloc(GLM_ROWS, k * sizeof *scratch->probability);
}

void glm_sums_free(struct glm_sums *sums)
{
    if (sums->scratch != NULL) {
        free(sums->scratch->scores);
        free(sums->scratch->probability);
        free(sums->scratch->column);
        free(sums->scratch->total);
    }
    free(sums->scratch);
    free(sums->gradient);
    free(sums->hessian);
}

static size_t hessian_size(const struct glm_sums *sums, const struct glm *glm)
{
    return sums->matrices * glm->width * glm->width;
}

void glm_sums_clear(struct glm_sums *sums, const struct glm *glm, const struct loss *loss, bool gradient, bool hessian)
{
    sums->loss = loss;
    sums->want_gradient = gradient;
    sums->want_hessian = hessian;
    sums->value = sums->pearson = 0;
    memset(sums->gradient, 0, glm->scores * glm->width * sizeof *sums->gradient);
    if (hessian && sums->hessian == NULL)
        sums->hessian = mem_alloc(hessian_size(sums, glm), sizeof *sums->hessian);
    if (hessian)
        memset(sums->hessian, 0, hessian_size(sums, glm) * sizeof *sums->hessian);
}

void glm_sums_merge(struct glm_sums *sums, const struct glm *glm, const struct glm_sums *other)
{
    sums->value += other->value;
    sums->pearson += other->pearson;
    if (sums->want_gradient)
        for (size_t i = 0; i < glm->scores * glm->width; i++)
            sums->gradient[i] += other->gradient[i];
    if (sums->want_hessian)
        for (size_t i = 0; i < hessian_size(sums, glm); i++)
            sums->hessian[i] += other->hessian[i];
}

void glm_scores(const struct glm *glm, const struct dataset_chunk *chunk, size_t first, size_t rows,
                const double *theta, double *scores)
{
    const double *x = chunk->x + first * chunk->ld;
    size_t k = glm->scores, width = glm->width;
    if (glm->data->sparse) {
        glm_sparse_scores(chunk, first, rows, k, width, theta, scores);
        return;
    }
    if (k == 1)
        dense_apply(rows, glm->d, x, chunk->ld, theta + 1, scores);
    else
        dense_multiply_nt(rows, k, glm->d, x, chunk->ld, theta + 1, width, scores, k);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < k; c++)
            scores[r * k + c] += theta[c * width];
}

/* matrix (width x width) += sum of factor[row] z z', z = (1, x). */
static void add_gram(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                     size_t rows, const double *factor, double *matrix)
{
    const double *x = chunk->x + first * chunk->ld;
    double *column = sums->scratch->column;
    if (glm->data->sparse) {
        glm_sparse_gram_add(chunk, first, rows, factor, true, glm->width, matrix);
        return;
    }
    memset(column, 0, glm->d * sizeof *column);
    dense_apply_transposed(rows, glm->d, x, chunk->ld, factor, column);
    for (size_t r = 0; r < rows; r++)
        matrix[0] += factor[r];
    for (size_t j = 0; j < glm->d; j++)
        matrix[(1 + j) * glm->width] += column[j];
    dense_gram_add(rows, glm->d, factor, x, chunk->ld, matrix + glm->width + 1, glm->width);
}

/* gradient (scores x width) += slopes (rows x scores)' x, but for the intercepts. */
static void add_gradient(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                         size_t rows, const double *slopes)
{
    size_t k = glm->scores;
    const double *x = chunk->x + first * chunk->ld;
    if (glm->data->sparse)
        glm_sparse_gradient_add(chunk, first, rows, k, glm->width, slopes, sums->gradient);
    else if (k == 1)
        dense_apply_transposed(rows, glm->d, x, chunk->ld, slopes, sums->gradient + 1);
    else
        dense_multiply_tn_add(k, glm->d, rows, slopes, k, x, chunk->ld, sums->gradient + 1, glm->width);
}

/* The same for the intercepts. */
static void add_intercepts(struct glm_sums *sums, const struct glm *glm, size_t rows, const double *slopes)
{
    size_t k = glm->scores;
    double *total = sums->scratch->total;
    memset(total, 0, k * sizeof *total);
    for (size_t r = 0; r < rows; r++)
        dense_add(k, 1, slopes + r * k, total);
    for (size_t c = 0; c < k; c++)
        sums->gradient[c * glm->width] += total[c];
}

/* ---- one score ---- */

/* The loss of the logit z from that of the probability p = 1 / (1 + exp(-z)) by the chain rule: dp/dz = p (1 - p). */
static void chain(const struct loss *loss, struct loss_batch *batch, double *scores, struct glm_scratch *s)
{
    for (size_t r = 0; r < batch->rows; r++)
        scores[r] = 1 / (1 + exp(-scores[r]));
    loss->evaluate(batch, s->value, s->slope, s->curvature);
    for (size_t r = 0; r < batch->rows; r++) {
        double p = scores[r], slope = p * (1 - p);
        s->curvature[r] = s->curvature[r] * slope * slope + s->slope[r] * slope * (1 - 2 * p);
        s->slope[r] *= slope;
    }
}

/* The squared residual over the variance, which a slope that underflows does not change. */
static double pearson(double weight, double slope, double curvature)
{
    return slope == 0 ? 0 : weight * (slope * slope / curvature);
}

static void add_one_score(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                          size_t rows)
{
    struct glm_scratch *s = sums->scratch;
    for (size_t r = 0; r < rows; r++)
        s->target[r] = chunk->label[first + r] == glm->options.positive;
    struct loss_batch batch = {
        .rows = rows, .width = 1, .prediction = s->scores, .target = s->target, .parameter = sums->loss->fallback};
    if (sums->loss->prediction == LOSS_PROBABILITY)
        chain(sums->loss, &batch, s->scores, s);
    else
        sums->loss->evaluate(&batch, s->value, sums->want_gradient ? s->slope : NULL,
                             sums->want_hessian || sums->irls_weights != NULL ? s->curvature : NULL);
    for (size_t r = 0; r < rows; r++) {
        double w = glm_weight(chunk, first + r);
        if (w == 0)
            s->slope[r] = s->curvature[r] = 0;
        else
            sums->value += w * s->value[r];
        if (sums->want_hessian && w != 0)
            sums->pearson += pearson(w, s->slope[r], s->curvature[r]);
        if (sums->want_gradient)
            s->slope[r] *= w;
        if (sums->want_hessian || sums->irls_weights != NULL)
            s->curvature[r] *= w;
    }
    if (sums->irls_weights != NULL)
        memcpy(sums->irls_weights + first, s->curvature, rows * sizeof(double));
    if (sums->want_gradient) {
        for (size_t r = 0; r < rows; r++)
            sums->gradient[0] += s->slope[r];
        add_gradient(sums, glm, chunk, first, rows, s->slope);
    }
    if (sums->want_hessian)
        add_gram(sums, glm, chunk, first, rows, s->curvature, sums->hessian);
}

/* ---- a score per class ---- */

/* scores become the fitted probabilities. */
static void add_pairs(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                      size_t rows)
{
    struct glm_scratch *s = sums->scratch;
    size_t k = glm->scores, width = glm->width;
    double *matrix = sums->hessian;
    for (size_t a = 0; a < k; a++) {
        for (size_t b = a + 1; b < k; b++, matrix += width * width) {
            for (size_t r = 0; r < rows; r++) {
                double p = s->scores[r * k + a] * s->scores[r * k + b];
                s->curvature[r] = p > 0 ? p * glm_weight(chunk, first + r) : 0;
            }
            add_gram(sums, glm, chunk, first, rows, s->curvature, matrix);
        }
    }
}

static void add_scores(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                       size_t rows)
{
    struct glm_scratch *s = sums->scratch;
    size_t k = glm->scores;
    struct loss_batch batch = {.rows = rows, .width = k, .prediction = s->scores, .parameter = sums->loss->fallback};
    if (chunk->probability != NULL) {
        for (size_t r = 0; r < rows; r++)
            memcpy(s->probability + r * k, chunk->probability + (first + r) * chunk->ld, k * sizeof *s->probability);
        batch.target_probability = s->probability;
    } else {
        batch.label = chunk->label + first;
    }
    sums->loss->evaluate(&batch, s->value, sums->want_gradient || sums->want_hessian ? s->derivative : NULL, NULL);
    for (size_t r = 0; r < rows; r++)
        if (glm_weight(chunk, first + r) > 0)
            sums->value += glm_weight(chunk, first + r) * s->value[r];
    if (sums->want_hessian || sums->irls_weights != NULL) {
        memcpy(s->scores, s->derivative, rows * k * sizeof(double));
        for (size_t r = 0; r < rows; r++)
            for (size_t c = 0; c < k; c++)
                s->scores[r * k + c] += dataset_probability(chunk, first + r, c);
    }
    if (sums->irls_weights != NULL)
        memcpy(sums->irls_weights + first * k, s->scores, rows * k * sizeof(double));
    if (sums->want_hessian)
        add_pairs(sums, glm, chunk, first, rows);
    if (!sums->want_gradient)
        return;
    for (size_t r = 0; r < rows; r++) {
        double w = glm_weight(chunk, first + r), *derivative = s->derivative + r * k;
        if (w > 0)
            dense_scale(k, w, derivative, derivative);
        else
            memset(derivative, 0, k * sizeof *derivative);
    }
    add_intercepts(sums, glm, rows, s->derivative);
    add_gradient(sums, glm, chunk, first, rows, s->derivative);
}

/* So many rows at a time that they stay in cache from scores to gradient. */
static size_t rows_at_once(const struct glm *glm)
{
    enum { NUMBERS = 1 << 15, LEAST = 16 };
    size_t step = NUMBERS / glm->width < LEAST ? LEAST : NUMBERS / glm->width / 4 * 4;
    return step < GLM_ROWS ? step : GLM_ROWS;
}

void glm_sums_add(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                  size_t end)
{
    for (size_t step = rows_at_once(glm); first < end; first += step) {
        size_t rows = end - first < step ? end - first : step;
        glm_scores(glm, chunk, first, rows, glm->theta, sums->scratch->scores);
        for (size_t r = 0; chunk->offset != NULL && r < rows; r++)
            sums->scratch->scores[r] += chunk->offset[(first + r) * chunk->ld];
        if (glm->scores == 1)
            add_one_score(sums, glm, chunk, first, rows);
        else
            add_scores(sums, glm, chunk, first, rows);
    }
}

/* ---- products ---- */

VERSIONS_LOOP void turn_row_loop(size_t k, double w, const double *p, double mean, double *score)
{
    for (size_t c = 0; c < k; c++)
        score[c] = w * p[c] * (score[c] - mean);
}

VERSIONS(static, turn_row, (size_t k, double w, const double *p, double mean, double *score), (k, w, p, mean, score))

/* Turns scores of a direction into the derivatives of the slopes along it: with p the probabilities, w p_a (s_a - sum_b
 * p_b s_b). */
static void turn_scores(const struct glm *glm, const struct dataset_chunk *chunk, size_t first, size_t rows,
                        const double *irls_weights, double *scores)
{
    size_t k = glm->scores;
    for (size_t r = 0; r < rows; r++) {
        double *score = scores + r * k, w = glm_weight(chunk, first + r);
        const double *p = irls_weights + r * k;
        if (w > 0)
            turn_row(k, w, p, dense_dot(k, p, score), score);
        else
            memset(score, 0, k * sizeof *score);
    }
}

void glm_sums_add_product(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk,
                          const double *irls_weights, const double *direction)
{
    double *scores = sums->scratch->scores;
    size_t step = rows_at_once(glm), k = glm->scores;
    for (size_t first = 0; first < chunk->rows; first += step) {
        size_t rows = chunk->rows - first < step ? chunk->rows - first : step;
        glm_scores(glm, chunk, first, rows, direction, scores);
        if (k == 1)
            for (size_t r = 0; r < rows; r++)
                scores[r] *= irls_weights[first + r];
        else
            turn_scores(glm, chunk, first, rows, irls_weights + first * k, scores);
        add_intercepts(sums, glm, rows, scores);
        add_gradient(sums, glm, chunk, first, rows, scores);
    }
}

/* gradient += curvatures (rows x scores)' x^2, but for the intercepts. */
static void add_squares(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                        size_t rows, const double *curvatures)
{
    size_t k = glm->scores, d = glm->d;
    double *squares = sums->scratch->squares;
    if (glm->data->sparse) {
        glm_sparse_squares_add(chunk, first, rows, k, glm->width, curvatures, sums->gradient);
        return;
    }
    for (size_t r = 0; r < rows; r++)
        for (size_t j = 0; j < d; j++)
            squares[r * d + j] = chunk->x[(first + r) * chunk->ld + j] * chunk->x[(first + r) * chunk->ld + j];
    if (k == 1)
        dense_apply_transposed(rows, d, squares, d, curvatures, sums->gradient + 1);
    else
        dense_multiply_tn_add(k, d, rows, curvatures, k, squares, d, sums->gradient + 1, glm->width);
}

void glm_sums_add_diagonal(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk,
                           const double *irls_weights)
{
    double *curvatures = sums->scratch->scores;
    size_t step = rows_at_once(glm), k = glm->scores;
    for (size_t first = 0; first < chunk->rows; first += step) {
        size_t rows = chunk->rows - first < step ? chunk->rows - first : step;
        for (size_t i = 0; i < rows * k; i++) {
            double p = irls_weights[first * k + i], w = k == 1 ? 1 : glm_weight(chunk, first + i / k);
            curvatures[i] = k == 1 ? p : w > 0 ? w * p * (1 - p) : 0;
        }
        add_intercepts(sums, glm, rows, curvatures);
        add_squares(sums, glm, chunk, first, rows, curvatures);
    }
}
