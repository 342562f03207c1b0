/* Gradient descent at a fixed learning rate:
 *
 * theta_{k+1} = theta_k - learning_rate * gradient(theta_k)
 *
 * Steps of a fixed length may raise the value, so the best point is kept beside the current one and is the result.
 * The run goes on from the current point, and ends with OPTIM_DIVERGED where that is no longer finite.
 *
 * Steps of this length converge only where no curvature exceeds 2 / learning_rate. The Newton decrement is at least
 * learning_rate / 2 |gradient|^2 then, which is what is reported on the way. Once that is within the tolerance,
 * optim_decrement computes the decrement itself (judge); where it is larger after all, the next look at it waits until
 * the gradient has fallen by as much. Memory: 3 n numbers, and those of optim_decrement. One evaluation per iteration,
 * and one per product. */

#include "optim/optim.h"

#include "base/mem.h"
#include "math/dense.h"
#include "optim/optim_decrement.h"
#include "optim/optim_visit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct gd {
    const struct objective *objective;
    size_t evaluations;
    double *at, *gradient;
    double wait; /* |gradient|^2 that is worth a look at the decrement */
};

/* The decrement, or a bound from below: is_known tells. */
static double judge(struct gd *g, const struct optim_options *options, bool *is_known)
{
    double squares = dense_dot(g->objective->n, g->gradient, g->gradient);
    double bound = optim_total(g->objective) * options->learning_rate / 2 * squares;
    *is_known = false;
    if (!(optim_distance(bound) <= options->tolerance) || !(squares <= g->wait))
        return bound;
    double decrement = optim_decrement(g->objective, g->at, g->gradient, is_known, &g->evaluations);
    double excess = decrement / (options->tolerance * options->tolerance);
    g->wait = squares / fmax(2, excess);
    return decrement;
}

static void gd_run(const struct objective *objective, const struct optim_options *options, double *theta,
                   struct optim_result *result)
{
    size_t n = objective->n;
    double *memory = mem_alloc(3 * n, sizeof *memory), *best = memory + 2 * n;
    struct gd g = {.objective = objective, .at = memory, .gradient = memory + n, .wait = (double)INFINITY};
    struct optim_result now = {0};
    memcpy(g.at, theta, n * sizeof *theta);
    memcpy(best, theta, n * sizeof *best);
    for (size_t iteration = 0;; iteration++) {
        double value = objective->evaluate(objective->context, g.at, g.gradient, NULL);
        g.evaluations++;
        bool is_known;
        double decrement = judge(&g, options, &is_known);
        bool stop = optim_visit(options, iteration, value, n, g.gradient, decrement, is_known, &now);
        if (iteration == 0 || value <= result->value || (stop && now.status == OPTIM_CONVERGED)) {
            *result = now;
            memcpy(best, g.at, n * sizeof *best);
        }
        if (stop)
            break;
        dense_add(n, -options->learning_rate, g.gradient, g.at);
    }
    result->status = now.status;
    result->iterations = now.iterations;
    result->evaluations = g.evaluations;
    memcpy(theta, best, n * sizeof *theta);
    free(memory);
}

const struct optim optim_gd = {
    .name = "gd",
    .help = "gradient descent at a fixed learning rate",
    .max_iterations = 1000,
    .takes_rate = true,
    .run = gd_run,
};
