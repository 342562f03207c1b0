#ifndef LIKELY_FIT_EVALUATION_H
#define LIKELY_FIT_EVALUATION_H

#include "base/err.h"
#include "data/dict.h"
#include "data/table.h"
#include "family/loss.h"
#include "math/moments.h"

#include <stdbool.h>
#include <stddef.h>

/* Losses of predictions in a table, summed by groups of rows in one pass. */
struct evaluation_term {
    const struct loss *loss;
    double parameter;
    size_t *columns;           /* n: the predictions; one column of labels where `labelled` */
    struct slice *labels;      /* n: the class of each; p NULL: the target is 1 for it, else 0 */
    size_t n;                  /* 1 for a loss of classes: that class against all others */
    bool labelled;             /* the column holds class labels, compared with the target as text */
};

struct evaluation_options {
    const struct evaluation_term *terms;
    size_t n_terms, target, group, weight, threads;
    bool by_group, weighted, skip_missing;
};

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

/* Reads the table, opened by column, to its end. Errors name the row: missing values unless they are skipped, a
 * probability outside [0, 1], probabilities whose sum is further than 1e-6 from 1, an unknown class, a bad weight. */
enum status evaluation_run(struct evaluation **evaluation, struct table *table, const struct evaluation_options *options,
                           struct err *err);
void evaluation_free(struct evaluation *evaluation);

/* Infinite where one of the losses is; NaN where they are not defined. The standard error is the sample sd / sqrt(n). */
double evaluation_sum(const struct evaluation_cell *cell);
double evaluation_mean(const struct evaluation_cell *cell);
double evaluation_se(const struct evaluation_cell *cell);

#endif
