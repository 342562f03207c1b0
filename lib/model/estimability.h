#ifndef LIKELY_MODEL_ESTIMABILITY_H
#define LIKELY_MODEL_ESTIMABILITY_H

#include "model/predictor.h"

/* Whether the training data of a linear model determine the prediction of a row: the row satisfies the relations of
 * aliased features to the others. */
struct estimability;

/* NULL: every row is estimable, as far as the model says. Errors: fields that contradict each other. */
enum status estimability_new(struct estimability **estimability, const struct predictor *predictor, struct err *err);
void estimability_free(struct estimability *estimability);

/* Whether aliased features lack their relations: the model is of an earlier version, or the relations are too many.
 * Online learning starts at coefficients of 0, where those of constant features stay: as with a penalty, this is a
 * choice. */
bool estimability_is_unknown(const struct predictor *predictor);

/* What one thread works with. Zero-initialise; estimability_work_free releases it. */
struct estimability_work {
    double *sum, *size; /* of each relation that the row touches */
    bool *touched;
    uint32_t *relation; /* those that are touched */
    size_t n;
};
void estimability_work_free(struct estimability_work *work);

/* ESTIMABILITY_YES, or the first relation that a row violates. A dense row: its numbers and the levels of its
 * categories; a sparse one: values of the features index[0..n). */
#define ESTIMABILITY_YES ((size_t)-1)
size_t estimability_of(const struct estimability *estimability, struct estimability_work *work, const double *numbers,
                       const uint32_t *level);
size_t estimability_of_sparse(const struct estimability *estimability, struct estimability_work *work, size_t n,
                              const uint32_t *index, const double *values);

/* A relation in words: "'c' = 'a' + 2 'b'", cut where it is long. */
const char *estimability_describe(const struct estimability *estimability, size_t relation, char out[ERR_ECHO]);

#endif
