/* The work of one thread on one block: raw bytes to records, records to numbers and texts.
 *
 *     raw bytes --table_worker_split--> records --keep_rows--> rows of the fold --convert--> block
 *
 * Nothing here is shared between threads but the table, which does not change while blocks are on their way. Lines in
 * errors are those of the block, from 1; the lines before it are added when it is the turn of the block (table_fold.c).
 * An error behind good rows does not take these away: the block ends before the bad row, its rows are used, and the
 * error waits in worker->late. So the first error of a run is the first in row order, whatever the threads do. */

#include "data/table/table_state.h"
#include "data/table/table_svm.h"

#include "base/mem.h"
#include "data/table/header.h"
#include "data/table/joint.h"
#include "text/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void table_worker_init(struct table_worker *w, const struct table *t)
{
    records_init(&w->records);
    w->missing = mem_zero(t->n_numbers, sizeof *w->missing);
    w->strays = mem_zero(t->n_numbers, sizeof *w->strays);
    w->texts = mem_zero(t->n_texts, sizeof *w->texts);
    w->texts_capacity = mem_zero(t->n_texts, sizeof *w->texts_capacity);
    w->plain_texts = mem_zero(t->n_texts, sizeof *w->plain_texts);
    w->plain_texts_capacity = mem_zero(t->n_texts, sizeof *w->plain_texts_capacity);
    w->joined = mem_zero(t->n_texts, sizeof *w->joined);
}

void table_worker_free(struct table_worker *w, const struct table *t)
{
    source_block_free(&w->raw);
    records_free(&w->records);
    arena_free(&w->arena);
    free(w->missing);
    free(w->strays);
    for (size_t s = 0; w->texts != NULL && s < t->n_texts; s++)
        free(w->texts[s]);
    for (size_t s = 0; w->joined != NULL && s < t->n_texts; s++)
        buffer_free(&w->joined[s]);
    free(w->joined);
    free(w->texts);
    free(w->texts_capacity);
    for (size_t s = 0; w->plain_texts != NULL && s < t->n_texts; s++)
        free(w->plain_texts[s]);
    free(w->plain_texts);
    free(w->plain_texts_capacity);
    buffer_free(&w->clean);
    free(w->clean_end);
}

void table_worker_split(const struct table *t, struct table_worker *w, size_t width)
{
    if (t->jsonl != NULL)
        jsonl_split(t->jsonl, &w->records, w->raw.bytes, w->raw.n);
    else if (t->svm_width > 0)
        table_svm_split(t, &w->records, &w->raw);
    else
        records_split(&w->records, &t->dialect, w->raw.bytes, w->raw.n, width, w->raw.first_of_file);
}

/* Whether a column has numbers that are not plain. */
static bool has_marks(const struct table *t, size_t column)
{
    return !t->numbers.is_plain && t->kinds[column] == COLUMN_NUMBER;
}

enum { PLAIN_MAX = 128 };

/* A field; where it is a number, as number_parse reads it, in the memory. */
static struct slice field_of(const struct table *t, const struct table_worker *w, size_t record, size_t column,
                             char memory[PLAIN_MAX])
{
    struct slice field = records_field(&w->records, record, column);
    bool is_plain = !has_marks(t, column) || field.n >= PLAIN_MAX;
    return is_plain ? field : number_text_plain(&t->numbers, field, memory);
}

void table_worker_clean(const struct table *t, const struct table_worker *w, size_t record, struct buffer *text)
{
    char delimiter = dialect_clean_delimiter(&t->dialect), memory[PLAIN_MAX];
    for (size_t f = 0; f < t->width; f++) {
        if (f > 0)
            buffer_add_char(text, delimiter);
        buffer_add_field(text, field_of(t, w, record, f, memory), delimiter);
    }
}

