/* The names of the columns, and how the columns of further files correspond to those of the first.
 *
 * 1. header_name_columns: names from a list, from the header, or numbers. A field of the header without a text is named
 *    by its number.
 * 2. header_match: each column of the table is looked for by its name, first where it should be, then everywhere among
 *    the fields not taken yet, so that names that occur twice keep their order. A field without a name fits a column
 *    at the same place. The order is kept only where it differs (t->order[file]), and then
 * 3. header_reorder moves the fields of every record, after which nobody else has to know. */

#include "data/table/header.h"

#include "base/mem.h"
#include "data/table/table_state.h"

#include <stdlib.h>
#include <string.h>

/* The next name of a list of names separated by commas; *list moves behind it. */
static struct slice next_name(const char **list)
{
    const char *begin = *list;
    size_t n = strcspn(begin, ",");
    *list = begin + n + (begin[n] == ',');
    return (struct slice){begin, n};
}

/* Whether the fields of the first record are the names. */
static bool is_repeated(const struct records *r, const char *names)
{
    for (size_t f = 0; f < r->width; f++)
        if (!slice_equal(next_name(&names), records_field(r, 0, f)))
            return false;
    return true;
}

static enum status check_names(const struct table *t, const struct records *r, const char *names, struct err *err)
{
    size_t n = 1;
    for (const char *p = names; *p != '\0'; p++)
        n += *p == ',';
    bool has_names = !t->begins_with_header && is_repeated(r, names);
    if (n == r->width && !has_names)
        return STATUS_OK;
    if (n != r->width)
        err_data(err, "there are %zu name%s for %zu column%s", n, n == 1 ? "" : "s", r->width,
                 r->width == 1 ? "" : "s");
    else
        err_data(err, "the first record is the header with the same names");
    err_because(err, has_names ? ERR_REPEATED_NAMES : ERR_NO_REMEDY, NULL);
    return err_at(err, source_name(t->source, 0), 0);
}

static void add_header_text(struct table *t, const struct records *r)
{
    char delimiter = dialect_clean_delimiter(&t->dialect);
    bool is_raw = t->begins_with_header && !t->is_renamed && dialect_is_plain(&t->dialect);
    if (is_raw)
        buffer_add(&t->header_text, r->raw + r->row_begin[0], r->row_end[0] - r->row_begin[0]);
    for (size_t f = 0; f < t->width && !is_raw; f++) {
        struct slice name = t->is_renamed ? slice_of(t->names[f]) : records_field(r, 0, f);
        if (f > 0)
            buffer_add_char(&t->header_text, delimiter);
        buffer_add_field(&t->header_text, name, delimiter);
    }
}

enum status header_name_columns(struct table *t, const struct records *r, const char *names, struct err *err)
{
    if (names != NULL && check_names(t, r, names, err) != STATUS_OK)
        return err->status;
    t->width = t->fields = r->width;
    t->is_renamed = names != NULL;
    t->has_header = t->begins_with_header || t->is_renamed;
    t->names = mem_alloc(t->width, sizeof *t->names);
    for (size_t f = 0; f < t->width; f++) {
        struct slice name = {NULL, 0};
        if (names != NULL)
            name = next_name(&names);
        else if (t->begins_with_header)
            name = records_field(r, 0, f);
        t->names[f] = name.n > 0 ? mem_copy(name.p, name.n) : mem_format("%zu", f + 1);
    }
    if (t->has_header)
        add_header_text(t, r);
    return STATUS_OK;
}

/* The field of a header that has the name, first at `place`, and is not taken; the number of fields if none has. */
static size_t find_field(const struct records *r, struct slice name, size_t place, const bool *taken)
{
    struct slice here = place < r->width ? records_field(r, 0, place) : name;
    if (place < r->width && !taken[place] && (here.n == 0 || slice_equal(here, name)))
        return place;
    size_t f = 0;
    while (f < r->width && (taken[f] || !slice_equal(records_field(r, 0, f), name)))
        f++;
    return f;
}

