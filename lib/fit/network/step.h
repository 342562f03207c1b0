#ifndef LIKELY_FIT_NETWORK_STEP_H
#define LIKELY_FIT_NETWORK_STEP_H

#include <stdbool.h>
#include <stddef.h>

/* Rules by which a gradient moves parameters, one small step at a time. Each remembers up to two numbers per
 * parameter. */

struct step_settings {
    double rate;                  /* learning rate */
    double momentum;              /* of the rule of that name */
    double beta1, beta2, epsilon; /* of adam */
    double decay, shrink;         /* a step uses the gradient shrink * gradient + decay * parameter */
    size_t number;                /* of the step, from 1 */
};

struct step {
    const char *name, *help;
    double rate;   /* a sensible learning rate */
    bool is_whole; /* a step sees all rows */
    size_t memory; /* numbers per parameter that stay from step to step, 0 at first: at most 2 */
    /* Moves n parameters; first and second: their memory. NULL: not a step by step rule but optim_lbfgs on the
     * objective of all rows (trainer_whole.c). */
    void (*move)(const struct step_settings *settings, size_t n, const double *gradient, double *parameters,
                 double *first, double *second);
};

extern const struct step step_all[]; /* ends with a NULL name */

/* A schedule of the learning rate: its factor when the part `done` of all steps is done. */
struct schedule {
    const char *name, *help;
    double (*factor)(double done);
};

extern const struct schedule schedule_all[]; /* ends with a NULL name */

#endif
