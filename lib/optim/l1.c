/* L1 penalties: value, least subgradient, and the minimum of a quadratic with such a penalty, which is the proximal
 * Newton step.
 *
 * l1_quadratic minimises gradient'd + d'Hd / 2 + sum of lambda |z| over z = theta + d:
 *
 *  1. sweep descends in each coordinate in turn, keeping slope = gradient + H d up to date (J. Friedman, T. Hastie
 *     and R. Tibshirani, J. Stat. Softw. 33 (2010), section 2.2, "covariance updates").
 *  2. When no coordinate came to 0, left it or changed its sign in a sweep, or after PATIENCE sweeps, solve_face
 *     solves the equations of the parameters that are not 0 by Cholesky, their signs taken as given.
 *  3. walk_face goes there, or up to the first parameter whose sign would change, which becomes 0; again up to BENDS
 *     times.
 *  4. Done when breach, the largest entry of the least subgradient of the model, is at most the tolerance.
 *
 * Coordinate descent alone converges slowly where columns are correlated; the face alone does not know which
 * parameters are 0. Memory: n^2 + 2 n numbers. One thread. */

#include "optim/l1.h"

#include "base/mem.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double l1_value(size_t n, const double *lambda, const double *theta)
{
    double sum = 0;
    for (size_t i = 0; lambda != NULL && i < n; i++)
        sum += lambda[i] * fabs(theta[i]);
    return sum;
}

double l1_change(size_t n, const double *lambda, const double *from, const double *to)
{
    double sum = 0;
    for (size_t i = 0; lambda != NULL && i < n; i++)
        sum += lambda[i] * (fabs(to[i]) - fabs(from[i]));
    return sum;
}

void l1_subgradient(size_t n, const double *lambda, const double *theta, const double *gradient, double *subgradient)
{
    for (size_t i = 0; i < n; i++) {
        double g = gradient[i];
        if (lambda == NULL)
            subgradient[i] = g;
        else if (theta[i] != 0)
            subgradient[i] = g + copysign(lambda[i], theta[i]);
        else
            subgradient[i] = fabs(g) <= lambda[i] ? 0 : g - copysign(lambda[i], g);
    }
}

/* ---- a quadratic ---- */

struct l1_model {
    size_t n;
    const double *hessian, *lambda;
    const double *theta, *gradient; /* where the model was made */
    double *z, *slope;              /* now: the gradient of the quadratic there */
    size_t *active, k;              /* the parameters that are not 0, or have no penalty */
    double *factor, *step;          /* k x k and k of room */
};

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

static void compute_slope(struct l1_model *m)
{
    memcpy(m->slope, m->gradient, m->n * sizeof *m->slope);
    for (size_t j = 0; j < m->n; j++)
        if (m->z[j] != m->theta[j])
            dense_add(m->n, m->z[j] - m->theta[j], m->hessian + j * m->n, m->slope);
}

static double breach(const struct l1_model *m)
{
    double worst = 0;
    for (size_t i = 0; i < m->n; i++) {
        double excess =
            m->z[i] != 0 ? fabs(m->slope[i] + copysign(m->lambda[i], m->z[i])) : fabs(m->slope[i]) - m->lambda[i];
        worst = fmax(worst, excess);
    }
    return worst;
}

/* One descent in each coordinate. True: a coordinate came to 0, left it or changed its sign. */
static bool sweep(struct l1_model *m)
{
    bool changed = false;
    for (size_t j = 0; j < m->n; j++) {
        const double *row = m->hessian + j * m->n;
        double target = row[j] * m->z[j] - m->slope[j], size = fabs(target) - m->lambda[j];
        double next = size > 0 ? copysign(size, target) / row[j] : 0, step = next - m->z[j];
        if (step == 0)
            continue;
        changed |= m->lambda[j] > 0 && sign(next) != sign(m->z[j]);
        dense_add(m->n, step, row, m->slope);
        m->z[j] = next;
    }
    return changed;
}

/* step: to the minimum of the model restricted to the active parameters, their signs being as they are. False: the
 * restricted Hessian is not definite. */
static bool solve_face(struct l1_model *m)
{
    m->k = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->z[i] != 0 || m->lambda[i] == 0)
            m->active[m->k++] = i;
    for (size_t a = 0; a < m->k; a++) {
        size_t i = m->active[a];
        for (size_t b = 0; b <= a; b++)
            m->factor[a * m->k + b] = m->hessian[i * m->n + m->active[b]];
        m->step[a] = -(m->slope[i] + sign(m->z[i]) * m->lambda[i]);
    }
    if (!dense_cholesky(m->k, m->factor))
        return false;
    dense_cholesky_solve(m->k, m->factor, m->step);
    return true;
}

/* Takes the step, or as much of it as changes no sign. True: all of it. */
static bool walk_face(struct l1_model *m)
{
    double length = 1;
    size_t blocking = m->k;
    for (size_t a = 0; a < m->k; a++) {
        size_t i = m->active[a];
        double z = m->z[i], end = z + m->step[a];
        if (m->lambda[i] > 0 && sign(end) != sign(z) && z / (z - end) < length) {
            length = z / (z - end);
            blocking = a;
        }
    }
    for (size_t a = 0; a < m->k; a++)
        m->z[m->active[a]] = a == blocking ? 0 : m->z[m->active[a]] + length * m->step[a];
    compute_slope(m);
    return blocking == m->k;
}

static bool descend(struct l1_model *m, double tolerance)
{
    enum { SWEEPS = 10000, PATIENCE = 20, BENDS = 10 };
    int waited = 0;
    for (int i = 0; i < SWEEPS; i++) {
        if (sweep(m) && ++waited < PATIENCE)
            continue;
        waited = 0;
        for (int bends = 0; bends < BENDS && solve_face(m) && !walk_face(m); bends++)
            continue;
        if (breach(m) <= tolerance)
            return true;
    }
    return false;
}

bool l1_quadratic(size_t n, const double *hessian, const double *gradient, const double *lambda, const double *theta,
                  double tolerance, double *z)
{
    double *memory = mem_alloc(n, (n + 2) * sizeof *memory);
    struct l1_model m = {n, hessian,        lambda,    theta, gradient, z, memory, mem_alloc(n, sizeof(size_t)),
                         0, memory + 2 * n, memory + n};
    memcpy(z, theta, n * sizeof *z);
    memcpy(m.slope, gradient, n * sizeof *m.slope);
    bool done = descend(&m, tolerance);
    free(m.active);
    free(memory);
    return done;
}
