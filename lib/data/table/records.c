/* Splits blocks of text into records of fields: the specification, and the choice between it and the fast path.
 *
 *     records_split_csv  --ordinary text--> records_scan_csv  (records_scan.c, 64 bytes at a time)
 *                        --all else-------> records_split_csv_by_libcsv
 *
 * libcsv in strict mode is the definition of CSV: the fast path accepts only text on which both agree, which a fuzz
 * target checks. libcsv skips empty lines and does not count lines, so it is fed line by line: here lines are counted,
 * and the place of each record is known.
 *
 *     raw:     "a,b\r\n1,\"x \"\"y\"\"\"\n"      row r: raw[row_begin[r] .. row_end[r])
 *     text:    raw itself, or the arena with the fields unescaped by libcsv, when there are quotes
 *     fields:  f of row r: text[begin[r * width + f] .. end[r * width + f])
 *
 * The first record gives the width. The first fault (a ragged record, a stray quote) ends the records: those before it
 * stand. Memory is reused from block to block: 8 bytes a field, 8 a record, and the arena. A struct records belongs to
 * one thread.
 *
 * records_cut finds where a block may end before it is split: behind the last line end outside quotes. */

#include "data/table/records_memory.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void records_init(struct records *records)
{
    *records = (struct records){.memory = mem_zero(1, sizeof *records->memory)};
}

void records_free(struct records *records)
{
    struct records_memory *m = records->memory;
    if (m == NULL)
        return;
    if (m->parser_ready)
        csv_free(&m->parser);
    free(m->begin);
    free(m->end);
    free(m->row_begin);
    free(m->row_end);
    free(m->arena);
    free(m);
    records->memory = NULL;
}

static void split_start(struct records *r, const char *raw, size_t width)
{
    struct records_memory *m = r->memory;
    m->fields = 0;
    *r = (struct records){.raw = raw, .width = width, .memory = m};
}

static void split_end(struct records *r)
{
    struct records_memory *m = r->memory;
    r->begin = m->begin;
    r->end = m->end;
    r->row_begin = m->row_begin;
    r->row_end = m->row_end;
}

static void add_field(struct records_memory *m, size_t begin, size_t end)
{
    m->begin = mem_grow(m->begin, &m->fields_capacity, m->fields + 1, sizeof *m->begin);
    m->end = mem_grow(m->end, &m->end_capacity, m->fields + 1, sizeof *m->end);
    m->begin[m->fields] = (uint32_t)begin;
    m->end[m->fields] = (uint32_t)end;
    m->fields++;
}

/* Closes the record whose fields have been added since the last one; false if it is ragged. */
static bool add_row(struct records *r, size_t begin, size_t end)
{
    struct records_memory *m = r->memory;
    size_t found = m->fields - r->rows * r->width;
    if (r->width == 0)
        r->width = found;
    if (found != r->width) {
        r->fault.reason = "";
        r->fault.fields = found;
        r->fault.at = (uint32_t)begin;
        return false;
    }
    m->row_begin = mem_grow(m->row_begin, &m->rows_capacity, r->rows + 1, sizeof *m->row_begin);
    m->row_end = mem_grow(m->row_end, &m->row_end_capacity, r->rows + 1, sizeof *m->row_end);
    m->row_begin[r->rows] = (uint32_t)begin;
    m->row_end[r->rows] = (uint32_t)end;
    r->rows++;
    return true;
}

/* Offset behind the line that starts at p and its line end (CRLF, LF or CR); *content_end: where the line end begins.
 */
static size_t line_end(const char *raw, size_t p, size_t n, size_t *content_end)
{
    const char *lf = memchr(raw + p, '\n', n - p);
    size_t stop = lf != NULL ? (size_t)(lf - raw) : n;
    const char *cr = memchr(raw + p, '\r', stop - p);
    *content_end = cr != NULL ? (size_t)(cr - raw) : stop;
    if (cr != NULL && *content_end + 1 < stop)
        return *content_end + 1;
    return stop < n ? stop + 1 : n;
}

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
    add_field(m, m->arena_n, m->arena_n + n);
    m->arena_n += n;
    sink->row_fields++;
}

static void records_on_row(int terminator, void *context)
{
    struct records_sink *sink = context;
    (void)terminator;
    sink->ended_row = true;
    sink->row_fields = 0;
    if (!sink->ragged && !add_row(sink->records, sink->row_begin, sink->row_end))
        sink->ragged = true;
}

enum { PARSER_GROWTH = 1 << 16 }; /* bytes by which the field buffer of libcsv grows; its default of 128 is slow */

