#ifndef LIKELY_APP_TRAIN_TRAIN_H
#define LIKELY_APP_TRAIN_TRAIN_H

#include "app/train/train_columns.h"
#include "app/train/train_penalty.h"
#include "app/train/train_solver.h"
#include "cli/command.h"
#include "cli/memory.h"

/* Trainers of classes: logistic and softmax regression. */

enum train_errors { TRAIN_ERRORS_NO, TRAIN_ERRORS_SE, TRAIN_ERRORS_P }; /* of penalised coefficients */
extern const struct opt_choice train_errors[];

/* The most coefficients whose covariance is computed and stored: 32 MB of it. */
enum { TRAIN_COVARIANCE_MAX = 2000 };

/* The status of a result that is not the optimum, whose reason stands in err. */
static inline enum status train_unconverged(struct err *err)
{
    return err->status = STATUS_UNCONVERGED;
}

enum train_loss { TRAIN_LOG_LOSS, TRAIN_SQUARED_LOSS };

struct train_settings { /* rows: train_options.list, and those that either command adds */
    struct train_columns columns;
    struct train_penalty penalty;
    double confidence;
    int penalized_errors;  /* enum train_errors */
    int solver;            /* of train_solver_at */
    size_t epochs;         /* 0 = not given; of sgd */
    size_t every;          /* 0 = not given, */
    const char *labels;    /* as is NULL; for online */
    double learning_rate;  /* 0 = not given */
    size_t max_iterations; /* 0 = what suits the solver */
    double tolerance;
    bool check_gradient;
    const char *class_weights; /* NULL = 1 */
    const char *init;          /* NULL = the solver's own start */
    const char *trace, *output;
    size_t memory;
    const char *trials;    /* of logreg-train: column, NULL = none */
    const char *positive;  /* of logreg-train: label, NULL = the last */
    int loss;              /* of logreg-train: enum train_loss */
    const char *reference; /* of softmax-train: label, NULL = the first */
    struct input_settings input;
    struct general_settings general;
};

/* What logreg-train and softmax-train do, from reading their operands to writing the model. STATUS_UNCONVERGED with a
 * message when the model that was written is not the optimum, or there is none because the classes are separated. */
enum status train_logreg_run(const struct train_settings *settings, const struct invocation *run, struct err *err);
enum status train_softmax_run(const struct train_settings *settings, const struct invocation *run, struct err *err);

/* clang-format off */
#define OPT_CONFIDENCE_ROW(settings, field) \
    { REAL(settings, field), .name = "confidence", .arg = "LEVEL", .fallback = "0.95", .min = 1e-6, \
      .max = 0.999999999, .group = OPT_MODEL_GROUP, .help = "level of the confidence intervals" }

#define OPT_MODEL_OUTPUT_ROW(settings, field) \
    { TEXT(settings, field), .letter = 'o', .name = "output", .arg = "FILE", .completes = OPT_COMPLETES_FILE, \
      .group = OPT_OUTPUT_GROUP, .help = "write the model to FILE, which is complete or not created" }
/* clang-format on */

#endif
