/* Finds the dialect of a table from its first bytes.
 *
 * 1. detect_mark_line: a first line "sep=;" states the separator.
 * 2. detect_fields: separator, quotes, escape, scored over many records.
 * 3. detect_lines: what is around the rows, and the header.
 *
 * Options are kept; what they state is not detected. Time: a few passes over 256 kB; plain text takes two. */

#include "data/table/detect_state.h"

#include "base/mem.h"
#include "data/table/records.h"

#include <stdlib.h>
#include <string.h>

static struct slice without_lines(struct slice text, size_t lines)
{
    size_t at = 0;
    for (; lines > 0 && at < text.n; at++)
        lines -= text.p[at] == '\n' || (text.p[at] == '\r' && (at + 1 == text.n || text.p[at + 1] != '\n'));
    return (struct slice){text.p + at, text.n - at};
}

/* "sep=;" in a line of its own, as spreadsheets write and read it. */
static bool detect_mark_line(struct detect *d)
{
    bool is_mark = d->text.n > 5 && memcmp(d->text.p, "sep=", 4) == 0 && (d->text.p[5] == '\n' || d->text.p[5] == '\r');
    if (!is_mark || d->given->skip_lines_given || d->given->delimiter != '\0' || d->given->format != DIALECT_AUTO)
        return false;
    char delimiter = d->text.p[4];
    d->found->delimiter = delimiter;
    d->found->format = delimiter == '\t' ? DIALECT_TSV : DIALECT_CSV;
    d->found->skip_lines++;
    detect_say(d->facts, "the line 'sep=%c' is skipped", delimiter);
    d->text = without_lines(d->text, 1);
    return true;
}

/* Text whose columns are aligned by blanks has no other separator. */
static void find_rest(struct detect *d, struct dialect *known)
{
    if (d->found->format != DIALECT_TEXT || known->format != DIALECT_AUTO || known->delimiter != '\0')
        return;
    sample_split(&d->sample, d->found, d->text, d->is_whole, DETECT_MOST);
    if (detect_rest(d) || detect_gaps(d))
        known->format = DIALECT_TEXT;
}

static void say_encoding(const struct detect *d)
{
    static const char *const names[] = {
        [DIALECT_UTF16LE] = "UTF-16LE", [DIALECT_UTF16BE] = "UTF-16BE", [DIALECT_LATIN1] = "Latin-1"};
    if (d->given->encoding == DIALECT_ENCODING_AUTO && d->found->encoding > DIALECT_UTF8)
        detect_say(d->facts, "encoding %s", names[d->found->encoding]);
}

enum status detect_dialect(struct slice head, bool is_whole, const struct dialect *given, const struct missing *missing,
                           struct dialect *found, struct buffer *facts, struct buffer *evidence, struct err *err)
{
    enum status status = STATUS_OK;
    char *copy = mem_zero(head.n + 2 * RECORDS_PADDING, 1);
    memcpy(copy + RECORDS_PADDING, head.p, head.n);
    struct dialect known = *given;
    struct detect d = {.given = &known,
                       .missing = missing,
                       .is_whole = is_whole,
                       .found = found,
                       .facts = facts,
                       .evidence = evidence};
    d.text = without_lines((struct slice){copy + RECORDS_PADDING, head.n}, given->skip_lines);
    say_encoding(&d);
    if (detect_mark_line(&d)) {
        known.delimiter = found->delimiter;
        known.format = found->format;
    }
    d.base_lines = d.lines_before = found->skip_lines;
    if (d.text.n > 0) {
        find_rest(&d, &known);
        detect_fields(&d);
        if (d.sample.rows > 0)
            status = detect_lines(&d, err);
    }
    sample_free(&d.sample);
    free(copy);
    return status;
}
