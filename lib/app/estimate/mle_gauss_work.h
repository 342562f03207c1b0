#ifndef LIKELY_APP_ESTIMATE_MLE_GAUSS_WORK_H
#define LIKELY_APP_ESTIMATE_MLE_GAUSS_WORK_H

#include "app/estimate/mle_gauss.h"
#include "fit/summary/gauss.h"

/* What the files of mle-gauss share. */
struct mle_gauss {
    const struct mle_gauss_settings *settings;
    const struct invocation *run;
    struct table *table;
    struct gauss_options fit_options;
    struct gauss_fit *fit;
    struct unit unit;
    double prior_mean, prior_sd, given_mean, given_variance;
};

/* Write the results: a row per column, a row per pair of columns, one row for all columns; each per group. */
enum status mle_gauss_write_fits(const struct mle_gauss *w, struct err *err);
enum status mle_gauss_write_covariances(const struct mle_gauss *w, struct err *err);
enum status mle_gauss_write_joint(const struct mle_gauss *w, struct err *err);

#endif
