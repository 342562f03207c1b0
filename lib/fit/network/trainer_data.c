/* The rows of a training: which are held out, and the scale of features and targets.
 *
 *  1. trainer_data_new lists the training rows; hold_out moves a random fraction of them, of a stream of random numbers
 *     of its own, to the held-out rows, both lists staying in the order of the table.
 *  2. trainer_data_scale finds mean and sd of the features over the training rows in four passes (a pass more
 *     corrects the rounding of the mean); rows are scaled as they are read (network_rows.c), not in place.
 *  3. trainer_data_scale_targets and trainer_data_find_units do the same for numbers to predict, and find the unit of
 *     each loss.
 *
 * Memory: 8 bytes per row for the lists. One thread. */

#include "fit/network/trainer_data.h"

#include "base/mem.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPLIT = -1 }; /* the stream of random numbers that splits rows; those of epochs are numbered from 0 */

/* ---- making ---- */

static size_t *count_up(size_t n)
{
    size_t *order = mem_alloc(n, sizeof *order);
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    return order;
}

/* Moves a random fraction of the rows from training to validation. */
static void hold_out(struct trainer_data *t, double share, unsigned long long seed)
{
    size_t n = t->rows.data->n, *shuffled = count_up(n);
    struct rng rng = rng_stream(seed, (uint64_t)SPLIT);
    t->valid = (size_t)llround(share * (double)n);
    t->train = 0;
    rng_shuffle(&rng, shuffled, n);
    bool *is_held_out = mem_zero(n, sizeof *is_held_out);
    for (size_t i = 0; i < t->valid; i++)
        is_held_out[shuffled[i]] = true;
    t->valid_order = mem_alloc(t->valid, sizeof *t->valid_order);
    for (size_t i = 0, k = 0; i < n; i++) {
        if (is_held_out[i])
            t->valid_order[k++] = i;
        else
            t->order[t->train++] = i;
    }
    free(is_held_out);
    free(shuffled);
}

static double weight_of(const struct network_rows *rows, const size_t *order, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        size_t row = order[i];
        const struct dataset_chunk *chunk = network_rows_find(rows, &row);
        sum += dataset_weight(chunk, row);
    }
    return sum;
}

static enum status check_rows(struct trainer_data *t, double share, struct err *err)
{
    if (t->train == 0 || (t->valid == 0 && share > 0))
        return err_data(err, "%zu rows are too few to hold out a fraction of %g", t->rows.data->n, share);
    t->weight_sum = weight_of(&t->rows, t->order, t->train);
    if (!(t->weight_sum > 0))
        return err_data(err, "the weights of the training rows sum to 0");
    if (t->valid > 0 && !(weight_of(&t->valid_rows, t->valid_order, t->valid) > 0))
        return err_data(err, "the weights of the held-out rows sum to 0");
    return STATUS_OK;
}

enum status trainer_data_new(struct trainer_data **data, const struct dataset *rows, const struct dataset *valid,
                             double share, unsigned long long seed, struct err *err)
{
    struct trainer_data *t = mem_zero(1, sizeof *t);
    t->center = mem_zero(rows->d, sizeof *t->center);
    t->scale = mem_alloc(rows->d, sizeof *t->scale);
    for (size_t j = 0; j < rows->d; j++)
        t->scale[j] = 1;
    network_rows_init(&t->rows, rows);
    network_rows_init(&t->valid_rows, valid != NULL ? valid : rows);
    t->rows.center = t->valid_rows.center = t->center;
    t->rows.scale = t->valid_rows.scale = t->scale;
    t->order = count_up(rows->n);
    t->train = rows->n;
    if (valid != NULL) {
        t->valid = valid->n;
        t->valid_order = count_up(valid->n);
    } else if (share > 0) {
        hold_out(t, share, seed);
    }
    enum status status = check_rows(t, valid != NULL ? 0 : share, err);
    if (status == STATUS_OK)
        *data = t;
    else
        trainer_data_free(t);
    return status;
}

void trainer_data_subsample(struct trainer_data *t, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        t->order[i] = t->order[i * t->train / rows];
    t->train = rows;
    t->weight_sum = weight_of(&t->rows, t->order, rows);
}

void trainer_data_free(struct trainer_data *t)
{
    if (t == NULL)
        return;
    network_rows_free(&t->rows);
    network_rows_free(&t->valid_rows);
    free(t->order);
    free(t->valid_order);
    free(t->center);
    free(t->scale);
    free(t);
}

