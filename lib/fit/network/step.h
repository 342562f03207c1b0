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
    double decay, shrink;         /* the gradient that is used is shrink * gradient + decay * parameter */
    size_t number;                /* of the step, from 1 */
};

struct step {
    const char *name, *help;
    double rate;   /* a sensible learning rate */
    bool is_whole; /* a step sees all rows */
    size_t memory; /* numbers per parameter that are kept from step to step, at first 0 */
    /* NULL: the rule is no such step but the optimiser of optim.h of the same name */
    void (*move)(const struct step_settings *settings, size_t n, const double *gradient, double *parameters,
                 double *first, double *second);
};

extern const struct step step_all[]; /* ends with a NULL name */

/* How the learning rate changes: a factor of it, by the share of all steps that has been done. */
struct schedule {
    const char *name, *help;
    double (*factor)(double done);
};

extern const struct schedule schedule_all[]; /* ends with a NULL name */

#endif
