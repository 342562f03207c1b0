/* The model of a fit of classes: names, estimates with their errors, what was minimised and how. Coefficients are those
 * of the columns on their own scale, of every class (glm_coefficients). */
#include "app/train/train_work.h"

#include "app/train/train_fields.h"
#include "base/mem.h"
#include "fit/glm/inference_rows.h"

#include <math.h>
#include <stdlib.h>

/* clang-format off */
const struct opt_choice train_errors[] = {
    [TRAIN_ERRORS_NO] = {"no", "no standard errors"},
    [TRAIN_ERRORS_SE] = {"se", "standard errors and confidence intervals"},
    [TRAIN_ERRORS_P] = {"p", "also z and p-values"},
    {NULL, NULL},
};
/* clang-format on */

static void add_names(const struct train *t, struct model *model)
{
    const struct glm *glm = t->glm;
    const struct dataset *data = t->data;
    size_t positive = glm->options.positive;
    const char *pair[] = {data->labels[1 - (positive != 0)], data->labels[positive]};

    model_set_texts(model, &field_features, data->d, (const char *const *)data->features);
    if (glm->scores == 1)
        model_set_texts(model, &field_labels, 2, pair);
    else
        model_set_texts(model, &field_labels, data->classes, (const char *const *)data->labels);
    model_set_text(model, &field_target, data->target);
    if (data->offset != NULL)
        model_set_text(model, &field_offset, data->offset);
    if (t->settings->trials != NULL)
        model_set_text(model, &field_trials, t->settings->trials);
    train_columns_write_categories(model, data->n_categories, data->category);
    train_fields_write_aliased(model, glm->d, data->features, glm->aliased, &glm->relations);
    if (glm->scores > 1) {
        bool symmetric = glm->blocks == glm->scores;
        if (!symmetric)
            model_set_text(model, &field_reference, data->labels[glm->options.reference]);
        model_set_text(model, &field_parametrisation, symmetric ? "symmetric" : "reference");
    }
}

static bool is_aliased(const struct glm *glm, size_t i)
{
    return i % glm->width > 0 && glm->aliased[i % glm->width - 1];
}

/* What intervals of scores follow from: L of the information on coefficients of the centred columns is R' of that on
 * the parameters of standardised ones, times the scales. */
static void add_factor(struct train *t, struct model *model)
{
    const struct glm *glm = t->glm;
    struct inference *f = &t->inference;
    size_t n = f->n, width = glm->width;
    double *factor = mem_zero(n, n * sizeof *factor);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            if (!is_aliased(glm, i) && !is_aliased(glm, j))
                factor[i * n + j] = f->factor[j * n + i] * (i % width > 0 ? glm->scale[i % width - 1] : 1);
    if (glm->scores == 1)
        model_set_triangle(model, &field_covariance, n, f->covariance);
    model_set_triangle(model, glm->scores == 1 ? &field_factor : &field_joint_factor, n, factor);
    if (f->middle != NULL)
        model_set_triangle(model, glm->scores == 1 ? &field_middle : &field_joint_middle, n, f->middle);
    model_set_vector(model, &field_factor_center, glm->d, glm->center);
    free(factor);
}

static void add_estimates(struct train *t, struct model *model)
{
    const struct glm *glm = t->glm;
    size_t n = glm->scores * glm->width;
    double *values = mem_alloc(n, sizeof *values);
    glm_coefficients(glm, t->theta, values);
    model_set_matrix(model, &field_coefficients, glm->scores, glm->width, values);
    for (size_t i = 0; i < n; i++)
        values[i] = (double)NAN;
    if (t->has_errors)
        inference_errors(&t->inference, glm, values);
    model_set_matrix(model, &field_standard_errors, glm->scores, glm->width, values);
    if (t->has_errors)
        add_factor(t, model);
    free(values);
}

/* How standard errors were found. */
static const char *errors_of(const struct train *t)
{
    if (train_fit_is_penalised(t))
        return "penalised";
    return t->is_sandwich ? "sandwich" : "information";
}

static void add_separation(const struct train *t, struct model *model)
{
    const struct separation *s = &t->separation;
    const char **names = mem_alloc(s->n, sizeof *names);
    for (size_t i = 0; i < s->n; i++)
        names[i] = t->data->features[s->column[i]];
    model_set_text(model, &field_separation, separation_names[s->kind]);
    model_set_texts(model, &field_separation_columns, s->n, names);
    model_set_number(model, &field_separation_alone, s->alone);
    free(names);
}

static void add_fit(const struct train *t, struct model *model)
{
    struct inference_fit fit = inference_rows_fit(t->glm, t->theta);
    if (t->data->chunk[0].probability != NULL || t->data->are_trials)
        model_set_number(model, &field_loglik_saturated, t->data->are_trials ? t->data->saturated : fit.saturated);
    if (isfinite(fit.pearson))
        model_set_number(model, &field_pearson, fit.pearson);
    if (!isnan(t->effective))
        model_set_number(model, &field_effective_coefficients, t->effective);
}

struct model *train_model(struct train *t)
{
    struct model *model = model_new(t->task->kind);
    bool is_likelihood = t->task->loss == t->task->likelihood;
    add_names(t, model);
    add_estimates(t, model);
    train_fields_write_rows(model, &t->settings->columns, t->data->cases, t->data->skipped, t->data->weight_sum);
    if (t->settings->columns.roles.weights != NULL && inference_has_fractions(t->glm))
        model_set_text(model, &field_weighting, "fractions of rows");
    double mean = is_likelihood && t->settings->penalty.l1 == 0 && t->l2 == 0
                      ? t->result.value
                      : glm_mean_loss(t->glm, t->task->likelihood, t->theta);
    model_set_number(model, &field_loglik, -t->data->weight_sum * mean);
    model_set_number(model, &field_loglik_null, glm_loglik_null(t->glm));
    if (is_likelihood && t->separation.kind == SEPARATION_NONE)
        add_fit(t, model);
    model_set_number(model, &field_objective, t->result.value);
    model_set_number(model, &field_gradient_norm, t->result.gradient_norm);
    if (!isnan(t->result.decrement))
        model_set_number(model, &field_decrement, t->result.decrement);
    model_set_number(model, &field_iterations, (double)t->result.iterations);
    if (t->result.status != OPTIM_EPOCHS)
        model_set_number(model, &field_converged,
                         t->result.status == OPTIM_CONVERGED && t->separation.kind == SEPARATION_NONE);
    if (t->separation.kind != SEPARATION_NONE)
        add_separation(t, model);
    model_set_number(model, &field_l1, t->settings->penalty.l1);
    model_set_number(model, &field_l2, t->l2);
    model_set_number(model, &field_standardize, t->settings->penalty.standardize);
    if (t->has_errors)
        model_set_text(model, &field_errors, errors_of(t));
    if (t->has_errors && t->settings->penalized_errors != TRAIN_ERRORS_NO)
        model_set_text(model, &field_penalized_errors, train_errors[t->settings->penalized_errors].name);
    model_set_number(model, &field_confidence, t->settings->confidence);
    if (t->settings->class_weights != NULL)
        model_set_text(model, &field_class_weight, t->settings->class_weights);
    model_set_text(model, &field_loss, t->task->loss_name);
    model_set_text(model, &field_solver, t->solver->name);
    model_set_text(model, &field_command, t->run->command_line);
    return model;
}
