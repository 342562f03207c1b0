#ifndef LIKELY_MODEL_PREDICTOR_H
#define LIKELY_MODEL_PREDICTOR_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kind;

/* A model made ready to be applied to rows: scores, which are intercept + x' weights unless the kind has a
 * score of its own, and outputs by the kind's response. */
struct predictor {
    const struct kind *kind;
    const struct model *model; /* must live on, unless it is … */
    struct model *owned;       /* … the predictor's own; NULL: it is not */
    size_t d;                  /* features that are numbers, in the model's order, … */
    /* … the last of which are no columns, but say whether a category has a level, its first left out */
    size_t indicators;
    const char *const *features;
    const char *offset; /* the column that is added to the first score; NULL: there is none */
    size_t texts;       /* features that are categories */
    const char *const *text_features;
    struct dict **levels; /* texts: their values, numbered as in the model */
    size_t labels;        /* classes; 0 where numbers are predicted */
    const char *const *label;
    const char *const *target;          /* of each output, where numbers are predicted */
    size_t scores, outputs;             /* numbers per row */
    bool has_sds;                       /* outputs are pairs: a mean and its standard deviation */
    char **score_names, **output_names; /* of columns: logit_LABEL, p_LABEL */
    double *intercept;                  /* scores */
    double *weights;                    /* d x scores, row-major: those of a feature stand together */
    void *own;                          /* what else the kind needs */
};

/* Rows to be scored. A category has a level of its feature, or PREDICTOR_UNSEEN: it says nothing about the outputs. */
struct predictor_rows {
    size_t rows;
    const double *x; /* rows x predictor_numbers: features, then the offset; row-major with leading dimension ld */
    size_t ld;
    const uint32_t *level; /* rows x texts */
};
#define PREDICTOR_UNSEEN DICT_NONE

/* How many columns of numbers a row has: the features less the indicators, which are no columns, and the offset. */
static inline size_t predictor_numbers(const struct predictor *predictor)
{
    return predictor->d - predictor->indicators + (predictor->offset != NULL);
}

void predictor_free(struct predictor *predictor);

/* scores: rows x predictor->scores. The bits do not depend on how rows are split into calls. */
void predictor_scores(const struct predictor *predictor, const struct predictor_rows *rows, double *scores);

/* How many features are aliased: their coefficients are 0 and not free. */
size_t predictor_aliased(const struct predictor *predictor);
/* Free coefficients but for the intercepts, of `sets` per feature; under an l1 those that are not 0 (H. Zou,
 * T. Hastie and R. Tibshirani, Ann. Stat. 35 (2007), 2173: their number estimates the lasso's degrees of
 * freedom without bias). */
size_t predictor_slopes(const struct predictor *predictor, size_t sets);
bool predictor_is_aliased(const struct predictor *predictor, size_t feature);
bool predictor_has_intercept(const struct predictor *predictor);

/* The scores of one sparse row of models whose scores are linear, without an offset: values of the features
 * index[0..n). */
void predictor_sparse_scores(const struct predictor *predictor, size_t n, const uint32_t *index, const double *values,
                             double *scores);

/* x (d numbers) of one row: its numbers, which may stand there already, then its indicators. */
void predictor_terms(const struct predictor *predictor, const double *numbers, const uint32_t *level, double *x);

/* For kinds with an output per label: the most probable one; of two the second from the threshold on. */
size_t predictor_choose(const struct predictor *predictor, const double *outputs, double threshold);

#endif
