/* The recursion of online.h: what it holds, where it starts, and its coefficients. Batches are in online_update.c.
 *
 * Parameters are of columns measured from the first row (center), which keeps digits where means are large:
 * online_coefficients moves the intercepts back. A column that has been constant so far has the coefficient 0.
 * online_save and online_restore hand all that is known out and in, so that a pass resumes to the bit; online_copy
 * does both, to look ahead. Memory: 2 scores width^2 + width^2 numbers, width being 1 + columns, at most
 * ONLINE_NUMBERS_MAX in one set of matrices; rows are not kept. One thread. */

#include "fit/online/online_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void add_score(struct online *o)
{
    size_t k = o->scores++, n = o->scores * o->width, square = o->width * o->width;
    double **vectors[] = {&o->theta, &o->before, &o->gradient, &o->linear}, **matrices[] = {&o->quadratic, &o->hessian};
    for (size_t i = 0; i < 4; i++) {
        *vectors[i] = mem_resize(*vectors[i], n, sizeof(double));
        memset(*vectors[i] + k * o->width, 0, o->width * sizeof(double));
    }
    for (size_t i = 0; i < 2; i++) {
        *matrices[i] = mem_resize(*matrices[i], o->scores * square, sizeof(double));
        memset(*matrices[i] + k * square, 0, square * sizeof(double));
    }
}

struct online *online_new(size_t d, bool several, const struct online_prior *prior)
{
    struct online *o = mem_zero(1, sizeof *o);
    o->d = d;
    o->width = d + 1;
    o->several = several;
    o->prior = *prior;
    if (o->width * o->width > ONLINE_NUMBERS_MAX) {
        free(o);
        return NULL;
    }
    o->center = mem_zero(d, sizeof *o->center);
    o->mean = mem_zero(d, sizeof *o->mean);
    o->m2 = mem_zero(d, sizeof *o->m2);
    o->precision = mem_zero(o->width, sizeof *o->precision);
    o->weak = mem_zero(o->width, sizeof *o->weak);
    o->newton = mem_zero(o->width, sizeof *o->newton);
    o->system = mem_alloc(o->width, o->width * sizeof *o->system);
    if (!several)
        add_score(o);
    return o;
}

void online_free(struct online *o)
{
    if (o == NULL)
        return;
    double *all[] = {o->start,  o->weak,  o->origin, o->center,   o->mean,   o->m2,        o->precision,
                     o->newton, o->theta, o->before, o->gradient, o->linear, o->quadratic, o->hessian,
                     o->system, o->z,     o->score,  o->slope,    o->target, o->curvature, o->loss};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    free(o);
}

bool online_add_class(struct online *o)
{
    if ((o->scores + 1) * o->width * o->width > ONLINE_NUMBERS_MAX)
        return false;
    add_score(o);
    return true;
}

struct online_state online_save(const struct online *o)
{
    return (struct online_state){o->rows,  o->weight, o->earlier,   o->center, o->mean, o->m2,
                                 o->theta, o->linear, o->quadratic, o->origin, o->start};
}

void online_restore(struct online *o, const struct online_state *s)
{
    size_t d = o->d * sizeof(double), n = o->scores * o->width;
    o->rows = s->rows;
    o->weight = s->weight;
    o->earlier = s->earlier;
    memcpy(o->center, s->center, d);
    memcpy(o->mean, s->mean, d);
    memcpy(o->m2, s->m2, d);
    memcpy(o->theta, s->theta, n * sizeof(double));
    memcpy(o->linear, s->linear, n * sizeof(double));
    memcpy(o->quadratic, s->quadratic, n * o->width * sizeof(double));
    if (s->start != NULL)
        online_start(o, s->start, s->earlier);
    if (s->origin == NULL)
        return;
    o->origin = mem_alloc(n, sizeof *o->origin);
    memcpy(o->origin, s->origin, n * sizeof *o->origin);
}

struct online *online_copy(const struct online *o)
{
    struct online *copy = online_new(o->d, o->several, &o->prior);
    struct online_state state = online_save(o);
    while (copy->scores < o->scores)
        add_score(copy);
    online_restore(copy, &state);
    return copy;
}

void online_start(struct online *o, const double *coefficients, double weight)
{
    size_t n = o->scores * o->width;
    o->start = mem_alloc(n, sizeof *o->start);
    memcpy(o->start, coefficients, n * sizeof *o->start);
    o->earlier = weight;
}

size_t online_unsettled(const struct online *online)
{
    return online->unsettled;
}

size_t online_scores(const struct online *o)
{
    return o->scores;
}

bool online_is_constant(const struct online *o, size_t column)
{
    return !(o->m2[column] > 0);
}

void online_coefficients(const struct online *o, double *coefficients)
{
    double mean = 0;
    for (size_t k = 0; k < o->scores; k++) {
        double *c = coefficients + k * o->width;
        memcpy(c, o->theta + k * o->width, o->width * sizeof *c);
        for (size_t j = 0; j < o->d; j++) {
            if (online_is_constant(o, j))
                c[1 + j] = 0;
            c[0] -= c[1 + j] * o->center[j];
        }
        mean += c[0] / (double)o->scores;
    }
    for (size_t k = 0; k < o->scores && o->several; k++)
        coefficients[k * o->width] -= mean;
}
