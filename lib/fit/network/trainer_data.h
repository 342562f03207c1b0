#ifndef LIKELY_FIT_NETWORK_TRAINER_DATA_H
#define LIKELY_FIT_NETWORK_TRAINER_DATA_H

#include "data/dataset/dataset.h"
#include "fit/network/network.h"
#include "fit/network/network_rows.h"

/* Training rows, held-out rows, and the scale of the features of both. */
struct trainer_data {
    struct network_rows rows, valid_rows;
    size_t *order, *valid_order; /* numbers of the rows that are used, ascending: `train` and `valid` of them */
    size_t train, valid;
    double weight_sum;      /* of the training rows */
    double *center, *scale; /* per feature: x is seen as (x - center) / scale; at first 0 and 1 */
};

/* valid: held-out rows of the same columns; NULL: a random fraction of the data's own rows is held out; 0 = none. The
 * datasets must outlive it. Errors: too few rows to hold some out; no weight in either part. */
enum status trainer_data_new(struct trainer_data **data, const struct dataset *rows, const struct dataset *valid,
                             double share, unsigned long long seed, struct err *err);
void trainer_data_free(struct trainer_data *data);

/* Leaves `rows` of the training rows, evenly spread among them. */
void trainer_data_subsample(struct trainer_data *data, size_t rows);

enum trainer_scale { TRAINER_SCALE_COLUMNS, TRAINER_SCALE_TABLE, TRAINER_SCALE_NONE };

/* Sets center and scale to the means and standard deviations (weighted, 1/n) of the training rows: of each column or,
 * for columns of one kind such as pixels, of the whole table. Constant columns have scale 1; of numbers whose squares
 * are too large for a double the scale or the center is not finite. */
void trainer_data_scale(struct trainer_data *data, enum trainer_scale how);

/* For a loss of numbers: sets the network's center and scale to the targets' means and standard deviations. */
void trainer_data_scale_targets(const struct trainer_data *data, struct network *network);

/* Sets the network's units so that the derivative of a loss by its output is 1 in root mean square where all is
 * predicted by center. */
void trainer_data_find_units(const struct trainer_data *data, struct network *network);

#endif
