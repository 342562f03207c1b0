/* The state of an unfinished training, in the model of a network (group CHECKPOINT of field.list): the parameters after
 * the last epoch and the memory of the optimiser, beside the model's own parameters, which are those of the best epoch.
 * Types and shapes were checked when the model was opened. Arrays are not copied: the model must outlive the state. */

#include "model/network_state.h"

#include "optim/optim.h"

static const size_t rows_most = 2 * OPTIM_PAIRS;

void network_state_write(struct model *model, size_t n, const struct trainer_state *state)
{
    model_set_number(model, &field_checkpoint, (double)state->epoch);
    model_set_number(model, &field_checkpoint_best_epoch, (double)state->best_epoch);
    model_set_number(model, &field_checkpoint_start, state->start);
    model_set_number(model, &field_checkpoint_least, state->least);
    model_set_vector(model, &field_checkpoint_parameters, n, state->parameters);
    if (state->memory_rows > 0)
        model_set_matrix(model, &field_checkpoint_memory, state->memory_rows, n, state->memory);
}

bool network_state_is_there(const struct model *model)
{
    return model_has(model, &field_checkpoint);
}

enum status network_state_read(const struct model *model, const double *best, struct trainer_state *state,
                               struct err *err)
{
    struct model_array memory = model_array(model, &field_checkpoint_memory);
    *state = (struct trainer_state){
        .epoch = (size_t)model_number(model, &field_checkpoint, 0),
        .best_epoch = (size_t)model_number(model, &field_checkpoint_best_epoch, 0),
        .start = model_number(model, &field_checkpoint_start, 0),
        .least = model_number(model, &field_checkpoint_least, 0),
        .parameters = model_values(model, &field_checkpoint_parameters),
        .best = best,
        .memory_rows = memory.values != NULL ? memory.shape[0] : 0,
        .memory = memory.values,
    };
    if (state->memory_rows > rows_most)
        return err_data(err, "the model's '%s' has %zu rows, and %zu is the most", field_checkpoint_memory.name,
                        state->memory_rows, rows_most);
    return STATUS_OK;
}
