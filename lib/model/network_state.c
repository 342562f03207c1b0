#include "model/network_state.h"

#include "optim/optim.h"

#include <math.h>

static const size_t rows_most = 2 * OPTIM_PAIRS;

void network_state_write(struct model *model, size_t n, const struct trainer_state *state)
{
    size_t shape[] = {state->memory_rows, n};
    model_set_number(model, "checkpoint", (double)state->epoch);
    model_set_number(model, "checkpoint_best_epoch", (double)state->best_epoch);
    model_set_number(model, "checkpoint_start", state->start);
    model_set_number(model, "checkpoint_least", state->least);
    model_set_vector(model, "checkpoint_parameters", n, state->parameters);
    if (state->memory_rows > 0)
        model_set_array(model, "checkpoint_memory", 2, shape, state->memory);
}

bool network_state_is_there(const struct model *model)
{
    double epoch;
    return model_number(model, "checkpoint", &epoch);
}

static enum status need_count(const struct model *model, const char *name, size_t *count, struct err *err)
{
    double value;
    enum status status = model_need_number(model, name, &value, err);
    if (status != STATUS_OK)
        return status;
    if (!(value >= 0 && value < 1e15 && value == floor(value)))
        return err_data(err, "the model's '%s' is no count", name);
    *count = (size_t)value;
    return STATUS_OK;
}

enum status network_state_read(const struct model *model, size_t n, const double *best, struct trainer_state *state,
                               struct err *err)
{
    size_t dimensions;
    const size_t *shape;
    *state = (struct trainer_state){.best = best};
    enum status status = need_count(model, "checkpoint", &state->epoch, err);
    if (status == STATUS_OK)
        status = need_count(model, "checkpoint_best_epoch", &state->best_epoch, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "checkpoint_start", &state->start, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "checkpoint_least", &state->least, err);
    if (status != STATUS_OK)
        return status;
    if (!model_array(model, "checkpoint_parameters", &dimensions, &shape, &state->parameters) || dimensions != 1 ||
        shape[0] != n)
        return err_data(err, "the model's 'checkpoint_parameters' are not %zu numbers", n);
    if (!model_array(model, "checkpoint_memory", &dimensions, &shape, &state->memory))
        return STATUS_OK;
    if (dimensions != 2 || shape[0] > rows_most || shape[1] != n)
        return err_data(err, "the model's 'checkpoint_memory' is not %zu x %zu at most", rows_most, n);
    state->memory_rows = shape[0];
    return STATUS_OK;
}
