/* Covariances and standard errors from the Hessian at the optimum; the definitions are in inference.h.
 *
 *  1. inference_new factors by Cholesky, H = R'R. (The objective has curvature along common shifts of all classes, of
 *     which the data know nothing.) This has about 16 digits less those of the greatest variance inflation factor,
 *     H_ii (H^-1)_ii. Where that is large (largest_inflation), R comes from the rows by QR (inference_rows.c), and
 *     loses only half as many.
 *  2. inference_errors turns the rows of R^-1, of standardised columns, into those of the columns as they are
 *     (transform): with b_j = theta_j / scale_j and b_0 = theta_0 - sum b_j center_j, and without the common shifts
 *     (center_classes). The covariance is their products with each other, for the sandwich with its middle in between.
 *
 * Memory: 4 n^2 numbers, 5 with the sandwich. One thread but for the passes over the rows. */

#include "fit/glm/inference.h"

#include "base/mem.h"
#include "fit/glm/inference_rows.h"
#include "math/dense.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of variance inflation factors: larger ones leave Cholesky's factor less than about 11 digits. */
static const double near = 1e4;

/* The inverse of the upper triangle R; zeros below the diagonal. */
static void invert(size_t n, const double *r, double *inverse)
{
    memset(inverse, 0, n * n * sizeof *inverse);
    for (size_t i = 0; i < n; i++) {
        double *row = inverse + i * n;
        row[i] = 1;
        for (size_t k = i; k < n; k++) {
            row[k] /= r[k * n + k];
            dense_add(n - k - 1, -row[k], r + k * n + k + 1, row + k + 1);
        }
    }
}

/* By Cholesky, of the Hessian of a mean over rows of weight W. The diagonal: its own, W times. */
static bool factor_hessian(struct inference *f, const struct glm *glm, double *hessian, double *diagonal)
{
    size_t n = f->n;
    for (size_t i = 0; i < n; i++)
        diagonal[i] = glm->data->weight_sum * hessian[i * n + i];
    if (!dense_cholesky(n, hessian))
        return false;
    double root = sqrt(glm->data->weight_sum);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            f->factor[i * n + j] = j < i ? 0 : root * hessian[j * n + i];
    invert(n, f->factor, f->inverse);
    return true;
}

static double largest_inflation(const struct inference *f, const double *diagonal)
{
    double largest = 1;
    for (size_t i = 0; i < f->n; i++) {
        const double *row = f->inverse + i * f->n + i;
        double inflation = diagonal[i] * dense_dot(f->n - i, row, row);
        largest = isnan(inflation) ? (double)INFINITY : fmax(largest, inflation);
    }
    return largest;
}

/* False: R is singular, as far as rounding tells. */
static bool factor_rows(struct inference *f, struct glm *glm, const double *theta)
{
    size_t n = f->n;
    inference_rows_factor(glm, theta, f->factor);
    for (size_t j = 0; j < n; j++) {
        double norm = 0;
        for (size_t i = 0; i <= j; i++)
            norm = hypot(norm, f->factor[i * n + j]);
        if (!(fabs(f->factor[j * n + j]) > (double)n * DBL_EPSILON * norm) || !isfinite(norm))
            return false;
    }
    invert(n, f->factor, f->inverse);
    return true;
}

bool inference_new(struct inference *inference, struct glm *glm, const double *theta, double *hessian)
{
    size_t n = glm->blocks * glm->width;
    *inference = (struct inference){
        .n = n, .factor = mem_alloc(n * n, sizeof(double)), .inverse = mem_alloc(n * n, sizeof(double))};
    double *diagonal = mem_alloc(n, sizeof *diagonal);
    bool is_definite = factor_hessian(inference, glm, hessian, diagonal);
    double inflation = is_definite ? largest_inflation(inference, diagonal) : (double)INFINITY;
    if (!(inflation < near) && inference_rows_is_cheap(glm))
        is_definite = factor_rows(inference, glm, theta);
    else if (!(inflation < near) && is_definite)
        inference->digits = (int)fmax(1, -log10(DBL_EPSILON * inflation));
    free(diagonal);
    if (!is_definite)
        inference_free(inference);
    return is_definite;
}

void inference_free(struct inference *inference)
{
    free(inference->factor);
    free(inference->inverse);
    free(inference->middle);
    free(inference->covariance);
    *inference = (struct inference){0};
}

void inference_invert(const struct inference *inference, const struct glm *glm, double *matrix)
{
    size_t n = inference->n;
    dense_multiply_nt(n, n, n, inference->inverse, n, inference->inverse, n, matrix, n);
    for (size_t i = 0; i < n * n; i++)
        matrix[i] *= glm->data->weight_sum;
}

/* Of numbers of trials fractions are rounding. */
static bool has_fractions(const struct dataset *data, const struct dataset_chunk *chunk)
{
    for (size_t r = 0; r < chunk->rows && chunk->weight != NULL && !data->are_trials; r++)
        if (chunk->weight[r * chunk->ld] != floor(chunk->weight[r * chunk->ld]))
            return true;
    return false;
}

static bool has_other_weight(const struct dataset_chunk *chunk, double weight)
{
    for (size_t r = 0; r < chunk->rows && chunk->weight != NULL; r++)
        if (chunk->weight[r * chunk->ld] != weight)
            return true;
    return false;
}

static bool has_soft_targets(const struct dataset_chunk *chunk, size_t classes)
{
    for (size_t r = 0; r < chunk->rows && chunk->probability != NULL; r++)
        for (size_t k = 0; k < classes; k++)
            if (dataset_probability(chunk, r, k) != 0 && dataset_probability(chunk, r, k) != 1)
                return true;
    return false;
}

