#ifndef LIKELY_MODEL_PREDICTOR_PREPARE_H
#define LIKELY_MODEL_PREDICTOR_PREPARE_H

#include "base/err.h"
#include "model/predictor.h"

#include <stddef.h>

/* For kinds: parts of their prepare(). The fields of the model have passed model_check. */

/* Features, categories, offset and coefficients (scores x (1 + features)) of a model whose scores are linear. Errors:
 * those of predictor_prepare_levels; more indicators than features. */
enum status predictor_prepare_linear(struct predictor *predictor, size_t scores, struct err *err);

/* The categories and their levels, of which *levels is the number. Error: counts and levels do not fit together. */
enum status predictor_prepare_levels(struct predictor *predictor, size_t *levels, struct err *err);

/* Labels, with a score and an output for each: logit_LABEL, p_LABEL. */
void predictor_prepare_classes(struct predictor *predictor);

/* Two labels, with one score and one output, those of the second. */
void predictor_prepare_positive(struct predictor *predictor);

/* The names of n columns, "PREFIX_NAME". */
char **predictor_prepare_names(const char *prefix, const char *const *names, size_t n);

#endif
