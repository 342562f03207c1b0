/* The loss of all training rows as an objective: value and gradient by passes of NETWORK_ROWS rows forward and back,
 * blocks of parameters adding up their gradients side by side; then the penalty on weights. It has no Hessian.
 * Memory: activations of NETWORK_ROWS rows. The bits do not depend on the number of threads. */

#include "fit/network/trainer.h"

#include "base/mem.h"
#include "fit/network/network_batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct trainer_objective {
    const struct network *network;
    const struct trainer_data *data;
    struct network_batch *batch;
    struct crew *crew;
    double decay, *gradient; /* gradient: the caller's */
    double loss, accuracy;   /* of the last evaluation */
};

static void trainer_objective_gradient(void *context, size_t i)
{
    struct trainer_objective *w = context;
    const struct network_block *block = &w->network->block[i];
    network_batch_gradient(w->batch, block, w->gradient + block->offset);
}

/* decay / 2 |weights|^2, its derivative being added to the gradient. */
static double penalty(const struct trainer_objective *w, const double *theta, double *gradient)
{
    double sum = 0;
    for (size_t i = 0; w->decay > 0 && i < w->network->n_blocks; i++) {
        const struct network_block *block = &w->network->block[i];
        for (size_t k = block->offset + block->biases; k < block->offset + block->n; k++) {
            sum += theta[k] * theta[k];
            if (gradient != NULL)
                gradient[k] += w->decay * theta[k];
        }
    }
    return w->decay / 2 * sum;
}

static double trainer_objective_evaluate(void *context, const double *theta, double *gradient, double *hessian)
{
    struct trainer_objective *w = context;
    struct network_sums sums = {0};
    (void)hessian;
    w->gradient = gradient;
    w->batch->parameters.value = theta;
    w->batch->wants_gradient = gradient != NULL;
    if (gradient != NULL)
        memset(gradient, 0, w->network->parameters * sizeof *gradient);
    for (size_t first = 0; first < w->data->train; first += NETWORK_ROWS) {
        size_t rows = w->data->train - first < NETWORK_ROWS ? w->data->train - first : NETWORK_ROWS;
        w->batch->first_row = first;
        network_batch_run(w->batch, w->data->order + first, rows, &sums);
        if (gradient != NULL)
            crew_run(w->crew, w->network->n_blocks, w, trainer_objective_gradient);
    }
    w->loss = sums.loss / sums.weight;
    w->accuracy = w->network->targets == 0 ? sums.right / sums.weight : (double)NAN;
    return sums.scaled / w->data->weight_sum + penalty(w, theta, gradient);
}

struct objective trainer_objective(const struct network *network, const struct trainer_data *data, double decay,
                                   bool is_training, unsigned long long seed, size_t threads)
{
    struct trainer_objective *w = mem_zero(1, sizeof *w);
    w->network = network;
    w->decay = decay;
    w->crew = crew_new(threads);
    w->data = data;
    network_batch_new(&w->batch, network, data->train < NETWORK_ROWS ? data->train : NETWORK_ROWS, false, w->crew);
    w->batch->source = &data->rows;
    w->batch->divisor = data->weight_sum;
    w->batch->is_training = is_training;
    w->batch->seed = seed;
    return (struct objective){.n = network->parameters,
                              .total = fmax((double)data->train, data->weight_sum),
                              .context = w,
                              .evaluate = trainer_objective_evaluate};
}

void trainer_objective_last(const struct objective *objective, double *loss, double *accuracy)
{
    const struct trainer_objective *w = objective->context;
    *loss = w->loss;
    *accuracy = w->accuracy;
}

void trainer_objective_free(struct objective *objective)
{
    struct trainer_objective *w = objective->context;
    if (w == NULL)
        return;
    network_batch_free(w->batch);
    crew_free(w->crew);
    free(w);
    objective->context = NULL;
}
