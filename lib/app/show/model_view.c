#include "app/show/model_view.h"

#include "math/special.h"
#include "model/c_function.h"
#include "model/kind.h"
#include "model/modelfile.h"
#include "model/predictor_open.h"
#include "text/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_DIGITS = 6 };

double model_view_confidence(const struct model *model)
{
    double confidence;
    return model_number(model, "confidence", &confidence) ? confidence : 0.95;
}

enum status model_write(const char *path, const struct model *model, const struct invocation *run, struct err *err)
{
    struct sink *sink = NULL;
    struct predictor *predictor = NULL;
    enum status status = sink_open(&sink, path, err);
    if (status != STATUS_OK)
        return status;
    if (path == NULL && sink_is_terminal(sink)) {
        status = predictor_open_model(&predictor, model, err);
        if (status == STATUS_OK) {
            notice(run, "a model is not written to a terminal; this is what is in it (-o FILE keeps it)");
            struct model_view view = {predictor, model_view_confidence(model), TEXT_DIGITS};
            model_view_text(sink, &view);
        }
    } else {
        void *bytes;
        size_t n;
        modelfile_encode(model, &bytes, &n);
        sink_write(sink, bytes, n);
        free(bytes);
    }
    predictor_free(predictor);
    if (status == STATUS_OK)
        return sink_close(sink, err);
    sink_abandon(sink);
    return status;
}

/* ---- coefficients ---- */

/* The coefficients of one score. */
struct row_block {
    const char *label; /* the class or target they speak for */
    const double *estimate, *error;
    bool is_reference, is_sd;
};

static struct row_block block_of(const struct predictor *p, size_t score)
{
    const double *estimates = NULL, *errors = NULL;
    size_t dimensions, rows = p->scores;
    const size_t *shape;
    const char *reference;
    bool is_sd = score == 1 && model_array(p->model, "sd_coefficients", &dimensions, &shape, &estimates);
    if (model_array(p->model, "sd_coefficients", &dimensions, &shape, &errors))
        rows = 1;
    errors = NULL;
    if (!is_sd)
        model_array(p->model, "coefficients", &dimensions, &shape, &estimates);
    if (!model_array(p->model, is_sd ? "sd_standard_errors" : "standard_errors", &dimensions, &shape, &errors) ||
        dimensions != 2 || shape[0] != rows || shape[1] != 1 + p->d)
        errors = NULL;
    size_t first = (is_sd ? 0 : score) * (1 + p->d);
    struct row_block block = {.estimate = estimates + first, .is_sd = is_sd};
    if (p->labels == 2 && p->scores == 1)
        block.label = p->label[1];
    else
        block.label = p->labels > 0 ? p->label[score] : p->target[score];
    block.error = errors != NULL ? errors + first : NULL;
    block.is_reference =
        p->scores > 1 && model_text(p->model, "reference", &reference) && strcmp(reference, block.label) == 0;
    return block;
}

static bool has_intercept(const struct predictor *p)
{
    double intercept;
    return !model_number(p->model, "intercept", &intercept) || intercept != 0;
}

/* Whether the model has such a coefficient: there may be no intercept, and an sd that some features do not bear on. */
static bool has_term(const struct predictor *p, const struct row_block *block, size_t term)
{
    if (block->is_sd)
        return term == 0 || block->estimate[term] != 0;
    return term > 0 || has_intercept(p);
}

/* Degrees of freedom of Student's distribution, which estimates with an estimated variance have; infinite for the
 * normal. */
static double freedom_of(const struct predictor *p)
{
    double freedom;
    return model_number(p->model, "df_residual", &freedom) ? freedom : (double)INFINITY;
}

/* A penalised estimate is biased on purpose: that it differs from 0 is tested on demand only. */
static bool has_tests(const struct predictor *p)
{
    const char *errors;
    return !model_text(p->model, "penalized_errors", &errors) || strcmp(errors, "p") == 0;
}

static void coefficient_row(struct out *out, const struct model_view *view, const struct row_block *block, size_t term,
                            bool with_label)
{
    const struct predictor *p = view->predictor;
    double estimate = term > 0 && predictor_is_aliased(p, term - 1) ? NAN : block->estimate[term];
    double error = block->error != NULL ? block->error[term] : NAN, freedom = freedom_of(p);
    double z = has_tests(p) ? estimate / error : NAN,
           half = -special_student_quantile((1 - view->confidence) / 2, freedom) * error;
    if (with_label)
        out_word(out, block->label);
    out_word(out, term == 0 ? "(intercept)" : p->features[term - 1]);
    out_number(out, estimate);
    out_number(out, error);
    out_number(out, z);
    out_number(out, isnan(z) ? NAN : special_student_two_sided(z, freedom));
    out_number(out, estimate - half);
    out_number(out, estimate + half);
    out_end_row(out);
}