static struct csv_parser *csv_parser_for(struct records_memory *m, char delimiter)
{
    if (!m->parser_ready) {
        csv_init(&m->parser, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_blk_size(&m->parser, PARSER_GROWTH);
        m->parser_ready = true;
    }
    csv_set_delim(&m->parser, (unsigned char)delimiter);
    return &m->parser;
}

static bool has_odd_quotes(const char *p, size_t n)
{
    bool odd = false;
    for (const char *end = p + n; (p = memchr(p, '"', (size_t)(end - p))) != NULL; p++)
        odd = !odd;
    return odd;
}

void records_split_csv_by_libcsv(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    split_start(r, raw, width);
    struct records_memory *m = r->memory;
    struct csv_parser *parser = csv_parser_for(m, delimiter);
    struct records_sink sink = {.records = r};
    m->arena = mem_grow(m->arena, &m->arena_capacity, 2 * RECORDS_PADDING, 1);
    m->arena_n = RECORDS_PADDING;

    bool quoted = false; /* the line starts inside a quoted field */
    size_t open_at = 0;  /* the line in which that field began */
    for (size_t p = 0; p < n && r->fault.reason == NULL;) {
        size_t content_end;
        size_t next = line_end(raw, p, n, &content_end);
        if (!quoted)
            sink.row_begin = p;
        sink.row_end = content_end;
        sink.ended_row = false;
        size_t eaten = csv_parse(parser, raw + p, next - p, records_on_field, records_on_row, &sink);
        if (eaten < next - p && r->fault.reason == NULL) {
            r->fault.reason = parser->quoted ? "text after a closing quote" : "a quote inside an unquoted field";
            r->fault.at = (uint32_t)p;
            r->fault.column = sink.row_fields + 1;
        }
        bool was_quoted = quoted;
        quoted = quoted != has_odd_quotes(raw + p, content_end - p);
        if (quoted && !was_quoted)
            open_at = p;
        r->lines += content_end < n;
        p = next;
    }
    if (r->fault.reason == NULL && csv_fini(parser, records_on_field, records_on_row, &sink) != 0) {
        r->fault.reason = "the quoted field that begins here is not closed";
        r->fault.at = (uint32_t)open_at;
        r->fault.column = sink.row_fields + 1;
    }
    if (r->fault.reason != NULL) { /* libcsv is left in the state of the fault */
        csv_free(parser);
        m->parser_ready = false;
    }
    split_end(r);
    r->text = m->arena;
}

void records_split_text_by_byte(struct records *r, const char *raw, size_t n, size_t width)
{
    split_start(r, raw, width);
    for (size_t p = 0; p < n && r->fault.reason == NULL;) {
        size_t content_end;
        size_t next = line_end(raw, p, n, &content_end);
        size_t before = r->memory->fields;
        for (size_t i = p;;) {
            while (i < content_end && records_is_blank(raw[i]))
                i++;
            if (i == content_end)
                break;
            size_t begin = i;
            while (i < content_end && !records_is_blank(raw[i]))
                i++;
            add_field(r->memory, begin, i);
        }
        if (r->memory->fields > before)
            add_row(r, p, content_end);
        r->lines += content_end < n;
        p = next;
    }
    split_end(r);
    r->text = raw;
}

void records_split_csv(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    split_start(r, raw, width);
    if (records_scan_csv(r, raw, n, delimiter, width))
        split_end(r);
    else
        records_split_csv_by_libcsv(r, raw, n, delimiter, width);
}

void records_split_text(struct records *r, const char *raw, size_t n, size_t width)
{
    split_start(r, raw, width);
    if (records_scan_text(r, raw, n, width))
        split_end(r);
    else
        records_split_text_by_byte(r, raw, n, width);
}

void records_move(struct records *r, size_t to, size_t from)
{
    memmove(r->begin + to * r->width, r->begin + from * r->width, r->width * sizeof *r->begin);
    memmove(r->end + to * r->width, r->end + from * r->width, r->width * sizeof *r->end);
    r->row_begin[to] = r->row_begin[from];
    r->row_end[to] = r->row_end[from];
}

size_t records_line(const struct records *records, size_t offset)
{
    size_t lines = 1, end = 0, content_end;
    for (size_t p = 0; p < offset; p = end) {
        /* A record begins at offset: the line before it ends there at the latest. */
        end = line_end(records->raw, p, offset, &content_end);
        lines += content_end < offset;
    }
    return lines;
}

static size_t cut_without_quotes(const char *raw, size_t n)
{
    for (size_t i = n; i > 0; i--)
        if (raw[i - 1] == '\n')
            return i;
    for (size_t i = n; i > 1; i--)
        if (raw[i - 2] == '\r')
            return i - 1;
    return 0;
}

/* Whether a field may begin at i: nothing but blanks lies between it and the delimiter or line end before it. */
static bool begins_field(const char *raw, size_t i, char delimiter)
{
    while (i > 0 && records_is_blank(raw[i - 1]) && raw[i - 1] != delimiter)
        i--;
    return i == 0 || raw[i - 1] == delimiter || raw[i - 1] == '\n' || raw[i - 1] == '\r';
}

/* Whether byte i ends a line: LF, CR LF, or CR with something else behind it that is already there. */
static bool ends_line(const char *raw, size_t n, size_t i)
{
    return raw[i] == '\n' || (raw[i] == '\r' && i + 1 < n && raw[i + 1] != '\n');
}

size_t records_cut(const char *raw, size_t n, char delimiter)
{
    if (delimiter == '\0' || memchr(raw, '"', n) == NULL)
        return cut_without_quotes(raw, n);
    bool quoted = false;
    size_t cut = 0;
    for (size_t i = 0; i < n; i++) {
        if (raw[i] == '"') {
            bool doubled = !quoted && i > 0 && raw[i - 1] == '"';
            /* A stray quote is a fault, at which the splitter stops: the block may end with its line. */
            if (!quoted && !doubled && !begins_field(raw, i, delimiter)) {
                const char *lf = memchr(raw + i, '\n', n - i);
                return lf != NULL ? (size_t)(lf - raw) + 1 : cut;
            }
            quoted = !quoted;
        } else if (!quoted && ends_line(raw, n, i)) {
            cut = i + 1;
        }
    }
    return cut;
}

struct slice records_line_end(const struct records *r, size_t n, size_t row)
{
    size_t at = r->row_end[row];
    bool is_two = at + 1 < n && r->raw[at] == '\r' && r->raw[at + 1] == '\n';
    return (struct slice){r->raw + at, is_two ? 2 : at < n};
}
