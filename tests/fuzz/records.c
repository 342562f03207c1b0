/* Text of any kind is split into the same rows, with the same lines and the same first fault, whole and in blocks that
 * records_cut made; and the fast path gives what libcsv gives. The first byte of the input chooses the delimiter. */

#include "base/mem.h"
#include "data/records.h"
#include "data/records_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static void split(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    if (delimiter == '\0')
        records_split_text(r, raw, n, width);
    else
        records_split_csv(r, raw, n, delimiter, width);
}

static char *padded(const char *text, size_t n)
{
    char *memory = mem_zero(n + 2 * RECORDS_PADDING, 1);
    memcpy(memory + RECORDS_PADDING, text, n);
    return memory;
}

/* Row `row` of the part is row first + row of the whole, `offset` bytes and `lines` lines on. */
static void same_row(const struct records *whole, size_t first, const struct records *part, size_t row, size_t offset,
                     size_t lines)
{
    demand(first + row < whole->rows, "no more rows than the whole has");
    demand(part->row_begin[row] + offset == whole->row_begin[first + row], "the row begins at the same place");
    demand(part->row_end[row] + offset == whole->row_end[first + row], "the row ends at the same place");
    demand(lines + records_line(part, part->row_begin[row]) == records_line(whole, whole->row_begin[first + row]),
           "the row has the same line");
    demand(part->width == whole->width, "the row has the same width");
    for (size_t field = 0; field < part->width; field++)
        demand(slice_equal(records_field(part, row, field), records_field(whole, first + row, field)),
               "the field has the same bytes");
}

static void same_fault(const struct records *whole, const struct records *part, size_t lines)
{
    demand(whole->fault.reason != NULL, "the whole has a fault too");
    demand(strcmp(whole->fault.reason, part->fault.reason) == 0, "the fault is the same");
    demand(whole->fault.fields == part->fault.fields && whole->fault.column == part->fault.column,
           "the fault has the same column");
    demand(lines + records_line(part, part->fault.at) == records_line(whole, whole->fault.at),
           "the fault has the same line");
}

/* First a block of all records that are complete in text[0..first), then one of what is left. */
static void same_when_cut(const struct records *whole, const char *text, size_t n, size_t first, char delimiter)
{
    struct records part;
    records_init(&part);
    size_t cut = records_cut(text, first, delimiter);
    size_t ends[2] = {cut, n}, from = 0, rows = 0, lines = 0, width = 0;
    bool ended = false;
    demand(cut <= first, "the cut lies in the text");
    for (size_t i = 0; i < 2 && !ended; i++) {
        char *block = padded(text + from, ends[i] - from);
        split(&part, block + RECORDS_PADDING, ends[i] - from, delimiter, width);
        for (size_t row = 0; row < part.rows; row++)
            same_row(whole, rows, &part, row, from, lines);
        ended = part.fault.reason != NULL;
        if (ended)
            same_fault(whole, &part, lines);
        rows += part.rows;
        lines += part.lines;
        width = part.width;
        from = ends[i];
        free(block);
    }
    demand(ended || whole->fault.reason == NULL, "the fault of the whole is found");
    demand(rows == whole->rows, "as many rows as the whole has");
    demand(ended || lines == whole->lines, "as many lines as the whole has");
    records_free(&part);
}

/* The fields of blank-separated text, one after the other, by the plainest loop. */
static void same_as_plain(const struct records *whole, const char *text, size_t n)
{
    size_t field = 0, fields = whole->rows * whole->width;
    for (size_t i = 0; i < n && field < fields;) {
        size_t length = 0;
        while (i + length < n && strchr(" \t\r\n", text[i + length]) == NULL)
            length++;
        if (length == 0) {
            i++;
            continue;
        }
        struct slice found = records_field(whole, field / whole->width, field % whole->width);
        demand(slice_equal(found, (struct slice){text + i, length}), "the field is what stands between blanks");
        field++;
        i += length;
    }
    demand(field == fields, "no field but those between blanks");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', '\t', ';', '\0'};
    if (size == 0 || size > 512)
        return 0;
    char delimiter = delimiters[data[0] % 4];
    const char *text = (const char *)data + 1;
    size_t n = size - 1;
    char *memory = padded(text, n);
    struct records whole, plain;
    records_init(&whole);
    records_init(&plain);
    split(&whole, memory + RECORDS_PADDING, n, delimiter, 0);
    if (delimiter == '\0')
        records_split_text_by_byte(&plain, memory + RECORDS_PADDING, n, 0);
    else
        records_split_csv_by_libcsv(&plain, memory + RECORDS_PADDING, n, delimiter, 0);
    demand(plain.rows == whole.rows && plain.width == whole.width && plain.lines == whole.lines, "both paths agree");
    for (size_t row = 0; row < whole.rows; row++)
        same_row(&plain, 0, &whole, row, 0, 0);
    if (delimiter == '\0' && memchr(text, '\0', n) == NULL)
        same_as_plain(&whole, text, n);
    for (size_t first = 0; first <= n; first++)
        same_when_cut(&whole, text, n, first, delimiter);
    records_free(&whole);
    records_free(&plain);
    free(memory);
    return 0;
}
