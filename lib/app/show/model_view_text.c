/* The summary of a model for people: a title, lines "name value" for the fields that the model has, and the table of
 * model_view_coefficients. A line is left out if its field is missing or, for settings such as a pseudo-count, 0. */

#include "app/show/model_view.h"

#include "app/show/model_statistics.h"
#include "model/kind.h"

#include <math.h>
#include <string.h>

/* Lines "name: value", the values one below the other. */
static void line(struct sink *sink, const char *name, const char *value)
{
    sink_format(sink, "%-15s ", name);
    sink_text(sink, value);
    sink_text(sink, "\n");
}

static void add_names(struct buffer *text, size_t n, const char *const *names)
{
    for (size_t i = 0; i < n; i++)
        buffer_add_format(text, "%s%s", i > 0 ? ", " : "", names[i]);
}

static void number_line(struct sink *sink, const struct model_view *view, const char *name, double value)
{
    struct buffer text = {0};
    buffer_add_number(&text, value, view->digits);
    line(sink, name, buffer_text(&text));
    buffer_free(&text);
}

/* A count, or a sum of counts or weights. */
static void total_line(struct sink *sink, const struct model_view *view, const char *name, double value)
{
    struct buffer text = {0};
    buffer_add_total(&text, value, view->digits);
    line(sink, name, buffer_text(&text));
    buffer_free(&text);
}

static void value_line(struct sink *sink, const struct model_view *view, const char *name, const struct field *field)
{
    double value = model_number(view->predictor->model, field, 0);
    if (field_is_count(field))
        total_line(sink, view, name, value);
    else
        number_line(sink, view, name, value);
}

static void field_line(struct sink *sink, const struct model_view *view, const char *name, const struct field *field)
{
    if (model_has(view->predictor->model, field))
        value_line(sink, view, name, field);
}

static void text_line(struct sink *sink, const struct model_view *view, const char *name, const struct field *field)
{
    const char *value = model_text(view->predictor->model, field);
    if (value != NULL)
        line(sink, name, value);
}

/* A number that depends on the weights, of which the line says so. */
static void weighted_line(struct sink *sink, const struct model_view *view, const char *name, double value)
{
    if (isnan(value))
        return;
    struct buffer text = {0};
    buffer_add_number(&text, value, view->digits);
    if (model_statistics_of(view->predictor).weighted)
        buffer_add_text(&text, " (weighted)");
    line(sink, name, buffer_text(&text));
    buffer_free(&text);
}

static void weighted_field_line(struct sink *sink, const struct model_view *view, const char *name,
                                const struct field *field)
{
    const struct model *m = view->predictor->model;
    if (model_has(m, field))
        weighted_line(sink, view, name, model_number(m, field, 0));
}

/* A number that is 0 unless it was asked for. */
static void asked_line(struct sink *sink, const struct model_view *view, const char *name, const struct field *field)
{
    if (model_number(view->predictor->model, field, 0) > 0)
        value_line(sink, view, name, field);
}

/* What was minimised, in words. */
static void objective_line(struct sink *sink, const struct model_view *view)
{
    const struct model *m = view->predictor->model;
    const char *loss = model_text(m, &field_loss);
    double l1 = model_number(m, &field_l1, 0), l2 = model_number(m, &field_l2, 0);
    double prior_sd = model_number(m, &field_prior_sd, 0);
    if (loss == NULL || !model_has(m, &field_objective))
        return;
    struct buffer text = {0};
    buffer_add_format(&text, "mean %s loss", loss);
    const char *what =
        model_number(m, &field_standardize, 0) != 0 ? "coefficients of columns of unit sd" : "coefficients";
    if (l1 > 0) {
        buffer_add_text(&text, " + ");
        buffer_add_number(&text, l1, view->digits);
        buffer_add_format(&text, " |%s|_1", what);
    }
    if (l2 > 0 || prior_sd > 0) {
        buffer_add_text(&text, " + ");
        if (l2 > 0)
            buffer_add_number(&text, l2, view->digits);
        else
            buffer_add_text(&text, "LAMBDA");
        buffer_add_format(&text, "/2 |%s|^2", what);
    }
    buffer_add_text(&text, " = ");
    buffer_add_number(&text, model_number(m, &field_objective, 0), view->digits);
    line(sink, "minimised", buffer_text(&text));
    buffer_free(&text);
    if (prior_sd > 0)
        number_line(sink, view, "prior sd", prior_sd);
}

