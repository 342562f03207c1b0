/* Views of the declarations in model/field.list: the table of model-show --fields, and the manual page likely-model(7),
 * which `make docs` makes with model-show --view=page. Nothing about a field is written twice: a line of field.list is
 * a row of the table and an item of the page. */

#include "app/show/model_fields.h"

#include "cli/page.h"
#include "model/field.h"
#include "model/kind.h"

#include <stdio.h>
#include <string.h>

/* ---- the fields of a model ---- */

/* "3 x 4", "5"; nothing for a single value. */
static void add_size(struct buffer *b, const struct model_entry *e)
{
    if (e->type == MODEL_TEXTS)
        buffer_add_format(b, "%zu", e->n);
    for (size_t i = 0; e->type == MODEL_ARRAY && i < e->array.dimensions; i++)
        buffer_add_format(b, "%s%zu", i > 0 ? " x " : "", e->array.shape[i]);
}

static void add_row(struct out *out, const struct model_entry *e)
{
    char shape[FIELD_SHAPE];
    size_t item;
    struct buffer size = {0};
    const struct field *f = field_find(e->name, &item);
    add_size(&size, e);
    out_word(out, e->name);
    out_word(out, field_types[f->type]);
    out_word(out, field_shape(f, shape));
    out_text(out, (struct slice){size.n > 0 ? size.p : "", size.n});
    out_word(out, f->unit);
    out_word(out, f->meaning);
    out_end_row(out);
    buffer_free(&size);
}

void model_fields_table(struct sink *sink, const struct model *model, int to)
{
    static const char *const names[] = {"field", "type", "shape", "size", "unit", "meaning"};
    struct out *out;
    out_begin(&out, sink, to, 0, sizeof names / sizeof names[0], names);
    for (size_t i = 0; i < model_entries(model); i++) {
        struct model_entry entry = model_entry(model, i);
        add_row(out, &entry);
    }
    out_finish(out);
}

/* ---- the manual page ---- */

static bool is_of_kind(const struct kind *kind, enum field_group group, bool *required)
{
    for (size_t i = 0; i < kind->fields.n; i++) {
        *required = kind->fields.group[i].required;
        if (kind->fields.group[i].group == group)
            return true;
    }
    return false;
}

static void add_groups(struct buffer *text, const struct kind *kind, bool required)
{
    bool is_required, is_first = true;
    for (int group = 0; group < FIELD_GROUPS; group++) {
        if (!is_of_kind(kind, (enum field_group)group, &is_required) || is_required != required)
            continue;
        buffer_add_format(text, "%s%s", is_first ? (required ? "Required: " : "Optional: ") : ", ",
                          field_groups[group].title);
        is_first = false;
    }
    buffer_add_char(text, '\0');
}

static void add_kinds(struct buffer *out)
{
    buffer_add_text(out, ".Bl -tag -width Ds\n");
    for (size_t k = 0; kind_all[k] != NULL; k++) {
        buffer_add_format(out, ".It Cm %s\n", kind_all[k]->name);
        page_sentence(out, kind_all[k]->help, false);
        for (int required = 1; required >= 0; required--) {
            struct buffer text = {0};
            add_groups(&text, kind_all[k], required != 0);
            page_sentence(out, text.p, false);
            buffer_free(&text);
        }
    }
    buffer_add_text(out, ".El\n");
}

static void add_field(struct buffer *out, const struct field *f)
{
    char shape[FIELD_SHAPE];
    struct buffer text = {0};
    field_shape(f, shape);
    buffer_add_format(out, ".It Va %s%s\n", f->name, f->type == FIELD_SERIES ? "_I" : "");
    buffer_add_format(&text, "%s%s%s%s%s%s", field_types[f->type], shape[0] != '\0' ? ", " : "", shape,
                      f->required ? ", required" : "", f->unit[0] != '\0' ? "; unit: " : "", f->unit);
    buffer_add_char(&text, '\0');
    page_sentence(out, text.p, false);
    page_sentence(out, f->meaning, false);
    buffer_free(&text);
}

static void add_fields(struct buffer *out)
{
    for (int group = 0; group < FIELD_GROUPS; group++) {
        buffer_add_format(out, ".Ss %s\n", field_groups[group].title);
        page_sentence(out, field_groups[group].meaning, false);
        buffer_add_text(out, ".Bl -tag -width Ds\n");
        for (size_t i = 0; field_all[i] != NULL; i++)
            if ((int)field_all[i]->group == group)
                add_field(out, field_all[i]);
        buffer_add_text(out, ".El\n");
    }
}

static bool add_place(struct slice name, struct slice argument, struct buffer *out)
{
    (void)argument;
    if (slice_equal(name, slice_of("KINDS")))
        add_kinds(out);
    else if (slice_equal(name, slice_of("FIELDS")))
        add_fields(out);
    else
        return false;
    return true;
}

void model_fields_page(struct slice prose, struct buffer *out)
{
    buffer_add_text(out, ".\\\" Made from man/likely-model.7.in and lib/model/field.list; do not edit.\n");
    page_fill(prose, add_place, out);
}
