/* Confidence intervals of linear predictors. The half-width is q times the standard error of the score; q is the normal
 * quantile or, where the model estimated a variance, Student's with the residual degrees of freedom.
 *
 *  1. Models with a factor: with the centred features v = (1, x - center) and the information L L' on their
 *     coefficients, the variance of the score is |z|^2, L z = v (solve). Nothing cancels but what cancels in the row
 *     itself; where features are nearly collinear, L has twice the digits of a double.
 *     With the middle M of a sandwich estimate it is z'M z.
 *  2. Several classes have a joint factor: z_b solves for v in the block of class b, and the covariance G of the scores
 *     is z_a'M z_b (find_scores). Of the probability p_k the interval is that of its log-odds s_k - log sum over l != k
 *     of exp(s_l), whose slope c is 1 for k and -p_l / (1 - p_k) for l, with the variance c'G c (delta method; A.
 *     Agresti, Categorical Data Analysis, 3rd ed., 16.1): it stays between 0 and 1.
 *  3. Older models have the covariance C of the coefficients: the variance is v'C v with v = (1, x) (product). This
 *     loses as many digits as the features are far from 0 in units of their residuals.
 *
 * Models of several targets have one factor or unscaled covariance for all, and a variance for each target.
 * Memory: (1 + d)^2 numbers, and per row those of the scores times the terms. */

#include "model/interval.h"

#include "base/mem.h"
#include "math/dd.h"
#include "math/dense.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct interval {
    size_t d, scores;
    size_t blocks;        /* of a joint factor, one per class but the reference; 0: there is none */
    size_t reference;     /* the score that has no block; scores: none */
    const double *middle; /* of the factor, the lower triangle; NULL: the identity */
    double *covariance;   /* (1 + d) x (1 + d); 0 for aliased features; NULL: there is … */
    const double *factor; /* … the lower triangle of L, row by row, in the model */
    const double *low;    /* its further digits; NULL: there are none */
    const double *center; /* d */
    double *scale;        /* scores: quantile sqrt(variance) */
};

static double *expand(const double *triangle, size_t width)
{
    double *whole = mem_alloc(width * width, sizeof *whole);
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j <= i; j++, triangle++)
            whole[i * width + j] = whole[j * width + i] = isnan(*triangle) ? 0 : *triangle;
    return whole;
}

static void find_joint(struct interval *v, const struct predictor *p)
{
    const char *reference = model_text(p->model, &field_reference);
    v->factor = model_values(p->model, &field_joint_factor);
    v->middle = model_values(p->model, &field_joint_middle);
    v->center = model_values(p->model, &field_factor_center);
    v->blocks = p->scores - (reference != NULL);
    v->reference = p->scores;
    for (size_t k = 0; k < p->scores && reference != NULL; k++)
        if (strcmp(p->label[k], reference) == 0)
            v->reference = k;
}

/* *variance: of each score; NULL: the factor or covariance is that of the score itself. False: there is neither. */
static bool find_errors(struct interval *v, const struct predictor *p, const double **variance)
{
    *variance = model_values(p->model, &field_variance_unbiased);
    if (model_has(p->model, &field_joint_factor)) {
        find_joint(v, p);
        return v->center != NULL;
    }
    v->middle = model_values(p->model, &field_middle);
    v->factor = p->scores == 1 || *variance != NULL ? model_values(p->model, &field_factor) : NULL;
    v->low = model_values(p->model, &field_factor_low);
    v->center = model_values(p->model, &field_factor_center);
    if (v->factor != NULL && v->center != NULL)
        return true;
    v->factor = NULL;
    const double *whole = p->scores == 1 ? model_values(p->model, &field_covariance) : NULL;
    const double *unscaled = model_values(p->model, &field_covariance_unscaled);
    if (whole != NULL)
        *variance = NULL;
    else if (unscaled == NULL || *variance == NULL)
        return false;
    v->covariance = expand(whole != NULL ? whole : unscaled, 1 + p->d);
    return true;
}

enum status interval_new(struct interval **interval, const struct predictor *p, double level, struct err *err)
{
    const double *variance;
    struct interval *made = mem_zero(1, sizeof *made);
    *made = (struct interval){.d = p->d, .scores = p->scores};
    if (!find_errors(made, p, &variance)) {
        interval_free(made);
        return err_data(err, "the model has no covariance of its coefficients, which intervals require");
    }
    double freedom = model_number(p->model, &field_df_residual, (double)INFINITY);
    double quantile = -special_student_quantile((1 - level) / 2, freedom);
    made->scale = mem_alloc(p->scores, sizeof *made->scale);
    for (size_t k = 0; k < p->scores; k++)
        made->scale[k] = quantile * (variance != NULL ? sqrt(variance[k]) : 1);
    *interval = made;
    return STATUS_OK;
}

void interval_free(struct interval *interval)
{
    if (interval == NULL)
        return;
    free(interval->covariance);
    free(interval->scale);
    free(interval);
}

/* a'M b, M being symmetric. */
static double multiply(const struct interval *v, size_t n, const double *a, const double *b)
{
    const double *row = v->middle;
    double sum = 0;
    if (row == NULL)
        return dense_dot(n, a, b);
    for (size_t i = 0; i < n; row += ++i)
        sum += a[i] * dense_dot(i + 1, row, b) + b[i] * dense_dot(i, row, a);
    return sum;
}

