/* The services of a block of rows: its text in the input, errors with their place, keeping or moving its numbers. A
 * block is part of the worker that converted it, where its records are found (worker_of). */

#include "data/table/table_state.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct table_worker *worker_of(const struct block *block)
{
    return (const struct table_worker *)((const char *)block - offsetof(struct table_worker, block));
}

static struct table_worker *own_worker(struct block *block)
{
    return (struct table_worker *)((char *)block - offsetof(struct table_worker, block));
}

static enum status block_error(const struct block *block, size_t row, struct err *err, const char *format, va_list args)
{
    const struct table_worker *w = worker_of(block);
    char reason[sizeof err->reason];
    vsnprintf(reason, sizeof reason, format, args);
    err_data(err, "%s", reason);
    table_worker_place(w, row + w->header_rows, source_name(block->table->source, w->raw.file), err);
    err->line += block->first_line;
    return STATUS_DATA;
}

enum status block_row_error(const struct block *block, size_t row, struct err *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    enum status status = block_error(block, row, err, format, args);
    va_end(args);
    return status;
}

enum status block_number_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                               ...)
{
    va_list args;
    va_start(args, format);
    enum status status = block_error(block, row, err, format, args);
    va_end(args);
    table_worker_name_column(block->table, block->table->number_columns[slot], err);
    return status;
}

enum status block_text_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                             ...)
{
    va_list args;
    va_start(args, format);
    enum status status = block_error(block, row, err, format, args);
    va_end(args);
    table_worker_name_column(block->table, block->table->text_columns[slot], err);
    return status;
}

/* Makes the text of all rows. */
static void clean_rows(struct table_worker *w)
{
    w->clean_end = mem_grow(w->clean_end, &w->clean_capacity, w->block.rows, sizeof *w->clean_end);
    for (; w->clean_rows < w->block.rows; w->clean_rows++) {
        table_worker_clean(w->block.table, w, w->clean_rows + w->header_rows, &w->clean);
        w->clean_end[w->clean_rows] = w->clean.n;
    }
}

struct slice block_row_text(const struct block *block, size_t row)
{
    struct table_worker *w = own_worker((struct block *)block); /* the clean text is made when it is asked for */
    const struct records *r = &w->records;
    size_t record = row + w->header_rows;
    if (!dialect_is_plain(&block->table->dialect) || block->table->order[w->raw.file] != NULL) {
        clean_rows(w);
        size_t begin = row > 0 ? w->clean_end[row - 1] : 0;
        return (struct slice){w->clean.p + begin, w->clean_end[row] - begin};
    }
    return (struct slice){r->raw + r->row_begin[record], r->row_end[record] - r->row_begin[record]};
}

struct slice block_row_line_end(const struct block *block, size_t row)
{
    const struct table_worker *w = worker_of(block);
    if (!dialect_is_plain(&block->table->dialect))
        return table_line_end(block->table);
    struct slice end = records_line_end(&w->records, w->raw.n, row + w->header_rows);
    return end.n > 0 ? end : (struct slice){block->table->line_end, block->table->line_end_n};
}

double *block_take_numbers(struct block *block, size_t rows, struct arena *arena)
{
    struct table_worker *w = own_worker(block);
    w->keeper = arena;
    arena_claim(&w->arena, rows * block->table->n_numbers);
    return block->numbers;
}

void block_move_row(struct block *block, size_t row, size_t to)
{
    size_t step = block->row_step;
    if (to < row)
        memcpy(block->numbers + to * step, block->numbers + row * step, step * sizeof(double));
}
