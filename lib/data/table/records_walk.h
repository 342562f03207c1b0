#ifndef LIKELY_DATA_TABLE_RECORDS_WALK_H
#define LIKELY_DATA_TABLE_RECORDS_WALK_H

#include "data/table/dialect.h"
#include "data/table/scan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds the fields of records, one after the other, in any dialect whose format is known. It is the one place that
 * knows quotes, escapes and comments: blocks are split (records_general.c) and cut (records_cut.c) by it. */

enum { RECORDS_WINDOW = 1 << 14 }; /* bytes that are searched for marks at a time */
enum { RECORDS_LOOSE = 1 << 20 };  /* bytes of a quoted field, at most, where quotes are loose */

/* Where a walk stands in a text. Marks are the bytes that may end a field, or begin or end quotes. */
struct records_walk {
    const struct dialect *dialect;
    const char *text; /* 64 bytes behind it may be read */
    size_t n;
    bool is_open;      /* more text follows, so that a quote that is not closed may be so there */
    char delimiter;    /* '\0': runs of blanks */
    int quote, escape; /* -1 = none */
    char set[SCAN_SET];
    size_t mark_i, mark_n, scanned; /* the marks of text[0..scanned) that lie ahead are mark[mark_i .. mark_n) */
    uint32_t mark[RECORDS_WINDOW + 80];
};

/* A field is text[begin..end), without its quotes and with its escapes. The delimiter, blank or line end behind it is
 * at next, which is n at the end of the text. */
struct records_found {
    size_t begin, end, next;
    bool is_escaped;
    const char *fault; /* a sentence, and where it is: NULL = none */
    size_t fault_at;
};

void records_walk_start(struct records_walk *walk, const struct dialect *dialect, const char *text, size_t n);

/* Whether the line that begins at *at has a record: it is neither blank nor a comment. *at becomes the begin of the
 * first field, or the line end of a line without a record. */
bool records_walk_line(struct records_walk *walk, size_t *at);

/* Finds the field that begins at `at`; number: of fields before it in its record. False if blank-separated text has no
 * more fields in this record: then only found->next is set. */
bool records_walk_field(struct records_walk *walk, size_t at, size_t number, struct records_found *found);

/* Whether a line ends at `at`, or the text does. */
static inline bool records_walk_ends(const struct records_walk *walk, size_t at)
{
    return at >= walk->n || walk->text[at] == '\n' || walk->text[at] == '\r';
}

/* Offset behind the line end at `at`: LF, CR or CRLF; n at the end of the text. */
static inline size_t records_walk_past_line_end(const struct records_walk *walk, size_t at)
{
    if (at >= walk->n)
        return walk->n;
    bool is_two = walk->text[at] == '\r' && at + 1 < walk->n && walk->text[at + 1] == '\n';
    return at + 1 + is_two;
}

/* Replaces the escapes of a field by what they stand for, in place, and returns the length that is left. */
size_t records_walk_unescape(const struct records_walk *walk, char *field, size_t n);

#endif
