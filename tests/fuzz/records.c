/* Text of any kind is split into the same rows, with the same lines and the same first fault, by the fast path (with
 * every instruction set) and by the specification, whole and in blocks cut by records_cut at every place. The first
 * byte of the input chooses the delimiter and what stands around the text. */

#include "base/cpu.h"
#include "../unit/records_libcsv.h"
#include "fuzz.h"

#include <string.h>

enum { MAX = 512 };

static struct records fast, plain, part;

/* A block of its own between padding that may hold anything. */
static char *padded(char *memory, const char *text, size_t n, char around)
{
    memset(memory, around, n + 2 * RECORDS_PADDING);
    memcpy(memory + RECORDS_PADDING, text, n);
    return memory + RECORDS_PADDING;
}

static struct dialect plain_dialect(char delimiter)
{
    return (struct dialect){.format = delimiter == '\0' ? DIALECT_TEXT : DIALECT_CSV, .delimiter = delimiter};
}

static void split(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    struct dialect dialect = plain_dialect(delimiter);
    records_split(r, &dialect, raw, n, width, width == 0);
}

static void split_plainly(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    if (delimiter == '\0')
        records_split_text_by_byte(r, raw, n, width);
    else
        records_split_csv_by_libcsv(r, raw, n, delimiter, width);
}

/* Row `row` of b is row first + row of a, `offset` bytes and `lines` lines on. */
static void same_row(const struct records *a, size_t first, const struct records *b, size_t row, size_t offset,
                     size_t lines)
{
    demand(first + row < a->rows, "no more rows than the whole has");
    demand(b->row_begin[row] + offset == a->row_begin[first + row], "the row begins at the same place");
    demand(b->row_end[row] + offset == a->row_end[first + row], "the row ends at the same place");
    demand(lines + records_line(b, b->row_begin[row]) == records_line(a, a->row_begin[first + row]),
           "the row has the same line");
    demand(b->width == a->width, "the row has the same width");
    for (size_t field = 0; field < b->width; field++)
        demand(slice_equal(records_field(b, row, field), records_field(a, first + row, field)),
               "the field has the same bytes");
}

static void same_fault(const struct records *a, const struct records *b, size_t offset, size_t lines)
{
    demand((a->fault.reason != NULL) == (b->fault.reason != NULL), "both have a fault or none");
    if (a->fault.reason == NULL)
        return;
    demand(strcmp(a->fault.reason, b->fault.reason) == 0, "the fault has the same reason");
    demand(a->fault.fields == b->fault.fields, "the fault has as many fields");
    demand(a->fault.column == b->fault.column, "the fault has the same column");
    demand(a->fault.at == b->fault.at + offset, "the fault stands at the same place");
    demand(records_line(a, a->fault.at) == lines + records_line(b, b->fault.at), "the fault has the same line");
}

static void fast_path_does_as_the_specification(const char *text, size_t n, char delimiter, char around)
{
    static char of_fast[MAX + 2 * RECORDS_PADDING], of_plain[MAX + 2 * RECORDS_PADDING];
    split_plainly(&plain, padded(of_plain, text, n, '\0'), n, delimiter, 0);
    const char *raw = padded(of_fast, text, n, around);
    for (enum cpu_level level = CPU_PORTABLE; level <= cpu_widest(); level++) {
        cpu_use(level);
        split(&fast, raw, n, delimiter, 0);
        demand(fast.rows == plain.rows && fast.width == plain.width && fast.lines == plain.lines,
               "both have the same shape");
        for (size_t row = 0; row < fast.rows; row++)
            same_row(&plain, 0, &fast, row, 0, 0);
        same_fault(&plain, &fast, 0, 0);
    }
}

/* First the block text[0..cut), then one of what is left. */
static void same_in_two_blocks(const char *text, size_t n, size_t cut, char delimiter, char around)
{
    static char memory[MAX + 2 * RECORDS_PADDING];
    size_t ends[2] = {cut, n}, from = 0, rows = 0, lines = 0, width = 0;
    bool ended = false;
    for (size_t i = 0; i < 2 && !ended; i++) {
        split(&part, padded(memory, text + from, ends[i] - from, around), ends[i] - from, delimiter, width);
        for (size_t row = 0; row < part.rows; row++)
            same_row(&plain, rows, &part, row, from, lines);
        ended = part.fault.reason != NULL;
        if (ended)
            same_fault(&plain, &part, from, lines);
        rows += part.rows;
        lines += part.lines;
        width = part.width;
        from = ends[i];
    }
    demand(ended == (plain.fault.reason != NULL), "the fault of the whole is found");
    demand(rows == plain.rows, "as many rows as the whole has");
    demand(ended || lines == plain.lines, "as many lines as the whole has");
}

/* The fields of blank-separated text, one after the other, by the plainest loop. */
static void fields_stand_between_blanks(const struct records *r, const char *text, size_t n)
{
    size_t field = 0, fields = r->rows * r->width;
    for (size_t i = 0; i < n && field < fields;) {
        size_t length = 0;
        while (i + length < n && memchr(" \t\r\n", text[i + length], 4) == NULL)
            length++;
        if (length == 0) {
            i++;
            continue;
        }
        struct slice found = records_field(r, field / r->width, field % r->width);
        demand(slice_equal(found, (struct slice){text + i, length}), "the field is what stands between blanks");
        field++;
        i += length;
    }
    demand(field == fields, "no field but those between blanks");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', '\t', ';', '\0'}, around[] = "\0\n\"\r,; 1";
    if (size == 0 || size > MAX || memchr(data + 1, '\0', size - 1) != NULL)
        return 0; /* libcsv reads NUL bytes, which are a fault here */
    if (plain.memory == NULL) {
        records_init(&fast);
        records_init(&plain);
        records_init(&part);
    }
    char delimiter = delimiters[data[0] % 4], outside = around[data[0] / 4 % 8];
    const char *text = (const char *)data + 1;
    size_t n = size - 1;
    fast_path_does_as_the_specification(text, n, delimiter, outside);
    if (delimiter == '\0')
        fields_stand_between_blanks(&plain, text, n);
    static char memory[MAX + 2 * RECORDS_PADDING];
    const char *whole = padded(memory, text, n, outside);
    struct dialect dialect = plain_dialect(delimiter);
    for (size_t upto = 0, before = MAX; upto <= n; upto++) {
        size_t cut = records_cut(&dialect, whole, upto);
        demand(cut <= upto, "the cut lies in the text");
        if (cut != before)
            same_in_two_blocks(text, n, cut, delimiter, outside);
        before = cut;
    }
    return 0;
}
