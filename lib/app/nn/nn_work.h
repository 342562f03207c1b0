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
    struct predictor *begun;  /* the model to go on with; NULL: none */
    const struct model *init; /* begun->model */
    double valid_share;       /* of the rows that is kept apart, … */
    const char *valid_file;   /* … or where other rows are that judge; 0 and NULL: neither */
    struct dataset *rows, *valid;
    bool soft;           /* the targets are shares of classes, which are called … */
    const char **shares; /* … so; the names are those of the rows */
    struct trainer_data *data;
    struct network *network;
    double *parameters;
    bool is_resumed,
        is_finished; /* --resume: there is a checkpoint, in init; it is the model of a training that is done */
    struct trainer_state state; /* of the checkpoint */
    size_t saved;               /* the epoch of the checkpoint in the file of -o; 0: none */
    struct nn_trace trace;
    struct trainer_result result;
};

/* What --loss, --layers and --valid say. */
enum status nn_parse(struct nn *nn, struct err *err);

/* Reads the model of --init, which says what --loss and --layers do not; then the rows. */
enum status nn_load(struct nn *nn, struct err *err);

/* The network and the scales of what goes in and comes out. Errors: the rows do not suit the loss, or the model of
 * --init. */
enum status nn_build(struct nn *nn, struct err *err);

/* Trains. STATUS_UNCONVERGED with advice where it diverged. */
enum status nn_train(struct nn *nn, struct err *err);

/* Compares the gradient with differences, and writes the worst disagreement. */
enum status nn_check_gradient(const struct nn *nn, struct err *err);

struct model *nn_model(const struct nn *nn, const double *parameters, const struct trainer_result *result);

/* --checkpoint and --resume: the file of -o is a whole model after every checkpoint, with fields from which training
 * goes on. */
enum status nn_checkpoint_check(const struct nn_settings *settings, struct err *err);
void nn_find_checkpoint(struct nn *nn); /* sets is_resumed where --resume is given and the file is there */
/* After nn_build. Errors: the settings or rows are not those of the checkpoint. */
enum status nn_resume(struct nn *nn, struct err *err);
/* As trainer_options have it; context: the nn. A notice where the file cannot be written. */
void nn_save(void *context, const struct trainer_result *so_far, const double *parameters,
             const struct trainer_state *state);

void nn_release(struct nn *nn);

#endif
