#ifndef LIKELY_FIT_EVALUATE_EVALUATOR_H
#define LIKELY_FIT_EVALUATE_EVALUATOR_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "family/loss/loss.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Losses of predictions in a table, a block of rows at a time. A term is a loss of one or more prediction
 * columns. */

struct evaluator_term {
    const struct loss *loss;
    double parameter;
    double threshold;     /* of a loss that decides */
    bool rest;            /* n = 1: all classes but its own are the other one */
    size_t own;           /* 1 + the class, of several, that a metric which decides is about; 0: all of them */
    bool estimated;       /* the parameter is estimated: the values are those of loss->statistic */
    bool labelled;        /* the only column holds class labels, compared with the target as text or number */
    size_t *columns;      /* n columns of predictions; one column of a loss of classes: that class against one other */
    struct slice *labels; /* n: class of each column; p NULL: the targets are 1 and 0 */
    size_t n;
    size_t *targets;    /* n: columns with the probability of each class; NULL: the target is a class */
    struct slice other; /* n = 1: the other class; p NULL: the first one found */
};

struct evaluator_options {
    const struct evaluator_term *terms;
    size_t n_terms, target, group, weight, threads;
    double temperature; /* divides the scores; 0: no division */
    bool by_group, weighted, skip_missing;
    bool importances; /* only the ratios of the weights matter: they sum to the effective number of rows */
    bool gradient;    /* compute the gradient of the first term, whose loss must have one */
    bool paired;      /* the second half of the terms are the baselines of the first half */
};

struct evaluator;

/* The evaluated rows of one block. Zero-initialise; arrays are reused from block to block. */
struct evaluator_rows {
    size_t rows;       /* number of complete rows */
    size_t *row;       /* their indexes in the block, ascending */
    double *value;     /* of row i and term t: value[t * stride + i] */
    double **wide;     /* per term whose loss is wide: rows x n values */
    double *reference; /* likewise, for metrics of all rows together; of labelled terms both are numbers of classes */
    double *gradient;  /* rows x n of the first term */
    double *target_probability; /* rows x n target probabilities */
    size_t stride;
    struct dict *labels;  /* the distinct targets */
    struct dict *classes; /* labels of the class numbers of labelled metrics, numeric ones in one spelling */
    size_t *first;        /* per label: the first row with it */
    uint32_t *code;       /* per row: its label */
    uint32_t *class, *class_of;
    double *prediction, *target;
    bool *lacks;
    size_t row_capacity, value_capacity, reference_capacity, gradient_capacity, target_probability_capacity,
        first_capacity;
    size_t n_wide, *wide_capacity;
    size_t code_capacity, class_capacity, class_of_capacity;
    size_t prediction_capacity, target_capacity, lacks_capacity;
};

/* Asks the table, opened by column, for the columns of the options, which must outlive the evaluator. */
void evaluator_new(struct evaluator **evaluator, struct table *table, const struct evaluator_options *options);
void evaluator_free(struct evaluator *evaluator);

/* Evaluates a block; for map of a fold. Errors, of the first row that has one: a missing value, unless they are
 * skipped; an invalid weight; a probability outside [0, 1]; probabilities whose sum differs from 1 by more than
 * 1e-6; a standard deviation that is not above 0; an unknown class; a loss that is not a number. */
enum status evaluator_map(const struct evaluator *evaluator, struct evaluator_rows *rows, const struct block *block,
                          struct err *err);

/* The other class of a term with a single column, as far as known from the blocks reduced; p NULL: none was
 * found. */
struct slice evaluator_other(const struct evaluator *evaluator, size_t term);

/* As mismatch_find, of the first term of labels in the blocks reduced. */
bool evaluator_mismatch(const struct evaluator *evaluator, struct slice *target, struct slice *label);

/* Called after evaluator_map, in the order of the blocks; for reduce of a fold. Error: a third class where a
 * column predicts one class against one other. */
enum status evaluator_reduce(struct evaluator *evaluator, const struct evaluator_rows *rows, const struct block *block,
                             struct err *err);
void evaluator_rows_release(struct evaluator_rows *rows);

/* Weight and group of a complete row; 1 and "" if the options name no column. */
double evaluator_weight(const struct evaluator *evaluator, const struct block *block, size_t row);
struct slice evaluator_group(const struct evaluator *evaluator, const struct block *block, size_t row);

#endif
