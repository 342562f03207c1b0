/* The settings of a training as texts "NAME VALUE": with the same settings, data and checkpoint, training continues to
 * the same bits. A model that is a checkpoint keeps them in its field training_settings, and --resume compares them. */
#include "app/nn/nn_settings.h"

#include "base/mem.h"
#include "text/buffer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS = 20 };

double nn_settings_rate(const struct nn_settings *s)
{
    return s->learning_rate > 0 ? s->learning_rate : step_all[s->optimizer].rate;
}

struct nn_settings_list {
    size_t n;
    char *text[SETTINGS];
};

static void add_number(struct nn_settings_list *list, const char *name, double value)
{
    list->text[list->n++] = mem_format("%s %.17g", name, value);
}

static void add_text(struct nn_settings_list *list, const char *name, const char *value)
{
    list->text[list->n++] = mem_format("%s %s", name, value);
}

static char *layers_text(const struct network *w)
{
    struct buffer all = {0};
    for (size_t i = 0; i < w->n_layers; i++) {
        char *text = network_layer_text(&w->layer[i]);
        buffer_add_text(&all, i > 0 ? ", " : "");
        buffer_add_text(&all, text);
        free(text);
    }
    return buffer_text(&all);
}

/* All that decides what becomes of the parameters, as texts "NAME VALUE"; the number of epochs is the first. */
static struct nn_settings_list list_settings(const struct nn *nn)
{
    const struct nn_settings *s = nn->settings;
    struct nn_settings_list list = {0};
    char *layers = layers_text(nn->network);
    add_number(&list, "--epochs", (double)s->epochs);
    add_text(&list, "--layers", layers);
    add_text(&list, "--loss", nn->loss->name);
    add_number(&list, "loss parameter", nn->loss_parameter);
    add_text(&list, "--optimizer", step_all[s->optimizer].name);
    add_number(&list, "--learning-rate", nn_settings_rate(s));
    add_text(&list, "--schedule", schedule_all[s->schedule].name);
    add_number(&list, "--warm-up", s->warm_up);
    add_number(&list, "--momentum", s->momentum);
    add_number(&list, "--batch", (double)s->batch);
    add_number(&list, "--clip", s->clip);
    add_number(&list, "--weight-decay", s->weight_decay);
    add_number(&list, "--patience", (double)s->patience);
    add_number(&list, "--scale", s->scale);
    add_number(&list, "share of --valid", nn->valid_share);
    add_text(&list, "--dtype", s->dtype == NN_SINGLE ? "float" : "double");
    add_number(&list, "--seed", (double)s->general.seed);
    add_text(&list, "--class-weight", s->class_weights != NULL ? s->class_weights : "none");
    free(layers);
    list.text[list.n++] = mem_format("data %" PRIx64, dataset_digest(nn->rows));
    if (nn->valid != NULL)
        list.text[list.n++] = mem_format("--valid data %" PRIx64, dataset_digest(nn->valid));
    return list;
}

static void free_list(struct nn_settings_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->text[i]);
}

void nn_settings_write(const struct nn *nn, struct model *model)
{
    if (nn->settings->checkpoint == 0 && !nn->settings->resume)
        return;
    struct nn_settings_list list = list_settings(nn);
    model_set_texts(model, &field_training_settings, list.n, (const char *const *)list.text);
    free_list(&list);
}

enum status nn_settings_compare(const struct nn *nn, bool with_epochs, struct err *err)
{
    struct nn_settings_list list = list_settings(nn);
    size_t n;
    const char *const *old = model_texts(nn->init, &field_training_settings, &n);
    const char *path = nn->settings->output;
    enum status status = STATUS_OK;
    char echo[ERR_ECHO], other[ERR_ECHO];
    if (old == NULL)
        status =
            err_data(err, "--resume: %s was written without --checkpoint; use --init %s for a warm start", path, path);
    for (size_t i = with_epochs ? 0 : 1; i < list.n && status == STATUS_OK; i++)
        if (i >= n || (strcmp(old[i], list.text[i]) != 0 && strstr(old[i], "data ") != NULL))
            status = err_data(err, "--resume: %s was trained on other rows", path);
        else if (strcmp(old[i], list.text[i]) != 0)
            status = err_data(err, "--resume: %s was trained with %s, not with %s", path,
                              err_echo(echo, slice_of(old[i])), err_echo(other, slice_of(list.text[i])));
    free_list(&list);
    return status;
}
