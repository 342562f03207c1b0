#include "app/nn/nn.h"

#include "app/show/model_view.h"
#include "base/mem.h"
#include "model/kind_network.h"
#include "model/network_state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRACE_COLUMNS = 7, SETTINGS = 20 };

enum status nn_check_checkpoint(const struct nn_settings *s, struct err *err)
{
    struct stat st;
    if (s->checkpoint == 0 && !s->resume)
        return STATUS_OK;
    const char *option = s->checkpoint > 0 ? "--checkpoint" : "--resume";
    if (s->output == NULL)
        return err_usage(err, "%s needs -o, the file that keeps the state of training", option);
    if (stat(s->output, &st) == 0 && !S_ISREG(st.st_mode))
        return err_usage(err, "%s: -o %s is no regular file", option, s->output);
    return STATUS_OK;
}

/* ---- what a training is made of ---- */

struct settings_list {
    size_t n;
    char *text[SETTINGS];
};

static void add_number(struct settings_list *list, const char *name, double value)
{
    list->text[list->n++] = mem_format("%s %.17g", name, value);
}

static void add_text(struct settings_list *list, const char *name, const char *value)
{
    list->text[list->n++] = mem_format("%s %s", name, value);
}

static char *layers_text(const struct network *w)
{
    char *all = mem_format("%s", "");
    for (size_t i = 0; i < w->n_layers; i++) {
        char *text = network_layer_text(&w->layer[i]), *joined = mem_format("%s%s%s", all, i > 0 ? ", " : "", text);
        free(text);
        free(all);
        all = joined;
    }
    return all;
}

/* All that decides what becomes of the parameters, as texts "NAME VALUE"; the number of epochs is the first. */
static struct settings_list list_settings(const struct nn *nn)
{
    const struct nn_settings *s = nn->settings;
    struct settings_list list = {0};
    char *layers = layers_text(nn->network);
    add_number(&list, "--epochs", (double)s->epochs);
    add_text(&list, "--layers", layers);
    add_text(&list, "--loss", nn->loss->name);
    add_number(&list, "loss parameter", nn->loss_parameter);
    add_text(&list, "--optimizer", step_all[s->optimizer].name);
    add_number(&list, "--learning-rate", nn_rate(s));
    add_text(&list, "--schedule", schedule_all[s->schedule].name);
    add_number(&list, "--warm-up", s->warm_up);
    add_number(&list, "--momentum", s->momentum);
    add_number(&list, "--batch", (double)s->batch);
    add_number(&list, "--clip", s->clip);
    add_number(&list, "--decay", s->decay);
    add_number(&list, "--patience", (double)s->patience);
    add_number(&list, "--scale", s->scale);
    add_number(&list, "share of --valid", nn->valid_share);
    add_text(&list, "--precision", s->precision == NN_SINGLE ? "float" : "double");
    add_number(&list, "--seed", (double)s->general.seed);
    add_text(&list, "--class-weight", s->class_weights != NULL ? s->class_weights : "none");
    free(layers);
    list.text[list.n++] = mem_format("data %" PRIx64, dataset_digest(nn->rows));
    if (nn->valid != NULL)
        list.text[list.n++] = mem_format("--valid data %" PRIx64, dataset_digest(nn->valid));
    return list;
}

static void free_list(struct settings_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->text[i]);
}

void nn_add_settings(const struct nn *nn, struct model *model)
{
    if (nn->settings->checkpoint == 0 && !nn->settings->resume)
        return;
    struct settings_list list = list_settings(nn);
    model_set_texts(model, "training_settings", list.n, (const char *const *)list.text);
    free_list(&list);
}

/* ---- writing ---- */

void nn_save(void *context, const struct trainer_result *so_far, const double *parameters,
             const struct trainer_state *state)
{
    struct nn *nn = context;
    struct err err = {0};
    struct model *model = nn_model(nn, parameters, so_far);
    size_t shape[] = {nn->trace.rows, TRACE_COLUMNS};
    network_state_write(model, nn->network->parameters, state);
    model_set_array(model, "checkpoint_trace", 2, shape, nn->trace.values);
    if (model_write(nn->settings->output, model, nn->run, &err) == STATUS_OK)
        nn->saved = state->epoch;
    else
        notice(nn->run, "the checkpoint of epoch %zu was not written: %s: %s; training goes on", state->epoch, err.file,
               err.reason);
    model_free(model);
}

/* ---- going on ---- */

void nn_find_checkpoint(struct nn *nn)
{
    const char *path = nn->settings->output;
    nn->is_resumed = nn->settings->resume && access(path, F_OK) == 0;
    if (nn->settings->resume && !nn->is_resumed)
        notice(nn->run, "%s is not there yet: training starts", path);
}

static enum status compare_settings(const struct nn *nn, bool with_epochs, struct err *err)
{
    struct settings_list list = list_settings(nn);
    const char *const *old, *path = nn->settings->output;
    size_t n;
    enum status status = STATUS_OK;
    char echo[ERR_ECHO], other[ERR_ECHO];
    if (!model_texts(nn->init, "training_settings", &n, &old))
        status = err_data(err, "--resume: %s was written without --checkpoint; --init %s goes on with it as a start",
                          path, path);
    for (size_t i = with_epochs ? 0 : 1; i < list.n && status == STATUS_OK; i++)
        if (i >= n || (strcmp(old[i], list.text[i]) != 0 && strstr(old[i], "data ") != NULL))
            status = err_data(err, "--resume: %s was trained on other rows", path);
        else if (strcmp(old[i], list.text[i]) != 0)
            status = err_data(err, "--resume: %s was trained with %s, not with %s", path,
                              err_echo(echo, slice_of(old[i])), err_echo(other, slice_of(list.text[i])));
    free_list(&list);
    return status;
}

enum status nn_resume(struct nn *nn, struct err *err)
{
    const struct nn_settings *s = nn->settings;
    size_t dimensions;
    const size_t *shape;
    const double *values;
    if (!nn->is_resumed)
        return STATUS_OK;
    bool is_finished = !network_state_is_there(nn->init);
    enum status status = compare_settings(nn, is_finished || s->schedule != 0, err);
    if (status != STATUS_OK)
        return status;
    if (is_finished) {
        notice(nn->run, "%s is finished: there is nothing to go on with", s->output);
        nn->is_finished = true;
        return STATUS_OK;
    }
    const double *best = nn->data->valid > 0 ? kind_network_parts(nn->begun).parameters : NULL;
    status = network_state_read(nn->init, nn->network->parameters, best, &nn->state, err);
    if (status == STATUS_OK && (!model_array(nn->init, "checkpoint_trace", &dimensions, &shape, &values) ||
                                dimensions != 2 || shape[1] != TRACE_COLUMNS))
        status = err_data(err, "the model has no 'checkpoint_trace'");
    if (status != STATUS_OK)
        return err_at(err, s->output, 0);
    for (size_t i = 0; i < shape[0]; i++)
        nn_trace_add(&nn->trace, values + i * TRACE_COLUMNS);
    nn->saved = nn->state.epoch;
    notice_verbose(nn->run, "goes on behind epoch %zu", nn->state.epoch);
    return STATUS_OK;
}