enum status table_worker_fault(const struct table *t, const struct table_worker *w, struct err *err)
{
    const struct records *r = &w->records;
    if (r->fault.fields > 0)
        err_data(err, "%zu field%s, but the %s has %zu", r->fault.fields, r->fault.fields == 1 ? "" : "s",
                 t->begins_with_header ? "header" : "first record", t->fields);
    else
        err_data(err, "%s", r->fault.reason);
    err_because(err, r->fault.cause, NULL);
    if (r->fault.column > 0 && r->fault.column <= t->width)
        table_worker_name_column(t, r->fault.column - 1, err);
    return err_at(err, source_name(t->source, w->raw.file), records_line(r, r->fault.at));
}

enum status table_worker_place(const struct table_worker *w, size_t record, const char *file, struct err *err)
{
    return err_at(err, file, records_line(&w->records, w->records.row_begin[record]));
}

void table_worker_name_column(const struct table *t, size_t column, struct err *err)
{
    char reason[sizeof err->reason], name[ERR_ECHO];
    snprintf(reason, sizeof reason, "%s", err->reason);
    bool is_joint = column >= t->width;
    int n = is_joint ? snprintf(err->reason, sizeof err->reason, "columns")
                     : snprintf(err->reason, sizeof err->reason, "column %zu", column + 1);
    if (t->has_header || is_joint)
        n += snprintf(err->reason + n, sizeof err->reason - (size_t)n, " '%s'",
                      err_echo(name, slice_of(is_joint ? t->joint[column - t->width].name : t->names[column])));
    snprintf(err->reason + n, sizeof err->reason - (size_t)n, ": %s", reason);
}

enum status table_worker_begin_file(struct table *t, struct table_worker *w)
{
    struct records whole; /* of any width */
    table_worker_split(t, w, t->fields);
    w->is_split = true;
    if (w->records.rows > 0 || w->records.fault.fields == 0 || !t->begins_with_header)
        return header_match(t, w->raw.file, &w->records, &w->err);
    records_init(&whole);
    records_split(&whole, &t->dialect, w->raw.bytes, w->raw.n, 0, true);
    enum status status = header_match(t, w->raw.file, &whole, &w->err);
    records_free(&whole);
    return status;
}

/* Whether a field of a column is missing as a text. */
static bool lacks_text(const struct table *t, size_t column, struct slice field)
{
    return missing_is(&t->missing, field) ||
           (t->kinds[column] == COLUMN_NUMBER && missing_is_in_numbers(&t->missing, field));
}

/* The hash of a row by its keys. Error: a key is missing. */
static enum status hash_keys(const struct table *t, const struct table_worker *w, size_t record, uint64_t *hash,
                             struct err *err)
{
    char memory[PLAIN_MAX];
    *hash = 0;
    for (size_t i = 0; i < t->split.n_keys; i++) {
        size_t column = t->split.key[i];
        struct slice text = field_of(t, w, record, column, memory);
        if (lacks_text(t, column, text)) {
            err_data(err, "the key is missing, so the row belongs to no fold");
            table_worker_name_column(t, column, err);
            return table_worker_place(w, record, source_name(t->source, w->raw.file), err);
        }
        *hash = split_add(*hash, t->split_label[i], text, false);
    }
    return STATUS_OK;
}

enum { HASHED_ROWS = 128 };

/* Adds a column of n <= HASHED_ROWS records from `first` on to their hashes. Short numbers, which most are, are read
 * many at once. */
static void hash_column(const struct table *t, const struct table_worker *w, size_t first, size_t n, size_t column,
                        uint64_t *hash)
{
    const struct records *r = &w->records;
    bool is_numeric = t->kinds[column] == COLUMN_NUMBER && t->numbers.is_plain && t->missing.everywhere.n_numbers == 0;
    uint64_t label = t->split_label[column];
    double number[HASHED_ROWS];
    char memory[PLAIN_MAX];
    for (size_t i = 0; i < n; i++) {
        size_t at = (first + i) * r->width + column, end = i;
        if (is_numeric)
            end += number_parse_batch(r->text, r->begin + at, r->end + at, n - i, r->width, number, 1);
        for (size_t begin = i; i < end; i++) {
            struct slice text = records_field(r, first + i, column);
            hash[i] = text.n <= SPLIT_DIGITS ? split_add_number(hash[i], label, number[i - begin])
                                             : split_add(hash[i], label, text, false);
        }
        if (i < n) {
            struct slice text = field_of(t, w, first + i, column, memory);
            hash[i] = split_add(hash[i], label, text, lacks_text(t, column, text));
        }
    }
}

