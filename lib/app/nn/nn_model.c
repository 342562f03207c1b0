/* The model of a training: the network with the scales of its features, how it was trained, and the results. It is
 * made for the result, and for each checkpoint. */
#include "app/nn/nn_settings.h"

#include "base/mem.h"
#include "model/kind_network.h"

#include <stdlib.h>

static void add_training(const struct nn *nn, const struct trainer_result *result, struct model *model)
{
    const struct nn_settings *s = nn->settings;
    const struct step *step = &step_all[s->optimizer];
    char *text;
    if (step->move == NULL && nn->data->valid > 0)
        text = mem_format("%s, iteration %zu of %zu", step->name, result->best_epoch, result->epochs);
    else if (step->move == NULL)
        text = mem_format("%s, %zu iterations", step->name, result->epochs);
    else if (step->is_whole)
        text = mem_format("%s, rate %g, epoch %zu of %zu", step->name, nn_settings_rate(s), result->best_epoch,
                          result->epochs);
    else
        text = mem_format("%s, rate %g, batches of %zu, epoch %zu of %zu", step->name, nn_settings_rate(s), s->batch,
                          result->best_epoch, result->epochs);
    model_set_text(model, &field_training, text);
    free(text);
}

static double squared_weights(const struct network *network, const double *parameters)
{
    double sum = 0;
    for (size_t i = 0; i < network->n_blocks; i++) {
        const struct network_block *b = &network->block[i];
        for (size_t k = b->offset + b->biases; k < b->offset + b->n; k++)
            sum += parameters[k] * parameters[k];
    }
    return sum;
}

static void add_results(const struct nn *nn, const double *parameters, const struct trainer_result *result,
                        struct model *model)
{
    const struct trainer_epoch *best = &result->best;
    const struct network *w = nn->network;
    double decay = nn->settings->weight_decay, unit = w->targets == 1 ? w->unit[0] : 1;
    double standardize = nn->settings->scale == TRAINER_SCALE_COLUMNS;
    if (nn->init != NULL)
        standardize = model_number(nn->init, &field_standardize, standardize);
    model_set_number(model, &field_rows, (double)nn->data->train);
    model_set_number(model, &field_skipped, (double)nn->rows->skipped);
    train_columns_write_weighting(model, &nn->settings->columns);
    model_set_number(model, &field_objective, unit * (best->scaled + decay / 2 * squared_weights(w, parameters)));
    model_set_number(model, &field_l2, decay);
    model_set_number(model, &field_standardize, standardize);
    model_set_number(model, &field_mean_loss, best->loss);
    if (w->targets == 0)
        model_set_number(model, &field_accuracy, best->accuracy);
    if (nn->data->valid > 0) {
        model_set_number(model, &field_valid_rows, (double)nn->data->valid);
        model_set_number(model, &field_valid_loss, best->valid_loss);
        if (w->targets == 0)
            model_set_number(model, &field_valid_accuracy, best->valid_accuracy);
    }
    if (nn->settings->class_weights != NULL)
        model_set_text(model, &field_class_weight, nn->settings->class_weights);
    model_set_number(model, &field_seed, (double)nn->settings->general.seed);
}

struct model *nn_model(const struct nn *nn, const double *parameters, const struct trainer_result *result)
{
    struct model *model = model_new("network");
    const struct dataset *rows = nn->rows;
    model_set_texts(model, &field_features, rows->d, (const char *const *)rows->features);
    if (rows->classes > 0) {
        model_set_texts(model, &field_labels, rows->classes, (const char *const *)rows->labels);
        model_set_text(model, &field_target, rows->target);
    } else if (nn->soft) {
        model_set_texts(model, &field_labels, rows->n_targets, nn->class_names);
        model_set_texts(model, &field_targets, rows->n_targets, (const char *const *)rows->targets);
    } else {
        model_set_texts(model, &field_targets, rows->n_targets, (const char *const *)rows->targets);
    }
    kind_network_write(model, nn->network, parameters);
    model_set_matrix(model, &field_center, 1, rows->d, nn->data->center);
    model_set_matrix(model, &field_scale, 1, rows->d, nn->data->scale);
    add_training(nn, result, model);
    add_results(nn, parameters, result, model);
    nn_settings_write(nn, model);
    model_set_text(model, &field_command, nn->run->command_line);
    return model;
}
