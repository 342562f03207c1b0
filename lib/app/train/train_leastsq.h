#ifndef LIKELY_APP_TRAIN_TRAIN_LEASTSQ_H
#define LIKELY_APP_TRAIN_TRAIN_LEASTSQ_H

#include "app/train/train_linreg.h"
#include "data/dataset/roles.h"
#include "fit/linear/leastsq.h"
#include "model/model.h"

/* A linear regression by least squares on its way from the table to the model. */
struct train_leastsq {
    const struct train_linreg_settings *settings;
    const struct invocation *run;
    struct table *table;
    struct roles roles;
    struct leastsq *fit;
};

/* train_linreg_run for squared loss with errors of one variance. */
enum status train_leastsq_run(const struct train_linreg_settings *settings, const struct invocation *run,
                              struct err *err);

/* The model of a finished fit; the caller frees it. */
struct model *train_leastsq_model(const struct train_leastsq *w);

#endif