/* The hashes of n records by all columns. */
static void hash_records(const struct table *t, const struct table_worker *w, size_t first, size_t n, uint64_t *hash)
{
    for (size_t i = 0; i < n; i++)
        hash[i] = 0;
    for (size_t c = 0; c < t->width; c++)
        hash_column(t, w, first, n, c, hash);
}

/* Leaves out the rows that the split does not keep. Rows from the first one without a key on are left out
 * too, and the error is returned. */
static enum status keep_rows(const struct table *t, struct table_worker *w, struct err *err)
{
    struct records *r = &w->records;
    size_t kept = w->header_rows;
    uint64_t hash[HASHED_ROWS];
    enum status status = STATUS_OK;
    for (size_t record = w->header_rows; record < r->rows && status == STATUS_OK; record++) {
        size_t at = (record - w->header_rows) % HASHED_ROWS, left = r->rows - record;
        if (t->split.n_keys > 0)
            status = hash_keys(t, w, record, &hash[at], err);
        else if (at == 0)
            hash_records(t, w, record, left < HASHED_ROWS ? left : HASHED_ROWS, hash);
        if (status == STATUS_OK && split_keeps(&t->split, hash[at]))
            records_move(r, kept++, record);
    }
    r->rows = kept;
    return status;
}

/* Counts a text in a number slot as missing, if the dialect says so. */
static bool is_stray(const struct table *t, struct table_worker *w, size_t slot, size_t record)
{
    struct strays *strays = &w->strays[slot];
    if (t->dialect.not_numbers != DIALECT_NOT_NUMBERS_MISSING)
        return false;
    if (strays->n++ == 0)
        strays->first = record;
    return true;
}

/* Reads fields of a number slot, in rows from `row` up to `stop`, as number_parse_batch does. */
static size_t parse_many(const struct table *t, struct table_worker *w, size_t slot, size_t row, size_t stop,
                         double *out)
{
    const struct records *r = &w->records;
    size_t first = row, at = (row + w->header_rows) * r->width + t->number_columns[slot], step = w->block.row_step;
    if (t->numbers.is_plain)
        return number_parse_batch(r->text, r->begin + at, r->end + at, stop - row, r->width, out, step);
    for (;;) {
        if (w->plain.slot != slot || row < w->plain.first || row >= w->plain.first + w->plain.n) {
            at = (row + w->header_rows) * r->width + t->number_columns[slot];
            w->plain.slot = slot;
            w->plain.first = row;
            w->plain.n = stop - row < NUMBER_TEXT_BATCH ? stop - row : NUMBER_TEXT_BATCH;
            number_text_gather(&t->numbers, r->text, r->begin + at, r->end + at, w->plain.n, r->width, &w->plain.batch);
        }
        const struct number_text_batch *batch = &w->plain.batch;
        size_t i = row - w->plain.first, n = w->plain.n - i;
        size_t read =
            number_parse_batch(batch->text, batch->begin + i, batch->end + i, n, 1, out + (row - first) * step, step);
        row += read;
        if (read < n || row == stop)
            return row - first;
    }
}

/* Converts `rows` fields of a number slot from row `first` on; returns the first row that is neither a number
 * nor missing, first + rows if none. */
static size_t convert_numbers(const struct table *t, struct table_worker *w, size_t slot, size_t first, size_t rows)
{
    const struct records *r = &w->records;
    struct block *b = &w->block;
    size_t column = t->number_columns[slot], stop = first + rows;
    for (size_t row = first; row < stop; row++) {
        double *out = b->numbers + slot * b->column_step + row * b->row_step;
        size_t plain = parse_many(t, w, slot, row, stop, out);
        w->missing[slot] += missing_erase(&t->missing, out, plain, b->row_step);
        row += plain;
        if (row == stop)
            break;
        out += plain * b->row_step;
        struct slice field = records_field(r, row + w->header_rows, column);
        bool is_missing = missing_is(&t->missing, field) || missing_is_in_numbers(&t->missing, field);
        if (!is_missing && !number_text_parse(&t->numbers, field, out)) {
            is_missing = is_stray(t, w, slot, row + w->header_rows);
            if (!is_missing)
                return row;
        }
        if (is_missing)
            *out = NAN;
        w->missing[slot] += is_missing;
    }
    return stop;
}