/* Fills *err: a column of the table is not found, or a field (r->width = none) is no column of the table. */
static enum status differs(const struct table *t, const struct records *r, size_t column, size_t field, struct err *err)
{
    char wanted[ERR_ECHO] = "", found[ERR_ECHO] = "";
    const char *first = source_name(t->source, 0);
    if (column < t->width)
        err_echo(wanted, slice_of(t->names[column]));
    if (field < r->width)
        err_echo(found, records_field(r, 0, field));
    if (column < t->width && column == field)
        return err_data(err, "column %zu is '%s' here but '%s' in %s", column + 1, found, wanted, first);
    if (column < t->width && field < r->width)
        return err_data(err, "column '%s' of %s is missing, and column %zu '%s' is not in it", wanted, first, field + 1,
                        found);
    if (column < t->width)
        return err_data(err, "column '%s' of %s is missing", wanted, first);
    return err_data(err, "column %zu '%s' is not in %s", field + 1, found, first);
}

/* order[c]: the field of column c, if every column has one and every field with a name is one. */
static enum status find_order(const struct table *t, const struct records *r, size_t *order, struct err *err)
{
    bool *taken = mem_zero(r->width, sizeof *taken);
    size_t missing = t->width, extra = 0;
    for (size_t c = 0; c < t->width; c++) {
        struct slice name = slice_of(t->names[c]);
        bool is_in_place = c < r->width && slice_equal(records_field(r, 0, c), name);
        order[c] = is_in_place && !taken[c] ? c : find_field(r, name, c, taken);
        if (order[c] < r->width)
            taken[order[c]] = true;
        else if (missing == t->width)
            missing = c;
    }
    if (missing < t->width && missing < r->width && !taken[missing])
        extra = missing;
    while (extra < r->width && (taken[extra] || (extra >= t->width && records_field(r, 0, extra).n == 0)))
        extra++;
    for (size_t c = t->width, f = 0; c < t->fields && c < r->width; c++) { /* fields that are no columns */
        while (taken[f])
            f++;
        taken[f] = true;
        order[c] = f;
    }
    free(taken);
    return missing < t->width || extra < r->width ? differs(t, r, missing, extra, err) : STATUS_OK;
}

enum status header_match(struct table *t, size_t file, const struct records *r, struct err *err)
{
    if (r->rows == 0 && r->fault.reason == NULL) {
        err_data(err, "there is no data");
        return err_at(err, source_name(t->source, file), 0);
    }
    if (!t->begins_with_header || r->rows == 0 || t->is_renamed || t->order[file] != NULL)
        return STATUS_OK;
    size_t *order = mem_alloc(t->fields, sizeof *order);
    enum status status = find_order(t, r, order, err);
    bool is_same = true;
    for (size_t c = 0; status == STATUS_OK && c < t->width; c++)
        is_same &= order[c] == c;
    if (status == STATUS_OK && !is_same) {
        t->order[file] = order;
        return STATUS_OK;
    }
    free(order);
    return status == STATUS_OK ? status : err_at(err, source_name(t->source, file), records_line(r, r->row_begin[0]));
}

static void reorder(uint32_t *field, const size_t *order, uint32_t *room, size_t width)
{
    for (size_t f = 0; f < width; f++)
        room[f] = field[order[f]];
    memcpy(field, room, width * sizeof *field);
}

void header_reorder(const struct table *t, size_t file, struct records *r)
{
    const size_t *order = t->order[file];
    if (order == NULL)
        return;
    uint32_t *room = mem_alloc(r->width, sizeof *room);
    for (size_t row = 0; row < r->rows; row++) {
        reorder(r->begin + row * r->width, order, room, r->width);
        reorder(r->end + row * r->width, order, room, r->width);
    }
    free(room);
    for (size_t c = 0; c < r->width && r->fault.column > 0; c++) {
        if (order[c] + 1 == r->fault.column) {
            r->fault.column = c + 1;
            break;
        }
    }
}
