#ifndef LIKELY_APP_SCORE_PREDICT_ESTIMABLE_H
#define LIKELY_APP_SCORE_PREDICT_ESTIMABLE_H

#include "app/score/predict_work.h"

/* Prepares the models for the checks; predict_estimable_release frees what that takes. */
enum status predict_estimable_prepare(struct predict *job, struct err *err);
void predict_estimable_release(struct predict *job);

/* Checks the rows of a block that are not missing yet, by every model: those that are not estimable become missing, or
 * are an error. */
enum status predict_estimable_check(const struct predict *job, struct predict_part *part, const struct block *block,
                                    struct err *err);

/* The same for the row of a sparse block and member m: values of the features index[0..n). */
enum status predict_estimable_check_sparse(const struct predict *job, struct predict_part *part, size_t m, size_t row,
                                           size_t n, struct err *err);

#endif
