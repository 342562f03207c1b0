#ifndef LIKELY_APP_SCORE_PREDICT_H
#define LIKELY_APP_SCORE_PREDICT_H

#include "app/score/predict_events.h"
#include "cli/command.h"
#include "cli/sink.h"
#include "model/ensemble.h"

/* Applies a model, or several together, to every row of a table and writes the results, in constant memory. */

enum predict_output { PREDICT_OUTPUTS, PREDICT_LABEL, PREDICT_SCORES, PREDICT_ALL };

/* Treatment of a category that a model does not know: an error; an empty prediction; the reference level of a
 * regression; omitted from the product of naive Bayes. */
enum predict_unseen { PREDICT_UNSEEN_ERROR, PREDICT_UNSEEN_MISSING, PREDICT_UNSEEN_REFERENCE, PREDICT_UNSEEN_OMIT };

/* Treatment of rows that the training data do not determine (model/estimability.h). */
enum predict_inestimable { PREDICT_INESTIMABLE_MISSING, PREDICT_INESTIMABLE_PREDICT, PREDICT_INESTIMABLE_ERROR };

struct predict_options {
    int predict;       /* enum predict_output */
    bool append;       /* behind the unchanged input row */
    bool skip_missing; /* rows that lack a value get empty predictions, else are an error */
    int unseen;        /* enum predict_unseen */
    int inestimable;   /* enum predict_inestimable */
    size_t layer;      /* columns are what this layer puts out; 0 = none */
    double threshold;
    double temperature; /* divides the scores of classes */
    double interval;    /* level of confidence intervals; 0 = none */
    size_t digits;
    char delimiter; /* of the result, unless appended */
    size_t threads;
};

/* events: filled, whether there is an error or not. Errors: a feature that the table does not have (named, with the
 * nearest name), text or an infinite or missing value in one, a category that the model has not seen, a row that is
 * impossible under the model, a result column of a name that an appended-to table has already, labels or a temperature
 * wanted of a model that predicts numbers, intervals of one without a covariance, scores or intervals of several, a
 * layer that is not there. */
enum status predict_table(struct table *table, struct ensemble *ensemble, const struct predict_options *options,
                          struct sink *sink, struct predict_events *events, struct err *err);

#endif