/* Number columns are converted in tiles of rows whose text stays in the first-level cache from one column to
 * the next. */
static size_t tile_rows(const struct table_worker *w)
{
    enum { TILE_BYTES = 1 << 14, LEAST_ROWS = 8 };
    size_t rows = w->raw.n > 0 ? TILE_BYTES * w->records.rows / w->raw.n : 0;
    return rows > LEAST_ROWS ? rows : LEAST_ROWS;
}

/* Makes the texts of a slot plain, whose column has numbers that are not. */
static void make_plain(const struct table *t, struct table_worker *w, size_t slot)
{
    size_t length = 0, at = 0;
    for (size_t row = 0; row < w->block.rows; row++)
        length += w->texts[slot][row].n + 1;
    char *memory = mem_grow(w->plain_texts[slot], &w->plain_texts_capacity[slot], length, 1);
    w->plain_texts[slot] = memory;
    for (size_t row = 0; row < w->block.rows; row++) {
        struct slice *text = &w->texts[slot][row];
        size_t room = text->n + 1;
        if (text->p != NULL)
            *text = number_text_plain(&t->numbers, *text, memory + at);
        at += room;
    }
}

/* Appends the parts of a row, separated; false, and nothing, if one of them is missing. */
static bool join_row(const struct table *t, const struct table_worker *w, const struct joint *j, size_t record,
                     struct buffer *text)
{
    size_t begin = text->n;
    for (size_t i = 0; i < j->n; i++) {
        struct slice field = records_field(&w->records, record, j->columns[i]);
        if (lacks_text(t, j->columns[i], field)) {
            text->n = begin;
            return false;
        }
        if (i > 0)
            buffer_add_char(text, JOINT_SEPARATOR);
        char *plain = has_marks(t, j->columns[i]) ? mem_alloc(field.n + 1, 1) : NULL;
        if (plain != NULL)
            field = number_text_plain(&t->numbers, field, plain);
        buffer_add(text, field.p, field.n);
        free(plain);
    }
    return true;
}

/* The texts of columns taken together; they find their place when the buffer has all of them. */
static void join_texts(const struct table *t, struct table_worker *w, size_t slot)
{
    const struct joint *j = &t->joint[t->text_columns[slot] - t->width];
    struct buffer *text = &w->joined[slot];
    struct block *b = &w->block;
    w->texts[slot] = mem_grow(w->texts[slot], &w->texts_capacity[slot], b->rows, sizeof **w->texts);
    text->n = 0;
    for (size_t row = 0; row < b->rows; row++) {
        size_t begin = text->n;
        bool is_there = join_row(t, w, j, row + w->header_rows, text);
        w->texts[slot][row] = (struct slice){is_there ? "" : NULL, text->n - begin};
    }
    for (size_t row = 0, at = 0; row < b->rows; row++) {
        struct slice *value = &w->texts[slot][row];
        if (value->p != NULL)
            value->p = text->p + at;
        at += value->n;
    }
}

static void convert_texts(const struct table *t, struct table_worker *w, size_t slot)
{
    struct block *b = &w->block;
    size_t column = t->text_columns[slot];
    if (column >= t->width) {
        join_texts(t, w, slot);
        return;
    }
    w->texts[slot] = mem_grow(w->texts[slot], &w->texts_capacity[slot], b->rows, sizeof **w->texts);
    for (size_t row = 0; row < b->rows; row++) {
        struct slice field = records_field(&w->records, row + w->header_rows, column);
        w->texts[slot][row] = lacks_text(t, column, field) ? (struct slice){NULL, 0} : field;
    }
    if (has_marks(t, column))
        make_plain(t, w, slot);
}

