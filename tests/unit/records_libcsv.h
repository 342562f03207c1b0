/* The specification of plain CSV and of plain blank-separated text, for the unit test and the fuzz target of records.
 *
 * libcsv in strict mode is the definition of CSV. It skips empty lines and does not count lines, so it is fed line by
 * line: here lines are counted, and the place of each record is known. Blank-separated text is split byte by byte. */

#ifndef TESTS_UNIT_RECORDS_LIBCSV_H
#define TESTS_UNIT_RECORDS_LIBCSV_H

#include "base/mem.h"
#include "data/table/records_memory.h"

#include <csv.h>
#include <string.h>

/* Context of the callbacks of libcsv. */
struct records_sink {
    struct records *records;
    size_t row_begin, row_end; /* of the record being read */
    size_t row_fields;
    bool ended_row, ragged;
};

static void records_on_field(void *bytes, size_t n, void *context)
{
    struct records_sink *sink = context;
    struct records_memory *m = sink->records->memory;
    m->arena = mem_grow(m->arena, &m->arena_capacity, m->arena_n + n + RECORDS_PADDING, 1);
    if (n > 0)
        memcpy(m->arena + m->arena_n, bytes, n);
    records_add_field(m, m->arena_n, m->arena_n + n);
    m->arena_n += n;
    sink->row_fields++;
}

static void records_on_row(int terminator, void *context)
{
    struct records_sink *sink = context;
    (void)terminator;
    sink->ended_row = true;
    sink->row_fields = 0;
    if (!sink->ragged && !records_add_row(sink->records, sink->row_begin, sink->row_end))
        sink->ragged = true;
}

static bool has_odd_quotes(const char *p, size_t n)
{
    bool odd = false;
    for (const char *end = p + n; (p = memchr(p, '"', (size_t)(end - p))) != NULL; p++)
        odd = !odd;
    return odd;
}

static void records_split_csv_by_libcsv(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    records_start(r, raw, width);
    struct records_memory *m = r->memory;
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, (unsigned char)delimiter);
    struct records_sink sink = {.records = r};
    m->arena = mem_grow(m->arena, &m->arena_capacity, 2 * RECORDS_PADDING, 1);
    m->arena_n = RECORDS_PADDING;

    bool quoted = false; /* the line starts inside a quoted field */
    size_t open_at = 0;  /* the line in which that field began */
    for (size_t p = 0; p < n && r->fault.reason == NULL;) {
        size_t content_end;
        size_t next = records_find_line_end(raw, p, n, &content_end);
        if (!quoted)
            sink.row_begin = p;
        sink.row_end = content_end;
        sink.ended_row = false;
        size_t fields = m->fields;
        size_t eaten = csv_parse(&parser, raw + p, next - p, records_on_field, records_on_row, &sink);
        if (eaten < next - p && r->fault.reason == NULL) {
            r->fault.reason = parser.quoted ? "text after a closing quote" : "a quote inside an unquoted field";
            r->fault.at = (uint32_t)p;
            r->fault.column = sink.row_fields + 1;
        }
        bool was_quoted = quoted;
        quoted = quoted != has_odd_quotes(raw + p, content_end - p);
        if (quoted && (!was_quoted || m->fields > fields))
            open_at = p;
        r->lines += content_end < n;
        p = next;
    }
    if (r->fault.reason == NULL && csv_fini(&parser, records_on_field, records_on_row, &sink) != 0) {
        r->fault.reason = "the quoted field that begins here is not closed";
        r->fault.at = (uint32_t)open_at;
        r->fault.column = sink.row_fields + 1;
    }
    csv_free(&parser);
    records_finish(r);
    r->text = m->arena;
}

static void records_split_text_by_byte(struct records *r, const char *raw, size_t n, size_t width)
{
    records_start(r, raw, width);
    for (size_t p = 0; p < n && r->fault.reason == NULL;) {
        size_t content_end;
        size_t next = records_find_line_end(raw, p, n, &content_end);
        size_t before = r->memory->fields;
        for (size_t i = p;;) {
            while (i < content_end && records_is_blank(raw[i]))
                i++;
            if (i == content_end)
                break;
            size_t begin = i;
            while (i < content_end && !records_is_blank(raw[i]))
                i++;
            records_add_field(r->memory, begin, i);
        }
        if (r->memory->fields > before)
            records_add_row(r, p, content_end);
        r->lines += content_end < n;
        p = next;
    }
    records_finish(r);
    r->text = raw;
}

#endif
