#ifndef LIKELY_DATA_DATASET_DATASET_H
#define LIKELY_DATA_DATASET_DATASET_H

#include "base/err.h"
#include "data/dataset/levels.h"
#include "data/dataset/roles.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows kept in memory for trainers: features X (n x d), targets, weights, offsets. They are held as chunks of
 * consecutive rows, the unit of parallel work, whose sizes do not depend on the number of threads. */
struct dataset_chunk {
    size_t rows;
    /* Dense rows: rows x d, row-major with leading dimension ld >= d. Sparse rows: their values, one row after another.
     */
    double *x;
    float *single; /* rows x d, row-major without gaps, instead of x in single precision; else NULL */
    size_t ld;
    size_t *start;   /* rows + 1: the values of sparse row r are x[start[r]] .. x[start[r + 1]); NULL for dense rows */
    uint32_t *index; /* columns of the values, ascending within a row; NULL for dense rows */

    /* Of each row, with stride ld. NULL = it has none. */
    double *target;      /* n_targets numbers side by side */
    double *probability; /* of each class, side by side; they sum to 1 */
    double *weight;      /* NULL = all 1 */
    double *offset;      /* added to scores */

    uint32_t *label;            /* rows class numbers 0 .. classes-1; NULL for targets of the other two kinds */
    const double *class_factor; /* classes: multiplies the weights of the rows of each class; NULL = all 1 */
};

struct dataset {
    size_t n, d;
    bool sparse; /* rows hold only the values that are not 0; there are no weights and no number targets */
    size_t chunks;
    struct dataset_chunk *chunk;
    char **features; /* d names */
    size_t n_categories;
    struct category *category; /* their features follow those that are columns */
    char *target; /* name; of several numbers the first name, of class probabilities all names and commas */
    size_t n_targets;
    char **targets;          /* all names */
    char *offset;            /* name of the column; it has been subtracted from number targets. NULL = none */
    size_t classes;          /* 0 for a number target */
    char **labels;           /* classes names: in numeric order when all are numbers, else in byte order */
    uint64_t *counts;        /* rows of each class */
    double *class_factor;    /* of all chunks */
    double weight_sum;       /* n without weights */
    double cases;            /* number of rows: n, or the sum of the frequencies */
    double counted;          /* the same of the rows of weight above 0 */
    double log_weights;      /* sum of the logarithms of the scaled importances above 0; else 0 */
    bool are_trials;         /* rows stand in pairs: the failures and the successes of so many trials, as weights */
    size_t unwhole;          /* then: pairs whose successes are no whole number */
    double saturated;        /* then: sum of the logarithms of probabilities that fit each pair exactly */
    size_t skipped;          /* rows left out because a value was missing */
    struct arena arena;      /* numbers in memory */
    struct arena indexes;    /* of sparse rows */
    size_t chunks_in_memory; /* the first ones; the others are in … */
    struct spool *spool;     /* … a temporary file; NULL = all are in memory */
};

/* The rows that a trainer accepts. */
struct dataset_options {
    struct roles_options roles;
    bool classes;              /* the target is a class label, else a number */
    bool several;              /* several targets are allowed, all numbers */
    bool probabilities;        /* the several targets are class probabilities: not negative, with the sum 1 */
    bool may_be_probabilities; /* one target is a class label, several are probabilities of the classes they name */
    bool trials;               /* the target is the successes among the trials that the weights are: two classes */
    bool may_be_categories;    /* text features can be coded as categories, so that an error can propose it */
    bool may_be_sparse; /* rows with a label, without weights, offset and categories, are held as sparse rows when
                         * most values of the first block are 0 */
    bool single;        /* features are kept in single precision; without categories */
    size_t threads;
    size_t memory;               /* most bytes of numbers to keep in memory, 0 = no limit; the others go to … */
    const char *spool_directory; /* … an unlinked temporary file here; needed with a limit only */
};

/* Whether svmlight text has what the roles name, and whether the target is a class. */
enum status dataset_check_sparse(const struct roles_options *roles, bool classes, struct err *err);

/* Reads the table, opened with by_row, to its end. Sparse tables have the target "label" and the features
 * "1", "2", … up to the greatest index; no other roles can be chosen. Errors: those of roles_find and row_check, a
 * category of one level, class probabilities that do not sum to 1, no rows. */
enum status dataset_load(struct dataset **dataset, struct table *table, const struct dataset_options *options,
                         struct err *err);
void dataset_free(struct dataset *dataset);

/* A hash of the values, row by row, by which two datasets can be told apart. */
uint64_t dataset_digest(const struct dataset *dataset);

/* Numbers the classes by labels[0 .. n), which become those of the dataset. False when a label of the dataset is not
 * among them: *unknown is its class, and nothing is changed. */
bool dataset_use_labels(struct dataset *dataset, size_t n, const char *const *labels, size_t *unknown);

/* Multiplies the weights of the rows of each class by a factor (classes); not with class probabilities. */
void dataset_weigh_classes(struct dataset *dataset, const double *factor);

/* sums (classes): total weight of the rows of each class. */
void dataset_class_weights(const struct dataset *dataset, double *sums);

static inline double dataset_weight(const struct dataset_chunk *chunk, size_t row)
{
    double weight = chunk->weight != NULL ? chunk->weight[row * chunk->ld] : 1;
    return chunk->class_factor != NULL ? weight * chunk->class_factor[chunk->label[row]] : weight;
}

/* Probability of a class in a row: 0 or 1 when the row has a label. */
static inline double dataset_probability(const struct dataset_chunk *chunk, size_t row, size_t class)
{
    return chunk->probability != NULL ? chunk->probability[row * chunk->ld + class] : chunk->label[row] == class;
}

#endif
