#ifndef LIKELY_FIT_EVALUATE_EVALUATION_H
#define LIKELY_FIT_EVALUATE_EVALUATION_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "fit/evaluate/evaluator.h"
#include "math/moments.h"

#include <stddef.h>

/* Losses of predictions in a table, summed by groups of rows in one pass. Those of all rows together take 28 bytes for
 * each row (52 by group), the others constant memory. */
struct evaluation_cell {
    struct moments moments;    /* of the finite losses */
    size_t infinite;           /* how many others */
    struct moments difference; /* paired: of the finite losses less those of the term half of the terms on */
    size_t incomparable;       /* paired: how many rows had no finite difference */
    double whole, whole_se;    /* of a loss of all rows together; moments has just their number */
};

/* The rows of one term whose loss is of all rows together. */
struct evaluation_sample {
    struct loss_point *point; /* those of group 0, then those of group 1, and so on */
    uint32_t *group;          /* of each; gone when they are in this order */
    size_t *end;              /* groups: where the points of each end */
    char *other;              /* the class beside that of one prediction column; NULL: none was found */
    size_t n, point_capacity, group_capacity;
};

struct evaluation {
    size_t groups, terms, skipped;
    struct dict *classes;         /* of labelled terms of all rows together, whose points have their numbers */
    struct dict *names;           /* of the groups in the order of their first rows; one "" without by_group */
    struct evaluation_cell *cell; /* groups x terms */
    size_t capacity;
    struct evaluation_sample *sample; /* of each term */
    struct err infinite;              /* names the first row with an infinite loss; status STATUS_OK: there is none */
};

/* Reads the table, opened by column, to its end. Errors as of evaluator_map and evaluator_reduce. */
enum status evaluation_run(struct evaluation **evaluation, struct table *table, const struct evaluator_options *options,
                           struct err *err);
void evaluation_free(struct evaluation *evaluation);

/* The points of a term and group, for such a loss. */
struct loss_sample evaluation_points(const struct evaluation *evaluation, const struct evaluator_term *terms,
                                     size_t term, size_t group);

/* Of a loss of all rows together the sum is NaN, the mean the metric itself. Else infinite
 * where one of the losses is; NaN where they are not defined. The standard error is the sample sd / sqrt(n). */
double evaluation_sum(const struct evaluation_cell *cell, const struct evaluator_term *term);
double evaluation_mean(const struct evaluation_cell *cell, const struct evaluator_term *term);
double evaluation_se(const struct evaluation_cell *cell, const struct evaluator_term *term);

/* The mean of the differences of two terms' losses, infinite where only one mean is, its standard error, and the
 * two-sided p-value of Student's paired t-test with weight - 1 degrees of freedom; NaN where they are not defined. */
struct evaluation_comparison {
    double mean, se, p;
};
struct evaluation_comparison evaluation_compare(const struct evaluation_cell *cell,
                                                const struct evaluation_cell *baseline);

#endif
