/* Finds the dialect of a table from its first bytes.
 *
 * 1. find_mark: a first line "sep=;" states the separator.
 * 2. find_rest: blank-separated text whose last column has blanks, or whose separators have two.
 *    detect_fields: separator, quotes, escapes, rated over many records; detect_split splits them.
 * 3. detect_head: comments and titles before the table.
 * 4. detect_header: whether the first record names the columns; more header lines, units.
 * 5. detect_second: a second table is an error.
 * 6. detect_tail: notes and totals at the end.
 * 7. detect_widths: records of other widths.
 * 8. detect_numbers: decimal comma, marks of thousands.
 *
 * Options are kept: what they state is not detected. Time: plain text takes a pass over RATED_BYTES and DETECT_MOST
 * records; other text a few for each separator. */

#include "data/table/detect_state.h"

#include "base/mem.h"
#include "data/table/records.h"

#include <stdlib.h>

/* Whether the first line is "sep=;", as spreadsheets write it. */
static bool find_mark(struct detect *d)
{
    bool is_mark = d->text.n > 5 && memcmp(d->text.p, "sep=", 4) == 0 && (d->text.p[5] == '\n' || d->text.p[5] == '\r');
    if (!is_mark || d->given->skip_lines_given || d->given->delimiter != '\0' || d->given->format != DIALECT_AUTO)
        return false;
    char delimiter = d->text.p[4];
    d->found->delimiter = delimiter;
    d->found->format = delimiter == '\t' ? DIALECT_TSV : DIALECT_CSV;
    d->found->skip_lines++;
    detect_say(d->facts, "the line 'sep=%c' is skipped", delimiter);
    d->text = detect_skip(d->text, 1);
    return true;
}

static void say_encoding(const struct detect *d)
{
    static const char *const names[] = {
        [DIALECT_UTF16LE] = "UTF-16LE", [DIALECT_UTF16BE] = "UTF-16BE", [DIALECT_LATIN1] = "Latin-1"};
    if (d->given->encoding == DIALECT_ENCODING_AUTO && d->found->encoding > DIALECT_UTF8)
        detect_say(d->facts, "encoding %s", names[d->found->encoding]);
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

static enum status detect_all(struct detect *d, struct err *err)
{
    enum status status = detect_fields(d, err);
    if (status != STATUS_OK)
        return status;
    detect_split(d);
    if (d->sample.rows > 0)
        status = detect_head(d, err);
    if (status == STATUS_OK && d->sample.rows > 0 && detect_rest(d))
        detect_split(d);
    if (status == STATUS_OK && d->sample.rows > 0)
        status = detect_header(d, err);
    if (status == STATUS_OK && d->sample.rows > 0)
        status = detect_second(d, err);
    if (status != STATUS_OK || d->sample.rows == 0)
        return status;
    detect_tail(d);
    detect_widths(d);
    detect_numbers(d);
    return STATUS_OK;
}

enum status detect_dialect(struct slice head, bool is_whole, const struct dialect *given, const struct missing *missing,
                           struct dialect *found, struct buffer *facts, struct buffer *evidence, struct err *err)
{
    char *copy = mem_zero(head.n + 2 * RECORDS_PADDING, 1);
    memcpy(copy + RECORDS_PADDING, head.p, head.n);
    struct dialect known = *given;
    struct detect d = {.given = &known,
                       .missing = missing,
                       .is_whole = is_whole,
                       .found = found,
                       .facts = facts,
                       .evidence = evidence};
    d.text = detect_skip((struct slice){copy + RECORDS_PADDING, head.n}, given->skip_lines);
    say_encoding(&d);
    if (find_mark(&d)) {
        known.delimiter = found->delimiter;
        known.format = found->format;
    }
    d.base_lines = d.lines_before = found->skip_lines;
    if (d.text.n > 0)
        find_rest(&d, &known);
    enum status status = d.text.n > 0 ? detect_all(&d, err) : STATUS_OK;
    sample_free(&d.sample);
    free(copy);
    return status;
}
