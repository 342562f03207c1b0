#ifndef LIKELY_FIT_EVALUATE_EVALUATION_H
#define LIKELY_FIT_EVALUATE_EVALUATION_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "fit/evaluate/evaluator.h"
#include "math/moments.h"

#include <stddef.h>

/* The losses of one term and group: losses per row as moments, metrics of all rows together as a value. One
 * pass; the latter take 28 bytes of memory per row (52 with groups), the former constant memory. */
struct evaluation_cell {
    struct moments moments;    /* of the finite losses */
    size_t infinite;           /* number of infinite losses */
    struct moments difference; /* paired: of the finite differences to the losses of the baseline */
    size_t incomparable;       /* paired: number of rows without a finite difference */
    double whole, whole_se; /* of a metric of all rows together; then moments.n is their number and the rest unused */
};

/* The rows of one term that is a metric of all rows together. */
struct evaluation_sample {
    struct loss_point *point; /* sorted by group */
    uint32_t *group;          /* group of each point; freed when they are sorted */
    size_t *end;              /* groups: end of the points of each */
    char *other;              /* the other class of a single prediction column; NULL: none was found */
    size_t n, point_capacity, group_capacity;
};

struct evaluation {
    size_t groups, terms, skipped;
    struct dict *classes; /* labels of the class numbers in points of labelled metrics */
    struct dict *names;   /* names of the groups in the order of their first rows; a single "" without by_group */
    struct evaluation_cell *cell; /* groups x terms */
    size_t capacity;
    struct evaluation_sample *sample; /* per term */
    char *mismatch[2];                /* the most similar target and label, if none are equal; else NULL */
    struct err infinite;              /* names the first row with an infinite loss; STATUS_OK: none */
};

/* Reads the table, opened by column, to its end. Errors: those of evaluator_map and evaluator_reduce; a sum of
 * weights that is infinite or 0. */
enum status evaluation_run(struct evaluation **evaluation, struct table *table, const struct evaluator_options *options,
                           struct err *err);
void evaluation_free(struct evaluation *evaluation);

/* The points of a term and group, for a metric of all rows together. */
struct loss_sample evaluation_points(const struct evaluation *evaluation, const struct evaluator_term *terms,
                                     size_t term, size_t group);

/* Sum, mean and standard error (sample sd / sqrt(n)) of the losses of a cell. Sum and mean are inf if a loss is;
 * the standard error is then NaN. Of a metric of all rows together the mean is the metric and the sum is NaN.
 * NaN where undefined. */
double evaluation_sum(const struct evaluation_cell *cell, const struct evaluator_term *term);
double evaluation_mean(const struct evaluation_cell *cell, const struct evaluator_term *term);
double evaluation_se(const struct evaluation_cell *cell, const struct evaluator_term *term);

/* The mean difference between the losses of two terms, infinite if only one of the means is; its standard error;
 * and the two-sided p-value of Student's paired t-test with weight - 1 degrees of freedom. NaN where undefined. */
struct evaluation_comparison {
    double mean, se, p;
};
struct evaluation_comparison evaluation_compare(const struct evaluation_cell *cell,
                                                const struct evaluation_cell *baseline);

#endif