/* Ends the records before the first one with a text in a column that a command has taken for one of numbers, as it had
 * found no value in it. */
static enum status check_assumed(const struct table *t, struct table_worker *w, struct err *err)
{
    struct records *r = &w->records;
    size_t rows = r->rows, column = 0;
    double value;
    for (size_t f = 0; t->has_assumed && f < t->width; f++) {
        for (size_t row = w->header_rows; t->assumed[f] && row < rows; row++) {
            struct slice field = records_field(r, row, f);
            if (missing_is(&t->missing, field) || missing_is_in_numbers(&t->missing, field))
                continue;
            if (!number_text_parse(&t->numbers, field, &value))
                rows = row, column = f;
            break;
        }
    }
    if (rows == r->rows)
        return STATUS_OK;
    char echo[ERR_ECHO];
    err_data(err, "'%s' is the first value after many rows without one, and not a number, as had to be assumed",
             err_echo(echo, records_field(r, rows, column)));
    err_because(err, ERR_LATE_TEXT, t->names[column]);
    table_worker_name_column(t, column, err);
    table_worker_place(w, rows, source_name(t->source, w->raw.file), err);
    r->rows = rows;
    return err->status;
}

/* Fills the block from the records. At the first value that is no number the block is cut short before its row and the
 * error is returned. */
static enum status convert(const struct table *t, struct table_worker *w, struct err *err)
{
    struct block *b = &w->block;
    *b = (struct block){.table = t, .rows = w->records.rows - w->header_rows};
    b->numbers = arena_room(&w->arena, b->rows * t->n_numbers);
    b->row_step = t->by_row ? t->n_numbers : 1;
    b->column_step = t->by_row ? 1 : b->rows;
    b->missing = w->missing;
    b->texts = w->texts;
    w->clean.n = w->clean_rows = 0;
    w->plain.n = 0;

    size_t bad_slot = 0, rows = b->rows, tile = tile_rows(w);
    for (size_t s = 0; s < t->n_numbers; s++)
        w->missing[s] = w->strays[s].n = 0;
    for (size_t first = 0; first < b->rows; first += tile) {
        for (size_t s = 0; s < t->n_numbers && first < b->rows; s++) {
            size_t count = b->rows - first < tile ? b->rows - first : tile;
            size_t good = convert_numbers(t, w, s, first, count);
            if (good < first + count) {
                b->rows = good;
                bad_slot = s;
            }
        }
    }
    for (size_t s = 0; s < t->n_texts; s++)
        convert_texts(t, w, s);
    if (b->rows == rows)
        return STATUS_OK;
    char echo[ERR_ECHO];
    struct slice field = records_field(&w->records, b->rows + w->header_rows, t->number_columns[bad_slot]);
    err_data(err, "'%s' is not a number", err_echo(echo, field));
    err_because(err, number_text_cause(&t->numbers, field), NULL);
    table_worker_name_column(t, t->number_columns[bad_slot], err);
    return table_worker_place(w, b->rows + w->header_rows, source_name(t->source, w->raw.file), err);
}

void table_worker_convert(const struct table *t, struct table_worker *w)
{
    struct err early = {.status = STATUS_OK};
    w->late.status = STATUS_OK;
    if (!w->is_split)
        table_worker_split(t, w, t->fields);
    if (w->header_rows > w->records.rows)
        w->header_rows = w->records.rows;
    header_reorder(t, w->raw.file, &w->records);
    enum status status = check_assumed(t, w, &early);
    if (t->split.folds > 0) {
        struct err keyless;
        if (keep_rows(t, w, &keyless) != STATUS_OK) {
            status = keyless.status;
            early = keyless;
        }
    }
    if (convert(t, w, &w->late) == STATUS_OK && status != STATUS_OK)
        w->late = early;
    else if (w->late.status == STATUS_OK && w->records.fault.reason != NULL)
        table_worker_fault(t, w, &w->late);
}