void model_view_coefficients(struct sink *sink, const struct model_view *view, int to)
{
    static const char *const of_classes[] = {"class", "term", "estimate", "se", "z", "p", "lower", "upper"};
    static const char *const of_numbers[] = {"target", "term", "estimate", "se", "t", "p", "lower", "upper"};
    const struct predictor *p = view->predictor;
    const char *const *names = p->labels > 0 ? of_classes : of_numbers;
    bool with_label = to != OUT_TABLE || p->scores > 1;
    if (p->kind->layer != NULL) {
        model_view_layers(sink, view, to);
        return;
    }
    if (p->kind->estimate != NULL) {
        model_view_estimates(sink, view, to);
        return;
    }
    struct out *out;
    out_begin(&out, sink, to, view->digits, with_label ? 8 : 7, with_label ? names : names + 1);
    for (size_t k = 0; k < p->scores; k++) {
        struct row_block block = block_of(p, k);
        for (size_t term = 0; term <= p->d && !block.is_reference; term++)
            if (has_term(p, &block, term))
                coefficient_row(out, view, &block, term, with_label);
    }
    out_finish(out);
}

/* ---- text ---- */

/* Lines "name: value", the values one below the other. */
static void line(struct sink *sink, const char *name, const char *value)
{
    sink_format(sink, "%-16s", name);
    sink_text(sink, value);
    sink_text(sink, "\n");
}

static void number_line(struct sink *sink, const struct model_view *view, const char *name, double value)
{
    struct buffer text = {0};
    buffer_add_number(&text, value, view->digits);
    buffer_add_char(&text, '\0');
    line(sink, name, text.p);
    buffer_free(&text);
}

static void field_line(struct sink *sink, const struct model_view *view, const char *name, const char *field)
{
    double value;
    if (model_number(view->predictor->model, field, &value))
        number_line(sink, view, name, value);
}

static void text_line(struct sink *sink, const struct model_view *view, const char *name, const char *field)
{
    const char *value;
    if (model_text(view->predictor->model, field, &value))
        line(sink, name, value);
}

/* A number that is 0 unless it was asked for. */
static void asked_line(struct sink *sink, const struct model_view *view, const char *name, const char *field)
{
    double value;
    if (model_number(view->predictor->model, field, &value) && value > 0)
        number_line(sink, view, name, value);
}

/* What was minimised, in words. */
static void objective_line(struct sink *sink, const struct model_view *view)
{
    const struct model *m = view->predictor->model;
    const char *loss;
    double value, l1 = 0, l2 = 0, prior_sd = 0, standardize = 0;
    if (!model_text(m, "loss", &loss) || !model_number(m, "objective", &value))
        return;
    model_number(m, "l1", &l1);
    model_number(m, "l2", &l2);
    model_number(m, "prior_sd", &prior_sd);
    model_number(m, "standardize", &standardize);
    struct buffer text = {0};
    buffer_add_format(&text, "mean %s loss", loss);
    const char *what = standardize != 0 ? "coefficients of columns of unit sd" : "coefficients";
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
    buffer_add_number(&text, value, view->digits);
    buffer_add_char(&text, '\0');
    line(sink, "minimised", text.p);
    buffer_free(&text);
    if (prior_sd > 0)
        number_line(sink, view, "prior sd", prior_sd);
}

static void solver_line(struct sink *sink, const struct model_view *view)
{
    const struct model *m = view->predictor->model;
    const char *solver;
    double iterations, norm, converged;
    if (!model_text(m, "solver", &solver) || !model_number(m, "iterations", &iterations) ||
        !model_number(m, "gradient_norm", &norm) || !model_number(m, "converged", &converged))
        return;
    struct buffer text = {0};
    buffer_add_format(&text, "%s, %.0f iteration%s, gradient norm ", solver, iterations, iterations == 1 ? "" : "s");
    buffer_add_number(&text, norm, 2);
    buffer_add_text(&text, converged != 0 ? ", converged" : ", NOT converged");
    buffer_add_char(&text, '\0');
    line(sink, "solver", text.p);
    buffer_free(&text);
}

/* A number for each target; NULL = there are none. */
static const double *per_target(const struct predictor *p, const char *field)
{
    size_t dimensions;
    const size_t *shape;
    const double *values;
    bool fits = p->labels == 0 && model_array(p->model, field, &dimensions, &shape, &values) && dimensions == 1 &&
                shape[0] == p->outputs;
    return fits ? values : NULL;
}

/* R^2 and the residual standard deviation of each target that is a number; with degrees of freedom the square root of
 * the unbiased variance. */
static void residual_lines(struct sink *sink, const struct model_view *view)
{
    static const char *const names[] = {"target", "R^2", "residual sd"};
    const struct predictor *p = view->predictor;
    const double *rss = per_target(p, "rss"), *tss = per_target(p, "tss");
    double freedom = freedom_of(p);
    const double *variance = per_target(p, freedom > 0 ? "variance_unbiased" : "variance");
    if (rss == NULL || tss == NULL || variance == NULL)
        return;
    if (freedom > 0)
        number_line(sink, view, "residual df", freedom);
    if (p->outputs == 1) {
        number_line(sink, view, names[1], 1 - rss[0] / tss[0]);
        number_line(sink, view, names[2], sqrt(variance[0]));
        return;
    }
    struct out *out;
    sink_text(sink, "\n");
    out_begin(&out, sink, OUT_TABLE, view->digits, 3, names);
    for (size_t t = 0; t < p->outputs; t++) {
        out_word(out, p->target[t]);
        out_number(out, 1 - rss[t] / tss[t]);
        out_number(out, sqrt(variance[t]));
        out_end_row(out);
    }
    out_finish(out);
}

