/* Makes rows ready for regressions that pass over them many times: huber, l1, heteroscedastic.
 *
 *  1. find_scale: mean and root mean square about it per column and for the target, in three passes (a pass more
 *     corrects the rounding of the mean).
 *  2. scale_rows standardises the columns in place; constant ones are left out and the others moved together.
 *  3. fold_rows makes the triangular factor of [terms, target] by QR; drop_aliased drops columns that are
 *     combinations of those before, up to the rounding of the numbers that were read (alias_drop).
 *  4. regress_least_squares and regress_covariance read starts and covariances off the factor.
 *  5. regress_unscale, regress_unscale_covariance and regress_factor take results to the columns as they are.
 *
 * Memory: the dataset's rows, in place; (terms + 1)^2 numbers. One thread. */

#include "fit/linear/regress.h"

#include "base/mem.h"
#include "fit/summary/freedom.h"
#include "math/alias.h"
#include "math/dense.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rounding of a mean leaves no more than this part of it in a constant column. */
static const double constant = 4 * 2.220446049250313e-16;

/* ---- scaling ---- */

/* sum[j] = sum of weight * (x[j] - center[j])^power, j = d being the target. */
static void sum_powers(const struct dataset *data, const double *center, int power, double *sum)
{
    size_t d = data->d;
    memset(sum, 0, (d + 1) * sizeof *sum);
    for (size_t c = 0; c < data->chunks; c++) {
        const struct dataset_chunk *chunk = &data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++) {
            double w = dataset_weight(chunk, row);
            for (size_t j = 0; j <= d; j++) {
                double x = (j < d ? chunk->x[row * chunk->ld + j] : chunk->target[row * chunk->ld]) - center[j];
                sum[j] += w * (power == 1 ? x : x * x);
            }
        }
    }
}

/* Mean, whose rounding a second pass corrects, and root mean square about it; a scale of 0 where a column is
 * constant. */
static void find_scale(const struct regress *r, double *center, double *scale)
{
    const struct dataset *data = r->data;
    for (size_t j = 0; j <= data->d; j++)
        center[j] = 0;
    for (int pass = 0; pass < 2 && r->intercept; pass++) {
        sum_powers(data, center, 1, scale);
        for (size_t j = 0; j <= data->d; j++)
            center[j] += scale[j] / data->weight_sum;
    }
    sum_powers(data, center, 2, scale);
    for (size_t j = 0; j <= data->d; j++) {
        scale[j] = sqrt(scale[j] / data->weight_sum);
        if (!(scale[j] > constant * fabs(center[j])) || !isfinite(scale[j]))
            scale[j] = 0;
    }
}

/* Scales the columns that are left, and moves them together, in place. */
static void scale_rows(struct regress *r)
{
    for (size_t c = 0; c < r->data->chunks; c++) {
        struct dataset_chunk *chunk = &r->data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++) {
            double *x = chunk->x + row * chunk->ld, *target = chunk->target + row * chunk->ld;
            for (size_t k = 1; k < r->terms; k++)
                x[k - 1] = (x[r->feature[k]] - r->center[r->feature[k]]) / r->scale[r->feature[k]];
            *target = (*target - r->target_center) / r->target_scale;
        }
    }
}

/* ---- columns that others determine ---- */

static void fold_rows(struct regress *r)
{
    size_t n = r->terms + 1;
    for (size_t c = 0; c < r->data->chunks; c++) {
        const struct dataset_chunk *chunk = &r->data->chunk[c];
        double *a = mem_alloc(chunk->rows * n, sizeof *a);
        for (size_t row = 0; row < chunk->rows; row++) {
            double root = sqrt(dataset_weight(chunk, row));
            a[row] = r->intercept ? root : 0;
            for (size_t k = 1; k < r->terms; k++)
                a[k * chunk->rows + row] = root * chunk->x[row * chunk->ld + k - 1];
            a[r->terms * chunk->rows + row] = root * chunk->target[row * chunk->ld];
        }
        tsqr_fold(n, r->triangle, chunk->rows, a, chunk->rows);
        free(a);
    }
}

/* The norm of each term's column as it was read, in units of its scale; 0 for the intercept's, which is exact. */
static double *term_sizes(const struct regress *r)
{
    double *size = mem_zero(r->terms + 1, sizeof *size), root = sqrt(r->data->weight_sum);
    for (size_t k = 1; k < r->terms; k++)
        size[k] = root * hypot(r->center[r->feature[k]] / r->scale[r->feature[k]], 1);
    return size;
}

static size_t count_rows(const struct dataset *data)
{
    size_t count = 0;
    for (size_t c = 0; c < data->chunks; c++)
        for (size_t row = 0; row < data->chunk[c].rows; row++)
            count += dataset_weight(&data->chunk[c], row) > 0;
    return count;
}