static void solver_line(struct sink *sink, const struct model_view *view)
{
    const struct model *m = view->predictor->model;
    const char *solver = model_text(m, &field_solver);
    double iterations = model_number(m, &field_iterations, 0);
    if (solver == NULL || !model_has(m, &field_iterations) || !model_has(m, &field_gradient_norm))
        return;
    struct buffer text = {0};
    buffer_add_format(&text, "%s, %.0f iteration%s", solver, iterations, iterations == 1 ? "" : "s");
    if (model_has(m, &field_separation)) {
        buffer_add_text(&text, ", no optimum");
    } else if (model_has(m, &field_decrement)) {
        buffer_add_text(&text, ", ");
        buffer_add_number(&text, sqrt(fmax(0, model_number(m, &field_decrement, 0))), 2);
        buffer_add_text(&text, " standard errors from the optimum");
    } else {
        buffer_add_text(&text, ", gradient norm ");
        buffer_add_number(&text, model_number(m, &field_gradient_norm, 0), 2);
    }
    if (model_has(m, &field_converged) && !model_has(m, &field_separation))
        buffer_add_text(&text, model_number(m, &field_converged, 0) != 0 ? ", converged" : ", NOT converged");
    line(sink, "solver", buffer_text(&text));
    buffer_free(&text);
}

/* Features that separate the classes, where the likelihood has no maximum. */
static void separation_line(struct sink *sink, const struct model *m)
{
    size_t n;
    const char *kind = model_text(m, &field_separation), *const *names = model_texts(m, &field_separation_columns, &n);
    if (kind == NULL)
        return;
    struct buffer text = {0};
    buffer_add_format(&text, "%s, by ", kind);
    add_names(&text, n, names);
    if (n > 1)
        buffer_add_text(&text, model_number(m, &field_separation_alone, 0) != 0 ? " (each by itself)" : " (together)");
    buffer_add_text(&text, "; no finite estimates");
    line(sink, "separation", buffer_text(&text));
    buffer_free(&text);
}

/* Which errors they are. */
static void errors_line(struct sink *sink, const struct predictor *p)
{
    const char *errors = model_text(p->model, &field_errors);
    if (model_has(p->model, &field_penalized_errors))
        line(sink, "standard errors",
             model_statistics_of(p).weighted ? "of the penalised likelihood, with weights as counts of rows"
                                             : "of the penalised likelihood");
    else if (errors != NULL && strcmp(errors, "sandwich") == 0)
        line(sink, "standard errors", "sandwich (HC0)");
}

static void statistic_line(struct sink *sink, const struct model_view *view, const char *name, double value)
{
    if (!isnan(value))
        number_line(sink, view, name, value);
}

static void deviance_lines(struct sink *sink, const struct model_view *view)
{
    struct model_statistics of = model_statistics_of(view->predictor);
    weighted_line(sink, view, "deviance", of.deviance);
    weighted_line(sink, view, "null deviance", of.deviance_null);
    weighted_field_line(sink, view, "Pearson chi^2", &field_pearson);
    statistic_line(sink, view, "McFadden's R^2", of.pseudo_r_squared);
}

static void f_line(struct sink *sink, const struct model_view *view, const struct model_statistics_target *of)
{
    struct buffer text = {0};
    if (isnan(of->f))
        return;
    buffer_add_number(&text, of->f, view->digits);
    buffer_add_text(&text, " on ");
    buffer_add_total(&text, of->f_df[0], view->digits);
    buffer_add_text(&text, " and ");
    buffer_add_total(&text, of->f_df[1], view->digits);
    buffer_add_text(&text, " df, p ");
    buffer_add_number(&text, of->f_p, view->digits);
    line(sink, "F", buffer_text(&text));
    buffer_free(&text);
}

/* R^2, F and the residual standard deviation of each target that is a number; with degrees of freedom the square root
 * of the unbiased variance. */
static void residual_lines(struct sink *sink, const struct model_view *view)
{
    const struct predictor *p = view->predictor;
    struct model_statistics_target of;
    double freedom = model_view_freedom(p);
    const double *variance = model_values(p->model, freedom > 0 ? &field_variance_unbiased : &field_variance);
    if (freedom > 0 && isfinite(freedom))
        total_line(sink, view, "residual df", freedom);
    field_line(sink, view, "scale of errors", &field_error_scale);
    if (p->labels > 0 || variance == NULL || !model_statistics_of_target(p, 0, &of))
        return;
    bool uncentred = model_statistics_of(p).uncentred;
    const char *r_squared = uncentred ? "uncentred R^2" : "R^2";
    if (p->outputs == 1) {
        number_line(sink, view, r_squared, of.r_squared);
        statistic_line(sink, view, "adjusted R^2", of.adjusted);
        f_line(sink, view, &of);
        number_line(sink, view, "residual sd", sqrt(variance[0]));
        return;
    }
    const char *const names[] = {"target", r_squared, "adjusted R^2", "F", "p of F", "residual sd"};
    struct out *out;
    sink_text(sink, "\n");
    out_begin(&out, sink, OUT_TABLE, view->digits, sizeof names / sizeof names[0], names);
    for (size_t t = 0; t < p->outputs; t++) {
        model_statistics_of_target(p, t, &of);
        out_word(out, p->target[t]);
        out_number(out, of.r_squared);
        out_number(out, of.adjusted);
        out_number(out, of.f);
        out_number(out, of.f_p);
        out_number(out, sqrt(variance[t]));
        out_end_row(out);
    }
    out_finish(out);
}

