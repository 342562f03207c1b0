/* Conjugate gradients for the Newton step H p = -g, preconditioned (J. Nocedal and S. Wright, Numerical Optimization,
 * 2nd ed., algorithms 5.3 and 7.1), and the Newton decrement.
 *
 * Each product adds length * size to g'p, which grows to the decrement g'H^-1 g from below (M. Hestenes and E. Stiefel,
 * J. Res. Nat. Bur. Standards 49 (1952), theorem 6:1). How far below it is cannot be known from the residual alone, as
 * directions of little curvature count most and come last: make_certain goes on until the residual is small, as many
 * products as there are parameters (up to LEAST) are done, and the second half of all products has added at most a
 * tenth to the sum (Z. Strakos and P. Tichy, On error estimation in the conjugate gradient method, ETNA 13 (2002),
 * 56, who estimate the rest by terms that were added with a delay).
 *
 * Memory: 4 n numbers. */

#include "optim/optim_cg.h"

#include "base/mem.h"
#include "math/dense.h"

#include <stdlib.h>
#include <string.h>

enum { PRODUCTS = 1000, LEAST = 20 };
static const double certain_share = 1e-4, certain_rest = 0.1;

void optim_cg_init(struct optim_cg *cg, size_t n, void *context,
                   void (*multiply)(void *context, const double *direction, double *product),
                   void (*precondition)(void *context, const double *residual, double *scaled))
{
    double *p = mem_alloc(n, 4 * sizeof *p);
    *cg = (struct optim_cg){.n = n,
                            .context = context,
                            .multiply = multiply,
                            .precondition = precondition,
                            .memory = p,
                            .residual = p,
                            .scaled = p + n,
                            .direction = p + 2 * n,
                            .product = p + 3 * n};
}

void optim_cg_free(struct optim_cg *cg)
{
    free(cg->memory);
}

void optim_cg_start(struct optim_cg *cg, const double *gradient, double *step)
{
    size_t n = cg->n;
    cg->step = step;
    memset(step, 0, n * sizeof *step);
    memcpy(cg->residual, gradient, n * sizeof *gradient);
    cg->precondition(cg->context, cg->residual, cg->scaled);
    cg->first = cg->size = dense_dot(n, cg->residual, cg->scaled);
    for (size_t i = 0; i < n; i++)
        cg->direction[i] = -cg->scaled[i];
    cg->decrement = cg->half = cg->quarter = 0;
    cg->products = 0;
    cg->next_half = 1;
    cg->is_definite = true;
    cg->is_certain = !(cg->size > 0);
}

/* False: the curvature along the direction is not positive. */
static bool go_on(struct optim_cg *cg)
{
    size_t n = cg->n;
    cg->multiply(cg->context, cg->direction, cg->product);
    double curvature = dense_dot(n, cg->direction, cg->product);
    if (cg->products++ == cg->next_half) {
        cg->quarter = cg->half;
        cg->half = cg->decrement;
        cg->next_half *= 2;
    }
    if (!(curvature > 0)) {
        cg->is_definite = false;
        if (cg->decrement == 0)
            memcpy(cg->step, cg->direction, n * sizeof *cg->step);
        return false;
    }
    double length = cg->size / curvature, last = cg->size;
    cg->decrement += length * cg->size;
    dense_add(n, length, cg->direction, cg->step);
    dense_add(n, length, cg->product, cg->residual);
    cg->precondition(cg->context, cg->residual, cg->scaled);
    cg->size = dense_dot(n, cg->residual, cg->scaled);
    for (size_t i = 0; i < n; i++)
        cg->direction[i] = cg->size / last * cg->direction[i] - cg->scaled[i];
    return true;
}

void optim_cg_run(struct optim_cg *cg, double share)
{
    while (cg->products < PRODUCTS && cg->is_definite && cg->size > share * share * cg->first && go_on(cg))
        continue;
}

static bool is_exhausted(const struct optim_cg *cg)
{
    return !(cg->size > 1e-28 * cg->first);
}

void optim_cg_make_certain(struct optim_cg *cg)
{
    size_t least = cg->n + 1 < LEAST ? cg->n + 1 : LEAST;
    while (!cg->is_certain && cg->is_definite && cg->products < PRODUCTS) {
        if (!is_exhausted(cg) && !go_on(cg))
            break;
        bool is_small = cg->size <= certain_share * certain_share * cg->first;
        cg->is_certain = is_exhausted(cg) || (is_small && cg->products >= least &&
                                              cg->decrement - cg->quarter <= certain_rest * cg->decrement);
    }
}
