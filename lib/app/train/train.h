#ifndef LIKELY_APP_TRAIN_TRAIN_H
#define LIKELY_APP_TRAIN_TRAIN_H

#include "app/train/train_solver.h"
#include "cli/command.h"
#include "cli/memory.h"
#include "data/dataset/roles.h"
#include "fit/glm/glm.h"
#include "model/model.h"
#include "optim/optim.h"

/* What the trainers of regression models share: option rows and, for classes, the way from options to a written model.
 */
struct train_columns {          /* rows: OPT_COLUMNS_ROWS(struct settings, columns), and one for the target */
    struct roles_options roles; /* its weights are those of --weights; see train_roles */
    const char *fweights, *aweights;
    struct split_settings split;
};

struct train_penalty {       /* rows: OPT_PENALTY_ROWS(struct settings, penalty), and one for the prior */
    double l1, l2, prior_sd; /* 0 = not given */
    bool standardize;
};

struct train_settings { /* rows: OPT_TRAIN_ROWS(struct settings, train) */
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
};

/* The most coefficients whose covariance is computed and stored: 32 MB of it. */
enum { TRAIN_COVARIANCE_MAX = 2000 };

enum train_errors { TRAIN_ERRORS_NO, TRAIN_ERRORS_SE, TRAIN_ERRORS_P }; /* of penalised coefficients */

/* The status of a result that is not the optimum, whose reason stands in err. */
static inline enum status train_unconverged(struct err *err)
{
    return err->status = STATUS_UNCONVERGED;
}

/* What a command adds. */
struct train_task {
    const char *kind;              /* of model */
    const struct loss *loss;       /* to be minimised */
    const char *loss_name;         /* as users know it */
    const struct loss *likelihood; /* the negative log-likelihood of the same kind of score */
    const char *positive;          /* label, NULL = the last; for one score */
    const char *reference;         /* label, NULL = the first; for a score per class */
    bool takes_probabilities; /* several columns may be the target: probabilities of the classes they are named after */
};

/* Errors of options that exclude each other. */
enum status train_check_penalty(const struct train_penalty *penalty, struct err *err);

/* trace: of --trace; output: of --output, NULL is standard output. Error: both go to the same place. */
enum status train_check_trace(const char *trace, const char *output, struct err *err);

/* The roles with the column of --weights, --fweights or --aweights and what its numbers mean. */
struct roles_options train_roles(const struct train_columns *columns);

/* The field that says so, if there are weights. */
void train_add_weighting(struct model *model, const struct train_columns *columns);

/* Opens the operands as the table of the rows to learn from. Error: several columns of weights. */
enum status train_open_table(struct table **table, const struct input_settings *input,
                             const struct train_columns *columns, const struct invocation *run,
                             enum command_layout layout, struct err *err);

/* Says how many rows were left out, if any. */
void train_notice_skipped(const struct invocation *run, size_t skipped, size_t kept);

/* The fields of the categories and all their levels, the first of each being the reference; none where there is no
 * category. */
void train_add_categories(struct model *model, size_t n, const struct category *category);

/* Says which of n columns cannot be told from others: one by one where they are few. */
void train_notice_aliased(const struct invocation *run, size_t n, char *const *features, const bool *aliased);

/* Reads the operands, fits, writes the model. STATUS_UNCONVERGED with a message when the model that was written is not
 * the optimum, or there is none because the classes are separated. */
enum status train_run(const struct train_settings *settings, const struct input_settings *input,
                      const struct train_task *task, const struct invocation *run, struct err *err);

extern const struct opt_choice train_errors[];

