/* The kinds of columns whose first block has no value, found before the rows are streamed, because all that follows
 * depends on them.
 *
 *     files    a reader of its own goes through them from their beginning, and leaves no trace
 *     pipes    blocks are read before their turn, and wait: up to `memory` bytes in memory, then up to `disk` bytes in
 * a temporary file, whose space is free again when the process ends
 *
 * 1. lookahead_find reads block after block until the column has a value, and stops for all columns at the end or at
 * the first fault of the records, where the fold will stop too. What it has seen, it does not read again.
 * 2. lookahead_see takes the kinds from the records of a block. A column all of whose values are words for missing
 *    numbers is one of texts.
 * 3. lookahead_take gives the fold the blocks that wait, then those of the source: the same blocks as without a search.
 *
 * Only columns without a value cost anything, and only where a command asks for their kind. One thread at a time. */

#include "data/table/lookahead.h"

#include "base/mem.h"
#include "data/keys/temporary.h"
#include "data/table/header.h"
#include "data/table/table_state.h"
#include "data/table/table_svm.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A block that waits; its bytes are in the temporary file if raw.memory is NULL. */
struct lookahead_block {
    struct source_block raw;
    off_t at;
};

struct lookahead {
    struct source *files; /* the reader of its own; NULL: blocks wait */
    struct source_block raw;
    struct records records;
    struct lookahead_block *wait; /* wait[taken .. n) */
    size_t taken, n, capacity;
    size_t memory; /* bytes of the blocks that wait there */
    int file;      /* -1 = none */
    off_t file_size;
    bool has_ended; /* nothing is left to look at */
    bool is_full;   /* no block can wait any more */
    enum status status;
    struct err err; /* of the source, for the fold */
};

static struct lookahead *lookahead_start(struct table *t)
{
    struct lookahead *a = mem_zero(1, sizeof *a);
    a->file = -1;
    records_init(&a->records);
    a->has_ended = source_at_end(t->source);
    if (!a->has_ended && source_reopen(&a->files, t->source))
        source_set_dialect(a->files, &t->dialect);
    a->is_full = a->files == NULL && t->prompt;
    return a;
}

void lookahead_free(struct lookahead *a)
{
    if (a == NULL)
        return;
    for (size_t i = a->taken; i < a->n; i++)
        source_block_free(&a->wait[i].raw);
    free(a->wait);
    source_block_free(&a->raw);
    source_free(a->files);
    records_free(&a->records);
    if (a->file >= 0)
        close(a->file);
    free(a);
}

void lookahead_see(struct table *t, const struct records *r, size_t first_row)
{
    for (size_t f = 0; f < t->width; f++) {
        for (size_t row = first_row; row < r->rows && t->kinds[f] == COLUMN_EMPTY; row++) {
            struct slice field = records_field(r, row, f);
            double value;
            if (field.n > 0 && missing_is_in_numbers(&t->missing, field))
                t->has_words[f] = true;
            else if (!missing_is(&t->missing, field))
                t->kinds[f] = number_text_parse(&t->numbers, field, &value) ? COLUMN_NUMBER : COLUMN_TEXT;
        }
    }
}

