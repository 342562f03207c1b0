#ifndef LIKELY_APP_NN_NN_WORK_H
#define LIKELY_APP_NN_NN_WORK_H

#include "app/nn/nn.h"
#include "app/nn/nn_trace.h"
#include "data/dataset/dataset.h"
#include "fit/network/trainer.h"
#include "model/model.h"
#include "model/predictor.h"

/* A training on its way from the options to the written model. */
struct nn {
    const struct nn_settings *settings;
    const struct invocation *run;
    const char *file; /* the first input, for messages */
    const struct loss *loss;
    double loss_parameter;
    struct network_item *items;
    size_t n_items;
    bool bias;
    struct predictor *initial; /* the model of --init, or the checkpoint; NULL = none */
    const struct model *init;  /* initial->model */
    double valid_share;        /* of the rows, which are held out; 0 = none */
    const char *valid_file;    /* other rows that are held out; NULL = none */
    struct dataset *rows, *valid;
    bool soft;                /* the targets are probabilities of classes, */
    const char **class_names; /* whose names are those of the columns, without p_ */
    struct trainer_data *data;
    struct network *network;
    double *parameters;
    bool is_resumed;            /* --resume: there is a checkpoint, in init, */
    bool is_finished;           /* after which no epoch is left */
    struct trainer_state state; /* of the checkpoint */
    size_t saved;               /* the epoch of the checkpoint in the file of -o; 0 = none */
    struct nn_trace trace;
    struct trainer_result result;
    struct model *model; /* the result with the state of training; NULL: without */
};

/* Parses --loss, --layers and --valid. */
enum status nn_parse(struct nn *nn, struct err *err);

/* Reads the model of --init, which decides what --loss and --layers leave open; then the rows. */
enum status nn_load(struct nn *nn, struct err *err);

/* Makes the network, and the scales of features and targets. Errors: the rows do not suit the loss, or the initial
 * model. */
enum status nn_build(struct nn *nn, struct err *err);

/* Checks that the initial model has the same layers, features and classes, and copies its weights and scales. */
enum status nn_initial_copy(struct nn *nn, struct err *err);

/* Trains. nn->result says whether it diverged. */
enum status nn_train(struct nn *nn, struct err *err);

/* STATUS_UNCONVERGED: says in which epoch training diverged, which parameters are left, and how to avoid it. */
enum status nn_refuse_divergence(const struct nn *nn, struct err *err);

/* Whether the state of training is written with the result. */
bool nn_settings_keep_state(const struct nn_settings *settings);

/* Compares the gradient with differences, and writes the worst disagreement. */
enum status nn_check_gradient(const struct nn *nn, struct err *err);

struct model *nn_model(const struct nn *nn, const double *parameters, const struct trainer_result *result);

/* --checkpoint and --resume: the file of -o is a whole model after every checkpoint, with fields from which training
 * resumes. */
enum status nn_checkpoint_check(const struct nn_settings *settings, struct err *err);
void nn_find_checkpoint(struct nn *nn); /* sets is_resumed where --resume is given and the file is there */
/* Called after nn_build. Errors: the settings or rows are not those of the checkpoint. */
enum status nn_resume(struct nn *nn, struct err *err);
void nn_notice_finished(const struct nn *nn);
/* As trainer_options have it; context: the nn. Writes a checkpoint, with a notice where this is not possible; the last
 * state goes to nn->model. */
void nn_save(void *context, const struct trainer_result *so_far, const double *parameters,
             const struct trainer_state *state);

void nn_release(struct nn *nn);

#endif