bool inference_has_fractions(const struct glm *glm)
{
    for (size_t c = 0; c < glm->data->chunks; c++)
        if (has_fractions(glm->data, &glm->data->chunk[c]))
            return true;
    return false;
}

bool inference_counts_rows(const struct glm *glm, bool are_importances)
{
    const struct dataset_chunk *all = glm->data->chunk;
    double first = all[0].weight != NULL ? all[0].weight[0] : 1;
    for (size_t c = 0; c < glm->data->chunks; c++)
        if (all[c].class_factor != NULL || has_soft_targets(&all[c], glm->data->classes) ||
            (are_importances ? has_other_weight(&all[c], first) : has_fractions(glm->data, &all[c])))
            return false;
    return true;
}

void inference_use_sandwich(struct inference *inference, struct glm *glm, const double *theta, bool are_importances)
{
    are_importances |= inference_has_fractions(glm);
    inference->middle = mem_alloc(inference->n * inference->n, sizeof *inference->middle);
    inference_rows_middle(glm, theta, inference->inverse, are_importances, inference->middle);
}

/* ---- errors ---- */

/* rows: of R^-1, one per parameter of standardised columns; then one per coefficient of columns as they are. */
static void transform(const struct glm *glm, double *rows)
{
    size_t n = glm->blocks * glm->width;
    for (size_t b = 0; b < glm->blocks; b++) {
        double *intercept = rows + b * glm->width * n;
        for (size_t j = 0; j < glm->d; j++) {
            double *row = intercept + (1 + j) * n;
            dense_scale(n, 1 / glm->scale[j], row, row);
            if (!glm->aliased[j])
                dense_add(n, -glm->center[j], row, intercept);
        }
    }
}

static void center_classes(const struct glm *glm, double *rows)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 0; i < width * n; i++) {
        double mean = 0;
        for (size_t b = 0; b < glm->blocks; b++)
            mean += rows[b * width * n + i] / (double)glm->blocks;
        for (size_t b = 0; b < glm->blocks; b++)
            rows[b * width * n + i] -= mean;
    }
}

static bool is_aliased(const struct glm *glm, size_t i)
{
    return i % glm->width > 0 && glm->aliased[i % glm->width - 1];
}

static void find_covariance(struct inference *f, const struct glm *glm)
{
    size_t n = f->n;
    double *rows = mem_alloc(n * n, sizeof *rows), *product = rows;
    memcpy(rows, f->inverse, n * n * sizeof *rows);
    transform(glm, rows);
    if (glm_is_symmetric(glm))
        center_classes(glm, rows);
    if (f->middle != NULL) {
        product = mem_alloc(n * n, sizeof *product);
        dense_multiply_nt(n, n, n, rows, n, f->middle, n, product, n);
    }
    f->covariance = mem_alloc(n * n, sizeof *f->covariance);
    dense_multiply_nt(n, n, n, product, n, rows, n, f->covariance, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            if (is_aliased(glm, i) || is_aliased(glm, j))
                f->covariance[i * n + j] = (double)NAN;
    if (product != rows)
        free(product);
    free(rows);
}

void inference_errors(struct inference *inference, const struct glm *glm, double *errors)
{
    size_t width = glm->width, n = inference->n;
    if (inference->covariance == NULL)
        find_covariance(inference, glm);
    for (size_t i = 0; i < glm->scores * width; i++)
        errors[i] = (double)NAN;
    for (size_t i = 0; i < n; i++)
        errors[glm_block_score(glm, i / width) * width + i % width] = sqrt(inference->covariance[i * n + i]);
}

/* ---- effective coefficients ---- */

/* The sum over classes of the inverse's diagonal for term i, without the common shift. */
static double sum_of_classes(const struct glm *glm, size_t n, const double *inverse, const size_t *place, size_t i)
{
    double sum = 0, all = 0;
    for (size_t a = 0; a < glm->blocks; a++) {
        size_t at = place[a * glm->width + i];
        if (at == GLM_SYMMETRIC)
            continue;
        sum += inverse[at * n + at];
        for (size_t b = 0; b < glm->blocks && glm_is_symmetric(glm); b++)
            all += inverse[at * n + place[b * glm->width + i]];
    }
    return sum - all / (double)glm->blocks;
}

double inference_effective(const struct glm *glm, const double *theta, const double *hessian)
{
    size_t width = glm->width, n = glm->blocks * width, active = 0;
    bool selects = glm->options.l1 > 0;
    if (selects && glm->scores > 1)
        return (double)NAN;
    size_t *place = mem_zero(n, 2 * sizeof *place), *index = place + n;
    for (size_t i = 0; i < n; i++) {
        bool is_active = !is_aliased(glm, i) && (i % width == 0 || !selects || theta[i] != 0);
        place[i] = is_active ? active : GLM_SYMMETRIC;
        if (is_active)
            index[active++] = i;
    }
    double *part = mem_alloc(active * active, sizeof *part);
    double count = (double)active / (double)glm->blocks * (double)(glm->blocks - glm_is_symmetric(glm));
    for (size_t i = 0; i < active; i++)
        for (size_t j = 0; j < active; j++)
            part[i * active + j] = hessian[index[i] * n + index[j]];
    bool is_definite = dense_cholesky(active, part);
    if (is_definite)
        dense_cholesky_inverse(active, part);
    for (size_t j = 0; j < glm->d && is_definite; j++)
        count -= glm->penalty[j] * sum_of_classes(glm, active, part, place, 1 + j);
    free(part);
    free(place);
    return is_definite ? count : (double)NAN;
}
