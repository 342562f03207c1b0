#ifndef LIKELY_FAMILY_LOSS_LOCATION_H
#define LIKELY_FAMILY_LOSS_LOCATION_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* The constant that minimises the mean of a loss over a sample; r is a value minus the constant. A weight counts
 * as that many repetitions of its value, or is one of importances, of which only the ratios matter. Huber and
 * Ronchetti, Robust Statistics (2nd edition, 2009), chapter 3. Sums are kept in double-double. */
struct location_value {
    double x, weight; /* finite; weight > 0 */
};

struct location_sample {
    struct location_value *value; /* n values; ascending after location_sort, which the other functions require */
    size_t n;
    bool importances; /* only the ratios of weights matter */
};

enum location_kind {
    LOCATION_L2,      /* r^2 / 2: the mean */
    LOCATION_L1,      /* |r|: the median; if an interval minimises it, its middle */
    LOCATION_HUBER,   /* r^2 / 2 up to |r| = parameter, then parameter (|r| - parameter / 2) */
    LOCATION_TRIMMED, /* r^2 / 2 without the floor(parameter n) least and as many greatest values (of importances the
                       * weight parameter n): the trimmed mean */
};

struct location_loss {
    enum location_kind kind;
    double parameter;
};

/* Reads "l2", "l1", "huber:DELTA" with DELTA > 0, or "trimmed:P" with 0 <= P < 0.5. */
enum status location_parse(struct location_loss *loss, const char *text, struct err *err);

/* Sorts the sample by value. */
void location_sort(struct location_sample *sample);
/* The sum of the weights. */
double location_weight(const struct location_sample *sample);
/* The number of rows n that it stands for: the same, or of importances Kish's effective number, (sum w)^2 / sum w^2. */
double location_size(const struct location_sample *sample);

/* floor(share n), or that of the decimals that were meant: 0.29 times 100 is 29, though the product of the doubles is
 * less. */
double location_whole_part(double share, double n);

/* The constant of least mean loss; NaN for an empty sample. */
double location_estimate(const struct location_sample *sample, struct location_loss loss);

/* Whether a sample of size n is too small for a standard error: below 2 for the median, which is bounded by a row on
 * either side, and below 1.001 otherwise (moments_freedom). */
bool location_is_few(double n, struct location_loss loss);

/* The number of rows that a trimmed mean keeps; of other losses all, location_size. */
double location_kept(const struct location_sample *sample, struct location_loss loss);

/* The standard error of the estimate; NaN if it is undefined, as for few rows (location_is_few). Mean:
 * sample sd / sqrt(n). Median: from the order statistics that bound its 99 % interval (McKean and Schrader 1984).
 * Huber: sqrt(sum psi^2 n / (n - 1)) / sum psi', psi being the derivative of the loss. Trimmed mean, of which h = n - 2
 * g values are kept: sqrt(sum of squared deviations of the winsorised values / (h (h - 1))) (J. W. Tukey and D. H.
 * McLaughlin, Less Vulnerable Confidence and Significance Procedures for Location Based on a Single Sample, Sankhya A
 * 25, 1963, 331-352), NaN for h below 1.001. */
double location_se(const struct location_sample *sample, struct location_loss loss, double estimate);

/* Mean loss of a constant, and the derivative of this mean by the constant; at a corner the middle of the
 * one-sided derivatives. */
struct location_point {
    double loss, derivative;
};
struct location_point location_at(const struct location_sample *sample, struct location_loss loss, double constant);

/* Constant number k of `points` (at least 2) that are evenly spaced from the least to the greatest value of a
 * sample that is not empty. */
double location_between(const struct location_sample *sample, size_t k, size_t points);

#endif
