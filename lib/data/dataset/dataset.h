#ifndef LIKELY_DATA_DATASET_DATASET_H
#define LIKELY_DATA_DATASET_DATASET_H

#include "base/err.h"
#include "data/dataset/levels.h"
#include "data/dataset/roles.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rows kept in memory for trainers: features X (n x d), a target, weights. Held as chunks of consecutive rows, the unit
 * of parallel work, whose sizes do not depend on the number of threads. */
struct dataset_chunk {
    size_t rows;
    double
        *x; /* rows x d, row-major with leading dimension ld >= d; of sparse rows their values, one behind the other */
    float *single; /* rows x d, row-major without gaps, instead of x where single precision was asked for; else NULL */
    size_t ld;
    size_t *start;   /* rows + 1: the values of sparse row r are x[start[r]] .. x[start[r + 1]); NULL for dense rows */
    uint32_t *index; /* of the values' columns, ascending in a row; NULL for dense rows */
    double *target;  /* rows numbers, stride ld, those of several targets side by side; NULL for class targets */
    uint32_t *label; /* rows class numbers 0..classes-1; NULL for number targets and for … */
    double
        *share; /* … targets that are shares of the classes, side by side, summing to 1: rows, stride ld; else NULL */
    double *weight;             /* rows weights, stride ld; NULL = all 1 */
    double *offset;             /* rows numbers to be added to scores, stride ld; NULL = none */
    const double *class_factor; /* by class: what weights are multiplied by; NULL = 1 */
};

struct dataset {
    size_t n, d;
    bool sparse; /* rows hold what is not 0 only; there are neither weights nor number targets */
    size_t chunks;
    struct dataset_chunk *chunk;
    char **features; /* d names */
    size_t n_categories;
    struct category *category; /* their features are behind those that are columns */
    char *target;              /* its name; of several that of the first, of shares all of them between commas */
    size_t n_targets;
    char **targets;       /* all names */
    char *offset;         /* the column's name; number targets are less their offsets already. NULL = there is none */
    size_t classes;       /* 0 for a number target */
    char **labels;        /* classes names: in numeric order when all are numbers, else in byte order */
    uint64_t *counts;     /* rows of each class */
    double *class_factor; /* of all chunks */
    double weight_sum;    /* n without weights */
    double cases;         /* n, or with frequencies their sum: how many rows there would be without them */
    double counted;       /* the same of the rows of weight above 0 */
    double
        log_weights; /* of importances, as they are in the chunks, the sum of the logarithms of those above 0; else 0 */
    size_t skipped;  /* rows left out because a value was missing */
    struct arena arena;      /* of the numbers in memory */
    struct arena indexes;    /* of sparse rows' indexes */
    size_t chunks_in_memory; /* the first of them; the others are in the … */
    struct spool *spool;     /* … spool, which is NULL when all are in memory */
};

struct dataset_options {
    struct roles_options roles;
    bool several;           /* targets that are numbers, … */
    bool shares;            /* … and how much of each class a row is: not below 0, and 1 together */
    bool may_be_categories; /* text features can be coded as categories, so that an error can propose it */
    bool classes;           /* the target is a class label, else a number */
    bool may_be_shares;     /* … or several columns are shares of classes that are called as they are */
    bool may_be_sparse;     /* rows of a class, without weights, offsets and categories, are held as sparse ones if most
                             * values of     the first ones are 0 */
    bool single;            /* features are kept in single precision; without categories */
    size_t threads;
    size_t memory; /* bytes of numbers to keep in memory at most; 0 = no limit. What exceeds it goes to … */
    const char *spool_directory; /* … an unlinked temporary file here; needed with a limit only */
};

/* Whether svmlight text has the columns asked for, its target being a class; error: which it does not have. */
enum status dataset_check_sparse(const struct roles_options *roles, bool classes, struct err *err);

/* Reads the table, opened with by_row, to its end. Sparse tables have the target "label" and the features
 * "1", "2", … up to the greatest index; neither features, exclude, weights, offset nor categories can be
 * chosen. Errors: a text feature (says --exclude), a missing value (says --missing skip), a bad weight, inf,
 * a target also named as a feature, a category of one level, shares that do not sum to 1, no rows. */
enum status dataset_load(struct dataset **dataset, struct table *table, const struct dataset_options *options,
                         struct err *err);
void dataset_free(struct dataset *dataset);

/* A number that tells datasets apart: a hash of their values, row by row. */
uint64_t dataset_digest(const struct dataset *dataset);

/* Numbers the classes as others are: labels[0 .. n) become those of the dataset. False where a label of the
 * dataset is not among them, *unknown being its class; nothing is changed then. */
bool dataset_use_labels(struct dataset *dataset, size_t n, const char *const *labels, size_t *unknown);

/* Multiplies the weights of each class's rows by a factor (classes); not with shares. */
void dataset_weigh_classes(struct dataset *dataset, const double *factor);

/* sums (classes): of the weights of each class's rows. */
void dataset_class_weights(const struct dataset *dataset, double *sums);

static inline double dataset_weight(const struct dataset_chunk *chunk, size_t row)
{
    double weight = chunk->weight != NULL ? chunk->weight[row * chunk->ld] : 1;
    return chunk->class_factor != NULL ? weight * chunk->class_factor[chunk->label[row]] : weight;
}

/* How much of a class a row is: 0 or 1 where it has a label. */
static inline double dataset_share(const struct dataset_chunk *chunk, size_t row, size_t class)
{
    return chunk->share != NULL ? chunk->share[row * chunk->ld + class] : chunk->label[row] == class;
}

#endif
