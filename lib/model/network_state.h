#ifndef LIKELY_MODEL_NETWORK_STATE_H
#define LIKELY_MODEL_NETWORK_STATE_H

#include "fit/network/trainer.h"
#include "model/model.h"

/* The state of an unfinished training in the model of a network: the group CHECKPOINT of field.list. The model's own
 * parameters are those of the best epoch. */
void network_state_write(struct model *model, size_t parameters, const struct trainer_state *state);

/* Whether there is such a state in a model. */
bool network_state_is_there(const struct model *model);

/* best: the model's own parameters, or NULL without held-out rows. The state points into the model. Error: more rows of
 * the optimiser's memory than any optimiser has. */
enum status network_state_read(const struct model *model, const double *best, struct trainer_state *state,
                               struct err *err);

#endif
