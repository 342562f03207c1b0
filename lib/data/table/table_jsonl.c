/* Opens a table of JSON Lines: recognition, refusal of JSON of other shapes, and the columns. Such a table has names
 * without a header record; its rows as text, and their header, are clean CSV. */

#include "data/table/table_jsonl.h"

#include "base/mem.h"

static enum status refuse(const struct table *t, enum jsonl_look look, struct err *err)
{
    static const struct {
        enum err_cause cause;
        const char *reason;
    } refusals[] = {
        [JSONL_ARRAY] = {ERR_JSON_ARRAY, "this is a JSON array of objects, not an object a line"},
        [JSONL_ARRAYS] = {ERR_JSON_ARRAYS, "these are JSON arrays, not objects"},
        [JSONL_SPREAD] = {ERR_JSON_SPREAD, "the JSON object is spread over several lines"},
    };
    err_data(err, "%s", refusals[look].reason);
    err_because(err, refusals[look].cause, NULL);
    return err_at(err, source_name(t->source, 0), look == JSONL_SPREAD);
}

enum status table_jsonl_choose(struct table *t, struct slice head, const struct dialect *given, struct err *err)
{
    bool is_free = given->format == DIALECT_AUTO && given->delimiter == '\0';
    if (!is_free && given->format != DIALECT_JSONL)
        return STATUS_OK;
    enum jsonl_look look = jsonl_look(head);
    if (look != JSONL_NONE && look != JSONL_LINES)
        return refuse(t, look, err);
    if (look == JSONL_NONE && is_free)
        return STATUS_OK;
    t->dialect = *given;
    t->dialect.format = DIALECT_JSONL;
    t->dialect.delimiter = ',';
    if (given->names != NULL)
        jsonl_of_names(&t->jsonl, given->names);
    return STATUS_OK;
}

/* The rows of some documents are an array in their only object. */
static enum status refuse_array(const struct table *t, const char *key, struct err *err)
{
    char echo[ERR_ECHO];
    err_data(err, "the only JSON object has its rows in the array '%s'", err_echo(echo, slice_of(key)));
    err_because(err, ERR_JSON_KEY, key);
    return err_at(err, source_name(t->source, 0), 0);
}

enum status table_jsonl_split(struct table *t, struct err *err)
{
    struct table_worker *w = &t->first;
    if (t->jsonl != NULL) {
        table_worker_split(t, w, 0);
        return STATUS_OK;
    }
    jsonl_of_block(&t->jsonl, &w->records, w->raw.bytes, w->raw.n);
    const char *array = jsonl_array(t->jsonl);
    if (array != NULL && source_at_end(t->source))
        return refuse_array(t, array, err);
    if (jsonl_width(t->jsonl) > 0) {
        table_worker_split(t, w, 0);
        return STATUS_OK;
    }
    if (w->records.rows > 0) {
        err_data(err, "the JSON objects have no keys");
        return err_at(err, source_name(t->source, 0), 0);
    }
    if (w->records.fault.reason == NULL) { /* nothing but blank lines */
        jsonl_free(t->jsonl);
        t->jsonl = NULL;
    }
    return STATUS_OK;
}

void table_jsonl_name(struct table *t)
{
    t->is_keyed = t->has_header = true;
    t->width = t->fields = jsonl_width(t->jsonl);
    t->names = mem_alloc(t->width, sizeof *t->names);
    for (size_t f = 0; f < t->width; f++) {
        struct slice name = jsonl_name(t->jsonl, f);
        t->names[f] = name.n > 0 ? mem_copy(name.p, name.n) : mem_format("%zu", f + 1);
        if (f > 0)
            buffer_add_char(&t->header_text, ',');
        buffer_add_field(&t->header_text, slice_of(t->names[f]), ',');
    }
}
