#ifndef LIKELY_FIT_BAYES_BAYES_H
#define LIKELY_FIT_BAYES_BAYES_H

#include "base/err.h"
#include "data/dataset/roles.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* Naive Bayes: P(class k, row) = prior[k] * product over columns of P(value | k), by maximum likelihood in one pass
 * over a table, in memory that grows with classes and levels only. Numbers are Gaussian in each class, with their mean
 * and variance 1/n there; texts are categorical, with their relative frequencies there. Murphy, Probabilistic Machine
 * Learning: An Introduction (2022), 9.3. */
struct bayes_options {
    struct roles_options roles; /* without offset; texts are categories */
    double pseudo_count;        /* added to the count of each level in each class */
    double variance_floor;      /* least variance in a class, as a fraction of the column's variance over all rows */
    size_t threads;
};

struct bayes_fit {
    size_t classes, numbers, texts;
    char *target;
    char **labels; /* classes, as dataset.h orders them */
    char **number_names, **text_names;
    size_t levels;             /* of all texts */
    char **level_names;        /* levels: those of the first text, of the second, …, each ordered as the labels are */
    double *level_counts;      /* texts: how many levels each has */
    double *weights;           /* classes: rows, or their weights' sum */
    double *priors;            /* classes: relative frequencies */
    double *means, *variances; /* classes x numbers, row-major */
    double *frequencies;       /* classes x levels, row-major: P(level | class), 1 in sum for each text */
    size_t n, skipped;         /* rows learnt from; left out because a value was missing */
    double weight_sum;
    double loglik; /* sum of log P(class, row), nats */
};

/* Reads the table, opened by column, to its end. Errors: what roles_find says; an infinite value; a missing one, unless
 * they are to be skipped; a bad weight; a class without weight; one class only; a column whose variance is 0, in a
 * class or altogether. */
enum status bayes_fit(struct bayes_fit **fit, struct table *table, const struct bayes_options *options,
                      struct err *err);
void bayes_free(struct bayes_fit *fit);

#endif
