#ifndef LIKELY_MODEL_PREDICTOR_PREPARE_H
#define LIKELY_MODEL_PREDICTOR_PREPARE_H

#include "base/err.h"
#include "model/predictor.h"

#include <stddef.h>

/* For kinds: features, labels where there are any, and coefficients (scores x (1 + d)) of a model whose
 * scores are linear. */
enum status predictor_prepare_linear(struct predictor *predictor, size_t scores, struct err *err);

/* For kinds: the categories of text_features, level_counts (a number per text feature) and levels (those of
 * all text features one behind the other); how many levels they have together. */
enum status predictor_prepare_levels(struct predictor *predictor, size_t *levels, struct err *err);

/* For kinds: the field "labels", at least `least` of them, with an output and a score for each: p_LABEL,
 * logit_LABEL. Sets predictor->scores too. */
enum status predictor_prepare_classes(struct predictor *predictor, size_t least, struct err *err);

/* For kinds: the names of n columns, "PREFIX_NAME". */
char **predictor_prepare_names(const char *prefix, const char *const *names, size_t n);

#endif
