/* The relations between columns of a matrix, from its triangular factor.
 *
 *  1. refactor moves the independent columns to the front: R = [K B; 0 E]. Column j of K^-1 B is the combination that
 *     gives the dependent column j, and column j of E is what the combination leaves of it.
 *  2. add_relation undoes center and scale. A coefficient that changes the column by no more than rounding is 0.
 *  3. rounding_of bounds the error of the combination in a new row: what E has, and the rounding of the numbers
 *     themselves, times the largest factor by which K^-1 magnifies an error. For a slope this factor is the root of the
 *     variance inflation factor of its column.
 *
 * Estimability: S. R. Searle, Linear Models (1971), section 5.4; R's predict.lm(rankdeficient = "NA") makes the same
 * decision with a fixed tolerance, which a column far from 0 (a time in seconds) passes wrongly.
 * Memory: 3 order^2 numbers. Time: order^3, only if columns are dependent. */

#include "math/relations.h"

#include "base/mem.h"
#include "math/dd.h"
#include "math/tsqr.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { RELATION_ERRORS = 64 }; /* rounding errors that are tolerated */

struct relations_work {
    const struct relations_matrix *m;
    size_t kept, n;  /* independent columns with that of ones; all columns of the factor */
    size_t *feature; /* n: 0 for the column of ones, else 1 + j */
    double *r;       /* n x n: the factor of these columns */
    double rows;     /* the weight of the rows */
    double growth;
    double *solution; /* kept */
};

void relations_free(struct relations *relations)
{
    free(relations->rounding);
    free(relations->term);
    *relations = (struct relations){0};
}

static size_t column_of(const struct relations_matrix *m, size_t j)
{
    return m->column != NULL ? m->column[j] : 1 + j;
}

/* Whether the independent columns are first already, with no column beside w->feature's. */
static bool is_in_order(const struct relations_work *w)
{
    bool in_order = w->n == w->m->order;
    for (size_t k = 0; k < w->n && in_order; k++)
        in_order = (w->feature[k] == 0 ? 0 : column_of(w->m, w->feature[k] - 1)) == k;
    return in_order;
}

static void refactor(struct relations_work *w)
{
    const struct relations_matrix *m = w->m;
    w->feature = mem_alloc(m->d + 1, sizeof *w->feature);
    w->n = 0;
    if (m->first > 0)
        w->feature[w->n++] = 0;
    for (int dependent = 0; dependent < 2; dependent++) {
        for (size_t j = 0; j < m->d; j++)
            if (m->aliased[j] == (dependent != 0) && column_of(m, j) > 0)
                w->feature[w->n++] = 1 + j;
        if (!dependent)
            w->kept = w->n;
    }
    w->r = mem_zero(w->n, w->n * sizeof *w->r);
    if (is_in_order(w)) {
        memcpy(w->r, m->r, w->n * w->n * sizeof *w->r);
        return;
    }
    double *a = mem_alloc(m->order * w->n, sizeof *a);
    for (size_t k = 0; k < w->n; k++)
        for (size_t i = 0; i < m->order; i++) {
            size_t column = w->feature[k] == 0 ? 0 : column_of(m, w->feature[k] - 1);
            a[k * m->order + i] = i <= column ? m->r[i * m->order + column] : 0;
        }
    if (w->n > 0)
        tsqr_fold(w->n, w->r, m->order, a, m->order);
    free(a);
}

/* The root mean square of column k below row `first`. */
static double size_of(const struct relations_work *w, size_t k, size_t first)
{
    double norm = 0;
    for (size_t i = first; i <= k; i++)
        norm = hypot(norm, w->r[i * w->n + k]);
    return norm / sqrt(w->rows);
}

static double scale_of(const struct relations_matrix *m, size_t feature)
{
    return feature == 0 || m->scale == NULL ? 1 : m->scale[feature - 1];
}

/* The typical absolute value of a column as it is. */
static double magnitude_of(const struct relations_work *w, size_t k)
{
    size_t feature = w->feature[k];
    double center = feature == 0 ? 0 : fabs(w->m->center[feature - 1]);
    return center + scale_of(w->m, feature) * size_of(w, k, 0);
}

