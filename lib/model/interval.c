/* Confidence intervals of linear predictors. With v = (1, x) and the covariance C of the coefficients, the variance of
 * the score v'b is v'C v, so the half-width is q sqrt(v'C v); q is the normal quantile or, where the model estimated a
 * variance, Student's with the residual degrees of freedom.
 *
 * Models of several targets keep one unscaled covariance C / s2 for all, and a variance s2 for each target.
 * Memory: (1 + d)^2 numbers, as the symmetric matrix is expanded from the triangle in the model. */

#include "model/interval.h"

#include "base/mem.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

struct interval {
    size_t d, scores;
    double *covariance; /* (1 + d) x (1 + d); 0 for aliased features */
    double *factor;     /* scores: quantile sqrt(variance) */
};

/* Finds the lower triangle of C up to a variance per score, which is 1 where the model's covariance is the
 * whole one. */
static bool find_covariance(const struct predictor *p, const double **covariance, const double **variance)
{
    *variance = NULL;
    *covariance = p->scores == 1 ? model_values(p->model, &field_covariance) : NULL;
    if (*covariance != NULL)
        return true;
    *covariance = model_values(p->model, &field_covariance_unscaled);
    *variance = model_values(p->model, &field_variance_unbiased);
    return *covariance != NULL && *variance != NULL;
}

enum status interval_new(struct interval **interval, const struct predictor *p, double level, struct err *err)
{
    const double *covariance, *variance;
    if (!find_covariance(p, &covariance, &variance))
        return err_data(err, "the model has no covariance of its coefficients, which intervals require");
    double freedom = model_number(p->model, &field_df_residual, (double)INFINITY);
    double quantile = -special_student_quantile((1 - level) / 2, freedom);
    size_t width = 1 + p->d;
    struct interval *made = mem_zero(1, sizeof *made);
    made->d = p->d;
    made->scores = p->scores;
    made->covariance = mem_alloc(width * width, sizeof *made->covariance);
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j <= i; j++, covariance++)
            made->covariance[i * width + j] = made->covariance[j * width + i] = isnan(*covariance) ? 0 : *covariance;
    made->factor = mem_alloc(p->scores, sizeof *made->factor);
    for (size_t k = 0; k < p->scores; k++)
        made->factor[k] = quantile * (variance != NULL ? sqrt(variance[k]) : 1);
    *interval = made;
    return STATUS_OK;
}

void interval_free(struct interval *interval)
{
    if (interval == NULL)
        return;
    free(interval->covariance);
    free(interval->factor);
    free(interval);
}

void interval_half_widths(const struct interval *v, const double *x, double *half)
{
    double sum = 0;
    for (size_t i = 0; i <= v->d; i++) {
        const double *row = v->covariance + i * (1 + v->d);
        double product = row[0];
        for (size_t j = 0; j < v->d; j++)
            product += row[1 + j] * x[j];
        sum += product * (i == 0 ? 1 : x[i - 1]);
    }
    for (size_t k = 0; k < v->scores; k++)
        half[k] = v->factor[k] * sqrt(fmax(0, sum));
}