/* z: n numbers, L z = v where v is (1, x - center) in the block, and 0 in the others. */
static void solve_block(const struct interval *v, size_t n, size_t block, const double *x, double *z)
{
    const double *row = v->factor;
    size_t first = block * (1 + v->d);
    for (size_t i = 0; i < n; row += ++i) {
        double centred = i == first                       ? 1
                         : i > first && i <= first + v->d ? x[i - first - 1] - v->center[i - first - 1]
                                                          : 0;
        z[i] = row[i] != 0 ? (centred - dense_dot(i, row, z)) / row[i] : 0;
    }
}

static double solve(const struct interval *v, const double *x)
{
    double *z = mem_alloc(1 + v->d, sizeof *z);
    solve_block(v, 1 + v->d, 0, x, z);
    double sum = multiply(v, 1 + v->d, z, z);
    free(z);
    return sum;
}

/* covariance: scores x scores, those of a reference being 0. */
static void find_scores(const struct interval *v, const double *x, double *covariance)
{
    size_t n = v->blocks * (1 + v->d), k = v->scores;
    double *z = mem_zero(k * n, sizeof *z);
    for (size_t c = 0, b = 0; c < k; c++)
        if (c != v->reference)
            solve_block(v, n, b++, x, z + c * n);
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b <= a; b++)
            covariance[a * k + b] = covariance[b * k + a] = multiply(v, n, z + a * n, z + b * n);
    free(z);
}

/* c'G c */
static double variance_of(size_t k, const double *covariance, const double *slope)
{
    double sum = 0;
    for (size_t a = 0; a < k; a++)
        sum += slope[a] * dense_dot(k, covariance + a * k, slope);
    return fmax(0, sum);
}

/* |z|^2 in double-double arithmetic. */
static double solve_precisely(const struct interval *v, const double *x)
{
    struct dd *z = mem_alloc(1 + v->d, sizeof *z);
    const double *row = v->factor, *low = v->low;
    double sum = 0;
    for (size_t i = 0; i <= v->d; i++, row += i, low += i) {
        struct dd rest = i == 0 ? dd_of(1) : dd_two_sum(x[i - 1], -v->center[i - 1]);
        for (size_t k = 0; k < i; k++)
            rest = dd_subtract(rest, dd_multiply((struct dd){row[k], low[k]}, z[k]));
        z[i] = row[i] != 0 ? dd_divide(rest, (struct dd){row[i], low[i]}) : dd_of(0);
        sum += z[i].high * z[i].high;
    }
    free(z);
    return sum;
}

/* v'C v */
static double product(const struct interval *v, const double *x)
{
    double sum = 0;
    for (size_t i = 0; i <= v->d; i++) {
        const double *row = v->covariance + i * (1 + v->d);
        double product = row[0];
        for (size_t j = 0; j < v->d; j++)
            product += row[1 + j] * x[j];
        sum += product * (i == 0 ? 1 : x[i - 1]);
    }
    return fmax(0, sum);
}

/* Of scores that sum to 0, or that are relative to the reference. */
static void joint_half_widths(const struct interval *v, const double *x, double *half)
{
    size_t k = v->scores;
    double *covariance = mem_alloc(k, (k + 1) * sizeof *covariance), *slope = covariance + k * k;
    find_scores(v, x, covariance);
    for (size_t c = 0; c < k; c++) {
        for (size_t l = 0; l < k; l++)
            slope[l] = (double)(l == c) - (v->blocks == k ? 1 / (double)k : 0);
        half[c] = v->scale[c] * sqrt(variance_of(k, covariance, slope));
    }
    free(covariance);
}

bool interval_is_joint(const struct interval *interval)
{
    return interval->blocks > 0;
}

void interval_of_classes(const struct interval *v, const double *x, const double *probability, double temperature,
                         double *lower, double *upper)
{
    size_t k = v->scores;
    double *covariance = mem_alloc(k, (k + 1) * sizeof *covariance), *slope = covariance + k * k;
    find_scores(v, x, covariance);
    for (size_t c = 0; c < k; c++) {
        double others = 0;
        for (size_t l = 0; l < k; l++)
            others += l != c ? probability[l] : 0;
        for (size_t l = 0; l < k; l++)
            slope[l] = l == c ? 1 : others > 0 ? -probability[l] / others : 0;
        double odds = log(probability[c]) - log(others);
        double half = v->scale[c] * sqrt(variance_of(k, covariance, slope)) / temperature;
        lower[c] = special_sigmoid(odds - half);
        upper[c] = special_sigmoid(odds + half);
    }
    free(covariance);
}

void interval_half_widths(const struct interval *v, const double *x, double *half)
{
    if (v->blocks > 0) {
        joint_half_widths(v, x, half);
        return;
    }
    double variance = v->factor == NULL ? product(v, x) : v->low != NULL ? solve_precisely(v, x) : solve(v, x);
    for (size_t k = 0; k < v->scores; k++)
        half[k] = v->scale[k] * sqrt(variance);
}