/* clang-format off */
#define OPT_COLUMNS_ROWS(settings, field) \
    { TEXT(settings, field.roles.features), .letter = 'x', .name = "features", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS, \
      .help = "the columns to learn from; without it all but the target" }, \
    { TEXT(settings, field.roles.exclude), .name = "exclude", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS, \
      .help = "columns to leave out" }, \
    { TEXT(settings, field.roles.weights), .letter = 'w', .name = "weights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "a column of weights: a row of weight 2 counts as two rows; fractions are allowed" }, \
    { TEXT(settings, field.fweights), .name = "fweights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "a column of frequencies, which are whole: a row of frequency 2 is two rows" }, \
    { TEXT(settings, field.aweights), .name = "aweights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "a column of importances, whose ratios count: they are scaled to sum to the number of rows" }, \
    OPT_MISSING_ROW(settings, field.roles.missing, "what to do with rows that lack a value; skip leaves them out"), \
    OPT_SPLIT_ROWS(settings, field.split, "learn from all rows but those of fold k of K")

#define OPT_OFFSET_ROW(settings, field) \
    { TEXT(settings, field), .name = "offset", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "a column that is added to the linear predictor as it is, with the coefficient 1" }

#define OPT_CATEGORICAL_ROW(settings, field) \
    { TEXT(settings, field), .name = "categorical", .arg = "COLUMNS|auto", .completes = OPT_COMPLETES_COLUMNS, \
      .word = "auto", \
      .help = "columns that are categories, each level but the first becoming a feature COLUMN=LEVEL; auto: all that are text" }

#define OPT_PENALTY_ROWS(settings, field) \
    { REAL(settings, field.l1), .name = "l1", .arg = "LAMBDA", .min = 0, .max = 1e300, .group = OPT_MODEL_GROUP, \
      .help = "add LAMBDA times the sum of absolute coefficients to the mean loss, which makes some of them 0" }, \
    { REAL(settings, field.l2), .name = "l2", .arg = "LAMBDA", .min = 0, .max = 1e300, .group = OPT_MODEL_GROUP, \
      .help = "add LAMBDA/2 times the sum of squared coefficients to the mean loss" }, \
    { FLAG(settings, field.standardize), .name = "standardize", .group = OPT_MODEL_GROUP, \
      .help = "penalise coefficients of columns of unit sd, not of the columns' own scale" }

#define OPT_CONFIDENCE_ROW(settings, field) \
    { REAL(settings, field), .name = "confidence", .arg = "LEVEL", .fallback = "0.95", .min = 1e-6, .max = 0.999999999, \
      .group = OPT_MODEL_GROUP, .help = "level of the confidence intervals that are shown" }

#define OPT_MODEL_OUTPUT_ROW(settings, field) \
    { TEXT(settings, field), .letter = 'o', .name = "output", .arg = "FILE", .completes = OPT_COMPLETES_FILE, \
      .group = OPT_OUTPUT_GROUP, .help = "write the model to FILE, all of it or nothing" }

#define OPT_LABEL_ROW(settings, field) \
    { TEXT(settings, field), .letter = 't', .name = "target", .arg = "COLUMN", .required = true, \
      .completes = OPT_COMPLETES_COLUMN, .help = "the column with the class labels" }

#define OPT_TRAIN_ROWS(settings, field) \
    OPT_COLUMNS_ROWS(settings, field.columns), \
    OPT_CATEGORICAL_ROW(settings, field.columns.roles.categorical), \
    { TEXT(settings, field.class_weights), .name = "class-weight", .arg = "balanced|LABEL=W,...", .word = "balanced", \
      .help = "multiply the weights of a class's rows by W; balanced: so that all classes weigh the same" }, \
    OPT_PENALTY_ROWS(settings, field.penalty), \
    { REAL(settings, field.penalty.prior_sd), .name = "prior-sd", .arg = "SD", .min = 1e-100, .max = 1e100, .group = OPT_MODEL_GROUP, \
      .help = "a Gaussian prior of that sd on coefficients: --l2 1/(n SD^2)" }, \
    { CHOICE(settings, field.penalized_errors), .name = "penalized-errors", .arg = "WHAT", .fallback = "no", \
      .choices = train_errors, .group = OPT_MODEL_GROUP, \
      .help = "standard errors of penalised coefficients, by the inverse of the penalised Hessian" }, \
    OPT_CONFIDENCE_ROW(settings, field.confidence), \
    { CHOICE(settings, field.solver), .name = "solver", .arg = "NAME", .fallback = "auto", .choices_of = train_solver_choices, \
      .group = OPT_SOLVER, .help = "how to find the optimum" }, \
    { REAL(settings, field.learning_rate), .name = "learning-rate", .arg = "RATE", .min = 1e-300, .max = 1e300, \
      .group = OPT_SOLVER, .help = "length of the steps of --solver gd, or of the first of sgd, per unit of gradient on standardised " \
      "columns; without it 0.1 for gd, and for sgd what suits the columns" }, \
    { TEXT(settings, field.init), .name = "init", .arg = "MODEL", .completes = OPT_COMPLETES_MODEL, .group = OPT_SOLVER, \
      .help = "start at the coefficients of MODEL; with --solver online, go on with all it knows" }, \
    { COUNT(settings, field.max_iterations), .name = "max-iter", .arg = "N", .min = 1, .max = 1e9, .group = OPT_SOLVER, \
      .help = "stop after N iterations; without it after 100 by newton, 1000 by newton-cg and gd, 10000 by lbfgs" }, \
    { REAL(settings, field.tolerance), .name = "tol", .arg = "TOL", .fallback = "1e-8", .min = 0, .max = 1, .group = OPT_SOLVER, \
      .help = "converged when no entry of the gradient, on standardised columns, exceeds TOL" }, \
    { COUNT(settings, field.epochs), .name = "epochs", .arg = "N", .min = 1, .max = 1e6, .group = OPT_SOLVER, \
      .help = "times that --solver sgd goes through the rows; without it 20" }, \
    { COUNT(settings, field.every), .name = "every", .arg = "N", .min = 1, .max = 1e15, .group = OPT_SOLVER, \
      .help = "with --solver online, write the model after every N rows too" }, \
    { TEXT(settings, field.labels), .name = "labels", .arg = "LIST", .group = OPT_SOLVER, \
      .help = "with --solver online, the classes that there are; without it they are taken as they come" }, \
    { TEXT(settings, field.trace), .name = "trace", .arg = "FILE", .completes = OPT_COMPLETES_FILE, .group = OPT_SOLVER, \
      .help = "write how the fit goes on to FILE as CSV; - is standard output, the model going to the file of -o" }, \
    { FLAG(settings, field.check_gradient), .name = "check-gradient", .group = OPT_SOLVER, \
      .help = "compare the gradient with differences of the objective at a random point, and do nothing else" }, \
    OPT_MODEL_OUTPUT_ROW(settings, field.output), \
    OPT_MEMORY_ROW(settings, field.memory)
/* clang-format on */

#endif
