#ifndef LIKELY_MODEL_INTERVAL_H
#define LIKELY_MODEL_INTERVAL_H

#include "model/predictor.h"

/* Confidence intervals of the linear predictors of rows, from the covariance of the coefficients. */
struct interval;

/* level: between 0 and 1. Error: the model has no covariance, as penalised models. */
enum status interval_new(struct interval **interval, const struct predictor *predictor, double level, struct err *err);
void interval_free(struct interval *interval);

/* x: the row's features; half: of the interval of each score. */
void interval_half_widths(const struct interval *interval, const double *x, double *half);

/* Whether there are several classes, whose probabilities depend on all scores. */
bool interval_is_joint(const struct interval *interval);

/* Then: bounds of each class's probability, for a row's features x and its probabilities, those of the scores divided
 * by the temperature. */
void interval_of_classes(const struct interval *interval, const double *x, const double *probability,
                         double temperature, double *lower, double *upper);

#endif
