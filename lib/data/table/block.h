#ifndef LIKELY_DATA_TABLE_BLOCK_H
#define LIKELY_DATA_TABLE_BLOCK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

#include <stddef.h>

struct table;

/* Some consecutive rows. Number slot s of row r is numbers[r * row_step + s * column_step]; NaN is missing (never
 * anything else). texts[s][r].p is NULL where missing. Valid until the callback returns. */
struct block {
    const struct table *table;
    size_t rows;
    size_t first_row;  /* rows of the table before this block; in reduce only */
    size_t first_line; /* lines of its file before this block; in reduce only */
    double *numbers;
    size_t row_step, column_step;
    const size_t *missing; /* per number slot: how many of the rows */
    struct slice *const *texts;
};

/* The row's bytes as they stood in the input, without the line end. */
struct slice block_row_text(const struct block *block, size_t row);

/* What ended it there; that of the table's first record for a row that the input ended with. */
struct slice block_row_line_end(const struct block *block, size_t row);

/* An error about a row's value in a number or text slot, in the form
 *     FILE:LINE: column 3 'age': REASON
 * Usable in map and in reduce. */
enum status block_number_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                               ...) __attribute__((format(printf, 5, 6)));
enum status block_text_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                             ...) __attribute__((format(printf, 5, 6)));
/* The same about the whole row: FILE:LINE: REASON */
enum status block_row_error(const struct block *block, size_t row, struct err *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The numbers of the first rows, which stand row by row, will live as long as the arena, the same in all
 * calls: for consumers that keep what they read. In reduce only. */
double *block_take_numbers(struct block *block, size_t rows, struct arena *arena);

/* Moves the numbers of a row, which stand row by row, up to an earlier place: for consumers that leave rows out. */
void block_move_row(struct block *block, size_t row, size_t to);

#endif
