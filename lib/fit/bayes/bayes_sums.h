#ifndef LIKELY_FIT_BAYES_BAYES_SUMS_H
#define LIKELY_FIT_BAYES_BAYES_SUMS_H

#include "data/dataset/roles.h"
#include "data/keys/dict.h"
#include "fit/bayes/bayes.h"
#include "math/moments.h"

/* The sums of a table from which bayes.c estimates. Classes and levels are numbered in the order of their first
 * rows. */

/* Weights of the levels of a text in a class; levels from n on have not occurred in it. */
struct bayes_sums_counts {
    struct dd *weight;
    size_t n, capacity;
};

struct bayes_sums {
    struct roles roles;
    size_t numbers, texts; /* number of feature columns of each type */
    size_t n, skipped;
    struct weighting_sums importances;
    struct dict *labels;
    size_t classes, weights_capacity, moments_capacity, counts_capacity;
    struct dd *weights;               /* classes */
    struct moments *moments;          /* classes x numbers */
    struct bayes_sums_counts *counts; /* classes x texts */
    struct dict **levels;             /* texts */
};

/* Reads the table, opened by column, to its end and adds to sums, which are zero-initialised. Errors: those of
 * bayes_fit that do not concern estimates. */
enum status bayes_sums_gather(struct bayes_sums *sums, struct table *table, const struct bayes_options *options,
                              struct err *err);
void bayes_sums_release(struct bayes_sums *sums);

#endif
