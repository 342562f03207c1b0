/* Training from an initial model, of --init or of a checkpoint: its layers, features and classes must be the same, then
 * its weights and scales are those of the network. */
#include "app/nn/nn_work.h"

#include "model/kind_network.h"

#include <stdlib.h>
#include <string.h>

static const char *option_of(const struct nn *nn)
{
    return nn->is_resumed ? "resume" : "init";
}

static enum status refuse_layer(const struct nn *nn, const struct network *have, const struct network *want, size_t i,
                                struct err *err)
{
    char *left = i < have->score_layers ? network_layer_text(&have->layer[i]) : NULL;
    char *right = i < want->score_layers ? network_layer_text(&want->layer[i]) : NULL;
    if (left == NULL || right == NULL)
        err_data(err, "--%s: only %s has layer %zu, %s", option_of(nn), left != NULL ? "the model" : "the new network",
                 i + 1, left != NULL ? left : right);
    else
        err_data(err,
                 "--%s: layer %zu is %s with %zu inputs and %zu outputs in the model, but %s with %zu inputs and %zu "
                 "outputs here",
                 option_of(nn), i + 1, left, have->layer[i].shape.inputs, have->layer[i].shape.outputs, right,
                 want->layer[i].shape.inputs, want->layer[i].shape.outputs);
    free(left);
    free(right);
    return err->status;
}

/* Layers must be the same but for arguments such as the rate of dropout; what makes probabilities of scores is the
 * loss's. */
static enum status compare_layers(const struct nn *nn, const struct network *have, const struct network *want,
                                  struct err *err)
{
    for (size_t i = 0; i < have->score_layers || i < want->score_layers; i++) {
        if (i >= have->score_layers || i >= want->score_layers)
            return refuse_layer(nn, have, want, i, err);
        const struct network_layer *a = &have->layer[i], *b = &want->layer[i];
        if (a->layer != b->layer || a->shape.inputs != b->shape.inputs || a->shape.outputs != b->shape.outputs)
            return refuse_layer(nn, have, want, i, err);
        if (a->rows != b->rows)
            return err_data(err, "--%s: layer %zu has %s in the model, but %s here", option_of(nn), i + 1,
                            a->rows > b->rows ? "biases" : "no biases", a->rows > b->rows ? "none" : "some");
    }
    return STATUS_OK;
}

static enum status compare_names(const struct nn *nn, struct err *err)
{
    const struct predictor *p = nn->initial;
    const struct dataset *rows = nn->rows;
    char echo[ERR_ECHO], other[ERR_ECHO];
    for (size_t j = 0; j < rows->d && j < p->d; j++)
        if (strcmp(rows->features[j], p->features[j]) != 0)
            return err_data(err,
                            "--%s: feature %zu is '%s' in the model, but '%s' here; use --features to choose columns "
                            "and their order",
                            option_of(nn), j + 1, err_echo(echo, slice_of(p->features[j])),
                            err_echo(other, slice_of(rows->features[j])));
    for (size_t k = 0; nn->soft && k < p->labels && k < rows->n_targets; k++)
        if (strcmp(nn->class_names[k], p->label[k]) != 0)
            return err_data(
                err,
                "--%s: class %zu is '%s' in the model, but '%s' here; use --target to choose columns and their order",
                option_of(nn), k + 1, err_echo(echo, slice_of(p->label[k])),
                err_echo(other, slice_of(nn->class_names[k])));
    return STATUS_OK;
}

enum status nn_initial_copy(struct nn *nn, struct err *err)
{
    struct kind_network_parts parts = kind_network_parts(nn->initial);
    struct network *w = nn->network;
    size_t d = nn->rows->d;
    if ((parts.network->targets > 0) != (w->targets > 0))
        return err_data(err, "--%s: the model predicts %s, but the loss %s is of %s", option_of(nn),
                        w->targets > 0 ? "classes" : "numbers", nn->loss->name, w->targets > 0 ? "numbers" : "classes");
    enum status status = compare_layers(nn, parts.network, w, err);
    if (status == STATUS_OK)
        status = compare_names(nn, err);
    if (status != STATUS_OK)
        return status;
    memcpy(nn->data->center, parts.center, d * sizeof *parts.center);
    memcpy(nn->data->scale, parts.scale, d * sizeof *parts.scale);
    memcpy(nn->parameters, parts.parameters, w->parameters * sizeof *parts.parameters);
    memcpy(w->center, parts.network->center, w->targets * sizeof *w->center);
    memcpy(w->scale, parts.network->scale, w->targets * sizeof *w->scale);
    return STATUS_OK;
}
