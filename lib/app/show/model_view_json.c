/* The whole model as one JSON object: the kind, every field in the order of the file, then measures of fit that follow
 * from them (model_statistics.c). Nothing is left out or renamed, so that another program can make the same predictions
 * from it. */

#include "app/show/model_view.h"

#include "app/show/model_statistics.h"
#include "base/mem.h"
#include "text/json.h"

#include <math.h>
#include <stdlib.h>

static void add_field(struct buffer *b, const struct model_entry *e, size_t digits)
{
    size_t item;
    const struct field *field = field_find(e->name, &item);
    struct json_numbers how = {.digits = digits, .totals = field != NULL && field_is_count(field)};
    buffer_add_text(b, ",\n  ");
    json_add_text(b, slice_of(e->name));
    buffer_add_text(b, ": ");
    switch (e->type) {
    case MODEL_TEXT:
        json_add_text(b, slice_of(e->text));
        break;
    case MODEL_TEXTS:
        json_add_texts(b, e->n, e->texts);
        break;
    case MODEL_NUMBER:
        json_add_number(b, e->number, how);
        break;
    case MODEL_ARRAY:
        json_add_array(b, e->array.dimensions, e->array.shape, e->array.values, how);
        break;
    }
}

static void add_name(struct buffer *b, const char *name)
{
    buffer_add_format(b, ",\n  \"%s\": ", name);
}

static void add_number(struct buffer *b, const char *name, double value, size_t digits)
{
    if (isnan(value))
        return;
    add_name(b, name);
    json_add_number(b, value, (struct json_numbers){.digits = digits});
}

/* One number for each target, or none. */
static void add_numbers(struct buffer *b, const char *name, size_t n, const double *values, size_t digits)
{
    if (isnan(values[0]))
        return;
    add_name(b, name);
    json_add_array(b, 1, &n, values, (struct json_numbers){.digits = digits});
}

static void add_fit(struct buffer *b, const struct predictor *p, size_t digits)
{
    size_t n = p->outputs;
    struct model_statistics_target of;
    if (p->labels > 0 || !model_statistics_of_target(p, 0, &of))
        return;
    double *values = mem_alloc(4 * n, sizeof *values);
    for (size_t t = 0; t < n; t++) {
        model_statistics_of_target(p, t, &of);
        values[t] = of.r_squared;
        values[n + t] = of.adjusted;
        values[2 * n + t] = of.f;
        values[3 * n + t] = of.f_p;
    }
    add_numbers(b, "r_squared", n, values, digits);
    add_name(b, "r_squared_type");
    json_add_text(b, slice_of(model_statistics_of(p).uncentred ? "uncentred" : "centred"));
    add_numbers(b, "adjusted_r_squared", n, values + n, digits);
    add_numbers(b, "f", n, values + 2 * n, digits);
    if (!isnan(of.f))
        add_numbers(b, "f_df", 2, of.f_df, 0);
    add_numbers(b, "f_p", n, values + 3 * n, digits);
    free(values);
}

void model_view_json(struct sink *sink, const struct model_view *view)
{
    const struct model *m = view->predictor->model;
    struct buffer b = {0};
    buffer_add_text(&b, "{\n  \"kind\": ");
    json_add_text(&b, slice_of(model_kind(m)));
    for (size_t i = 0; i < model_entries(m); i++) {
        struct model_entry entry = model_entry(m, i);
        add_field(&b, &entry, view->digits);
    }
    struct model_statistics of = model_statistics_of(view->predictor);
    add_number(&b, "aic", of.aic, view->digits);
    add_number(&b, "bic", of.bic, view->digits);
    add_number(&b, "deviance", of.deviance, view->digits);
    add_number(&b, "deviance_null", of.deviance_null, view->digits);
    add_number(&b, "pseudo_r_squared", of.pseudo_r_squared, view->digits);
    add_fit(&b, view->predictor, view->digits);
    buffer_add_text(&b, "\n}\n");
    sink_write(sink, b.p, b.n);
    buffer_free(&b);
}
