#ifndef LIKELY_FAMILY_LOSS_LOCATION_H
#define LIKELY_FAMILY_LOSS_LOCATION_H

#include "base/err.h"

#include <stddef.h>

/* The constant that is closest to a sample, by several losses; r is a value minus the constant. A weight
 * counts as so many values. Huber and Ronchetti, Robust Statistics (2nd edition, 2009), chapter 3. Sums are
 * kept in double-double. */
struct location_value {
    double x, weight; /* finite; weight > 0 */
};

struct location_sample {
    struct location_value *value; /* n of them, ascending */
    size_t n;
};

enum location_kind {
    LOCATION_L2,      /* r^2 / 2: the mean */
    LOCATION_L1,      /* |r|: the median; of the values that all are, the middle */
    LOCATION_HUBER,   /* r^2 / 2 up to |r| = parameter, then parameter (|r| - parameter / 2) */
    LOCATION_TRIMMED, /* r^2 / 2 of the values without the floor(parameter n) least and greatest: the trimmed mean */
};

struct location_loss {
    enum location_kind kind;
    double parameter;
};

/* "l2", "l1", "huber:DELTA" with DELTA > 0, "trimmed:P" with 0 <= P < 0.5. */
enum status location_parse(struct location_loss *loss, const char *text, struct err *err);

void location_sort(struct location_sample *sample);
double location_weight(const struct location_sample *sample);

/* The minimiser; NaN for an empty sample. */
double location_estimate(const struct location_sample *sample, struct location_loss loss);

/* Its standard error; NaN where it is not defined, as for total weights of at most 1. Mean: sample sd / root
 * of n. Median: by the order statistics that bound its 99 % interval (McKean and Schrader 1984). Huber: root
 * of (sum psi^2 n / (n - 1)) / sum psi', psi being the derivative. Trimmed mean: sample sd of the winsorised
 * values / ((1 - 2 P) root of n) (Tukey and McLaughlin 1963). */
double location_se(const struct location_sample *sample, struct location_loss loss, double estimate);

/* Mean loss of a constant, and the mean of its derivative by the constant; at a corner that of the middle. */
struct location_point {
    double loss, derivative;
};
struct location_point location_at(const struct location_sample *sample, struct location_loss loss, double constant);

/* Constant k of `points` (at least 2) that lie evenly from the least value of a sample that is not empty to
 * the greatest. */
double location_between(const struct location_sample *sample, size_t k, size_t points);

#endif
