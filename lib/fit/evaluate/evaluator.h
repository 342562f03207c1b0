#ifndef LIKELY_FIT_EVALUATE_EVALUATOR_H
#define LIKELY_FIT_EVALUATE_EVALUATOR_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "family/loss/loss.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Losses of predictions in a table, a block of rows at a time. */

struct evaluator_term {
    const struct loss *loss;
    double parameter;
    bool estimated;       /* the parameter is left to the data: the values are those of loss->statistic */
    bool labelled;        /* the one column holds class labels, compared with the target as text or number */
    size_t *columns;      /* n: the predictions; 1 for a loss of classes: that class against one other */
    struct slice *labels; /* n: the class of each; p NULL: the target is 1 for it, else 0 */
    size_t n;
    size_t *targets;    /* n: the columns with the share of each class; NULL: the target is a class */
    struct slice other; /* n 1: the other class; p NULL: the first that is found */
};

struct evaluator_options {
    const struct evaluator_term *terms;
    size_t n_terms, target, group, weight, threads;
    double temperature; /* divides scores first; 0: nothing does */
    bool by_group, weighted, skip_missing;
    bool gradient; /* of the first term; it has one */
    bool paired;   /* the second half of the terms are what the first half's losses are compared with */
};

struct evaluator;

/* What is known of one block. Zero-initialise; the arrays are kept from block to block. */
struct evaluator_rows {
    size_t rows;   /* that lack nothing */
    size_t *row;   /* their numbers in the block, ascending */
    double *value; /* of row i and term t: value[t * stride + i] */
    double *
        reference; /* beside the values of a loss of all rows together; of a labelled one both are numbers of classes */
    double *gradient; /* rows x n of the first term */
    double *share;
    size_t stride;
    struct dict *labels; /* the distinct targets, */
    struct dict
        *classes;   /* the labels that labelled terms of all rows together are numbered by: numbers in one spelling */
    size_t *first;  /* which of the rows has each of labels first, */
    uint32_t *code; /* and that of each row */
    uint32_t *class, *class_of;
    double *prediction, *target;
    bool *lacks;
    size_t row_capacity, value_capacity, reference_capacity, gradient_capacity, share_capacity, first_capacity;
    size_t code_capacity, class_capacity, class_of_capacity;
    size_t prediction_capacity, target_capacity, lacks_capacity;
};

/* Asks the table, opened by column, for what the options need; they must outlive it. */
void evaluator_new(struct evaluator **evaluator, struct table *table, const struct evaluator_options *options);
void evaluator_free(struct evaluator *evaluator);

/* Evaluates a block; for map. Errors name the first row that has one: missing values unless they are skipped, a
 * probability or share outside [0, 1], a standard deviation that is not above 0, probabilities whose sum is further
 * than 1e-6 from 1, an unknown class, a bad weight. */
enum status evaluator_map(const struct evaluator *evaluator, struct evaluator_rows *rows, const struct block *block,
                          struct err *err);

/* The class beside that of a term's one column, as far as the blocks that were reduced tell; p NULL: none was found. */
struct slice evaluator_other(const struct evaluator *evaluator, size_t term);

/* Then, in the order of the blocks, for reduce: a third class where one column tells one class from one other is an
 * error. */
enum status evaluator_reduce(struct evaluator *evaluator, const struct evaluator_rows *rows, const struct block *block,
                             struct err *err);
void evaluator_rows_release(struct evaluator_rows *rows);

/* Of a row of the block that lacks nothing: 1 and "" where the options name no column. */
double evaluator_weight(const struct evaluator *evaluator, const struct block *block, size_t row);
struct slice evaluator_group(const struct evaluator *evaluator, const struct block *block, size_t row);

#endif
