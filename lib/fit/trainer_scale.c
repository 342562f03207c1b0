#include "fit/trainer.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static double weight_of(const struct dataset_chunk *c, size_t row)
{
    return c->weight != NULL ? c->weight[row * c->ld] : 1;
}

/* sum[j] = sum of weight * (x - center)^power */
static void sum_powers(const struct dataset *data, const double *center, int power, double *sum)
{
    for (size_t j = 0; j < data->d; j++)
        sum[j] = 0;
    for (size_t c = 0; c < data->chunks; c++) {
        const struct dataset_chunk *chunk = &data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            double w = weight_of(chunk, r);
            for (size_t j = 0; j < data->d; j++) {
                double x = chunk->x[r * chunk->ld + j] - center[j];
                sum[j] += w * (power == 1 ? x : x * x);
            }
        }
    }
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
static void find_scale(const struct dataset *data, bool is_common, double *center, double *scale)
{
    size_t d = data->d;
    const struct dataset_chunk *first = &data->chunk[0];
    for (size_t j = 0; j < d; j++)
        center[j] = first->x[j];
    for (int pass = 0; pass < 2; pass++) {
        sum_powers(data, center, 1, scale);
        for (size_t j = 0; j < d; j++)
            center[j] += scale[j] / data->weight_sum;
    }
    if (is_common)
        put_mean(d, center);
    sum_powers(data, center, 2, scale);
    if (is_common)
        put_mean(d, scale);
    for (size_t j = 0; j < d; j++) {
        double sd = sqrt(scale[j] / data->weight_sum);
        scale[j] = sd > 1e-12 * fabs(center[j]) && isfinite(sd) ? sd : 1;
    }
}

void trainer_scale(struct dataset *data, enum trainer_scale how, double *center, double *scale)
{
    for (size_t j = 0; j < data->d; j++) {
        center[j] = 0;
        scale[j] = 1;
    }
    if (how == TRAINER_SCALE_NONE || data->n == 0)
        return;
    find_scale(data, how == TRAINER_SCALE_TABLE, center, scale);
    for (size_t c = 0; c < data->chunks; c++) {
        const struct dataset_chunk *chunk = &data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++)
            for (size_t j = 0; j < data->d; j++)
                chunk->x[r * chunk->ld + j] = (chunk->x[r * chunk->ld + j] - center[j]) / scale[j];
    }
}

void trainer_scale_target(struct network *w, const struct dataset *data)
{
    double mean = data->chunk[0].target[0], variance = 0, slope = 0;
    for (int pass = 0; pass < 2; pass++) {
        double sum = 0;
        for (size_t c = 0; c < data->chunks; c++)
            for (size_t r = 0; r < data->chunk[c].rows; r++)
                sum += weight_of(&data->chunk[c], r) * (data->chunk[c].target[r * data->chunk[c].ld] - mean);
        mean += sum / data->weight_sum;
    }
    for (size_t c = 0; c < data->chunks; c++)
        for (size_t r = 0; r < data->chunk[c].rows; r++) {
            double target = data->chunk[c].target[r * data->chunk[c].ld], gradient = 0;
            struct loss_batch batch = {.rows = 1, .width = 1, .prediction = &mean, .target = &target,
                                       .parameter = w->loss_parameter};
            w->loss->evaluate(&batch, NULL, &gradient, NULL);
            double share = weight_of(&data->chunk[c], r) / data->weight_sum;
            variance += share * (target - mean) * (target - mean);
            slope += share * gradient * gradient;
        }
    w->center = mean;
    w->scale = variance > 0 && isfinite(variance) ? sqrt(variance) : 1;
    w->loss_unit = slope > 0 && isfinite(slope) ? w->scale * sqrt(slope) : 1;
}
