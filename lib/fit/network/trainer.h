#ifndef LIKELY_FIT_NETWORK_TRAINER_H
#define LIKELY_FIT_NETWORK_TRAINER_H

#include "fit/network/network.h"
#include "fit/network/step.h"
#include "fit/network/trainer_data.h"
#include "optim/objective.h"

#include <stdbool.h>
#include <stddef.h>

/* Fits a network to data by small steps: minimises
 *     (1 / sum w) sum w_i loss_i / unit + decay / 2 |weights|^2,
 * the weights being the parameters but for biases. A step sees `batch` rows of an order that is shuffled for each
 * epoch. The bits of the result do not depend on the number of threads. */

struct trainer_epoch { /* losses are means; NaN where there is none */
    size_t epoch;      /* 0: before training */
    double loss, accuracy, valid_loss,
        valid_accuracy; /* the first two of training rows: as they went by, each before its own step */
    double rate;        /* of its last step */
    double scaled;      /* as loss, of losses divided by their units */
};

/* The state after an epoch, from which training resumes to the same bits. */
struct trainer_state {
    size_t epoch, best_epoch;
    double start;             /* mean scaled loss before training */
    double least;             /* loss of the held-out rows in the best epoch */
    const double *parameters; /* after the epoch */
    const double *best;       /* those of the best epoch; NULL: no rows are held out */
    size_t memory_rows;       /* rows of the optimiser's memory, each of a number per parameter */
    const double *memory;
};

struct trainer_result {
    bool is_diverged; /* the loss was no longer finite, or far above the start, in `epochs`. The parameters are those of
                         the best epoch before; if `best_epoch` is 0, there is none, and they are undefined */
    bool is_early;    /* patience ended the training */
    bool is_last;     /* given to save: training ended */
    size_t epochs, best_epoch;
    struct trainer_epoch best; /* losses of the parameters that are returned */
};

struct trainer_options {
    const struct step *step;
    struct step_settings settings;   /* rate, momentum, beta1, beta2, epsilon, decay */
    const struct schedule *schedule; /* of the rate */
    double warm_up;                  /* epochs in which the rate grows from 0 to what the schedule says */
    size_t batch, epochs;
    double tolerance; /* lbfgs: standard errors */
    double clip;      /* a longer gradient is shortened to this length; 0 = never */
    size_t patience;  /* number of epochs without a better loss of the held-out rows after which training ends */
    enum network_start start;
    bool is_warm_start; /* the parameters that are handed in are the start */
    bool is_single;     /* products of matrices in single precision */
    unsigned long long seed;
    size_t threads;
    void *context;
    void (*progress)(void *context, const struct trainer_epoch *epoch); /* after each epoch; may be NULL */
    size_t checkpoint; /* number of epochs between calls of save; 0 = none */
    bool saves_last;   /* save is called at the end, unless training diverged; the state is that of the last epoch */
    void (*save)(void *context, const struct trainer_result *so_far, const double *parameters,
                 const struct trainer_state *state);
    /* The state to resume from, of the same network, data and options but for epochs and patience; NULL: none. */
    const struct trainer_state *resume;
};

/* parameters: network->parameters numbers, the result. */
void trainer_run(const struct network *network, const struct trainer_data *data, const struct trainer_options *options,
                 double *parameters, struct trainer_result *result);

/* The objective over all training rows, for checks and for optimisers that see all rows. is_training: dropout is on,
 * under that seed in each evaluation. Released by trainer_objective_free. */
struct objective trainer_objective(const struct network *network, const struct trainer_data *data, double decay,
                                   bool is_training, unsigned long long seed, size_t threads);
void trainer_objective_free(struct objective *objective);
/* Mean loss, without the penalty, and accuracy of the last evaluation, as in trainer_epoch. */
void trainer_objective_last(const struct objective *objective, double *loss, double *accuracy);

#endif
