/* Measures of fit: what model-show prints of them as text and as JSON is computed here.
 *
 *  - AIC = 2k - 2 log L and BIC = k log n - 2 log L (G. Schwarz, Ann. Stat. 6 (1978), 461): k counts all parameters
 * that were estimated, the variance or scale included, and n is the sum of the weights. A squared penalty leaves fewer
 *    effective parameters than that: k is their number where the model has it, else there is neither.
 *  - The deviance of classes, 2 (saturated log-likelihood - log L), and McFadden's pseudo R^2 (D. McFadden, Conditional
 *    logit analysis of qualitative choice behavior, 1974). They are not of use where the classes are separated.
 *  - R^2 = 1 - rss / tss, and adjusted R^2 with both sums divided by their degrees of freedom. Without an intercept tss
 *    is about 0, which makes R^2 larger than about the mean: it is called uncentred.
 *  - F = ((tss - rss) / q) / (rss / df) with q slopes, and its p from the incomplete beta function. */

#include "app/show/model_statistics.h"

#include "math/special.h"
#include "model/kind.h"

#include <math.h>
#include <string.h>

/* Whether weights that are not counts of rows are in a classifier's sums over the rows. In a regression importances are
 * precisions, with which its likelihood is one. */
static bool is_weighted(const struct predictor *p)
{
    const char *weighting = model_text(p->model, &field_weighting);
    if (p->labels == 0)
        return false;
    return model_has(p->model, &field_class_weight) ||
           (weighting != NULL &&
            (strcmp(weighting, "importances") == 0 || strcmp(weighting, "fractions of rows") == 0));
}

struct model_statistics model_statistics_of(const struct predictor *p)
{
    const struct model *m = p->model;
    double k = (double)p->kind->parameters(p), loglik = model_number(m, &field_loglik, (double)NAN);
    double n = model_number(m, &field_weight_sum, model_number(m, &field_rows, (double)NAN));
    if (model_number(m, &field_l2, 0) > 0 || model_number(m, &field_prior_sd, 0) > 0)
        k = model_number(m, &field_effective_coefficients, (double)NAN);
    if (model_has(m, &field_separation))
        k = (double)NAN;
    struct model_statistics s = {.aic = 2 * k - 2 * loglik,
                                 .bic = k * log(n) - 2 * loglik,
                                 .deviance = (double)NAN,
                                 .deviance_null = (double)NAN,
                                 .pseudo_r_squared = (double)NAN};
    if (p->labels > 0 && p->kind->layer == NULL && p->kind->estimate == NULL) {
        double null = model_number(m, &field_loglik_null, (double)NAN);
        double saturated = model_number(m, &field_loglik_saturated, 0);
        s.deviance = 2 * (saturated - loglik);
        s.deviance_null = 2 * (saturated - null);
        s.pseudo_r_squared = 1 - loglik / null;
    }
    s.weighted = is_weighted(p);
    s.uncentred = model_has(m, &field_tss) && !predictor_has_intercept(p);
    return s;
}

/* The probability of a larger F with df[0] and df[1] degrees of freedom. */
static double f_tail(double f, const double *df)
{
    if (isinf(f))
        return 0;
    double whole = df[1] + df[0] * f;
    return special_beta(df[1] / 2, df[0] / 2, df[1] / whole, df[0] * f / whole);
}

bool model_statistics_of_target(const struct predictor *p, size_t target, struct model_statistics_target *of)
{
    const double *rss = model_values(p->model, &field_rss), *tss = model_values(p->model, &field_tss);
    if (rss == NULL || tss == NULL)
        return false;
    double df = model_number(p->model, &field_df_residual, (double)NAN);
    double n = model_number(p->model, &field_weight_sum, (double)NAN), intercept = predictor_has_intercept(p);
    double slopes = n - df - intercept;
    *of = (struct model_statistics_target){.r_squared = 1 - rss[target] / tss[target],
                                           .adjusted = (double)NAN,
                                           .f = (double)NAN,
                                           .f_p = (double)NAN,
                                           .f_df = {slopes, df}};
    if (!(df > 0))
        return true;
    of->adjusted = 1 - (rss[target] / df) / (tss[target] / (n - intercept));
    if (slopes > 0) {
        of->f = (tss[target] - rss[target]) / slopes / (rss[target] / df);
        of->f_p = f_tail(of->f, of->f_df);
    }
    return true;
}
