/* Confidence intervals of linear predictors. The half-width is q times the standard error of the score; q is the normal
 * quantile or, where the model estimated a variance, Student's with the residual degrees of freedom.
 *
 *  1. Models with a factor: with the centred features v = (1, x - center) and the information L L' on their
 *     coefficients, the variance of the score is |z|^2, L z = v (solve). Nothing cancels but what cancels in the row
 *     itself; where features are nearly collinear, L has twice the digits of a double.
 *  2. Older models have the covariance C of the coefficients: the variance is v'C v with v = (1, x) (product). This
 *     loses as many digits as the features are far from 0 in units of their residuals.
 *
 * Models of several targets have one factor or unscaled covariance for all, and a variance for each target.
 * Memory: (1 + d)^2 numbers. */

#include "model/interval.h"

#include "base/mem.h"
#include "math/dd.h"
#include "math/dense.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

struct interval {
    size_t d, scores;
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

/* *variance: of each score; NULL: the factor or covariance is that of the score itself. False: there is neither. */
static bool find_errors(struct interval *v, const struct predictor *p, const double **variance)
{
    *variance = model_values(p->model, &field_variance_unbiased);
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

/* |z|^2 */
static double solve(const struct interval *v, const double *x)
{
    double *z = mem_alloc(1 + v->d, sizeof *z), sum = 0;
    const double *row = v->factor;
    for (size_t i = 0; i <= v->d; row += ++i) {
        double centred = i == 0 ? 1 : x[i - 1] - v->center[i - 1];
        z[i] = row[i] != 0 ? (centred - dense_dot(i, row, z)) / row[i] : 0;
        sum += z[i] * z[i];
    }
    free(z);
    return sum;
}

/* The same in double-double arithmetic. */
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

void interval_half_widths(const struct interval *v, const double *x, double *half)
{
    double variance = v->factor == NULL ? product(v, x) : v->low != NULL ? solve_precisely(v, x) : solve(v, x);
    for (size_t k = 0; k < v->scores; k++)
        half[k] = v->scale[k] * sqrt(variance);
}
