#ifndef LIKELY_OPTIM_OPTIM_H
#define LIKELY_OPTIM_OPTIM_H

#include "optim/objective.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Minimisers of an objective f. Each returns the best point it saw and the reason why it stopped: an optimiser that has
 * not converged has a result all the same.
 *
 * Convergence is judged by the Newton decrement of the sum (S. Boyd and L. Vandenberghe, Convex Optimization, section
 * 9.5.1), total * g'H^-1 g, g and H being gradient and Hessian of f. By Cauchy and Schwarz its root bounds the distance
 * of every linear combination of the parameters from the optimum of the quadratic model in units of its standard error,
 * the root of c'(total H)^-1 c, and half of it is how far total * f can fall. So it means the same for rare and common
 * events, for any scale of the parameters and any number of rows. An optimiser has converged where the root is at most
 * the tolerance. Under an L1 penalty the fall that the step of the quadratic model promises takes the part of g'H^-1 g.
 *
 * An optimiser is one file, optim_NAME.c, which defines the struct below, and one line of optim.list. */

enum optim_status {
    OPTIM_CONVERGED,
    OPTIM_ITERATIONS, /* the limit was reached first */
    OPTIM_STALLED,    /* no step lowers the objective any further */
    OPTIM_STOPPED,    /* options->validate returned false */
    OPTIM_EPOCHS,     /* all epochs of a stochastic solver are done */
    OPTIM_DIVERGED,   /* the objective is not a finite number, at the start or, for fixed steps, later */
};

struct optim_progress {
    size_t iteration; /* 0 = the start */
    double value, gradient_norm, decrement;
};

/* The memory of L-BFGS: the last steps and the changes of the gradient in them, n numbers each, oldest first. */
enum { OPTIM_PAIRS = 30, OPTIM_PAIRS_MAX = 100 };
struct optim_memory {
    size_t pairs;
    const double *step[OPTIM_PAIRS_MAX], *change[OPTIM_PAIRS_MAX];
    bool is_last; /* given to save: the run ends */
};

struct optim_options {
    double tolerance; /* standard errors */
    bool is_polished; /* those that use second derivatives go on to rounding from where they have converged */
    size_t max_iterations;
    bool wants_hessian;    /* newton: the caller will evaluate the Hessian at the optimum, which an objective gives away
                              where it evaluated it last */
    bool hessian_is_cheap; /* lbfgs, newton-cg: the objective gives its Hessian, in less time than about 20 products */
    double learning_rate;  /* gd */
    const double *diagonal;            /* lbfgs: n rough sizes of the Hessian's diagonal, > 0; NULL: all the same */
    size_t pairs;                      /* lbfgs: the most pairs to remember; 0 = OPTIM_PAIRS */
    size_t iteration;                  /* newton, lbfgs: the number of the start, for a run that resumes another, … */
    const struct optim_memory *memory; /* lbfgs: … and the memory saved there: the bits stay the same; NULL: none */
    void *context;
    /* lbfgs: called with each iterate, before progress; false stops the run. NULL: none. */
    bool (*validate)(void *context, size_t iteration, const double *theta);
    /* lbfgs: called with each iterate, to resume from later; NULL: none. */
    void (*save)(void *context, size_t iteration, const double *theta, const struct optim_memory *memory);
    void (*progress)(void *context, const struct optim_progress *progress); /* once per iterate; NULL: none */
};

struct optim_result {
    enum optim_status status;
    size_t iterations, evaluations; /* evaluations: passes over the data, products with the Hessian included */
    double value, gradient_norm; /* the latter: the largest entry of the gradient; under L1 of the least subgradient */
    double decrement;            /* NaN: not known */
};

struct optim {
    const char *name, *help;
    size_t max_iterations; /* a sensible limit; epochs where is_stochastic */
    bool uses_hessian;     /* evaluates the objective's Hessian */
    bool uses_products;    /* evaluates products with the Hessian and its diagonal, which the objective must have */
    bool takes_l1;         /* minimises an objective with an L1 penalty; others ignore it */
    bool takes_rate;       /* steps have a learning rate, options->learning_rate */
    bool is_stochastic;    /* sees some rows at a time, in random order, and stops near the optimum */
    bool streams;          /* sees each row once and keeps none */
    /* theta (n): the start, then the best point. NULL: a solver that sees rows instead of an objective (is_stochastic
     * or streams), described here for the tables of solvers; its own room has the function that runs it. */
    void (*run)(const struct objective *objective, const struct optim_options *options, double *theta,
                struct optim_result *result);
};

#define OPTIM(name) extern const struct optim optim_##name;
#include "optim/optim.list"
#undef OPTIM
extern const struct optim *const optim_all[]; /* ends with NULL */

const char *optim_status_text(enum optim_status status); /* "the limit on iterations was reached" */

/* The distance from the optimum in standard errors that a decrement bounds. */
static inline double optim_distance(double decrement)
{
    return sqrt(fmax(decrement, 0));
}

#endif
