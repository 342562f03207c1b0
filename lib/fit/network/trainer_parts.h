#ifndef LIKELY_FIT_NETWORK_TRAINER_PARTS_H
#define LIKELY_FIT_NETWORK_TRAINER_PARTS_H

#include "fit/network/network_batch.h"
#include "fit/network/trainer.h"

/* For trainer.c (epochs), trainer_whole.c (an optimiser that sees all rows), trainer_step.c (one step) and
 * trainer_validate.c (losses without learning). */
struct trainer {
    const struct network *network;
    const struct trainer_options *options;
    const struct trainer_data *data;
    struct network_batch *batch;
    struct crew *crew;
    struct rng rng;           /* of the epoch */
    size_t batch_rows, steps; /* of an epoch */
    size_t *order;            /* the rows to learn from as the epoch sees them */
    double mean_weight;
    double *parameters, *gradient;
    double *best;   /* the parameters of the best epoch; NULL: no rows are held out */
    double *before; /* without held-out rows: the parameters before this epoch, and before … */
    double *safe;   /* … the epoch of least loss, which are those after epoch `safe_epoch` */
    size_t safe_epoch;
    double safe_loss;
    double *memory; /* of the step */
    double *norm;   /* per block: the squared length of its gradient */
    struct trainer_state state;
    struct trainer_epoch now;          /* of an optimiser that sees all rows, and … */
    const struct objective *objective; /* … its objective */
    float *single;
    struct step_settings settings;
    bool is_first_part, is_last_part; /* of a step's rows */
};

/* trainer_step.c: one step from the rows order[0 .. n), whose losses before the step join the sums. */
void trainer_step(struct trainer *trainer, const size_t *order, size_t n, struct network_sums *sums);

/* trainer_whole.c: all epochs, each an iteration of L-BFGS. */
void trainer_whole_run(struct trainer *trainer, struct trainer_result *result);

/* trainer_validate.c. Sets loss, accuracy and scaled loss of an epoch from sums over training rows. */
void trainer_set_losses(struct trainer *trainer, struct network_sums sums, struct trainer_epoch *epoch);

/* The same, of all training rows under the current parameters. */
void trainer_evaluate(struct trainer *trainer, struct trainer_epoch *epoch);

/* Loss and accuracy of the held-out rows under the current parameters; NaN if there are none. */
void trainer_validate(struct trainer *trainer, struct trainer_epoch *epoch);

/* Keeps the current parameters if `loss`, of the held-out rows, is the least so far. */
void trainer_keep_best(struct trainer *trainer, double loss);

/* Sets result->best to the losses of parameters, in double precision. */
void trainer_evaluate_result(struct trainer *trainer, const double *parameters, struct trainer_result *result);

void trainer_report(const struct trainer *trainer, const struct trainer_epoch *epoch);

/* Hands the best parameters so far and the state to resume from to the options' save. */
void trainer_save(struct trainer *trainer, const struct trainer_result *result);

/* Keeps the parameters before an epoch if its loss is the least so far, to return them if training diverges. */
void trainer_keep_safe(struct trainer *trainer, const struct trainer_epoch *epoch);

#endif
