#ifndef LIKELY_FIT_BAYES_BAYES_H
#define LIKELY_FIT_BAYES_BAYES_H

#include "base/err.h"
#include "data/dataset/roles.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* Naive Bayes: P(class k, row) = prior[k] * product over columns of P(value | k), by maximum likelihood. Numbers
 * are Gaussian in each class, with their mean and variance (divisor n) there; texts are categorical, with their
 * relative frequencies there. One pass over the table; memory grows with classes and levels only. Murphy,
 * Probabilistic Machine Learning: An Introduction (2022), 9.3. */
struct bayes_options {
    struct roles_options roles; /* without offset; text columns are categories */
    double pseudo_count;        /* added to the count of each level in each class */
    double variance_floor;      /* least variance in a class, as a fraction of the variance over all rows */
    size_t threads;
};

struct bayes_fit {
    size_t classes, numbers, texts;
    char *target;
    char **labels; /* classes, in the order of dataset.h */
    char **number_names, **text_names;
    size_t levels;             /* number of levels of all texts */
    char **level_names;        /* levels: those of the first text, then the second, …, each in the order of labels */
    double *level_counts;      /* texts: number of levels of each */
    double *weights;           /* classes: number of rows, or sum of their weights */
    double *priors;            /* classes: relative frequencies */
    double *means, *variances; /* classes x numbers, row-major */
    double *frequencies;       /* classes x levels, row-major: P(level | class), which sum to 1 for each text */
    size_t n, skipped;         /* rows used; rows left out because a value was missing */
    double weight_sum;
    double loglik; /* sum of log P(class, row), nats */
};

/* Reads the table, opened by column, to its end. Errors: those of roles_find; an infinite value; a missing
 * value, unless these are skipped; an invalid weight; a class without weight; fewer than two classes; a column
 * whose variance is 0, in a class or over all rows. */
enum status bayes_fit(struct bayes_fit **fit, struct table *table, const struct bayes_options *options,
                      struct err *err);
void bayes_free(struct bayes_fit *fit);

#endif
