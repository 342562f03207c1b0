/* The model of a least-squares fit: names, estimates with their errors, the covariance unless it is too large to store,
 * and the sums of squares that goodness of fit needs. */
#include "app/train/train_leastsq.h"

#include "app/train/train_fields.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static void set_names(const struct train_leastsq *w, struct model *model)
{
    const struct leastsq *fit = w->fit;
    const char **names = mem_alloc(fit->n_targets, sizeof *names);
    model_set_texts(model, &field_features, fit->n_features, (const char *const *)fit->features);
    for (size_t t = 0; t < fit->n_targets; t++)
        names[t] = table_name(w->table, w->roles.targets[t]);
    model_set_texts(model, &field_targets, fit->n_targets, names);
    if (w->roles.has_offset)
        model_set_text(model, &field_offset, table_name(w->table, w->roles.offset));
    train_fields_write_aliased(model, fit->n_features, fit->features, fit->aliased, &fit->relations);
    train_columns_write_categories(model, fit->n_categories, fit->category);
    free(names);
}

static void add_estimates(const struct leastsq *fit, struct model *model)
{
    size_t n = fit->n_targets * fit->width;
    double *coefficients = mem_alloc(n, sizeof *coefficients);
    double *errors = mem_alloc(n, sizeof *errors);
    for (size_t t = 0; t < fit->n_targets; t++) {
        for (size_t i = 0; i < fit->width; i++) {
            coefficients[t * fit->width + i] = fit->target[t].coefficients[i];
            errors[t * fit->width + i] = fit->target[t].standard_errors[i];
        }
    }
    model_set_matrix(model, &field_coefficients, fit->n_targets, fit->width, coefficients);
    model_set_matrix(model, &field_standard_errors, fit->n_targets, fit->width, errors);
    if (fit->freedom > 0 && fit->width <= TRAIN_COVARIANCE_MAX) {
        model_set_triangle(model, &field_covariance_unscaled, fit->width, fit->covariance);
        model_set_triangle(model, &field_factor, fit->width, fit->factor);
        if (fit->factor_low != NULL)
            model_set_triangle(model, &field_factor_low, fit->width, fit->factor_low);
        model_set_vector(model, &field_factor_center, fit->n_features, fit->center);
    }
    free(coefficients);
    free(errors);
}

/* Sums of squares and variances of each target; log-likelihoods and objectives summed over the targets. */
static void add_sums(const struct train_leastsq *w, struct model *model)
{
    const struct leastsq *fit = w->fit;
    size_t n = fit->n_targets;
    double loglik = 0, loglik_null = 0, objective = 0;
    double *rss = mem_alloc(n, sizeof *rss), *tss = mem_alloc(n, sizeof *tss),
           *variance = mem_alloc(n, sizeof *variance);
    double *unbiased = mem_alloc(n, sizeof *unbiased), *l2 = mem_alloc(n, sizeof *l2);
    for (size_t t = 0; t < n; t++) {
        const struct leastsq_target *target = &fit->target[t];
        rss[t] = target->rss;
        tss[t] = target->tss;
        variance[t] = rss[t] / fit->weight;
        unbiased[t] = fit->freedom > 0 ? rss[t] / fit->freedom : (double)NAN;
        l2[t] = target->l2;
        loglik += target->loglik;
        loglik_null += target->loglik_null;
        objective += target->objective;
    }
    model_set_vector(model, &field_rss, n, rss);
    model_set_vector(model, &field_tss, n, tss);
    model_set_vector(model, &field_variance, n, variance);
    model_set_vector(model, &field_variance_unbiased, n, unbiased);
    model_set_number(model, &field_df_residual, fit->freedom);
    model_set_number(model, &field_loglik, loglik);
    model_set_number(model, &field_loglik_null, loglik_null);
    model_set_number(model, &field_objective, objective);
    model_set_number(model, &field_l1, w->settings->penalty.l1);
    if (w->settings->penalty.prior_sd > 0)
        model_set_number(model, &field_prior_sd, w->settings->penalty.prior_sd);
    if (w->settings->penalty.prior_sd > 0 && n > 1)
        model_set_vector(model, &field_prior_l2, n, l2);
    else
        model_set_number(model, &field_l2, l2[0]);
    free(rss);
    free(tss);
    free(variance);
    free(unbiased);
    free(l2);
}

struct model *train_leastsq_model(const struct train_leastsq *w)
{
    const struct train_linreg_settings *s = w->settings;
    const struct leastsq *fit = w->fit;
    struct model *model = model_new("linear");
    set_names(w, model);
    model_set_number(model, &field_intercept, !s->no_intercept);
    add_estimates(fit, model);
    train_fields_write_rows(model, &s->columns, train_fields_cases(&s->columns, fit->rows, fit->weight), fit->skipped,
                            fit->weight);
    add_sums(w, model);
    model_set_number(model, &field_standardize, s->penalty.standardize);
    model_set_number(model, &field_confidence, s->confidence);
    model_set_text(model, &field_loss, "l2");
    model_set_text(model, &field_solver, "qr");
    model_set_text(model, &field_command, w->run->command_line);
    return model;
}
