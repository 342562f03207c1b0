#ifndef LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_PARTS_H
#define LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_PARTS_H

#include "fit/online/online_diagonal.h"
#include "fit/online/online_features.h"

/* For online_diagonal.c (rows), online_diagonal_state.c (starts and states) and online_diagonal_model.c
 * (coefficients). */
struct online_diagonal {
    bool several, centered;
    struct online_prior prior;
    struct online_features features;
    double weight, values;    /* of all rows, and times their features */
    double earlier;           /* weight of the rows that the coefficients of a warm start stand for */
    struct online_mix mix;    /* of the averages */
    size_t *place;            /* of a row's features */
    double *value, *leverage; /* of the row's features: x; by scores x / q, of the intercept behind them, at factor 1 */
    double *work;             /* by scores: the numbers that online_diagonal_update has of a row */
    size_t place_capacity, value_capacity, leverage_capacity, work_capacity;
};

static inline struct online_feature *online_diagonal_at(const struct online_diagonal *o, size_t number)
{
    return online_features_at(&o->features, number);
}

static inline double *online_diagonal_group(const struct online_diagonal *o, struct online_feature *f, size_t group)
{
    return online_features_group(&o->features, f, group);
}

/* The factor between a penalty on the columns as they are and the one asked for. */
double online_diagonal_scale(const struct online_diagonal *o, const struct online_feature *f);

/* Applies the penalty of the rows since the feature was last settled. mean_curvature: by score. */
void online_diagonal_shrink(const struct online_diagonal *o, struct online_feature *f, const double *mean_curvature);

/* The share that an average over rows of the weight `before` keeps when rows up to the weight `now` have joined. */
double online_diagonal_kept(const struct online_diagonal *o, const struct online_feature *f, double before, double now);

#endif
