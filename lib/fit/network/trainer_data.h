#ifndef LIKELY_FIT_NETWORK_TRAINER_DATA_H
#define LIKELY_FIT_NETWORK_TRAINER_DATA_H

#include "data/dataset/dataset.h"
#include "fit/network/network.h"
#include "fit/network/network_rows.h"

/* The rows that a network learns from, those that judge its epochs, and the scale on which it sees the features of
 * both. */
struct trainer_data {
    struct network_rows rows, valid_rows;
    size_t *order, *valid_order; /* numbers of the rows that are used, ascending: `train` and `valid` of them */
    size_t train, valid;
    double weight_sum;      /* of the rows to learn from */
    double *center, *scale; /* per feature: x is seen as (x - center) / scale; at first 0 and 1 */
};

/* valid: rows of the same columns that judge; NULL: a random share of the data's own rows, which are not learnt from
 * then; 0 = none. The datasets must live on. Errors: too few rows to keep some apart; no weight in either part. */
enum status trainer_data_new(struct trainer_data **data, const struct dataset *rows, const struct dataset *valid,
                             double share, unsigned long long seed, struct err *err);
void trainer_data_free(struct trainer_data *data);

/* Learns from so many of the rows only, evenly spread among them. */
void trainer_data_thin(struct trainer_data *data, size_t rows);

enum trainer_scale { TRAINER_SCALE_COLUMNS, TRAINER_SCALE_TABLE, TRAINER_SCALE_NONE };

/* Sets center and scale to the means and standard deviations (weighted, 1/n) of the rows to learn from: of each column
 * or, for columns of one kind such as pixels, of the whole table. Constant columns have scale 1; of numbers whose
 * squares are too large for a double the scale or the center is not finite. */
void trainer_data_scale(struct trainer_data *data, enum trainer_scale how);

/* For a loss of numbers: sets the network's center and scale to the targets' means and standard deviations. */
void trainer_data_scale_targets(const struct trainer_data *data, struct network *network);

/* Sets the network's units so that the derivative of a loss by its output is 1 in root mean square where all is
 * predicted by center. */
void trainer_data_find_units(const struct trainer_data *data, struct network *network);

#endif
