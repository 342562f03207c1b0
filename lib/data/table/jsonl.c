/* Objects of JSON Lines to records of fields.
 *
 *     block -> copy (own_text) --jsonl_walk_line, a line--> values --put_value--> fields of the row
 *
 * 1. jsonl_of_block walks over the first block and numbers the keys that it finds (note_value); drop_parents drops keys
 *    that are null wherever they are no object.
 * 2. jsonl_split walks over every block, also the first, and looks the keys up: the key behind that of the value before
 *    is tried first, as most objects have the order of the one before.
 *
 * A fault ends the records before its line. The columns are read-only while blocks are split, by any number of threads.
 * Rows x columns of a block are bounded by FIELDS_MAX: objects that have few keys in common are no table. */

#include "data/table/jsonl.h"

#include "base/mem.h"
#include "data/keys/dict.h"
#include "data/table/jsonl_walk.h"
#include "data/table/records_memory.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIELDS_MAX = 1 << 25, UNSET = 0xff };

struct jsonl {
    struct dict *keys;
    struct slice *name; /* of each column: of the keys */
    size_t n;
    bool skips_others; /* the columns were listed */
    char *array;       /* NULL, or the key of an array of objects in the only object */
};

void jsonl_free(struct jsonl *jsonl)
{
    if (jsonl == NULL)
        return;
    dict_free(jsonl->keys);
    free(jsonl->name);
    free(jsonl->array);
    free(jsonl);
}

size_t jsonl_width(const struct jsonl *jsonl)
{
    return jsonl->n;
}

struct slice jsonl_name(const struct jsonl *jsonl, size_t column)
{
    return jsonl->name[column];
}

/* Takes the keys of the dictionary as columns. */
static void name_columns(struct jsonl *j)
{
    j->n = dict_count(j->keys);
    j->name = mem_alloc(j->n, sizeof *j->name);
    for (size_t i = 0; i < j->n; i++)
        j->name[i] = dict_text(j->keys, (uint32_t)i);
}

void jsonl_of_names(struct jsonl **jsonl, const char *names)
{
    struct jsonl *j = mem_zero(1, sizeof *j);
    j->keys = dict_new();
    j->skips_others = true;
    for (const char *p = names; *p != '\0';) {
        size_t n = strcspn(p, ",");
        dict_add(j->keys, (struct slice){p, n});
        p += n + (p[n] == ',');
    }
    name_columns(j);
    *jsonl = j;
}

/* A walk over the lines of a block. */
struct jsonl_lines {
    const struct jsonl *jsonl;
    struct records *records;
    size_t next, set;   /* the column behind that of the last value; values of the row */
    struct dict *found; /* the keys of a block, … */
    bool *has_value;    /* … and whether any of their values is not null */
    size_t has_value_capacity;
    char *array; /* the first key of an array of objects */
};

/* Walks over the lines of a block that are not blank; `end_line` is called behind each. The text of the records becomes
 * a copy of the block. */
static void walk_lines(struct jsonl_lines *lines, const char *raw, size_t n, struct jsonl_walk *walk,
                       bool (*end_line)(struct jsonl_lines *lines, size_t begin, size_t end))
{
    struct records *r = lines->records;
    walk->context = lines;
    walk->text = records_own_text(r, n);
    r->ends_at_lf = true;
    for (size_t begin = 0; begin < n;) {
        const char *lf = memchr(raw + begin, '\n', n - begin);
        size_t end = lf != NULL ? (size_t)(lf - raw) : n, stop = end;
        while (stop > begin && (records_is_blank(raw[stop - 1]) || raw[stop - 1] == '\r'))
            stop--;
        if (stop > begin && (!jsonl_walk_line(walk, begin, stop) || !end_line(lines, begin, stop))) {
            r->fault.reason = walk->reason;
            r->fault.at = (uint32_t)begin;
            return;
        }
        r->lines += lf != NULL;
        begin = end + 1;
    }
}

/* ---- columns ---- */