/* The largest factor by which the inverse of the independent columns magnifies errors. */
static double find_growth(const struct relations_work *w)
{
    double largest = 1;
    double *inverse = mem_alloc(w->n * w->n, sizeof *inverse);
    tsqr_inverse(w->kept, w->r, w->n, inverse);
    for (size_t k = w->m->first; k < w->kept; k++) {
        double norm = 0;
        for (size_t i = k; i < w->kept; i++)
            norm = hypot(norm, inverse[k * w->kept + i]);
        largest = fmax(largest, norm * size_of(w, k, w->m->first) * sqrt(w->rows));
    }
    free(inverse);
    return largest;
}

static void add_term(struct relations *relations, size_t feature, double coefficient)
{
    if (coefficient == 0)
        return;
    double *term = relations->term + 3 * relations->terms++;
    term[0] = (double)relations->n;
    term[1] = (double)feature;
    term[2] = coefficient;
}

static void add_relation(struct relations_work *w, struct relations *relations, size_t k)
{
    const struct relations_matrix *m = w->m;
    size_t feature = w->feature[k], first = m->first;
    double scale = scale_of(m, feature), sum = magnitude_of(w, k), least = DBL_EPSILON * (double)w->n * sum;
    struct dd constant = dd_of(m->center[feature - 1]);
    tsqr_solve(w->kept, w->r, w->n, w->r + k, w->n, w->solution);
    if (first > 0)
        constant = dd_add(constant, dd_two_product(scale, w->solution[0]));
    for (size_t i = first; i < w->kept; i++) {
        size_t other = w->feature[i];
        double slope = scale * w->solution[i] / scale_of(m, other);
        if (fabs(slope) * magnitude_of(w, i) <= least)
            continue;
        constant = dd_subtract(constant, dd_two_product(slope, m->center[other - 1]));
        sum += fabs(slope) * magnitude_of(w, i);
        add_term(relations, other, slope);
    }
    add_term(relations, 0, fabs(constant.high) <= DBL_EPSILON * (double)w->n * sum ? 0 : constant.high);
    double left = 0;
    for (size_t i = w->kept; i <= k; i++)
        left = hypot(left, w->r[i * w->n + k]);
    double error = scale * left / sqrt(w->rows) + DBL_EPSILON * sum;
    relations->rounding[relations->n++] =
        fmin(RELATION_ERRORS * fmax(DBL_EPSILON, sum > 0 ? w->growth * error / sum : 0), 1e-3);
}

/* A column that is not in the factor. */
static void add_constant(struct relations *relations, double value)
{
    add_term(relations, 0, value);
    relations->rounding[relations->n++] = RELATION_ERRORS * DBL_EPSILON;
}

void relations_find(struct relations *relations, const struct relations_matrix *m)
{
    struct relations_work w = {.m = m};
    size_t dependent = 0, next = 0;
    for (size_t j = 0; j < m->d; j++)
        dependent += m->aliased[j];
    relations_free(relations);
    if (dependent == 0)
        return;
    refactor(&w);
    if (w.n - w.kept > RELATIONS_TERMS_MAX / (w.kept + 1)) {
        free(w.feature);
        free(w.r);
        return;
    }
    w.rows = m->first > 0 && w.r[0] != 0 ? w.r[0] * w.r[0] : 1;
    w.solution = mem_alloc(w.kept, sizeof *w.solution);
    w.growth = w.kept > 0 ? find_growth(&w) : 1;
    relations->rounding = mem_alloc(dependent, sizeof *relations->rounding);
    relations->term = mem_alloc(3 * ((w.n - w.kept) * (w.kept + 1) + dependent), sizeof *relations->term);
    next = w.kept;
    for (size_t j = 0; j < m->d; j++) {
        if (m->aliased[j] && column_of(m, j) == 0)
            add_constant(relations, m->center[j]);
        else if (m->aliased[j])
            add_relation(&w, relations, next++);
    }
    free(w.feature);
    free(w.r);
    free(w.solution);
}
