/* The table of coefficients: a row for each term of each score, with its standard error, the test of the value 0 and a
 * confidence interval. Tests and intervals use Student's distribution if the model has residual degrees of freedom, and
 * else the normal one. Aliased terms have no estimate; penalised estimates have no test unless it was asked for.
 * Kinds without coefficients have a table of their own: layers (model_view_layers) or estimates (model_view_estimates).
 */

#include "app/show/model_view.h"

#include "math/special.h"
#include "model/kind.h"

#include <math.h>
#include <string.h>

/* The coefficients of one score. */
struct model_view_block {
    const char *label; /* the class or target they speak for */
    const double *estimate, *error;
    bool is_reference, is_sd;
};

static struct model_view_block block_of(const struct predictor *p, size_t score)
{
    bool is_sd = score == 1 && model_has(p->model, &field_sd_coefficients);
    const double *estimates = model_values(p->model, is_sd ? &field_sd_coefficients : &field_coefficients);
    const double *errors = model_values(p->model, is_sd ? &field_sd_standard_errors : &field_standard_errors);
    const char *reference = model_text(p->model, &field_reference);
    size_t first = (is_sd ? 0 : score) * (1 + p->d);
    struct model_view_block block = {.estimate = estimates + first, .is_sd = is_sd};
    if (p->labels == 2 && p->scores == 1)
        block.label = p->label[1];
    else
        block.label = p->labels > 0 ? p->label[score] : p->target[score];
    block.error = errors != NULL ? errors + first : NULL;
    block.is_reference = p->scores > 1 && reference != NULL && strcmp(reference, block.label) == 0;
    return block;
}

/* Whether the model has such a coefficient: there may be no intercept, and an sd that some features do not bear on. */
static bool has_term(const struct predictor *p, const struct model_view_block *block, size_t term)
{
    if (block->is_sd)
        return term == 0 || block->estimate[term] != 0;
    return term > 0 || predictor_has_intercept(p);
}

/* Degrees of freedom of Student's distribution, which estimates with an estimated variance have; infinite for the
 * normal, which is that of maximum likelihood in general. */
double model_view_freedom(const struct predictor *p)
{
    return model_number(p->model, &field_df_residual, (double)INFINITY);
}

/* A penalised estimate is biased on purpose: that it differs from 0 is tested on demand only. */
static bool has_tests(const struct predictor *p)
{
    const char *errors = model_text(p->model, &field_penalized_errors);
    return errors == NULL || strcmp(errors, "p") == 0;
}

static void coefficient_row(struct out *out, const struct model_view *view, const struct model_view_block *block,
                            size_t term, bool with_label)
{
    const struct predictor *p = view->predictor;
    double estimate = term > 0 && predictor_is_aliased(p, term - 1) ? NAN : block->estimate[term];
    double error = block->error != NULL ? block->error[term] : NAN, freedom = model_view_freedom(p);
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
    static const char *const of_normal[] = {"target", "term", "estimate", "se", "z", "p", "lower", "upper"};
    const struct predictor *p = view->predictor;
    const char *const *names = p->labels > 0                             ? of_classes
                               : model_has(p->model, &field_df_residual) ? of_numbers
                                                                         : of_normal;
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
        struct model_view_block block = block_of(p, k);
        for (size_t term = 0; term <= p->d && !block.is_reference; term++)
            if (has_term(p, &block, term))
                coefficient_row(out, view, &block, term, with_label);
    }
    out_finish(out);
}
