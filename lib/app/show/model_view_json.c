/* The whole model as one JSON object: the kind, then every field in the order of the file. Nothing is left out or
 * renamed, so that another program can make the same predictions from it. */

#include "app/show/model_view.h"

#include "text/json.h"

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
    buffer_add_text(&b, "\n}\n");
    sink_write(sink, b.p, b.n);
    buffer_free(&b);
}
