/* Splits text of any dialect into records, by a walk over its fields (records_walk.h).
 *
 * 1. split_record adds the fields of a record; fields with escapes are unescaped in a copy of the block (own_text).
 * 2. fit_record gives a record the width of the table, as far as the dialect allows: a delimiter behind the last field,
 *    a header without a name for the names of the rows, ragged records that are padded or dropped.
 * 3. A fault ends the records. It is placed in the line where it stands (line_of).
 *
 * Offsets in the copy are those in the block, since a field without its escapes is no longer than with them. */

#include "data/table/records_memory.h"
#include "data/table/records_walk.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

/* The begin of the line that `at` is in. */
static size_t line_of(const char *raw, size_t at)
{
    while (at > 0 && raw[at - 1] != '\n' && raw[at - 1] != '\r')
        at--;
    return at;
}

static bool is_last_empty(const struct records_memory *m)
{
    return m->begin[m->fields - 1] == m->end[m->fields - 1];
}

/* Adds an empty field before those of the record, which begin with number `first`. */
static void insert_empty(struct records_memory *m, size_t first, size_t begin)
{
    records_add_field(m, begin, begin);
    size_t moved = m->fields - 1 - first;
    memmove(m->begin + first + 1, m->begin + first, moved * sizeof *m->begin);
    memmove(m->end + first + 1, m->end + first, moved * sizeof *m->end);
    m->begin[first] = m->end[first] = (uint32_t)begin;
}

/* The width of a table whose first record has been found with that number of fields. */
static size_t first_width(const struct records *r, const struct dialect *d, size_t fields, bool is_head)
{
    if (d->columns > 0)
        return d->columns;
    bool has_extra = d->trailing_delimiter && fields > 1 && is_last_empty(r->memory);
    return fields - has_extra + (is_head && d->row_names);
}

/* Gives the record whose fields have been added since the last one the width of the table, if it can be. */
static void fit_record(struct records *r, const struct dialect *d, bool is_head, size_t begin, size_t end)
{
    struct records_memory *m = r->memory;
    size_t first = r->rows * r->width, found = m->fields - first;
    if (r->width == 0)
        r->width = first_width(r, d, found, is_head);
    bool may_cut = d->ragged == DIALECT_RAGGED_PAD || (d->trailing_delimiter && found == r->width + 1);
    bool is_longer = found > r->width + d->trailing_delimiter;
    for (; may_cut && found > r->width && is_last_empty(m); found--)
        m->fields--;
    r->cut += is_longer && found == r->width && !is_head;
    if (is_head && d->row_names && found + 1 == r->width) {
        insert_empty(m, first, begin);
        found++;
    }
    if (d->ragged == DIALECT_RAGGED_PAD && found < r->width) {
        r->padded += !is_head;
        for (; found < r->width; found++)
            records_add_field(m, end, end);
    }
}

/* Closes a record; false if it is ragged and that is a fault. */
static bool end_record(struct records *r, const struct dialect *d, bool is_head, size_t begin, size_t end)
{
    fit_record(r, d, is_head, begin, end);
    size_t first = r->rows * r->width;
    if (d->ragged == DIALECT_RAGGED_DROP && r->memory->fields - first != r->width) {
        r->memory->fields = first;
        r->dropped++;
        return true;
    }
    return records_add_row(r, begin, end);
}

/* Adds the fields of the record that begins at *at, which becomes its end; false at a fault. */
static bool split_record(struct records *r, struct records_walk *walk, size_t *at)
{
    struct records_found field;
    for (size_t number = 0;; number++) {
        if (records_walk_field(walk, *at, number, &field)) {
            if (field.fault != NULL) {
                r->fault.reason = field.fault;
                r->fault.cause = ERR_QUOTE;
                r->fault.at = (uint32_t)line_of(r->raw, field.fault_at);
                r->fault.column = number + 1;
                *at = field.next;
                return false;
            }
            if (field.is_escaped)
                field.end = field.begin + records_walk_unescape(walk, records_own_text(r, walk->n) + field.begin,
                                                                field.end - field.begin);
            records_add_field(r->memory, field.begin, field.end);
        }
        *at = field.next;
        if (records_walk_ends(walk, *at))
            return true;
        *at += walk->delimiter != '\0';
    }
}

/* Number of line ends in raw[0..n), where a CR before raw[n] is one. */
static size_t count_line_ends(const char *raw, size_t n)
{
    size_t lines = 0, content_end;
    for (size_t at = 0; at < n;) {
        at = records_find_line_end(raw, at, n, &content_end);
        lines += content_end < n;
    }
    return lines;
}

/* Whether the line, which has no record, is blank; else it is a comment. */
static bool is_blank_line(const char *raw, size_t begin, size_t end)
{
    while (begin < end && records_is_blank(raw[begin]))
        begin++;
    return begin == end;
}

/* Adds a record of one empty field for each blank line in raw[begin..end), which holds no other records. */
static void add_blank_rows(struct records *r, const char *raw, size_t begin, size_t end)
{
    size_t content_end;
    for (size_t next; begin < end; begin = next) {
        next = records_find_line_end(raw, begin, end, &content_end);
        if (!is_blank_line(raw, begin, content_end))
            continue;
        records_add_field(r->memory, content_end, content_end);
        records_add_row(r, begin, content_end);
    }
}

void records_split_general(struct records *r, const struct dialect *dialect, const char *raw, size_t n, size_t width,
                           bool is_head)
{
    struct records_walk walk;
    records_start(r, raw, width);
    records_walk_start(&walk, dialect, raw, n);
    r->text = raw;
    size_t at = 0, content_end, empty = 0; /* raw[empty..at): lines without a record, before the next one */
    while (at < n && r->fault.reason == NULL) {
        size_t begin = at;
        bool is_first = is_head && r->rows == 0;
        if (!records_walk_line(&walk, &at)) {
            at = records_walk_past_line_end(&walk, at);
            continue;
        }
        if (dialect->blank_rows && r->width == 1 && !is_first)
            add_blank_rows(r, raw, empty, begin);
        if (split_record(r, &walk, &at) && end_record(r, dialect, is_first, begin, at))
            at = empty = records_walk_past_line_end(&walk, at);
        else
            at = records_find_line_end(raw, at, n, &content_end);
    }
    r->lines = count_line_ends(raw, at);
    records_finish(r);
}
