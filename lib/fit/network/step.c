/* The table of rules by which a gradient moves parameters, and that of schedules of the learning rate. A rule is a
 * function and a row of step_all; its loop runs over a block of parameters, gradient and memory, and is compiled for
 * each instruction set (base/versions.h). References stand above the rules. Memory: up to two numbers per parameter,
 * of the caller. */

#include "fit/network/step.h"

#include "base/versions.h"

#include <math.h>

#if !defined(__clang__)
#pragma GCC optimize("O3")
#endif

VERSIONS_LOOP void step_plain_loop(const struct step_settings *s, size_t n, const double *restrict gradient,
                                   double *restrict parameters, double *restrict first, double *restrict second)
{
    double rate = s->rate, shrink = s->shrink, decay = s->decay;
    (void)first;
    (void)second;
    for (size_t i = 0; i < n; i++)
        parameters[i] -= rate * (shrink * gradient[i] + decay * parameters[i]);
}

VERSIONS(static, step_plain,
         (const struct step_settings *s, size_t n, const double *restrict gradient, double *restrict parameters,
          double *restrict first, double *restrict second),
         (s, n, gradient, parameters, first, second))

/* I. Sutskever and others, On the importance of initialization and momentum in deep learning, ICML 2013, eq. 1 and 2,
 * the rate standing outside the velocity. */
VERSIONS_LOOP void step_momentum_loop(const struct step_settings *s, size_t n, const double *restrict gradient,
                                      double *restrict parameters, double *restrict velocity, double *restrict second)
{
    double rate = s->rate, shrink = s->shrink, decay = s->decay, momentum = s->momentum;
    (void)second;
    for (size_t i = 0; i < n; i++) {
        velocity[i] = momentum * velocity[i] + (shrink * gradient[i] + decay * parameters[i]);
        parameters[i] -= rate * velocity[i];
    }
}

VERSIONS(static, step_momentum,
         (const struct step_settings *s, size_t n, const double *restrict gradient, double *restrict parameters,
          double *restrict velocity, double *restrict second),
         (s, n, gradient, parameters, velocity, second))

/* D. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1. */
VERSIONS_LOOP void step_adam_loop(const struct step_settings *s, size_t n, const double *restrict gradient,
                                  double *restrict parameters, double *restrict mean, double *restrict square)
{
    double beta1 = s->beta1, beta2 = s->beta2, shrink = s->shrink, decay = s->decay, epsilon = s->epsilon;
    double rate = s->rate / (1 - pow(beta1, (double)s->number)), root = 1 / sqrt(1 - pow(beta2, (double)s->number));
    for (size_t i = 0; i < n; i++) {
        double g = shrink * gradient[i] + decay * parameters[i];
        mean[i] = beta1 * mean[i] + (1 - beta1) * g;
        square[i] = beta2 * square[i] + (1 - beta2) * g * g;
        parameters[i] -= rate * mean[i] / (sqrt(square[i]) * root + epsilon);
    }
}

VERSIONS(static, step_adam,
         (const struct step_settings *s, size_t n, const double *restrict gradient, double *restrict parameters,
          double *restrict mean, double *restrict square),
         (s, n, gradient, parameters, mean, square))

const struct step step_all[] = {
    {.name = "sgd", .help = "stochastic gradient descent", .rate = 0.1, .move = step_plain},
    {.name = "momentum",
     .help = "stochastic gradient descent with momentum",
     .rate = 0.01,
     .memory = 1,
     .move = step_momentum},
    {.name = "adam",
     .help = "steps scaled by running means of gradients and their squares",
     .rate = 0.001,
     .memory = 2,
     .move = step_adam},
    {.name = "gd",
     .help = "gradient descent, each step over all rows",
     .rate = 0.1,
     .is_whole = true,
     .move = step_plain},
    {.name = "lbfgs",
     .help = "limited-memory BFGS over all rows; an epoch is an iteration",
     .rate = 1,
     .is_whole = true},
    {.name = NULL},
};

static double schedule_constant(double done)
{
    (void)done;
    return 1;
}

static double schedule_step(double done)
{
    return done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;
}

/* I. Loshchilov and F. Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017, eq. 5, without a
 * restart. */
static double schedule_cosine(double done)
{
    return (1 + cos(acos(-1) * done)) / 2;
}

const struct schedule schedule_all[] = {
    {"constant", "no change", schedule_constant},
    {"step", "a tenth after half of the steps, a hundredth after three quarters", schedule_step},
    {"cosine", "to 0 along half a cosine wave", schedule_cosine},
    {NULL, NULL, NULL},
};