/* Leaves the terms that stay in the rows; their numbers ascend. */
static void move_terms(struct regress *r, const size_t *term, size_t terms)
{
    for (size_t c = 0; c < r->data->chunks; c++) {
        struct dataset_chunk *chunk = &r->data->chunk[c];
        for (size_t row = 0; row < chunk->rows; row++) {
            double *x = chunk->x + row * chunk->ld;
            for (size_t k = 1; k < terms; k++)
                x[k - 1] = x[term[k] - 1];
        }
    }
    for (size_t k = 1; k < r->terms; k++)
        r->aliased[r->feature[k]] = true;
    for (size_t k = 1; k < terms; k++) {
        r->feature[k] = r->feature[term[k]];
        r->aliased[r->feature[k]] = false;
    }
    r->terms = terms;
}

/* Without an intercept the triangle's first row and column are 0: the others are judged. */
static void drop_aliased(struct regress *r)
{
    size_t first = !r->intercept, ld = r->terms + 1, n = ld - first;
    size_t *term = mem_alloc(ld, sizeof *term);
    double *size = term_sizes(r);
    for (size_t k = 0; k < ld; k++)
        term[k] = k;
    struct alias a = {.n = n, .kept = n - 1, .columns = term + first};
    a.r = alias_refactor(r->triangle, ld, a.columns, n);
    alias_drop(&a, !first, size, count_rows(r->data));
    if (a.kept < n - 1) {
        ld = a.n + first;
        memset(r->triangle, 0, ld * ld * sizeof *r->triangle);
        for (size_t i = 0; i < a.n; i++)
            memcpy(r->triangle + (first + i) * ld + first, a.r + i * a.n, a.n * sizeof *a.r);
        move_terms(r, term, first + a.kept);
    }
    free(a.r);
    free(a.inverse);
    free(term);
    free(size);
}

/* Drops aliased columns, and finds their relations from the factor of all that are not constant. */
static void find_aliased(struct regress *r)
{
    size_t order = r->terms + 1;
    double *all = mem_alloc(order * order, sizeof *all);
    size_t *column = mem_zero(r->d, sizeof *column);
    memcpy(all, r->triangle, order * order * sizeof *all);
    for (size_t k = 1; k < r->terms; k++)
        column[r->feature[k]] = k;
    drop_aliased(r);
    struct relations_matrix matrix = {
        .d = r->d,
        .aliased = r->aliased,
        .center = r->center,
        .scale = r->scale,
        .order = order,
        .r = all,
        .first = r->intercept,
        .column = column,
    };
    relations_find(&r->relations, &matrix);
    free(all);
    free(column);
}

/* ---- making and freeing ---- */

static enum status check(const struct dataset *data, struct err *err)
{
    if (data->sparse) {
        err_data(err, "svmlight rows are supported by least squares only");
        return err_because(err, ERR_SPARSE_LOSS, NULL);
    }
    if (!(data->weight_sum > 0))
        return err_data(err, "the weights sum to 0");
    return STATUS_OK;
}

enum status regress_new_in_place(struct regress **regress, struct dataset *data, bool no_intercept, size_t threads,
                                 struct err *err)
{
    char echo[ERR_ECHO];
    if (check(data, err) != STATUS_OK)
        return err->status;
    size_t d = data->d;
    struct regress *r = mem_zero(1, sizeof *r);
    *r = (struct regress){.data = data, .intercept = !no_intercept, .d = d, .terms = 1, .threads = threads};
    r->center = mem_alloc(d + 1, sizeof *r->center);
    r->scale = mem_alloc(d + 1, sizeof *r->scale);
    r->feature = mem_zero(d + 1, sizeof *r->feature);
    r->aliased = mem_zero(d, sizeof *r->aliased);
    find_scale(r, r->center, r->scale);
    r->target_center = r->center[d];
    r->target_scale = r->scale[d];
    if (!(r->target_scale > 0)) {
        err_data(err, "the target '%s' is constant", err_echo(echo, slice_of(data->target)));
        goto failed;
    }
    for (size_t j = 0; j < d; j++) {
        r->aliased[j] = !(r->scale[j] > 0);
        if (!r->aliased[j])
            r->feature[r->terms++] = j;
    }
    if (freedom_check(data->counted, r->terms - no_intercept, "", ERR_FEW_UNPENALIZED_ROWS, err) != STATUS_OK)
        goto failed;
    r->triangle = mem_zero((r->terms + 1) * (r->terms + 1), sizeof *r->triangle);
    scale_rows(r);
    fold_rows(r);
    find_aliased(r);
    if (r->terms == no_intercept) {
        err_data(err, "every column is 0");
        goto failed;
    }
    *regress = r;
    return STATUS_OK;
failed:
    regress_free(r);
    return err->status;
}

