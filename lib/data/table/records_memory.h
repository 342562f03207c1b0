#ifndef LIKELY_DATA_TABLE_RECORDS_MEMORY_H
#define LIKELY_DATA_TABLE_RECORDS_MEMORY_H

#include "data/table/records.h"

#include <csv.h>

/* Memory shared by records.c (the specification) and records_scan.c (the fast path). */
struct records_memory {
    uint32_t *begin, *end; /* of the fields */
    size_t fields, fields_capacity, end_capacity;
    uint32_t *row_begin, *row_end;
    size_t rows_capacity, row_end_capacity;
    char *arena; /* unescaped fields of a block with quotes, with RECORDS_PADDING bytes before and behind */
    size_t arena_n, arena_capacity;
    struct csv_parser parser;
    bool parser_ready;
};

static inline bool records_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Split ordinary text: no quotes, no CR but in CRLF, all records of the same width, no blank lines in tables of one
 * column. False for other text: the records must not be used. */
bool records_scan_csv(struct records *records, const char *raw, size_t n, char delimiter, size_t width);
bool records_scan_text(struct records *records, const char *raw, size_t n, size_t width);

#endif
