#ifndef LIKELY_APP_SCORE_NN_PREDICT_H
#define LIKELY_APP_SCORE_NN_PREDICT_H

#include "app/score/predict.h"

enum nn_predict_format { NN_PREDICT_CSV, NN_PREDICT_TSV };

struct nn_predict_settings {
    struct opt_texts models;
    const char *output;
    int predict;     /* enum predict_output */
    int missing;     /* enum missing_policy */
    int unseen;      /* enum predict_unseen */
    int inestimable; /* enum predict_inestimable */
    int to;          /* enum nn_predict_format */
    bool append;
    double threshold, temperature, interval;
    size_t layer, digits;
    struct split_settings split;
    struct input_settings input;
    struct general_settings general;
};

/* What nn-predict does, from reading its operands to writing its result. */
enum status nn_predict_run(const struct nn_predict_settings *settings, const struct invocation *run, struct err *err);

#endif