/* Moves the bytes of a block to the temporary file; false if it is full or cannot be written. */
static bool spool_block(struct lookahead *a, const struct lookahead_limit *limit, struct lookahead_block *b)
{
    struct err err;
    if (limit->directory == NULL || (size_t)a->file_size + b->raw.n > limit->disk ||
        (a->file < 0 && temporary_open(&a->file, limit->directory, &err) != STATUS_OK))
        return false;
    for (size_t done = 0; done < b->raw.n;) {
        ssize_t n = pwrite(a->file, b->raw.bytes + done, b->raw.n - done, a->file_size + (off_t)done);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    b->at = a->file_size;
    a->file_size += (off_t)b->raw.n;
    free(b->raw.memory);
    b->raw.memory = b->raw.bytes = NULL;
    b->raw.capacity = 0;
    return true;
}

/* Lets the block of the search wait for the fold. */
static void keep_block(struct lookahead *a, const struct lookahead_limit *limit)
{
    a->wait = mem_grow(a->wait, &a->capacity, a->n + 1, sizeof *a->wait);
    struct lookahead_block *b = &a->wait[a->n++];
    *b = (struct lookahead_block){.raw = a->raw};
    a->raw = (struct source_block){.n = 0};
    if (a->memory + b->raw.capacity > limit->memory)
        a->is_full = !spool_block(a, limit, b);
    a->memory += b->raw.capacity;
}

/* Looks at one more block. */
static void look_at_block(struct table *t, struct lookahead *a)
{
    bool more;
    enum status status = source_next(a->files != NULL ? a->files : t->source, &a->raw, &more, &a->err);
    if (status != STATUS_OK || !more) {
        a->status = a->files == NULL ? status : STATUS_OK;
        a->has_ended = true;
        return;
    }
    struct err err;
    bool is_file = a->raw.first_of_file && a->raw.file > 0;
    if (t->jsonl != NULL)
        jsonl_split(t->jsonl, &a->records, a->raw.bytes, a->raw.n);
    else if (t->svm_width > 0)
        table_svm_split(t, &a->records, &a->raw);
    else
        records_split(&a->records, &t->dialect, a->raw.bytes, a->raw.n, t->fields, a->raw.first_of_file);
    a->has_ended = is_file && header_match(t, a->raw.file, &a->records, &err) != STATUS_OK;
    if (!a->has_ended) {
        header_reorder(t, a->raw.file, &a->records);
        lookahead_see(t, &a->records, t->begins_with_header && a->raw.first_of_file);
        a->has_ended = a->records.fault.reason != NULL;
    }
    if (a->files == NULL)
        keep_block(a, &t->limit);
}

void lookahead_find(struct table *t, size_t column)
{
    if (t->lookahead == NULL)
        t->lookahead = lookahead_start(t);
    struct lookahead *a = t->lookahead;
    while (t->kinds[column] == COLUMN_EMPTY && !a->has_ended && !a->is_full)
        look_at_block(t, a);
    if (t->kinds[column] == COLUMN_EMPTY && a->has_ended && t->has_words[column])
        t->kinds[column] = COLUMN_TEXT;
}

bool lookahead_gave_up(const struct table *t, size_t column)
{
    return t->kinds[column] == COLUMN_EMPTY && t->lookahead != NULL && !t->lookahead->has_ended;
}

bool lookahead_holds(const struct table *t)
{
    const struct lookahead *a = t->lookahead;
    return a != NULL && (a->taken < a->n || a->status != STATUS_OK);
}

static enum status read_back(const struct lookahead *a, const struct lookahead_block *b, struct source_block *block,
                             struct err *err)
{
    source_block_reserve(block, b->raw.n);
    for (size_t done = 0; done < b->raw.n;) {
        ssize_t n = pread(a->file, block->bytes + done, b->raw.n - done, b->at + (off_t)done);
        if (n <= 0)
            return err_io(err, "cannot read a temporary file");
        done += (size_t)n;
    }
    memset(block->bytes + b->raw.n, 0, RECORDS_PADDING);
    struct source_block own = *block;
    *block = b->raw;
    block->bytes = own.bytes;
    block->memory = own.memory;
    block->capacity = own.capacity;
    return STATUS_OK;
}

enum status lookahead_take(struct table *t, struct source_block *block, bool *more, struct err *err)
{
    struct lookahead *a = t->lookahead;
    if (!lookahead_holds(t))
        return source_next(t->source, block, more, err);
    *more = a->taken < a->n;
    if (!*more) {
        *err = a->err;
        return a->status;
    }
    struct lookahead_block *b = &a->wait[a->taken++];
    if (b->raw.memory == NULL)
        return read_back(a, b, block, err);
    source_block_free(block);
    *block = b->raw;
    return STATUS_OK;
}
