#ifndef LIKELY_DATA_TABLE_BLOCK_H
#define LIKELY_DATA_TABLE_BLOCK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

#include <stddef.h>

struct table;

/* Consecutive rows. Number slot s of row r is numbers[r * row_step + s * column_step]; NaN means missing, and nothing
 * else. texts[s][r].p is NULL when missing. Valid until the callback returns. */
struct block {
    const struct table *table;
    size_t rows;
    size_t first_row;  /* rows of the table before this block; in reduce only */
    size_t first_line; /* lines of its file before this block; in reduce only */
    double *numbers;
    size_t row_step, column_step;
    const size_t *missing; /* per number slot: number of rows in which it is missing */
    struct slice *const *texts;
};

/* The bytes of the row in the input, without its line end; or as CSV, if the dialect of the table is not plain. */
struct slice block_row_text(const struct block *block, size_t row);

/* The line end of the row; for a last row without one, that of the first record. */
struct slice block_row_line_end(const struct block *block, size_t row);

/* An error about the value of a row in a number or text slot, in the form
 *     FILE:LINE: column 3 'age': REASON
 * Usable in map and in reduce. */
enum status block_number_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                               ...) __attribute__((format(printf, 5, 6)));
enum status block_text_error(const struct block *block, size_t row, size_t slot, struct err *err, const char *format,
                             ...) __attribute__((format(printf, 5, 6)));
/* The same about the row: FILE:LINE: REASON */
enum status block_row_error(const struct block *block, size_t row, struct err *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Keeps the numbers of the first rows, stored row by row, in the arena, without copying them. All calls of a fold give
 * the same arena. In reduce only. */
double *block_take_numbers(struct block *block, size_t rows, struct arena *arena);

/* Moves the numbers of a row, stored row by row, to an earlier row; for consumers that leave rows out. */
void block_move_row(struct block *block, size_t row, size_t to);

#endif
