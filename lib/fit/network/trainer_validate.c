/* Losses without learning: of training rows and held-out rows, the best parameters so far, and reports of them. Rows
 * pass through the network forward only, dropout being off. The parameters that are returned are evaluated in double
 * precision, in which the model predicts, whatever the training had. */

#include "fit/network/trainer_parts.h"

#include <math.h>
#include <string.h>

static struct network_sums evaluate_rows(struct trainer *t, const struct network_rows *rows, const size_t *order,
                                         size_t n)
{
    struct network_sums sums = {0};
    t->batch->source = rows;
    t->batch->wants_gradient = t->batch->is_training = false;
    for (size_t first = 0; first < n; first += NETWORK_ROWS)
        network_batch_run(t->batch, order + first, n - first < NETWORK_ROWS ? n - first : NETWORK_ROWS, &sums);
    t->batch->source = &t->data->rows;
    return sums;
}

static void set_means(const struct trainer *t, struct network_sums sums, double *loss, double *accuracy)
{
    *loss = sums.loss / sums.weight;
    *accuracy = t->network->targets == 0 ? sums.right / sums.weight : (double)NAN;
}

void trainer_set_losses(struct trainer *t, struct network_sums sums, struct trainer_epoch *epoch)
{
    set_means(t, sums, &epoch->loss, &epoch->accuracy);
    epoch->scaled = sums.scaled / sums.weight;
}

void trainer_evaluate(struct trainer *t, struct trainer_epoch *epoch)
{
    trainer_set_losses(t, evaluate_rows(t, &t->data->rows, t->data->order, t->data->train), epoch);
}

void trainer_validate(struct trainer *t, struct trainer_epoch *epoch)
{
    const struct trainer_data *data = t->data;
    epoch->valid_loss = epoch->valid_accuracy = (double)NAN;
    if (data->valid > 0)
        set_means(t, evaluate_rows(t, &data->valid_rows, data->valid_order, data->valid), &epoch->valid_loss,
                  &epoch->valid_accuracy);
}

void trainer_report(const struct trainer *t, const struct trainer_epoch *epoch)
{
    if (t->options->progress != NULL)
        t->options->progress(t->options->context, epoch);
}

/* Evaluates parameters in double precision, in which the model will predict. */
void trainer_evaluate_result(struct trainer *t, const double *parameters, struct trainer_result *result)
{
    struct network_parameters own = t->batch->parameters;
    t->batch->parameters = (struct network_parameters){parameters, NULL};
    trainer_evaluate(t, &result->best);
    trainer_validate(t, &result->best);
    result->best.epoch = result->best_epoch;
    t->batch->parameters = own;
}

void trainer_save(struct trainer *t, const struct trainer_result *result)
{
    struct trainer_result so_far = *result;
    const double *parameters = t->best != NULL ? t->best : t->parameters;
    if (t->best == NULL)
        so_far.best_epoch = t->state.epoch;
    trainer_evaluate_result(t, parameters, &so_far);
    t->options->save(t->options->context, &so_far, parameters, &t->state);
}

void trainer_keep_best(struct trainer *t, double loss)
{
    if (t->data->valid == 0 || !(loss < t->state.least))
        return;
    t->state.least = loss;
    t->state.best_epoch = t->state.epoch;
    memcpy(t->best, t->parameters, t->network->parameters * sizeof *t->best);
}

void trainer_keep_safe(struct trainer *t, const struct trainer_epoch *epoch)
{
    if (t->safe == NULL || !(epoch->scaled < t->safe_loss))
        return;
    double *safe = t->before;
    t->before = t->safe;
    t->safe = safe;
    t->safe_loss = epoch->scaled;
    t->safe_epoch = epoch->epoch - 1;
}
