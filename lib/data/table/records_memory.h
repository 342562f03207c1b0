#ifndef LIKELY_DATA_TABLE_RECORDS_MEMORY_H
#define LIKELY_DATA_TABLE_RECORDS_MEMORY_H

#include "data/table/records.h"

/* Shared by the splitters: records_scan.c (the fast path) and records_general.c. */
struct records_memory {
    uint32_t *begin, *end; /* of the fields */
    size_t fields, fields_capacity, end_capacity;
    uint32_t *row_begin, *row_end;
    size_t rows_capacity, row_end_capacity;
    char *arena; /* text of the fields where the block is not, with RECORDS_PADDING bytes before and behind */
    size_t arena_n, arena_capacity;
    struct jsonl_walk *json; /* NULL until records_json is called */
    struct svm *svm;         /* NULL until records_svm is called */
    char reason[320];        /* of a fault that is put together */
};

/* Makes the text of the records a copy of the block, which may be written to, unless it is one already. */
char *records_own_text(struct records *records, size_t n);

/* The walk over the lines of JSON. It keeps the reason of a fault as long as the records stay. */
struct jsonl_walk *records_json(struct records *records);

/* The sparse rows of a block. */
struct svm *records_svm(struct records *records);

/* Begin and end a split. */
void records_start(struct records *records, const char *raw, size_t width);
void records_finish(struct records *records);

void records_add_field(struct records_memory *memory, size_t begin, size_t end);

/* Closes the record whose fields have been added since the last one; false if it is ragged, which is a fault. */
bool records_add_row(struct records *records, size_t begin, size_t end);

/* Offset behind the line that starts at p and its line end (CRLF, LF or CR); *content_end: where the line end begins.
 */
size_t records_find_line_end(const char *raw, size_t p, size_t n, size_t *content_end);

static inline bool records_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Split ordinary text: no quotes, no CR but in CRLF, all records of the same width, no blank lines in tables of one
 * column. False for other text: the records must not be used. */
bool records_scan_csv(struct records *records, const char *raw, size_t n, char delimiter, size_t width);
bool records_scan_text(struct records *records, const char *raw, size_t n, size_t width);

/* All other text. */
void records_split_general(struct records *records, const struct dialect *dialect, const char *raw, size_t n,
                           size_t width, bool is_head);

/* Makes one record of the header lines of a block of n bytes, and drops the units behind them. */
void records_join_header(struct records *records, const struct dialect *dialect, size_t n);

#endif
