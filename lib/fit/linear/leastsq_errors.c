/* Errors of least squares: the covariance of the coefficients, to be multiplied by a variance, and the factor from
 * which intervals of predictions follow without cancellation.
 *
 *  1. The covariance of the shifted terms is R^-1 R^-T. Row 0 of the inverse less the shifts times the other rows is
 *     that of the intercept of the columns as they are (move_intercept).
 *  2. Where a column is nearly a combination of the others (is_near_collinear), R loses as many digits as the residual
 *     of the column is smaller than the column. If the rows were kept, leastsq_refine_factor makes R anew in
 *     double-double, and so is its inverse.
 *
 * Memory: 4 p^2 numbers, and 4 p^2 in double-double. Time: p^3. One thread. */

#include "fit/linear/leastsq_state.h"

#include "base/mem.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>

/* Of a column's norm: smaller residuals leave less than about 11 digits. */
static const double near = 1e-5;

/* inverse: kept x kept, row-major, of the upper triangle R. */
static bool is_near_collinear(const struct leastsq_terms *t, const double *inverse)
{
    size_t kept = t->of.kept, n = t->of.n;
    for (size_t j = t->first; j < kept; j++) {
        double norm = 0;
        for (size_t i = t->first; i <= j; i++)
            norm = hypot(norm, t->of.r[i * n + j]);
        double error = sqrt(dense_dot(kept - j, inverse + j * kept + j, inverse + j * kept + j));
        if (norm * error > 1 / near)
            return true;
    }
    return false;
}

/* Row 0 of the map from shifted to original terms is (1, -shifts). */
static void move_intercept(const struct leastsq_run *run, const struct leastsq_terms *t, double *inverse)
{
    size_t kept = t->of.kept;
    for (size_t i = t->first; i < kept && t->first > 0; i++)
        for (size_t c = i; c < kept; c++)
            inverse[c] -= run->total.shift[t->of.columns[i]] * inverse[i * kept + c];
}

/* inverse: that of r, with the intercept of the columns as they are. */
static void invert_precisely(const struct leastsq_run *run, const struct leastsq_terms *t, const struct dd *r,
                             double *inverse)
{
    size_t n = t->of.kept;
    struct dd *exact = mem_zero(n * n, sizeof *exact);
    for (size_t j = 0; j < n; j++) {
        exact[j * n + j] = dd_divide(dd_of(1), r[j * n + j]);
        for (size_t i = j; i-- > 0;) {
            struct dd sum = {0};
            for (size_t k = i + 1; k <= j; k++)
                sum = dd_subtract(sum, dd_multiply(r[i * n + k], exact[k * n + j]));
            exact[i * n + j] = dd_divide(sum, r[i * n + i]);
        }
    }
    for (size_t i = t->first; i < n && t->first > 0; i++)
        for (size_t c = i; c < n; c++)
            exact[c] = dd_subtract(exact[c], dd_multiply(dd_of(run->total.shift[t->of.columns[i]]), exact[i * n + c]));
    for (size_t i = 0; i < n * n; i++)
        inverse[i] = exact[i].high;
    free(exact);
}

static void fill_covariance(struct leastsq *fit, const struct leastsq_terms *t, const double *inverse)
{
    size_t kept = t->of.kept, width = fit->width;
    for (size_t i = 0; i < kept; i++)
        for (size_t j = 0; j < kept; j++)
            fit->covariance[t->of.columns[i] * width + t->of.columns[j]] =
                dense_dot(kept, inverse + i * kept, inverse + j * kept);
}

/* r: kept x kept, or NULL: that of the terms. */
static void fill_factor(struct leastsq *fit, const struct leastsq_terms *t, const struct dd *r)
{
    size_t kept = t->of.kept, width = fit->width;
    fit->factor = mem_zero(width * width, sizeof *fit->factor);
    fit->factor_low = r != NULL ? mem_zero(width * width, sizeof *fit->factor_low) : NULL;
    for (size_t i = 0; i < kept; i++) {
        for (size_t j = i; j < kept; j++) {
            size_t place = t->of.columns[j] * width + t->of.columns[i];
            fit->factor[place] = r != NULL ? r[i * kept + j].high : t->of.r[i * t->of.n + j];
            if (r != NULL)
                fit->factor_low[place] = r[i * kept + j].low;
        }
    }
}

void leastsq_errors(struct leastsq *fit, const struct leastsq_run *run, const struct leastsq_terms *t)
{
    size_t kept = t->of.kept;
    double *inverse = mem_alloc(kept * kept, sizeof *inverse);
    for (size_t i = 0; i < kept; i++)
        for (size_t c = 0; c < kept; c++)
            inverse[i * kept + c] = t->of.inverse[c * kept + i];
    struct dd *r = NULL;
    if (!run->rows.lost && is_near_collinear(t, inverse)) {
        struct leastsq_problem problem = {
            .terms = kept, .columns = t->of.columns, .shift = run->total.shift, .r = t->of.r, .ld = t->of.n};
        r = mem_alloc(kept * kept, sizeof *r);
        if (!leastsq_refine_factor(&run->rows, &problem, r)) {
            free(r);
            r = NULL;
        }
    }
    if (r != NULL)
        invert_precisely(run, t, r, inverse);
    else
        move_intercept(run, t, inverse);
    fill_covariance(fit, t, inverse);
    fill_factor(fit, t, r);
    free(r);
    free(inverse);
}
