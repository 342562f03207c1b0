/* Opens a table: reads its first block, and finds in it all that must be known before the rows are streamed.
 *
 * 1. choose_format: what options do not give of the dialect is detected: svmlight text and JSON Lines by the first
 *    record (sniff.h), the rest by many (detect.h).
 * 2. read_ahead: the first block with a record in it is split; its first record gives the width.
 * 3. lookahead_see: a column is text or numbers by its first value that is not missing; where this block has none, the
 *    search goes on when a command asks (lookahead.h).
 *
 * The block is kept, split, for table_fold. Of svmlight text only the format is found. */

#include "data/table/table_state.h"

#include "base/mem.h"
#include "data/table/codec.h"
#include "data/table/detect.h"
#include "data/table/header.h"
#include "data/table/sniff.h"
#include "data/table/table_jsonl.h"
#include "data/table/table_svm.h"
#include "data/table/uniq.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is left of the text without its first lines. */
static struct slice without_lines(struct slice text, size_t lines)
{
    size_t at = 0;
    for (; lines > 0 && at < text.n; at++)
        lines -= text.p[at] == '\n' || (text.p[at] == '\r' && (at + 1 == text.n || text.p[at + 1] != '\n'));
    return (struct slice){text.p + at, text.n - at};
}

/* Whether the text may be read as blank-separated. */
static bool is_blank_separated(const struct dialect *found, const struct dialect *given)
{
    return found->format == DIALECT_TEXT || (given->format == DIALECT_AUTO && given->delimiter == '\0');
}

/* Sets the dialect of the output of uniq -c. */
static void read_counts(struct table *t)
{
    char text[400];
    t->is_counted = true;
    t->dialect.format = DIALECT_TEXT;
    t->dialect.delimiter = '\0';
    t->dialect.header = DIALECT_HEADER_NO;
    if (t->dialect.names == NULL)
        t->dialect.names = "count,symbol";
    t->dialect.columns = 2;
    t->dialect.open_ended = true;
    t->dialect.ragged = DIALECT_RAGGED_PAD;
    snprintf(text, sizeof text, "%s: read as the output of uniq: counts, then symbols", source_name(t->source, 0));
    if (t->report != NULL)
        t->report(t->report_context, text);
}

/* Finds what the options and the first record leave open, and reports what is not plain. */
static enum status find_dialect(struct table *t, struct slice head, const struct dialect *given, struct err *err)
{
    struct buffer facts = {0}, evidence = {0};
    enum status status =
        detect_dialect(head, source_head_is_whole(t->source), given, &t->missing, &t->dialect, &facts, &evidence, err);
    if (status != STATUS_OK)
        err_at(err, source_name(t->source, 0), err->line);
    else if (facts.n > 0 && t->report != NULL) {
        char *text = mem_format("%s: %.*s", source_name(t->source, 0), (int)facts.n, facts.p);
        t->report(t->report_context, text);
        free(text);
    }
    buffer_free(&facts);
    buffer_free(&evidence);
    return status;
}

/* Where ragged records are padded or dropped, a list of names gives the width, whatever the first record has. */
static void set_width(struct dialect *d)
{
    if (d->names == NULL || d->ragged < DIALECT_RAGGED_PAD || d->columns > 0 || d->delimiter == '\0')
        return;
    d->columns = 1;
    for (const char *p = d->names; *p != '\0'; p++)
        d->columns += *p == ',';
}

static enum status choose_format(struct table *t, const struct table_options *options, struct err *err)
{
    struct slice head;
    source_set_encoding(t->source, (enum dialect_encoding)options->dialect.encoding);
    enum status status = source_peek(t->source, options->dialect.skip_lines + 2, &head, err);
    if (status != STATUS_OK)
        return status;
    t->compression = source_codec(t->source) != NULL ? source_codec(t->source)->name : NULL;
    status = table_jsonl_choose(t, head, &options->dialect, err);
    if (status != STATUS_OK)
        return status;
    if (t->dialect.format != DIALECT_JSONL)
        t->dialect = sniff_dialect(without_lines(head, options->dialect.skip_lines), &options->dialect);
    t->dialect.encoding = (int)source_encoding(t->source);
    if (options->counted && uniq_look(head) && is_blank_separated(&t->dialect, &options->dialect))
        read_counts(t);
    if (t->dialect.format != DIALECT_SVM && t->dialect.format != DIALECT_JSONL && !t->is_counted)
        status = find_dialect(t, head, &options->dialect, err);
    const struct dialect plain = {0};
    t->numbers = number_text_of(t->dialect.format == DIALECT_JSONL ? &plain : &t->dialect);
    set_width(&t->dialect);
    source_set_dialect(t->source, &t->dialect);
    return status;
}

static void keep_line_end(struct table *t, const struct records *r)
{
    struct slice end = records_line_end(r, t->first.raw.n, 0);
    if (end.n == 0 || !dialect_is_plain(&t->dialect))
        end = slice_of("\n");
    memcpy(t->line_end, end.p, end.n);
    t->line_end_n = end.n;
}

