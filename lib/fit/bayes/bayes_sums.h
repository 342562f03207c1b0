#ifndef LIKELY_FIT_BAYES_BAYES_SUMS_H
#define LIKELY_FIT_BAYES_BAYES_SUMS_H

#include "data/dataset/roles.h"
#include "data/keys/dict.h"
#include "fit/bayes/bayes.h"
#include "math/moments.h"

/* What bayes.c gathers from a table and estimates from. Classes and levels are numbered as they were met. */

/* Weights of the levels of a text in a class; levels that it has not met are behind `n`. */
struct bayes_counts {
    struct dd *weight;
    size_t n, capacity;
};

struct bayes_sums {
    struct roles roles;
    size_t numbers, texts; /* features */
    size_t n, skipped;
    struct weighting_sums importances;
    struct dict *labels;
    size_t classes, weights_capacity, moments_capacity, counts_capacity;
    struct dd *weights;          /* classes */
    struct moments *moments;     /* classes x numbers */
    struct bayes_counts *counts; /* classes x texts */
    struct dict **levels;        /* texts */
};

/* Reads the table to its end into sums, which begin as zeros. */
enum status bayes_sums_gather(struct bayes_sums *sums, struct table *table, const struct bayes_options *options,
                              struct err *err);
void bayes_sums_release(struct bayes_sums *sums);

#endif