void regress_free(struct regress *r)
{
    if (r == NULL)
        return;
    free(r->feature);
    free(r->aliased);
    relations_free(&r->relations);
    free(r->center);
    free(r->scale);
    free(r->triangle);
    free(r);
}

/* ---- least squares ---- */

double regress_least_squares(const struct regress *r, double *theta)
{
    size_t first = !r->intercept, ld = r->terms + 1;
    theta[0] = 0;
    tsqr_solve(r->terms - first, r->triangle + first * ld + first, ld, r->triangle + first * ld + r->terms, ld,
               theta + first);
    return fabs(r->triangle[ld * ld - 1]) / sqrt(r->data->weight_sum);
}

void regress_covariance(const struct regress *r, const double *triangle, size_t ld, double variance, double *covariance)
{
    size_t n = r->terms, first = !r->intercept, m = n - first;
    double *half = mem_alloc(m * m, sizeof *half);
    tsqr_inverse(m, triangle + first * ld + first, ld, half);
    memset(covariance, 0, n * n * sizeof *covariance);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            covariance[(i + first) * n + j + first] = variance * dense_dot(m, half + i * m, half + j * m);
    free(half);
}

/* ---- own scale ---- */

struct regress_block regress_all_terms(const struct regress *r)
{
    size_t first = !r->intercept;
    size_t *term = mem_alloc(r->terms, sizeof *term);
    for (size_t k = first; k < r->terms; k++)
        term[k - first] = k;
    return (struct regress_block){r->terms - first, term};
}

void regress_unscale(const struct regress *r, const struct regress_block *block, bool center, const double *theta,
                     double *coefficients)
{
    memset(coefficients, 0, (1 + r->d) * sizeof *coefficients);
    if (center)
        coefficients[0] = r->target_center;
    for (size_t i = 0; i < block->n; i++) {
        if (block->term[i] == 0) {
            coefficients[0] += r->target_scale * theta[i];
            continue;
        }
        size_t j = r->feature[block->term[i]];
        coefficients[1 + j] = r->target_scale * theta[i] / r->scale[j];
        coefficients[0] -= coefficients[1 + j] * r->center[j];
    }
}

void regress_unscale_covariance(const struct regress *r, const struct regress_block *block, const double *covariance,
                                size_t ld, double *unscaled)
{
    size_t width = 1 + r->d, n = block->n;
    double *jacobian =
        mem_zero(2 * n, sizeof *jacobian); /* of the intercept, then of the parameter's own coefficient */
    double *row = mem_zero(n, sizeof *row), *own = jacobian + n;
    for (size_t i = 0; i < width * width; i++)
        unscaled[i] = NAN;
    for (size_t i = 0; i < n; i++) {
        size_t j = r->feature[block->term[i]];
        own[i] = block->term[i] == 0 ? r->target_scale : r->target_scale / r->scale[j];
        jacobian[i] = block->term[i] == 0 ? own[i] : -own[i] * r->center[j];
    }
    for (size_t i = 0; i < n; i++)
        row[i] = dense_dot(n, covariance + i * ld, jacobian);
    if (n > 0 && block->term[0] == 0)
        unscaled[0] = dense_dot(n, row, jacobian);
    for (size_t a = 0; a < n; a++) {
        if (block->term[a] == 0)
            continue;
        size_t i = 1 + r->feature[block->term[a]];
        if (block->term[0] == 0)
            unscaled[i] = unscaled[i * width] = own[a] * row[a];
        for (size_t b = 0; b < n; b++)
            if (block->term[b] != 0)
                unscaled[i * width + 1 + r->feature[block->term[b]]] = own[a] * own[b] * covariance[a * ld + b];
    }
    free(jacobian);
    free(row);
}

void regress_factor(const struct regress *r, const double *triangle, size_t ld, double variance, double *factor,
                    double *center)
{
    size_t width = 1 + r->d;
    double unit = r->target_scale * sqrt(variance);
    memset(factor, 0, width * width * sizeof *factor);
    memcpy(center, r->center, r->d * sizeof *center);
    for (size_t j = !r->intercept; j < r->terms; j++) {
        size_t column = j == 0 ? 0 : 1 + r->feature[j];
        double scale = j == 0 ? 1 : r->scale[r->feature[j]];
        for (size_t i = !r->intercept; i <= j; i++)
            factor[column * width + (i == 0 ? 0 : 1 + r->feature[i])] = triangle[i * ld + j] / (scale * unit);
    }
}
