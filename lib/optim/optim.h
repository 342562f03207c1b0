#ifndef LIKELY_OPTIM_OPTIM_H
#define LIKELY_OPTIM_OPTIM_H

#include "optim/objective.h"

#include <stdbool.h>
#include <stddef.h>

/* Minimisers of an objective. Each returns the best point it saw and says why it stopped: not to have converged is a
 * result. An objective is taken to be scaled so that the size of a gradient entry means the same for every parameter
 * (as those of glm.h are); convergence is the largest magnitude of the gradient, under an L1 penalty of the least
 * subgradient, being at most the tolerance. Newton's methods take such penalties, the others do not. */

enum optim_status {
    OPTIM_CONVERGED,
    OPTIM_ITERATIONS, /* the limit was reached first */
    OPTIM_STALLED,    /* no step lowers the objective any further */
    OPTIM_ENOUGH,     /* judge said so */
    OPTIM_DIVERGED,   /* the objective is not a finite number, at the start or, for fixed steps, later */
};

struct optim_progress {
    size_t iteration; /* 0 = the start */
    double value, gradient_norm;
};

/* What L-BFGS remembers from iterate to iterate: the last steps and the changes of the gradient in them, n numbers
 * each, oldest first. */
enum { OPTIM_PAIRS = 30, OPTIM_PAIRS_MAX = 100 };
struct optim_memory {
    size_t pairs;
    const double *step[OPTIM_PAIRS_MAX], *change[OPTIM_PAIRS_MAX];
};

struct optim_options {
    double tolerance;
    size_t max_iterations;
    bool wants_hessian;     /* of Newton: the caller will ask for the Hessian at the optimum, which is free where it was
                               evaluated last */
    double learning_rate;   /* of gradient descent */
    const double *diagonal; /* of L-BFGS: n, the rough sizes of the Hessian's, > 0; NULL: all the same */
    size_t pairs;           /* of L-BFGS: remembered at most; 0 = OPTIM_PAIRS */
    size_t iteration;       /* of L-BFGS: the number of the start, … */
    /* … and what came before it; NULL: nothing. The same bits come of it as of an unbroken run */
    const struct optim_memory *memory;
    void *context;
    /* Of L-BFGS: each iterate, before progress tells of it; false: it was enough. May be NULL. */
    bool (*judge)(void *context, size_t iteration, const double *theta);
    /* Of L-BFGS: each iterate that is not the last, so that somebody may go on from there another time; may be NULL. */
    void (*keep)(void *context, size_t iteration, const double *theta, const struct optim_memory *memory);
    void (*progress)(void *context, const struct optim_progress *progress); /* once per iterate; may be NULL */
};

struct optim_result {
    enum optim_status status;
    size_t iterations, evaluations;
    double value, gradient_norm;
};

/* theta (n): the start, then the best point. */
typedef void optim_run(const struct objective *objective, const struct optim_options *options, double *theta,
                       struct optim_result *result);

optim_run
    optim_newton; /* Cholesky, with a Levenberg shift where the Hessian is not positive definite, and step halving */
optim_run optim_newton_cg; /* truncated Newton by conjugate gradients, of objectives that multiply */
optim_run optim_lbfgs;     /* limited-memory BFGS with a strong Wolfe line search */
optim_run optim_gd;        /* theta -= learning_rate * gradient, as a textbook has it */

struct optim {
    const char *name, *help;
    optim_run *run;
    size_t max_iterations; /* a sensible limit */
};
extern const struct optim optim_all[]; /* ends with a NULL name */

const char *optim_status_text(enum optim_status status); /* "the limit on iterations was reached" */

/* For the optimisers themselves: fills result from an iterate, reports it, and says whether to stop there. */
bool optim_visit(const struct optim_options *options, size_t iteration, double value, size_t n, const double *gradient,
                 struct optim_result *result);

#endif
