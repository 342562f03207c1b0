#include "optim/optim.h"

#include "base/mem.h"
#include "math/dense.h"

#include <stdlib.h>
#include <string.h>

void optim_gd(const struct objective *objective, const struct optim_options *options, double *theta,
              struct optim_result *result)
{
    size_t n = objective->n;
    double *gradient = mem_alloc(3 * n, sizeof *gradient), *at = gradient + n, *best = at + n;
    struct optim_result now = {0};
    memcpy(at, theta, n * sizeof *at);
    memcpy(best, theta, n * sizeof *best);
    for (size_t iteration = 0;; iteration++) {
        double value = objective->evaluate(objective->context, at, gradient, NULL);
        now.evaluations++;
        bool stop = optim_visit(options, iteration, value, n, gradient, &now);
        if (iteration == 0 || value <= result->value) {
            *result = now;
            memcpy(best, at, n * sizeof *best);
        }
        if (stop)
            break;
        dense_add(n, -options->learning_rate, gradient, at);
    }
    result->status = now.status;
    result->iterations = now.iterations;
    result->evaluations = now.evaluations;
    memcpy(theta, best, n * sizeof *theta);
    free(gradient);
}