static bool note_value(struct jsonl_walk *walk, struct slice name, size_t begin, size_t end, enum jsonl_kind kind)
{
    struct jsonl_lines *lines = walk->context;
    size_t known = dict_count(lines->found), key = dict_add(lines->found, name);
    (void)begin;
    (void)end;
    lines->has_value = mem_grow(lines->has_value, &lines->has_value_capacity, key + 1, sizeof *lines->has_value);
    lines->has_value[key] = kind != JSONL_NULL || (key < known && lines->has_value[key]);
    if (kind == JSONL_OBJECTS && lines->array == NULL)
        lines->array = mem_copy(name.p, name.n);
    return true;
}

static bool end_noted_line(struct jsonl_lines *lines, size_t begin, size_t end)
{
    (void)begin;
    (void)end;
    lines->records->rows++;
    return true;
}

/* Marks the keys above others ("a" above "a.b") that are always null as columns that are none. */
static void drop_parents(struct jsonl_lines *lines, bool *is_dropped)
{
    size_t n = dict_count(lines->found);
    for (size_t i = 0; i < n; i++) {
        struct slice key = dict_text(lines->found, (uint32_t)i);
        for (size_t at = 0; at < key.n; at++) {
            uint32_t parent = key.p[at] == '.' ? dict_find(lines->found, (struct slice){key.p, at}) : DICT_NONE;
            if (parent != DICT_NONE && !lines->has_value[parent])
                is_dropped[parent] = true;
        }
    }
}

void jsonl_of_block(struct jsonl **jsonl, struct records *r, const char *raw, size_t n)
{
    struct jsonl_lines lines = {.records = r, .found = dict_new()};
    struct jsonl *j = mem_zero(1, sizeof *j);
    records_start(r, raw, 0);
    struct jsonl_walk *walk = records_json(r);
    walk->value = note_value;
    walk_lines(&lines, raw, n, walk, end_noted_line);
    records_finish(r);
    size_t found = dict_count(lines.found);
    bool *is_dropped = mem_zero(found, sizeof *is_dropped);
    drop_parents(&lines, is_dropped);
    j->keys = dict_new();
    for (size_t i = 0; i < found; i++)
        if (!is_dropped[i])
            dict_add(j->keys, dict_text(lines.found, (uint32_t)i));
    name_columns(j);
    j->array = r->rows == 1 ? lines.array : NULL;
    if (j->array == NULL)
        free(lines.array);
    free(is_dropped);
    free(lines.has_value);
    dict_free(lines.found);
    *jsonl = j;
}

const char *jsonl_array(const struct jsonl *jsonl)
{
    return jsonl->array;
}

/* ---- rows ---- */

/* The column of a key; the number of columns if it is none. */
static size_t find_column(struct jsonl_lines *lines, struct slice name)
{
    const struct jsonl *j = lines->jsonl;
    if (lines->next < j->n && slice_equal(j->name[lines->next], name))
        return lines->next;
    uint32_t found = dict_find(j->keys, name);
    return found != DICT_NONE ? found : j->n;
}

static bool put_value(struct jsonl_walk *walk, struct slice name, size_t begin, size_t end, enum jsonl_kind kind)
{
    struct jsonl_lines *lines = walk->context;
    struct records_memory *m = lines->records->memory;
    char echo[ERR_ECHO];
    size_t column = find_column(lines, name);
    if (column == lines->jsonl->n) {
        if (kind == JSONL_NULL || lines->jsonl->skips_others)
            return true;
        snprintf(walk->reason, sizeof walk->reason,
                 "the key '%s' is not a column: the columns are the keys of the first objects", err_echo(echo, name));
        lines->records->fault.cause = ERR_UNKNOWN_KEY;
        return false;
    }
    uint32_t *at = &m->begin[m->fields + column];
    if (*at != UINT32_MAX) {
        snprintf(walk->reason, sizeof walk->reason, "the key '%s' occurs twice", err_echo(echo, name));
        return false;
    }
    *at = (uint32_t)begin;
    m->end[m->fields + column] = (uint32_t)end;
    lines->next = column + 1;
    lines->set++;
    return true;
}

