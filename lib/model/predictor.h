#ifndef LIKELY_MODEL_PREDICTOR_H
#define LIKELY_MODEL_PREDICTOR_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kind;

/* A model ready to be applied to rows. Scores are intercept + x' weights, unless the kind computes its own; outputs are
 * the kind's response to them. predictor_open makes one. */
struct predictor {
    const struct kind *kind;
    const struct model *model; /* must live on, unless it is … */
    struct model *owned;       /* … the predictor's own; NULL: it is not */
    size_t d;                  /* features, in the model's order: columns of numbers, then … */
    size_t indicators;         /* … the number of indicators of the levels of categories, the first levels left out */
    const char *const *features;
    const char *offset; /* the column that is added to the first score; NULL: none */
    size_t texts;       /* features that are categories */
    const char *const *text_features;
    struct dict **levels; /* texts: their values, numbered as in the model */
    size_t labels;        /* classes; 0: numbers are predicted */
    const char *const *label;
    const char *const *target;          /* of each output, if numbers are predicted */
    size_t scores, outputs;             /* numbers per row */
    bool has_sds;                       /* outputs are pairs: a mean and its standard deviation */
    char **score_names, **output_names; /* of columns: logit_LABEL, p_LABEL */
    double *intercept;                  /* scores */
    double *weights;                    /* d x scores, row-major: those of a feature stand together */
    void *own;                          /* the kind's own tables */
};

/* Rows to be scored. A category is a level of its feature, or PREDICTOR_UNSEEN, which contributes nothing. */
struct predictor_rows {
    size_t rows;
    const double *x; /* rows x predictor_numbers: features, then the offset; row-major with leading dimension ld */
    size_t ld;
    const uint32_t *level; /* rows x texts */
};
#define PREDICTOR_UNSEEN DICT_NONE

/* The number of columns of numbers: the features without the indicators, and the offset. */
static inline size_t predictor_numbers(const struct predictor *predictor)
{
    return predictor->d - predictor->indicators + (predictor->offset != NULL);
}

void predictor_free(struct predictor *predictor);

/* scores: rows x predictor->scores. The bits do not depend on how rows are split into calls. */
void predictor_scores(const struct predictor *predictor, const struct predictor_rows *rows, double *scores);

/* The number of aliased features, whose coefficients are 0 and not free. */
size_t predictor_aliased(const struct predictor *predictor);
/* The number of free coefficients without the intercepts, `sets` per feature. Under an l1 penalty it is that of
 * coefficients other than 0, an unbiased estimate of the lasso's degrees of freedom (H. Zou, T. Hastie and
 * R. Tibshirani, Ann. Stat. 35 (2007), 2173). */
size_t predictor_slopes(const struct predictor *predictor, size_t sets);
bool predictor_is_aliased(const struct predictor *predictor, size_t feature);
bool predictor_has_intercept(const struct predictor *predictor);

/* The scores of one sparse row of models whose scores are linear, without an offset: values of the features
 * index[0..n). */
void predictor_sparse_scores(const struct predictor *predictor, size_t n, const uint32_t *index, const double *values,
                             double *scores);

/* x (d numbers) of one row: its numbers, which may be in x already, then its indicators. */
void predictor_terms(const struct predictor *predictor, const double *numbers, const uint32_t *level, double *x);

/* For kinds with an output per label: the most probable one; of two the second if its output is at least the
 * threshold. */
size_t predictor_choose(const struct predictor *predictor, const double *outputs, double threshold);

#endif