/* The level of each category that has no indicator: under a penalty the fit depends on which it is. */
static void reference_line(struct sink *sink, const struct model *m)
{
    size_t n, all;
    const char *const *names = model_texts(m, &field_text_features, &n), *const * levels;
    const double *counts = model_values(m, &field_level_counts);
    levels = model_texts(m, &field_levels, &all);
    if (n == 0 || counts == NULL || !model_has(m, &field_coefficients))
        return;
    struct buffer text = {0};
    for (size_t i = 0; i < n; i++) {
        buffer_add_format(&text, "%s%s=%s", i > 0 ? ", " : "", names[i], levels[0]);
        levels += (size_t)counts[i];
    }
    line(sink, "reference level", buffer_text(&text));
    buffer_free(&text);
}

static void aliased_line(struct sink *sink, const struct model *model)
{
    size_t n;
    const char *const *names = model_texts(model, &field_aliased, &n);
    if (n == 0)
        return;
    struct buffer text = {0};
    add_names(&text, n, names);
    buffer_add_text(&text, " (constant, or a combination of columns before)");
    line(sink, "left out", buffer_text(&text));
    buffer_free(&text);
}

static void title(struct sink *sink, const struct predictor *p)
{
    const char *target = model_text(p->model, &field_target), *reference = model_text(p->model, &field_reference);
    sink_format(sink, "%c%s", p->kind->help[0] - 'a' + 'A', p->kind->help + 1);
    if (target != NULL)
        sink_format(sink, " of %s", target);
    for (size_t t = 0; p->labels == 0 && t < p->outputs; t++)
        sink_format(sink, "%s%s", t > 0 ? ", " : " of ", p->target[t]);
    if (p->labels == 2 && p->scores == 1)
        sink_format(sink, ", positive class %s against %s", p->label[1], p->label[0]);
    else if (p->labels > 0)
        sink_format(sink, ", %zu classes", p->labels);
    if (reference != NULL)
        sink_format(sink, ", reference %s", reference);
    sink_text(sink, "\n\n");
}

void model_view_text(struct sink *sink, const struct model_view *view)
{
    const struct predictor *p = view->predictor;
    title(sink, p);
    field_line(sink, view, "rows", &field_rows);
    asked_line(sink, view, "rows left out", &field_skipped);
    text_line(sink, view, "weights", &field_weighting);
    text_line(sink, view, "trials", &field_trials);
    text_line(sink, view, "class weights", &field_class_weight);
    text_line(sink, view, "offset", &field_offset);
    weighted_field_line(sink, view, "log-likelihood", &field_loglik);
    weighted_field_line(sink, view, predictor_has_intercept(p) ? "intercept alone" : "with mean 0", &field_loglik_null);
    weighted_line(sink, view, "AIC", model_statistics_of(p).aic);
    weighted_line(sink, view, "BIC", model_statistics_of(p).bic);
    field_line(sink, view, "effective k", &field_effective_coefficients);
    deviance_lines(sink, view);
    objective_line(sink, view);
    solver_line(sink, view);
    separation_line(sink, p->model);
    errors_line(sink, p);
    text_line(sink, view, "training", &field_training);
    if (p->kind->layer != NULL)
        total_line(sink, view, "parameters", (double)p->kind->parameters(p));
    field_line(sink, view, "progressive loss", &field_progressive_loss);
    weighted_field_line(sink, view, "accuracy", &field_accuracy);
    asked_line(sink, view, "held-out rows", &field_valid_rows);
    field_line(sink, view, "their loss", &field_valid_loss);
    weighted_field_line(sink, view, "their accuracy", &field_valid_accuracy);
    reference_line(sink, p->model);
    aliased_line(sink, p->model);
    asked_line(sink, view, "pseudo-count", &field_pseudo_count);
    asked_line(sink, view, "variance floor", &field_variance_floor);
    residual_lines(sink, view);
    sink_text(sink, "\n");
    model_view_coefficients(sink, view, OUT_TABLE);
}
