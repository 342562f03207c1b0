/* The settings of a training as texts "NAME VALUE": with the same settings, data and checkpoint, training continues to
 * the same bits. A model that is a checkpoint keeps them in its field training_settings, and --resume compares them. */
#include "app/nn/nn_settings.h"

#include "base/mem.h"
#include "text/buffer.h"
#include "text/number.h"

#include <inttypes.h>
#include <math.h>
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

bool nn_settings_keep_state(const struct nn_settings *s)
{
    return s->checkpoint > 0 || s->resume;
}

void nn_settings_write(const struct nn *nn, struct model *model)
{
    if (!nn_settings_keep_state(nn->settings))
        return;
    struct nn_settings_list list = list_settings(nn);
    model_set_texts(model, &field_training_settings, list.n, (const char *const *)list.text);
    free_list(&list);
}

/* The number behind a name, if this is the setting of that name; NaN: it is another one. */
static double number_of(const char *setting, const char *name)
{
    double value;
    size_t n = strlen(name);
    bool is_it = strncmp(setting, name, n) == 0 && setting[n] == ' ' && number_parse(slice_of(setting + n + 1), &value);
    return is_it ? value : (double)NAN;
}

/* Epochs may be more or less; patience may be more, since with less an epoch of the past might have been the last. */
static bool is_extension(const char *old, const char *new)
{
    return !isnan(number_of(old, "--epochs")) || number_of(old, "--patience") <= number_of(new, "--patience");
}

static void notice_schedule(const struct nn *nn, const char *old)
{
    double epochs = number_of(old, "--epochs");
    if (nn->settings->schedule != 0 && epochs != (double)nn->settings->epochs)
        notice(nn->run, "--schedule %s continues as for %zu epochs; the learning rates so far were those for %g",
               schedule_all[nn->settings->schedule].name, nn->settings->epochs, epochs);
}

/* old: NULL if the model lacks the setting. */
static enum status compare_setting(const char *path, const char *old, const char *now, bool has_state, struct err *err)
{
    char echo[ERR_ECHO], other[ERR_ECHO];
    bool is_same = old != NULL && strcmp(old, now) == 0;
    if (is_same || (has_state && old != NULL && is_extension(old, now)))
        return STATUS_OK;
    if (old != NULL && is_extension(old, now))
        return err_data(err,
                        "--resume: %s is finished and contains no state of training; use --init %s for a warm start",
                        path, path);
    if (old == NULL || strstr(old, "data ") != NULL)
        return err_data(err, "--resume: %s was trained on other rows", path);
    return err_data(err, "--resume: %s was trained with %s, not with %s", path, err_echo(echo, slice_of(old)),
                    err_echo(other, slice_of(now)));
}

enum status nn_settings_compare(const struct nn *nn, bool has_state, struct err *err)
{
    size_t n;
    const char *const *old = model_texts(nn->init, &field_training_settings, &n);
    const char *path = nn->settings->output;
    enum status status = STATUS_OK;
    if (old == NULL)
        return err_data(err, "--resume: %s was written without --checkpoint; use --init %s for a warm start", path,
                        path);
    struct nn_settings_list list = list_settings(nn);
    for (size_t i = 0; i < list.n && status == STATUS_OK; i++)
        status = compare_setting(path, i < n ? old[i] : NULL, list.text[i], has_state, err);
    if (status == STATUS_OK && has_state)
        notice_schedule(nn, old[0]);
    free_list(&list);
    return status;
}
