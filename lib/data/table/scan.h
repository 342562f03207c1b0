#ifndef LIKELY_DATA_TABLE_SCAN_H
#define LIKELY_DATA_TABLE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds where fields end in text without quotes, or the bytes of a set, with the widest instructions of the processor.
 * 64 bytes behind the text may be read. */
struct scan {
    size_t separators; /* number of offsets written */
    size_t newlines;   /* LFs among them (csv) or in the text (blanks) */
    bool special;      /* the text has a quote or a lone CR: the offsets must not be used */
    bool blanks;       /* the text has blanks or tabs other than the delimiter (csv) */
};

/* Elements that `out` must have for n bytes of text. */
static inline size_t scan_room(size_t n)
{
    return n + 80;
}

/* Offsets of every delimiter and LF. */
struct scan scan_csv(const char *text, size_t n, char delimiter, uint32_t *out);

/* Offsets of every blank, tab, CR or LF behind a field: the ends of blank-separated fields. Quotes are plain text.
 * line_fields: per LF, the number of fields that end before it; it needs the same room as out. */
struct scan scan_blanks(const char *text, size_t n, uint32_t *out, uint32_t *line_fields);

/* Offsets of the bytes of text[from..to) that are in a set of SCAN_SET bytes; a byte may be in it several times.
 * Returns their number; `out` must have scan_room(to - from). */
enum { SCAN_SET = 6 };
size_t scan_set(const char *text, size_t from, size_t to, const char *set, uint32_t *out);

#endif
