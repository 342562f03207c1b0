/* Checkpoints of training: nn_save writes a whole model, with the state of the trainer and the trace, into the file of
 * the result, and adds both to the result; nn_resume reads them back, so that training continues as if it had not been
 * interrupted, also with more epochs or more patience. */
#include "app/nn/nn_settings.h"

#include "app/show/model_write.h"
#include "cli/usage.h"
#include "model/kind_network.h"
#include "model/network_state.h"

#include <sys/stat.h>
#include <unistd.h>

enum status nn_checkpoint_check(const struct nn_settings *s, struct err *err)
{
    struct stat st;
    if (s->checkpoint == 0 && !s->resume)
        return STATUS_OK;
    const char *option = s->checkpoint > 0 ? "--checkpoint" : "--resume";
    if (s->output == NULL)
        return usage_requires(err, option, "--output");
    if (stat(s->output, &st) == 0 && !S_ISREG(st.st_mode))
        return usage_value(err, "--output", s->output, "a regular file with %s", option);
    return STATUS_OK;
}

/* ---- writing ---- */

void nn_save(void *context, const struct trainer_result *so_far, const double *parameters,
             const struct trainer_state *state)
{
    struct nn *nn = context;
    struct err err = {0};
    struct model *model = nn_model(nn, parameters, so_far);
    network_state_write(model, nn->network->parameters, state);
    model_set_matrix(model, &field_checkpoint_trace, nn->trace.rows, NN_TRACE_COLUMNS, nn->trace.values);
    if (so_far->is_last) {
        nn->model = model;
        return;
    }
    if (model_write(nn->settings->output, model, nn->run, &err) == STATUS_OK)
        nn->saved = state->epoch;
    else
        notice(nn->run, "the checkpoint of epoch %zu was not written: %s: %s; training continues", state->epoch,
               err.file, err.reason);
    model_free(model);
}

/* ---- resuming ---- */

void nn_find_checkpoint(struct nn *nn)
{
    const char *path = nn->settings->output;
    nn->is_resumed = nn->settings->resume && access(path, F_OK) == 0;
    if (nn->settings->resume && !nn->is_resumed)
        notice(nn->run, "%s does not exist; training starts from the beginning", path);
}

void nn_notice_finished(const struct nn *nn)
{
    notice(nn->run, "%s is finished; there is nothing to resume", nn->settings->output);
}

static enum status read_state(struct nn *nn, struct err *err)
{
    const double *best = nn->data->valid > 0 ? kind_network_parts(nn->initial).parameters : NULL;
    struct model_array trace = model_array(nn->init, &field_checkpoint_trace);
    enum status status = network_state_read(nn->init, best, &nn->state, err);
    if (status == STATUS_OK && trace.shape[1] != NN_TRACE_COLUMNS)
        status = err_data(err, "the model's '%s' has %zu columns instead of %d", field_checkpoint_trace.name,
                          trace.shape[1], NN_TRACE_COLUMNS);
    if (status != STATUS_OK)
        return err_at(err, nn->settings->output, 0);
    for (size_t i = 0; i < trace.shape[0]; i++)
        nn_trace_add(&nn->trace, trace.values + i * NN_TRACE_COLUMNS);
    nn->saved = nn->state.epoch;
    return STATUS_OK;
}

static bool has_epochs_left(const struct nn *nn)
{
    const struct trainer_state *state = &nn->state;
    bool is_patient = nn->data->valid == 0 || state->epoch - state->best_epoch < nn->settings->patience;
    return state->epoch < nn->settings->epochs && is_patient;
}

enum status nn_resume(struct nn *nn, struct err *err)
{
    if (!nn->is_resumed)
        return STATUS_OK;
    bool has_state = network_state_is_there(nn->init);
    enum status status = nn_settings_compare(nn, has_state, err);
    if (status == STATUS_OK && has_state)
        status = read_state(nn, err);
    if (status != STATUS_OK)
        return status;
    nn->is_finished = !has_state || !has_epochs_left(nn);
    if (nn->is_finished)
        nn_notice_finished(nn);
    else
        notice_verbose(nn->run, "resuming after epoch %zu", nn->state.epoch);
    return STATUS_OK;
}