/* Makes room for a row whose values are not there yet; false if the block has too many. */
static bool begin_row(struct jsonl_lines *lines)
{
    struct records_memory *m = lines->records->memory;
    size_t need = m->fields + lines->jsonl->n;
    lines->next = lines->set = 0;
    m->begin = mem_grow(m->begin, &m->fields_capacity, need, sizeof *m->begin);
    m->end = mem_grow(m->end, &m->end_capacity, need, sizeof *m->end);
    if (lines->jsonl->n > 0)
        memset(m->begin + m->fields, UNSET, lines->jsonl->n * sizeof *m->begin);
    return need <= FIELDS_MAX;
}

static bool end_row(struct jsonl_lines *lines, size_t begin, size_t end)
{
    struct records_memory *m = lines->records->memory;
    for (size_t i = m->fields; lines->set < lines->jsonl->n && i < m->fields + lines->jsonl->n; i++)
        if (m->begin[i] == UINT32_MAX)
            m->begin[i] = m->end[i] = (uint32_t)begin;
    m->fields += lines->jsonl->n;
    records_add_row(lines->records, begin, end);
    if (begin_row(lines))
        return true;
    snprintf(records_json(lines->records)->reason, JSONL_REASON,
             "the objects have %zu keys in all, most of which most objects lack", lines->jsonl->n);
    return false;
}

void jsonl_split(const struct jsonl *jsonl, struct records *r, const char *raw, size_t n)
{
    struct jsonl_lines lines = {.jsonl = jsonl, .records = r};
    records_start(r, raw, jsonl->n);
    struct jsonl_walk *walk = records_json(r);
    walk->value = put_value;
    begin_row(&lines);
    walk_lines(&lines, raw, n, walk, end_row);
    records_finish(r);
}

/* ---- recognition ---- */

static bool skip_value(struct jsonl_walk *walk, struct slice name, size_t begin, size_t end, enum jsonl_kind kind)
{
    (void)walk;
    (void)name;
    (void)begin;
    (void)end;
    (void)kind;
    return true;
}

/* Whether the text is an object. *is_cut: it begins as one, but ends early. */
static bool is_object(char *text, bool *is_cut)
{
    struct jsonl_walk walk = {.text = text, .value = skip_value};
    bool is = jsonl_walk_line(&walk, 0, strlen(text));
    *is_cut = walk.is_cut;
    free(text);
    jsonl_walk_free(&walk);
    return is;
}

/* What a file is whose first line that is not blank is this one. is_whole: the line is not cut. */
static enum jsonl_look look_at_line(struct slice line, bool is_whole)
{
    bool is_cut;
    if (line.p[0] == '{') {
        if (is_object(mem_copy(line.p, line.n), &is_cut) || (is_cut && !is_whole))
            return JSONL_LINES;
        return is_cut ? JSONL_SPREAD : JSONL_NONE;
    }
    bool has_array =
        memchr(line.p, ',', line.n) != NULL && is_object(mem_format("{\"\":%.*s}", (int)line.n, line.p), &is_cut);
    return has_array ? JSONL_ARRAYS : JSONL_NONE;
}

static bool is_space(char c)
{
    return records_is_blank(c) || c == '\r' || c == '\n';
}

enum jsonl_look jsonl_look(struct slice head)
{
    size_t i = 0;
    while (i < head.n && is_space(head.p[i]))
        i++;
    if (i == head.n || (head.p[i] != '{' && head.p[i] != '['))
        return JSONL_NONE;
    const char *lf = memchr(head.p + i, '\n', head.n - i);
    size_t end = lf != NULL ? (size_t)(lf - head.p) : head.n, inner = i + 1;
    while (end > i && (records_is_blank(head.p[end - 1]) || head.p[end - 1] == '\r'))
        end--;
    while (inner < head.n && is_space(head.p[inner]))
        inner++;
    if (head.p[i] == '[' && inner < head.n && (head.p[inner] == '{' || head.p[inner] == '['))
        return head.p[inner] == '{' ? JSONL_ARRAY : JSONL_ARRAYS;
    return look_at_line((struct slice){head.p + i, end - i}, lf != NULL);
}
