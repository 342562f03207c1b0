#ifndef LIKELY_APP_MEASURE_ENTROPY_WORK_H
#define LIKELY_APP_MEASURE_ENTROPY_WORK_H

#include "app/measure/entropy.h"
#include "data/keys/counts.h"
#include "fit/summary/grouping.h"
#include "fit/summary/symbols.h"
#include "text/buffer.h"

/* What the files of entropy share: the rows or bytes counted, and the columns they come from. */
struct entropy {
    const struct entropy_settings *settings;
    const struct invocation *run;
    struct table *table; /* NULL for bytes, lines and tokens */
    struct grouping by;
    size_t *given, n_given;
    struct counts_limit limit;
    struct symbols *symbols;
};

/* Counts the values of columns, or reads counts and probabilities from them; opens the table. */
enum status entropy_count_columns(struct entropy *w, struct err *err);

/* Counts the bytes, lines or tokens of the operands. */
enum status entropy_count_stream(struct entropy *w, struct err *err);

/* Writes a row for each set of symbols, and the notices about missing values. */
enum status entropy_write(const struct entropy *w, struct err *err);

/* Reads Gaussians from a table of mle-gauss and writes their differential entropies. */
enum status entropy_measure_gaussians(struct entropy *w, struct err *err);

/* The name of a column of the result, put together in `text`; names of columns taken jointly are joined by "+". */
struct slice entropy_column_name(const struct entropy *w, size_t column, struct buffer *text);
void entropy_add_names(struct buffer *text, const struct table *table, const size_t *columns, size_t n);

#endif
