/* The network of a training before its first step.
 *
 * 1. choose_loss, check_targets: a loss that suits the target, and a target that varies.
 * 2. trainer_data_new, network_new: rows in training order, held-out rows, random weights (fit/network/).
 * 3. nn_initial_copy: weights and scales of the initial model (nn_initial.c); else trainer_data_scale: scales of
 *    features and targets from the rows. */
#include "app/nn/nn_work.h"

#include "base/mem.h"
#include "cli/usage.h"

#include <math.h>
#include <stdlib.h>

static const double single_share = 6e-5; /* 1000 times the rounding error of float, 2^-24 */

static enum status choose_loss(struct nn *nn, struct err *err)
{
    char echo[ERR_ECHO];
    size_t classes = nn->rows->classes;
    if (nn->loss == NULL && classes == 0)
        nn->loss = &loss_l2;
    else if (nn->loss == NULL)
        nn->loss = classes == 2 ? &loss_log_logit : &loss_ce_logits;
    bool one = nn->loss->prediction == LOSS_LOGIT || nn->loss->prediction == LOSS_PROBABILITY;
    if (loss_is_of_numbers(nn->loss) || nn->soft)
        return STATUS_OK;
    err_echo(echo, slice_of(nn->rows->target));
    if (classes < 2)
        err_data(err, "the target '%s' has only one class, '%s'", echo, nn->rows->labels[0]);
    else if (one && classes > 2)
        err_data(err, "the loss %s requires two classes, but the target '%s' has %zu; use --loss ce-logits",
                 nn->loss->name, echo, classes);
    else
        return STATUS_OK;
    return err_at(err, nn->file, 0);
}

/* Says which column loses most of its digits by being rounded to float. */
static void notice_rounding(const struct nn *nn)
{
    const struct trainer_data *data = nn->data;
    char echo[ERR_ECHO];
    for (size_t j = 0; nn->settings->dtype == NN_SINGLE && j < nn->rows->d; j++) {
        if (data->scale[j] == 1 || data->scale[j] > single_share * fabs(data->center[j]))
            continue;
        notice(nn->run,
               "column '%s' varies by %.3g about %.9g: single precision keeps fewer than 3 digits of its variation; "
               "use --dtype double",
               err_echo(echo, slice_of(nn->rows->features[j])), data->scale[j], data->center[j]);
        return;
    }
}

/* Errors: a column of numbers so large that they cannot be scaled. */
static enum status check_scales(const struct nn *nn, struct err *err)
{
    const struct trainer_data *data = nn->data;
    const struct network *w = nn->network;
    const char *column = NULL;
    char echo[ERR_ECHO];
    for (size_t j = 0; j < nn->rows->d && column == NULL; j++)
        if (!isfinite(data->center[j]) || !isfinite(data->scale[j]))
            column = nn->rows->features[j];
    for (size_t k = 0; k < w->targets && column == NULL; k++)
        if (!isfinite(w->center[k]) || !isfinite(w->scale[k]))
            column = nn->rows->targets[k];
    if (column == NULL)
        return STATUS_OK;
    err_data(err, "the values of column '%s' are too large to scale", err_echo(echo, slice_of(column)));
    return err_at(err, nn->file, 0);
}

static bool is_constant(const struct dataset *rows, size_t target)
{
    double value = (double)NAN;
    for (size_t c = 0; c < rows->chunks; c++) {
        const struct dataset_chunk *chunk = &rows->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            double x = chunk->target[r * chunk->ld + target];
            if (!(dataset_weight(chunk, r) > 0) || x == value)
                continue;
            if (!isnan(value))
                return false;
            value = x;
        }
    }
    return true;
}

/* Error: a target that is a number, and the same one in all rows; an initial model may have learnt from others. */
static enum status check_targets(const struct nn *nn, struct err *err)
{
    const struct dataset *rows = nn->rows;
    char echo[ERR_ECHO];
    for (size_t k = 0; k < rows->n_targets && rows->classes == 0 && !nn->soft && nn->initial == NULL; k++) {
        if (!is_constant(rows, k))
            continue;
        err_data(err, "the target '%s' is constant", err_echo(echo, slice_of(rows->targets[k])));
        return err_at(err, nn->file, 0);
    }
    return STATUS_OK;
}

/* Of classes one output for each, or a single one where the loss is of one probability. */
static size_t count_outputs(const struct nn *nn)
{
    bool many = nn->loss->prediction == LOSS_LOGITS || nn->loss->prediction == LOSS_PROBABILITIES;
    if (nn->rows->classes == 0)
        return nn->rows->n_targets;
    return many ? nn->rows->classes : 1;
}

/* Error: the layers end in probabilities, as if they were the outputs; but those are a linear layer behind, of which
 * the loss makes probabilities. */
static enum status check_last_layer(const struct nn *nn, struct err *err)
{
    const struct network *w = nn->network;
    bool one = nn->loss->prediction == LOSS_LOGIT || nn->loss->prediction == LOSS_PROBABILITY;
    if (nn->settings->layers == NULL || nn->initial != NULL || nn->n_items == 0 || loss_is_of_numbers(nn->loss))
        return STATUS_OK;
    const struct network_layer *last = &w->layer[nn->n_items - 1];
    if (last->layer->output == LAYER_NUMBERS || (last->layer->output == LAYER_PROBABILITY && last->shape.outputs > 1))
        return STATUS_OK;
    return usage_option(err, "--layers",
                        "the list ends in '%s', but the loss %s adds an output layer with a %s; remove '%s' from the "
                        "end of the list",
                        last->layer->name, nn->loss->name, one ? "sigmoid" : "softmax", last->layer->name);
}

enum status nn_build(struct nn *nn, struct err *err)
{
    const struct nn_settings *s = nn->settings;
    enum status status = choose_loss(nn, err);
    if (status == STATUS_OK)
        status = check_targets(nn, err);
    if (status == STATUS_OK &&
        trainer_data_new(&nn->data, nn->rows, nn->valid, nn->valid_share, s->general.seed, err) != STATUS_OK)
        status = err_at(err, nn->file, 0);
    if (status != STATUS_OK)
        return status;
    network_new(&nn->network, nn->rows->d, nn->items, nn->n_items, count_outputs(nn), nn->bias, nn->loss,
                nn->loss_parameter);
    nn->network->soft = nn->soft;
    status = check_last_layer(nn, err);
    if (status != STATUS_OK)
        return status;
    nn->parameters = mem_alloc(nn->network->parameters, sizeof *nn->parameters);
    if (nn->initial != NULL) {
        status = nn_initial_copy(nn, err);
    } else {
        trainer_data_scale(nn->data, (enum trainer_scale)s->scale);
        notice_rounding(nn);
        if (s->scale != TRAINER_SCALE_NONE)
            trainer_data_scale_targets(nn->data, nn->network);
        status = check_scales(nn, err);
    }
    if (status == STATUS_OK && s->scale != TRAINER_SCALE_NONE)
        trainer_data_find_units(nn->data, nn->network);
    return status;
}

void nn_release(struct nn *nn)
{
    free(nn->items);
    free(nn->parameters);
    free(nn->trace.values);
    free(nn->class_names);
    model_free(nn->model);
    predictor_free(nn->initial);
    trainer_data_free(nn->data);
    network_free(nn->network);
    dataset_free(nn->rows);
    dataset_free(nn->valid);
}
