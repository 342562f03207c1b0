#ifndef LIKELY_FIT_EVALUATION_H
#define LIKELY_FIT_EVALUATION_H

#include "base/err.h"
#include "data/dict.h"
#include "data/table.h"
#include "fit/evaluator.h"
#include "math/moments.h"

#include <stddef.h>

/* Losses of predictions in a table, summed by groups of rows in one pass. */
struct evaluation_cell {
    struct moments moments; /* of the finite losses */
    size_t infinite;        /* how many others */
};

struct evaluation {
    size_t groups, terms, skipped;
    struct dict *names;           /* of the groups in the order of their first rows; one "" without by_group */
    struct evaluation_cell *cell; /* groups x terms */
    size_t capacity;
    struct err infinite;          /* names the first row with an infinite loss; status STATUS_OK: there is none */
};

/* Reads the table, opened by column, to its end. Errors as of evaluator_map and evaluator_reduce. */
enum status evaluation_run(struct evaluation **evaluation, struct table *table, const struct evaluator_options *options,
                           struct err *err);
void evaluation_free(struct evaluation *evaluation);

/* Infinite where one of the losses is; NaN where they are not defined. The standard error is the sample sd / sqrt(n). */
double evaluation_sum(const struct evaluation_cell *cell, const struct evaluator_term *term);
double evaluation_mean(const struct evaluation_cell *cell, const struct evaluator_term *term);
double evaluation_se(const struct evaluation_cell *cell, const struct evaluator_term *term);

#endif