/* ---- features ---- */

/* sum[j] = sum over the training rows of weight * (x - center)^power */
static void sum_powers(const struct trainer_data *t, int power, double *sum)
{
    struct network_rows plain = t->rows;
    size_t d = plain.data->d;
    double *x = mem_alloc(d, sizeof *x);
    plain.center = plain.scale = NULL;
    memset(sum, 0, d * sizeof *sum);
    for (size_t i = 0; i < t->train; i++) {
        size_t row = t->order[i];
        const struct dataset_chunk *chunk = network_rows_find(&plain, &row);
        double w = dataset_weight(chunk, row);
        network_rows_read(&plain, chunk, row, x);
        for (size_t j = 0; j < d; j++) {
            double deviation = x[j] - t->center[j];
            sum[j] += w * (power == 1 ? deviation : deviation * deviation);
        }
    }
    free(x);
}

static void put_mean(size_t d, double *x)
{
    double sum = 0;
    for (size_t j = 0; j < d; j++)
        sum += x[j];
    for (size_t j = 0; j < d; j++)
        x[j] = sum / (double)d;
}

/* Two passes: the mean, whose rounding the first deviations correct, then the mean square about it. */
void trainer_data_scale(struct trainer_data *t, enum trainer_scale how)
{
    size_t d = t->rows.data->d, row = t->order[0];
    double *center = t->center, *scale = t->scale;
    if (how == TRAINER_SCALE_NONE)
        return;
    struct network_rows plain = t->rows;
    plain.center = plain.scale = NULL;
    const struct dataset_chunk *first = network_rows_find(&plain, &row);
    network_rows_read(&plain, first, row, center);
    for (int pass = 0; pass < 2; pass++) {
        sum_powers(t, 1, scale);
        for (size_t j = 0; j < d; j++)
            center[j] += scale[j] / t->weight_sum;
    }
    if (how == TRAINER_SCALE_TABLE)
        put_mean(d, center);
    sum_powers(t, 2, scale);
    if (how == TRAINER_SCALE_TABLE)
        put_mean(d, scale);
    for (size_t j = 0; j < d; j++) {
        double sd = sqrt(scale[j] / t->weight_sum);
        scale[j] = sd > 1e-12 * fabs(center[j]) ? sd : 1;
    }
}

/* ---- targets ---- */

/* The mean over the training rows of (target k - center)^power. */
static double mean_power(const struct trainer_data *t, size_t k, double center, int power)
{
    double sum = 0;
    for (size_t i = 0; i < t->train; i++) {
        size_t row = t->order[i];
        const struct dataset_chunk *chunk = network_rows_find(&t->rows, &row);
        double deviation = chunk->target[row * chunk->ld + k] - center;
        sum += dataset_weight(chunk, row) * (power == 1 ? deviation : deviation * deviation);
    }
    return sum / t->weight_sum;
}

void trainer_data_scale_targets(const struct trainer_data *t, struct network *w)
{
    for (size_t k = 0; k < w->targets; k++) {
        size_t row = t->order[0];
        const struct dataset_chunk *first = network_rows_find(&t->rows, &row);
        double center = first->target[row * first->ld + k];
        for (int pass = 0; pass < 2; pass++)
            center += mean_power(t, k, center, 1);
        double variance = mean_power(t, k, center, 2);
        w->center[k] = center;
        w->scale[k] = variance > 0 ? sqrt(variance) : 1;
    }
}

void trainer_data_find_units(const struct trainer_data *t, struct network *w)
{
    for (size_t k = 0; !w->pairs && k < w->targets; k++) {
        double square = 0;
        for (size_t i = 0; i < t->train; i++) {
            size_t row = t->order[i];
            const struct dataset_chunk *chunk = network_rows_find(&t->rows, &row);
            double target = chunk->target[row * chunk->ld + k], slope = 0;
            struct loss_batch batch = {
                .rows = 1, .width = 1, .prediction = &w->center[k], .target = &target, .parameter = w->loss_parameter};
            w->loss->evaluate(&batch, NULL, &slope, NULL);
            square += dataset_weight(chunk, row) / t->weight_sum * slope * slope;
        }
        w->unit[k] = square > 0 && isfinite(square) ? w->scale[k] * sqrt(square) : 1;
    }
}
