#ifndef LIKELY_APP_SHOW_MODEL_STATISTICS_H
#define LIKELY_APP_SHOW_MODEL_STATISTICS_H

#include "model/predictor.h"

/* Measures of fit that follow from the fields of a model. NaN: the model does not have it. */
struct model_statistics {
    double aic, bic;
    double deviance, deviance_null; /* of classes: twice the log-likelihood that is missing to an exact fit */
    double pseudo_r_squared;        /* McFadden's: 1 - loglik / loglik_null */
    bool weighted;  /* class weights, importances or fractions of rows are in the sums over the rows of a classifier */
    bool uncentred; /* without an intercept sums of squares are about 0, and so is R^2 */
};

/* Of one target of a least-squares fit. */
struct model_statistics_target {
    double r_squared, adjusted;
    double f, f_p;  /* of the test that all slopes are 0; without a penalty */
    double f_df[2]; /* its degrees of freedom */
};

struct model_statistics model_statistics_of(const struct predictor *predictor);

/* False: the model has no sums of squares. */
bool model_statistics_of_target(const struct predictor *predictor, size_t target, struct model_statistics_target *of);

#endif
