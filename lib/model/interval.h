#ifndef LIKELY_MODEL_INTERVAL_H
#define LIKELY_MODEL_INTERVAL_H

#include "model/predictor.h"

/* Confidence intervals of the linear predictors that a model gives to rows: score ± quantile sqrt(v'C v), v =
 * (1, x), with the covariance C of the coefficients; the quantile is Student's where the model estimated a
 * variance, else the normal one. */
struct interval;

/* level: between 0 and 1. Errors: a model without a covariance, as penalised ones and those of several classes are. */
enum status interval_new(struct interval **interval, const struct predictor *predictor, double level, struct err *err);
void interval_free(struct interval *interval);

/* x: the row's features; half: of the interval of each score. */
void interval_half_widths(const struct interval *interval, const double *x, double *half);

#endif
