#ifndef LIKELY_APP_NN_NN_SETTINGS_H
#define LIKELY_APP_NN_NN_SETTINGS_H

#include "app/nn/nn_work.h"

/* The learning rate: the option's, else the optimiser's own. */
double nn_settings_rate(const struct nn_settings *settings);

/* Writes the settings and digests of the data that decide the result of training into a model, if checkpoints are
 * written or resumed. */
void nn_settings_write(const struct nn *nn, struct model *model);

/* Compares them with those of the model in the file of --output; has_state: it contains a state of training. Then the
 * number of epochs may differ, and the patience may be greater. Error: others differ. */
enum status nn_settings_compare(const struct nn *nn, bool has_state, struct err *err);

#endif
