/* The measures of fit of a model as a table: those that are fields of it, with what was fitted to which rows and how
 * (the groups rows, objective and solver, and a few others), then those that follow from them (model_statistics.c),
 * for the model and for each target. A fact that is a text stands in the note. */

#include "app/show/model_view.h"

#include "app/show/model_statistics.h"

#include <math.h>
#include <stddef.h>

struct model_measure {
    const char *name, *target, *note; /* NULL: none */
    double value;                     /* NaN: a text */
    bool is_count;
};

static void add(struct out *out, const struct model_measure *m)
{
    out_word(out, m->name);
    out_text(out, m->target != NULL ? slice_of(m->target) : (struct slice){NULL, 0});
    if (m->is_count)
        out_total(out, m->value);
    else
        out_number(out, m->value);
    out_text(out, m->note != NULL ? slice_of(m->note) : (struct slice){NULL, 0});
    out_end_row(out);
}

static void add_statistic(struct out *out, const char *name, const char *target, double value, const char *note)
{
    if (!isnan(value))
        add(out, &(struct model_measure){name, target, note, value, false});
}

static void add_texts(struct out *out, const struct model *m, const struct field *field)
{
    size_t n;
    const char *const *texts = model_texts(m, field, &n);
    for (size_t i = 0; texts != NULL && i < n; i++)
        add(out, &(struct model_measure){field->name, NULL, texts[i], (double)NAN, false});
}

/* Whether a field is one of the likelihoods and rates to which weights that are not counts contribute. */
static bool is_sum_of_rows(const struct field *f)
{
    const struct field *const sums[] = {&field_loglik,  &field_loglik_null, &field_loglik_saturated,
                                        &field_pearson, &field_accuracy,    &field_valid_accuracy};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++)
        if (f == sums[i])
            return true;
    return false;
}

static bool is_shown(const struct field *f)
{
    if (f == &field_command || f == &field_seed)
        return false;
    return f->group == FIELD_GROUP_ROWS || f->group == FIELD_GROUP_OBJECTIVE || f->group == FIELD_GROUP_SOLVER ||
           f == &field_class_weight || f == &field_errors || f == &field_df_residual || f == &field_error_scale;
}

static void add_field(struct out *out, const struct model *m, const struct field *f, bool weighted)
{
    const char *text;
    switch (f->type) {
    case FIELD_TEXT:
        text = model_text(m, f);
        add(out, &(struct model_measure){f->name, NULL, text, (double)NAN, false});
        break;
    case FIELD_TEXTS:
        add_texts(out, m, f);
        break;
    case FIELD_NUMBER:
    case FIELD_TOTAL:
    case FIELD_COUNT:
    case FIELD_FLAG:
        text = weighted && is_sum_of_rows(f) ? "weighted" : NULL;
        add(out, &(struct model_measure){f->name, NULL, text, model_number(m, f, (double)NAN), field_is_count(f)});
        break;
    default:
        break;
    }
}

static void add_targets(struct out *out, const struct predictor *p, bool uncentred)
{
    struct model_statistics_target of;
    const double *variance = model_values(p->model, &field_variance_unbiased);
    if (variance == NULL)
        variance = model_values(p->model, &field_variance);
    for (size_t t = 0; p->labels == 0 && t < p->outputs && model_statistics_of_target(p, t, &of); t++) {
        const char *note = uncentred ? "uncentred" : NULL;
        add_statistic(out, "r_squared", p->target[t], of.r_squared, note);
        add_statistic(out, "adjusted_r_squared", p->target[t], of.adjusted, note);
        add_statistic(out, "f", p->target[t], of.f, note);
        if (!isnan(of.f)) {
            add(out, &(struct model_measure){"f_df1", p->target[t], NULL, of.f_df[0], true});
            add(out, &(struct model_measure){"f_df2", p->target[t], NULL, of.f_df[1], true});
        }
        add_statistic(out, "f_p", p->target[t], of.f_p, NULL);
        add_statistic(out, "residual_sd", p->target[t], variance != NULL ? sqrt(variance[t]) : (double)NAN, NULL);
    }
}

void model_view_measures(struct sink *sink, const struct model_view *view, int to)
{
    static const char *const names[] = {"measure", "target", "value", "note"};
    const struct predictor *p = view->predictor;
    struct model_statistics of = model_statistics_of(p);
    const char *note = of.weighted ? "weighted" : NULL;
    struct out *out;
    out_begin(&out, sink, to, view->digits, sizeof names / sizeof names[0], names);
    for (size_t i = 0; field_all[i] != NULL; i++)
        if (is_shown(field_all[i]) && model_has(p->model, field_all[i]))
            add_field(out, p->model, field_all[i], of.weighted);
    add_statistic(out, "aic", NULL, of.aic, note);
    add_statistic(out, "bic", NULL, of.bic, note);
    add_statistic(out, "deviance", NULL, of.deviance, note);
    add_statistic(out, "deviance_null", NULL, of.deviance_null, note);
    add_statistic(out, "pseudo_r_squared", NULL, of.pseudo_r_squared, note);
    add_targets(out, p, of.uncentred);
    out_finish(out);
}
