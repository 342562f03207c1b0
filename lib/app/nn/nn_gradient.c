/* --check-gradient of networks: some parameters of each layer, on so many rows that all evaluations of the objective,
 * two for each parameter, take about products_most multiplications. */
#include "app/nn/nn_work.h"

#include "app/train/gradient.h"
#include "base/mem.h"

#include <stdlib.h>

enum { PER_LAYER = 200, ROWS_LEAST = 32 };
static const double products_most = 2e10; /* of all evaluations together */

/* Up to PER_LAYER of each layer's parameters, evenly spread. */
static size_t choose_parameters(const struct network *w, size_t *chosen)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n_layers; i++) {
        const struct network_layer *l = &w->layer[i];
        size_t all = l->rows * l->columns, some = all < PER_LAYER ? all : PER_LAYER;
        for (size_t k = 0; k < some; k++)
            chosen[n++] = l->offset + k * all / some;
    }
    return n;
}

/* Some rows do where all take long. */
static void thin_rows(const struct nn *nn, size_t chosen)
{
    double one = 2 * (double)chosen * (double)nn->network->parameters, rows = products_most / one;
    size_t all = nn->data->train, some = rows > ROWS_LEAST ? (size_t)rows : ROWS_LEAST;
    if (rows < (double)all && some < all)
        trainer_data_subsample(nn->data, some);
    if (nn->data->train < all || chosen < nn->network->parameters)
        notice(nn->run, "%zu of %zu parameters are checked on %zu of %zu rows", chosen, nn->network->parameters,
               nn->data->train, all);
}

static struct gradcheck find_worst(const struct nn *nn)
{
    const struct general_settings *general = &nn->settings->general;
    size_t n = nn->network->parameters, *parameter = mem_alloc(n, sizeof *parameter),
           chosen = choose_parameters(nn->network, parameter);
    thin_rows(nn, chosen);
    struct objective objective =
        trainer_objective(nn->network, nn->data, nn->settings->weight_decay, true, general->seed, general->threads);
    double *theta = mem_alloc(n, sizeof *theta);
    gradcheck_point(n, general->seed, theta);
    struct gradcheck worst = gradcheck_some(&objective, theta, chosen, parameter);
    trainer_objective_free(&objective);
    free(theta);
    free(parameter);
    return worst;
}

enum status nn_check_gradient(const struct nn *nn, struct err *err)
{
    const struct network *network = nn->network;
    struct gradcheck worst = find_worst(nn);
    size_t layer = network->n_layers - 1;
    while (network->layer[layer].rows == 0 || network->layer[layer].offset > worst.parameter)
        layer--;
    struct out *out;
    enum status status = gradient_begin(&out, nn->settings->output, "layer", "parameter", err);
    if (status != STATUS_OK)
        return status;
    out_count(out, layer + 1);
    out_count(out, worst.parameter - network->layer[layer].offset + 1);
    return gradient_end(out, &worst, err);
}