static void aliased_line(struct sink *sink, const struct model *model)
{
    size_t n;
    const char *const *names;
    if (!model_texts(model, "aliased", &n, &names) || n == 0)
        return;
    struct buffer text = {0};
    for (size_t i = 0; i < n; i++)
        buffer_add_format(&text, "%s%s", i > 0 ? ", " : "", names[i]);
    buffer_add_text(&text, " (constant, or a combination of columns before)");
    buffer_add_char(&text, '\0');
    line(sink, "left out", text.p);
    buffer_free(&text);
}

static void title(struct sink *sink, const struct predictor *p)
{
    const char *target, *reference;
    sink_format(sink, "%c%s", p->kind->help[0] - 'a' + 'A', p->kind->help + 1);
    if (model_text(p->model, "target", &target))
        sink_format(sink, " of %s", target);
    for (size_t t = 0; p->labels == 0 && t < p->outputs; t++)
        sink_format(sink, "%s%s", t > 0 ? ", " : " of ", p->target[t]);
    if (p->labels == 2 && p->scores == 1)
        sink_format(sink, ", positive class %s against %s", p->label[1], p->label[0]);
    else if (p->labels > 0)
        sink_format(sink, ", %zu classes", p->labels);
    if (model_text(p->model, "reference", &reference))
        sink_format(sink, ", reference %s", reference);
    sink_text(sink, "\n\n");
}

void model_view_text(struct sink *sink, const struct model_view *view)
{
    const struct predictor *p = view->predictor;
    const char *errors;
    double loglik, skipped = 0;
    title(sink, p);
    field_line(sink, view, "rows", "rows");
    if (model_number(p->model, "skipped", &skipped) && skipped > 0)
        number_line(sink, view, "rows left out", skipped);
    text_line(sink, view, "weights", "weighting");
    text_line(sink, view, "offset", "offset");
    field_line(sink, view, "log-likelihood", "loglik");
    field_line(sink, view, has_intercept(p) ? "intercept alone" : "with mean 0", "loglik_null");
    if (model_number(p->model, "loglik", &loglik))
        number_line(sink, view, "AIC", 2 * (double)p->kind->parameters(p) - 2 * loglik);
    objective_line(sink, view);
    solver_line(sink, view);
    if (model_text(p->model, "penalized_errors", &errors))
        line(sink, "standard errors", "of the penalised likelihood");
    text_line(sink, view, "training", "training");
    if (p->kind->layer != NULL)
        number_line(sink, view, "parameters", (double)p->kind->parameters(p));
    field_line(sink, view, "loss on the way", "progressive_loss");
    field_line(sink, view, "accuracy", "accuracy");
    asked_line(sink, view, "rows kept apart", "valid_rows");
    field_line(sink, view, "their loss", "valid_loss");
    field_line(sink, view, "their accuracy", "valid_accuracy");
    aliased_line(sink, p->model);
    asked_line(sink, view, "pseudo-count", "pseudo_count");
    asked_line(sink, view, "variance floor", "variance_floor");
    residual_lines(sink, view);
    sink_text(sink, "\n");
    model_view_coefficients(sink, view, OUT_TABLE);
}

/* ---- JSON ---- */

static void json_field(struct buffer *b, const struct model *m, size_t i, size_t digits)
{
    const char *name, *text;
    const char *const *texts;
    const size_t *shape;
    const double *values;
    size_t n;
    double number;
    model_field(m, i, &name);
    buffer_add_text(b, ",\n  ");
    json_add_text(b, slice_of(name));
    buffer_add_text(b, ": ");
    if (model_text(m, name, &text)) {
        json_add_text(b, slice_of(text));
    } else if (model_number(m, name, &number)) {
        json_add_number(b, number, digits);
    } else if (model_texts(m, name, &n, &texts)) {
        json_add_texts(b, n, texts);
    } else if (model_array(m, name, &n, &shape, &values)) {
        json_add_array(b, n, shape, values, digits);
    }
}

void model_view_json(struct sink *sink, const struct model_view *view)
{
    const struct model *m = view->predictor->model;
    struct buffer b = {0};
    buffer_add_text(&b, "{\n  \"kind\": ");
    json_add_text(&b, slice_of(model_kind(m)));
    for (size_t i = 0; i < model_fields(m); i++)
        json_field(&b, m, i, view->digits);
    buffer_add_text(&b, "\n}\n");
    sink_write(sink, b.p, b.n);
    buffer_free(&b);
}

void model_view_c(struct sink *sink, const struct model_view *view)
{
    struct c_text text = {0};
    c_function_write(&text, view->predictor);
    sink_write(sink, text.p, text.n);
    c_text_free(&text);
}
