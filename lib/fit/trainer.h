#ifndef LIKELY_FIT_TRAINER_H
#define LIKELY_FIT_TRAINER_H

#include "data/dataset.h"
#include "fit/network.h"
#include "fit/objective.h"
#include "fit/step.h"

#include <stdbool.h>
#include <stddef.h>

/* Fits a network to a dataset by small steps: minimises
 *     (1 / sum w) sum w_i loss_i / loss_unit + decay / 2 |weights|^2,
 * the weights being the parameters but for biases. A step sees `batch` rows of an order that is shuffled for each epoch. The bits of
 * what results do not depend on the number of threads. */

enum trainer_scale { TRAINER_SCALE_COLUMNS, TRAINER_SCALE_TABLE, TRAINER_SCALE_NONE };

struct trainer_epoch { /* losses are means; NaN where there is none */
    size_t epoch;      /* 0: before training */
    double loss, accuracy, valid_loss, valid_accuracy; /* the first two of training rows: as they went by, each before its own step */
    double rate;       /* of its last step */
};

struct trainer_options {
    const struct step *step;
    struct step_settings settings; /* rate, momentum, beta1, beta2, epsilon, decay */
    const struct schedule *schedule; /* of the rate */
    double warm_up;  /* epochs in which the rate grows from 0 to what the schedule says */
    size_t batch, epochs;
    double clip;     /* a longer gradient is shortened to this length; 0 = none is */
    double valid;    /* share of the rows that is kept apart to judge epochs by; 0 = none */
    size_t patience; /* epochs without a better loss of those rows before training ends */
    enum network_start start;
    bool is_begun;   /* the parameters that are handed in are the start */
    bool is_single;  /* products of matrices in single precision */
    unsigned long long seed;
    size_t threads;
    void *context;
    void (*progress)(void *context, const struct trainer_epoch *epoch); /* after each epoch; may be NULL */
};

struct trainer_result {
    bool is_diverged; /* the loss became infinite or no number, in `epochs`; there are no parameters then */
    bool is_early;    /* epochs ran out of patience */
    size_t epochs, best_epoch;
    size_t rows, valid_rows;
    struct trainer_epoch best; /* what the parameters that are returned give */
};

/* Columns to a common scale, in place: x becomes (x - center[j]) / scale[j]. By column or, for columns of one kind such as pixels,
 * over the whole table; weighted, 1/n. Constant columns have scale 1. center, scale: d numbers. */
void trainer_scale(struct dataset *data, enum trainer_scale how, double *center, double *scale);

/* For a loss of numbers: sets the network's center and scale to the target's mean and standard deviation, and loss_unit so that the
 * derivative by the network's output is 1 in root mean square where all is predicted by the mean. */
void trainer_scale_target(struct network *network, const struct dataset *data);

/* parameters: network->parameters numbers, the result. Errors: too few rows to keep some apart. */
enum status trainer_run(const struct network *network, const struct dataset *data, const struct trainer_options *options,
                        double *parameters, struct trainer_result *result, struct err *err);

/* The objective over all rows, dropout being at work under a fixed seed; for checks, and for optimisers that see all rows. Released
 * by trainer_objective_free. */
struct objective trainer_objective(const struct network *network, const struct dataset *data, double decay, bool is_training,
                                   unsigned long long seed, size_t threads);
void trainer_objective_free(struct objective *objective);

#endif
