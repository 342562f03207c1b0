/* The model of a fit of classes: names, estimates with their errors, what was minimised and how. Coefficients are those
 * of the columns on their own scale, of every class (glm_coefficients). */
#include "app/train/train_work.h"

#include "app/train/train_fields.h"
#include "base/mem.h"
#include "fit/glm/inference.h"

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
    train_columns_write_categories(model, data->n_categories, data->category);
    train_fields_write_aliased(model, glm->d, data->features, glm->aliased, &glm->relations);
    if (glm->scores > 1) {
        bool symmetric = glm->blocks == glm->scores;
        if (!symmetric)
            model_set_text(model, &field_reference, data->labels[glm->options.reference]);
        model_set_text(model, &field_parametrisation, symmetric ? "symmetric" : "reference");
    }
}

static void add_estimates(const struct train *t, struct model *model)
{
    const struct glm *glm = t->glm;
    size_t n = glm->scores * glm->width;
    double *values = mem_alloc(n, sizeof *values);
    glm_coefficients(glm, t->theta, values);
    model_set_matrix(model, &field_coefficients, glm->scores, glm->width, values);
    for (size_t i = 0; i < n; i++)
        values[i] = (double)NAN;
    if (t->covariance != NULL)
        inference_errors(glm, t->covariance, values);
    model_set_matrix(model, &field_standard_errors, glm->scores, glm->width, values);
    if (t->covariance != NULL && glm->scores == 1)
        model_set_triangle(model, &field_covariance, glm->width, t->covariance);
    free(values);
}

struct model *train_model(const struct train *t)
{
    struct model *model = model_new(t->task->kind);
    bool is_likelihood = t->task->loss == t->task->likelihood;
    add_names(t, model);
    add_estimates(t, model);
    train_fields_write_rows(model, &t->settings->columns, t->data->cases, t->data->skipped, t->data->weight_sum);
    double mean = is_likelihood && t->settings->penalty.l1 == 0 && t->l2 == 0
                      ? t->result.value
                      : glm_mean_loss(t->glm, t->task->likelihood, t->theta);
    model_set_number(model, &field_loglik, -t->data->weight_sum * mean);
    model_set_number(model, &field_loglik_null, glm_loglik_null(t->glm));
    model_set_number(model, &field_objective, t->result.value);
    model_set_number(model, &field_gradient_norm, t->result.gradient_norm);
    if (!isnan(t->result.decrement))
        model_set_number(model, &field_decrement, t->result.decrement);
    model_set_number(model, &field_iterations, (double)t->result.iterations);
    if (t->result.status != OPTIM_EPOCHS)
        model_set_number(model, &field_converged,
                         t->result.status == OPTIM_CONVERGED && t->separation.kind == SEPARATION_NONE);
    model_set_number(model, &field_l1, t->settings->penalty.l1);
    model_set_number(model, &field_l2, t->l2);
    model_set_number(model, &field_standardize, t->settings->penalty.standardize);
    if (t->covariance != NULL && t->settings->penalized_errors != TRAIN_ERRORS_NO)
        model_set_text(model, &field_penalized_errors, train_errors[t->settings->penalized_errors].name);
    model_set_number(model, &field_confidence, t->settings->confidence);
    if (t->settings->class_weights != NULL)
        model_set_text(model, &field_class_weight, t->settings->class_weights);
    model_set_text(model, &field_loss, t->task->loss_name);
    model_set_text(model, &field_solver, t->solver->name);
    model_set_text(model, &field_command, t->run->command_line);
    return model;
}
