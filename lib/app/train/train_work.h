#ifndef LIKELY_APP_TRAIN_TRAIN_WORK_H
#define LIKELY_APP_TRAIN_TRAIN_WORK_H

#include "app/train/train.h"
#include "app/train/train_init.h"
#include "fit/glm/glm.h"
#include "fit/glm/inference.h"
#include "fit/glm/separation.h"
#include "model/model.h"
#include "optim/optim.h"
#include "text/buffer.h"

/* What a command adds. */
struct train_task {
    const char *kind;              /* of model */
    const struct loss *loss;       /* to be minimised */
    const char *loss_name;         /* as users know it */
    const struct loss *likelihood; /* the negative log-likelihood of the same kind of score */
    bool takes_probabilities; /* several columns may be the target: probabilities of the classes they are named after */
};

/* Everything between the options of a trainer and its model. */
struct train {
    const struct train_settings *settings;
    const struct train_task *task;
    const struct invocation *run;
    struct dataset *data;
    bool is_svm; /* so that there are no columns to choose */
    struct glm *glm;
    const struct optim *solver;
    double l2;
    struct train_init init;
    double *theta;
    struct optim_result result;
    struct separation separation;
    struct inference inference;
    bool has_errors;  /* inference has a covariance, … */
    bool is_sandwich; /* … which is that of the sandwich */
    double effective; /* number of coefficients; NaN: not known */
};

/* Reads the operands, fits, writes the model: the work of train_logreg_run and train_softmax_run. */
enum status train_run(const struct train_settings *settings, const struct train_task *task,
                      const struct invocation *run, struct err *err);

/* train_run for --solver online. */
enum status train_online(const struct train_settings *settings, const struct train_task *task,
                         const struct invocation *run, struct err *err);

/* Chooses the solver, starts at --init or at the solver's own start, minimises; then separation and standard errors,
 * if they follow from the Hessian at the optimum. */
enum status train_fit(struct train *t, struct err *err);

/* Whether the objective has a penalty, l2 being known. */
bool train_fit_is_penalised(const struct train *t);

/* Compares the gradient with differences, and writes the worst disagreement. */
enum status train_check_gradient(const struct train *t, struct err *err);

/* The model of a finished fit; the caller frees it. */
struct model *train_model(struct train *t);

/* The notice of what was minimised, and the error of a fit that is not the optimum. */
void train_verdict_notice(const struct train *t);
enum status train_verdict(const struct train *t, struct err *err);

#endif