/* Reads ahead to the first block with a record in it. */
static enum status read_ahead(struct table *t, struct err *err)
{
    struct table_worker *w = &t->first;
    for (;;) {
        bool more;
        enum status status = source_next(t->source, &w->raw, &more, err);
        t->lines_before += w->raw.skipped;
        err->line += err->line > 0 ? t->lines_before : 0;
        if (status != STATUS_OK)
            return status;
        if (!more || w->raw.file > 0) {
            err_data(err, "there is no data");
            return err_at(err, source_name(t->source, 0), 0);
        }
        if (t->dialect.format == DIALECT_JSONL)
            status = table_jsonl_split(t, err);
        else if (t->dialect.format == DIALECT_SVM)
            table_svm_split_first(t);
        else
            table_worker_split(t, w, 0);
        if (status != STATUS_OK || w->records.rows > 0)
            return status;
        if ((t->jsonl != NULL || t->svm_width > 0) && w->records.fault.reason != NULL) {
            table_worker_fault(t, w, err);
            err->line += t->lines_before;
            return err->status;
        }
        if (w->records.fault.reason != NULL) {
            err_data(err, "column %zu: %s", w->records.fault.column, w->records.fault.reason);
            err_because(err, w->records.fault.cause, NULL);
            return err_at(err, source_name(t->source, 0),
                          t->lines_before + records_line(&w->records, w->records.fault.at));
        }
        t->lines_before += w->records.lines;
    }
}

/* Leaves out columns at the end that have neither a name nor a value, of records that end in delimiters. */
static void leave_out_phantoms(struct table *t)
{
    size_t all = t->width;
    while (t->width > 1 && !t->is_keyed && !t->is_renamed && t->kinds[t->width - 1] == COLUMN_EMPTY &&
           !t->has_words[t->width - 1] &&
           (!t->begins_with_header || records_field(&t->first.records, 0, t->width - 1).n == 0)) {
        lookahead_find(t, t->width - 1);
        if (t->kinds[t->width - 1] != COLUMN_EMPTY || lookahead_gave_up(t, t->width - 1))
            break;
        t->width--;
    }
    for (size_t c = t->width; c < all; c++)
        free(t->names[c]);
    if (t->width < all && t->report != NULL) {
        char text[400];
        snprintf(text, sizeof text, "%s: %s at the end %s neither a name nor a value, and %s left out", table_file(t),
                 all - t->width == 1 ? "a column" : "columns", all - t->width == 1 ? "has" : "have",
                 all - t->width == 1 ? "is" : "are");
        t->report(t->report_context, text);
    }
}

enum status table_open(struct table **table, const struct table_options *options, struct err *err)
{
    struct table *t = mem_zero(1, sizeof *t);
    t->by_row = options->by_row;
    t->prompt = options->prompt;
    t->limit = options->limit;
    t->progress = options->progress;
    t->progress_context = options->progress_context;
    t->report = options->report;
    t->report_context = options->report_context;
    source_new(&t->source, options->paths, options->n_paths);
    t->n_files = options->n_paths > 0 ? options->n_paths : 1;
    t->order = mem_zero(t->n_files, sizeof *t->order);
    if (options->prompt)
        source_set_prompt(t->source);
    missing_init(&t->missing, options->dialect.na);
    records_init(&t->first.records);
    enum status status = choose_format(t, options, err);
    if (status == STATUS_OK && t->dialect.format == DIALECT_SVM && options->sparse) {
        *table = t;
        return status;
    }
    if (status == STATUS_OK)
        status = read_ahead(t, err);
    if (status != STATUS_OK) {
        table_close(t);
        return status;
    }
    const struct records *r = &t->first.records;
    if (r->width == 1 && !t->is_keyed) {
        t->dialect.blank_rows = true;
        table_worker_split(t, &t->first, 0);
    }
    if (t->jsonl != NULL)
        table_jsonl_name(t);
    else if (t->svm_width > 0)
        table_svm_name(t);
    t->begins_with_header = !t->is_keyed && t->dialect.header == DIALECT_HEADER_YES;
    t->first.header_rows = t->begins_with_header;
    keep_line_end(t, &t->first.records);
    if (!t->is_keyed && header_name_columns(t, r, t->dialect.names, err) != STATUS_OK) {
        table_close(t);
        return err->status;
    }
    t->kinds = mem_zero(t->width, sizeof *t->kinds);
    t->has_words = mem_zero(t->width, sizeof *t->has_words);
    t->assumed = mem_zero(t->width, sizeof *t->assumed);
    lookahead_see(t, r, t->first.header_rows);
    leave_out_phantoms(t);
    if (r->rows == t->first.header_rows && r->fault.reason != NULL) { /* nothing is known of the columns */
        status = table_worker_fault(t, &t->first, err);
        err->line += t->lines_before;
        table_close(t);
        return status;
    }
    t->first_waits = true;
    *table = t;
    return STATUS_OK;
}
