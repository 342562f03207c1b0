#ifndef LIKELY_OPTIM_OPTIM_CG_H
#define LIKELY_OPTIM_OPTIM_CG_H

#include <stdbool.h>
#include <stddef.h>

/* Preconditioned conjugate gradients for the Newton step, H step = -gradient, and the Newton decrement gradient'H^-1
 * gradient that comes with it. */
struct optim_cg {
    size_t n;
    void *context;
    void (*multiply)(void *context, const double *direction, double *product);   /* by H */
    void (*precondition)(void *context, const double *residual, double *scaled); /* by an estimate of H^-1 */
    double *step;                                                                /* n: the caller's */
    double *memory, *residual, *scaled, *direction, *product;                    /* n each */
    double first, size, decrement; /* size: residual'M^-1 residual, first at step 0; decrement: so far */
    double half, quarter;          /* the decrement at the last two powers of 2 of products */
    size_t products, next_half;
    bool is_definite; /* no direction of curvature <= 0 was met; else step leads down as far as it was found */
    bool is_certain;  /* the decrement is no more than a few per cent too small */
};

void optim_cg_init(struct optim_cg *cg, size_t n, void *context,
                   void (*multiply)(void *context, const double *direction, double *product),
                   void (*precondition)(void *context, const double *residual, double *scaled));
void optim_cg_free(struct optim_cg *cg);

/* Sets step to 0. */
void optim_cg_start(struct optim_cg *cg, const double *gradient, double *step);

/* Goes on from where it is until the residual is at most `share` of the first one in the norm of the preconditioner. */
void optim_cg_run(struct optim_cg *cg, double share);

/* Goes on until the decrement is certain: is_certain. */
void optim_cg_make_certain(struct optim_cg *cg);

#endif
