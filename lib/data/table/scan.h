#ifndef LIKELY_DATA_TABLE_SCAN_H
#define LIKELY_DATA_TABLE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds where fields end in text without quotes, 64 bytes at a time, with the widest instructions the processor has. At
 * least 64 bytes behind the text may be read. */
struct scan {
    size_t separators; /* how many offsets were written */
    size_t newlines;   /* LFs among them (csv) or in the text (blanks) */
    bool special;      /* a quote, or a CR that is not followed by LF, was seen: the offsets are not to be used */
    bool blanks;       /* a blank or a tab that is no delimiter was seen (csv) */
};

/* Room that `out` must have for n bytes of text. */
static inline size_t scan_room(size_t n)
{
    return n + 80;
}

/* Offsets of every delimiter and LF. */
struct scan scan_csv(const char *text, size_t n, char delimiter, uint32_t *out);

/* Offsets of every blank, tab, CR or LF that follows none of them: the ends of blank-separated fields. Quotes are plain
 * text here. line_fields receives, per LF, how many fields end before it; it needs the same room. */
struct scan scan_blanks(const char *text, size_t n, uint32_t *out, uint32_t *line_fields);

/* The instruction sets to choose from, for tests: 0 is the portable one; returns how many there are here. */
size_t scan_variants(void);
void scan_use_variant(size_t variant);

#endif
