#include "fit/glm/separation.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"
#include "fit/glm/separation_verify.h"
#include "fit/glm/separation_wide.h"
#include "math/dense.h"
#include "optim/optim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double settled = 1e-3;    /* a step that changes no log-odds by more leads to a maximum, … */
static const double vague = 10;        /* … unless a standard error is that many log-odds: rounding may hide it */
static const double negligible = 1e-4; /* of the largest entry of a direction */

/* The objective at S u, and a penalty on u. */
struct restricted {
    struct objective whole;
    double penalty;
    double *s, *product;      /* n x n */
    double *theta, *gradient; /* n */
};

static double evaluate_restricted(void *context, const double *u, double *gradient, double *hessian)
{
    const struct restricted *r = context;
    size_t n = r->whole.n;
    dense_apply(n, n, r->s, n, u, r->theta);
    double value = r->whole.evaluate(r->whole.context, r->theta, gradient != NULL ? r->gradient : NULL, hessian);
    value += r->penalty / 2 * dense_dot(n, u, u);
    if (gradient != NULL) {
        dense_apply(n, n, r->s, n, r->gradient, gradient);
        dense_add(n, r->penalty, u, gradient);
    }
    if (hessian != NULL) {
        dense_multiply_nt(n, n, n, r->s, n, hessian, n, r->product, n);
        dense_multiply_nt(n, n, n, r->product, n, r->s, n, hessian, n);
        for (size_t i = 0; i < n; i++)
            hessian[i * n + i] += r->penalty;
    }
    return value;
}

/* The optima of the restricted objective under a penalty that goes to 0, the last of which stays in
 * r->theta, until one of them is a direction that separates. */
static enum separation_kind follow(struct glm *glm, struct restricted *r, double *direction)
{
    static const double penalties[] = {1e-4, 1e-6, 1e-10, 1e-14};
    size_t n = r->whole.n;
    struct objective objective = {.n = n, .context = r, .evaluate = evaluate_restricted};
    struct optim_options options = {.max_iterations = 100};
    struct optim_result result;
    double *u = mem_zero(n, sizeof *u);
    enum separation_kind kind = SEPARATION_NONE;
    for (size_t i = 0; i < sizeof penalties / sizeof *penalties && kind == SEPARATION_NONE; i++) {
        r->penalty = penalties[i];
        options.tolerance = 1e-3 * r->penalty;
        optim_newton.run(&objective, &options, u, &result);
        dense_apply(n, n, r->s, n, u, direction);
        kind = separation_verify(glm, direction);
    }
    memcpy(r->theta, direction, n * sizeof *direction);
    free(u);
    return kind;
}

/* S = (I + matrix / shift)^-POWER (all n x n), which is about 1 along eigenvectors of eigenvalues far less
 * than shift, and 0 along others. False where there are none of the former. */
static bool find_free(size_t n, double shift, const double *matrix, double *factor, double *s)
{
    enum { POWER = 4 };
    double dimension = 0;
    memcpy(factor, matrix, n * n * sizeof *factor);
    for (size_t i = 0; i < n; i++)
        factor[i * n + i] += shift;
    bool definite = dense_cholesky(n, factor);
    for (size_t i = 0; i < n && definite; i++) {
        double *row = s + i * n;
        memset(row, 0, n * sizeof *row);
        row[i] = 1;
        for (int k = 0; k < POWER; k++) {
            dense_cholesky_solve(n, factor, row);
            dense_scale(n, shift, row, row);
        }
        dimension += row[i];
    }
    return definite && dimension > 0.5;
}

/* A direction of separation, if there is one. Under a penalty that goes to 0 rows that it moves become ever
 * surer. Those that stay unsure are moved by no such direction, so that it is one along which there is no
 * curvature to speak of, which shift says: among these it is sought next, from 0, as if those rows were not
 * there, and so on. */
static enum separation_kind search(struct glm *glm, double shift, double *direction)
{
    enum { ROUNDS = 6 };
    size_t n = glm->blocks * glm->width;
    double *memory = mem_alloc(n, (5 * n + 2) * sizeof *memory);
    double *sum = memory + 2 * n * n, *hessian = sum + n * n, *factor = hessian + n * n;
    struct restricted r = {.whole = glm_objective(glm), .s = memory, .product = memory + n * n};
    r.theta = factor + n * n;
    r.gradient = r.theta + n;
    enum separation_kind kind = SEPARATION_NONE;
    memset(memory, 0, 5 * n * n * sizeof *memory);
    for (size_t i = 0; i < n; i++)
        r.s[i * n + i] = 1;
    for (int i = 0; i < ROUNDS && kind == SEPARATION_NONE; i++) {
        kind = follow(glm, &r, direction);
        r.whole.evaluate(r.whole.context, r.theta, r.gradient, hessian);
        dense_add(n * n, 1, hessian, sum);
        if (kind == SEPARATION_NONE && !find_free(n, shift, sum, factor, r.s))
            break;
    }
    free(memory);
    return kind;
}

/* A bound of how far a step of the parameters changes any score of any row. */
static double step_bound(const struct glm *glm, const double *step)
{
    double bound = 0;
    for (size_t b = 0; b < glm->blocks; b++) {
        const double *row = step + b * glm->width;
        double sum = fabs(row[0]);
        for (size_t j = 0; j < glm->d; j++)
            sum += fabs(row[j + 1]) * glm->reach[j];
        bound = fmax(bound, sum);
    }
    return bound;
}

/* Whether theta is surely at a maximum: a direction of separation would let the next step change some
 * log-odds by about 1, and makes standard errors large. */
static bool is_settled(const struct glm *glm, const double *gradient, const double *inverse)
{
    size_t n = glm->blocks * glm->width;
    if (inverse == NULL)
        return false;
    double *step = mem_alloc(n, sizeof *step);
    dense_apply(n, n, inverse, n, gradient, step);
    bool settles = step_bound(glm, step) < settled;
    for (size_t i = 0; i < n && settles; i++) {
        double reach = i % glm->width > 0 ? glm->reach[i % glm->width - 1] : 1;
        settles = inverse[i * n + i] * reach * reach < vague * vague * (double)glm->data->n;
    }
    free(step);
    return settles;
}

/* Between what values some of the columns lie in the rows of each class. */
struct ranges {
    size_t first, n;         /* columns */
    double *least, *largest; /* classes x n */
    double *count;           /* classes x n: values that are there, and … */
    double *rows;            /* classes: of how many rows */
};

static void range_add(const struct ranges *ranges, size_t at, double x)
{
    ranges->least[at] = fmin(ranges->least[at], x);
    ranges->largest[at] = fmax(ranges->largest[at], x);
    ranges->count[at]++;
}

static void add_row(const struct ranges *ranges, const struct dataset_chunk *chunk, size_t row, size_t class)
{
    size_t begin = class * ranges->n;
    ranges->rows[class]++;
    if (chunk->start == NULL) {
        for (size_t j = 0; j < ranges->n; j++)
            range_add(ranges, begin + j, chunk->x[row * chunk->ld + ranges->first + j]);
        return;
    }
    for (size_t i = chunk->start[row]; i < chunk->start[row + 1]; i++)
        if (chunk->index[i] >= ranges->first && chunk->index[i] - ranges->first < ranges->n)
            range_add(ranges, begin + chunk->index[i] - ranges->first, chunk->x[i]);
}

/* Of columns `first` and the n - 1 behind it. */
static void ranges_find(const struct glm *glm, struct ranges *ranges)
{
    size_t k = glm->data->classes;
    for (size_t i = 0; i < k * ranges->n; i++) {
        ranges->least[i] = (double)INFINITY;
        ranges->largest[i] = -(double)INFINITY;
        ranges->count[i] = 0;
    }
    memset(ranges->rows, 0, k * sizeof *ranges->rows);
    for (size_t i = 0; i < glm->data->chunks; i++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[i];
        for (size_t r = 0; r < chunk->rows; r++)
            for (size_t c = 0; c < k; c++)
                if (glm_weight(chunk, r) > 0 && dataset_probability(chunk, r, c) > 0)
                    add_row(ranges, chunk, r, c);
    }
    for (size_t i = 0; i < k * ranges->n; i++)
        if (ranges->count[i] < ranges->rows[i / ranges->n])
            range_add(ranges, i, 0);
}

/* Whether the values of one class lie on one side of those of all others, touching at most. */
static bool separates_alone(const struct ranges *ranges, size_t classes, size_t at)
{
    for (size_t c = 0; c < classes; c++) {
        bool above = true, below = true;
        for (size_t other = 0; other < classes; other++) {
            size_t own = c * ranges->n + at, its = other * ranges->n + at;
            above = above && (other == c || ranges->least[own] >= ranges->largest[its]);
            below = below && (other == c || ranges->largest[own] <= ranges->least[its]);
        }
        if (above || below)
            return true;
    }
    return false;
}

/* The columns that do, some of them at a time, unless they are known. */
static void name_alone(const struct glm *glm, struct separation *s)
{
    enum { NUMBERS = 1 << 24 };
    if (s->column != NULL)
        return;
    s->column = mem_alloc(glm->d, sizeof *s->column);
    size_t k = glm->data->classes, most = NUMBERS / (3 * k) + 1, n = glm->d < most ? glm->d : most;
    double *memory = mem_alloc(k, (3 * n + 1) * sizeof *memory);
    struct ranges ranges = {0, n, memory, memory + k * n, memory + 2 * k * n, memory + 3 * k * n};
    for (; ranges.first < glm->d; ranges.first += n) {
        ranges.n = glm->d - ranges.first < n ? glm->d - ranges.first : n;
        ranges_find(glm, &ranges);
        for (size_t j = 0; j < ranges.n; j++)
            if (!glm->aliased[ranges.first + j] && separates_alone(&ranges, k, j))
                s->column[s->n++] = ranges.first + j;
    }
    s->alone = s->n > 0;
    free(memory);
}

/* Largest difference between classes of a column's entries in the direction. */
static double weight_of(const struct glm *glm, const double *direction, size_t column)
{
    double least = (double)INFINITY, largest = -least;
    for (size_t b = 0; b < glm->blocks; b++) {
        least = fmin(least, direction[b * glm->width + 1 + column]);
        largest = fmax(largest, direction[b * glm->width + 1 + column]);
    }
    if (glm->blocks < glm->scores || glm->scores == 1) {
        least = fmin(least, 0);
        largest = fmax(largest, 0);
    }
    return glm->aliased[column] ? 0 : largest - least;
}

static void name_columns(const struct glm *glm, const double *direction, struct separation *s)
{
    double largest = 0;
    name_alone(glm, s);
    for (size_t j = 0; j < glm->d; j++)
        largest = fmax(largest, weight_of(glm, direction, j));
    for (size_t j = 0; j < glm->d && !s->alone; j++)
        if (weight_of(glm, direction, j) > negligible * largest)
            s->column[s->n++] = j;
}

/* theta as a direction to begin with, which the caller frees. */
static double *begin(const struct glm *glm, const double *theta, struct separation *s)
{
    size_t n = glm->blocks * glm->width;
    double *direction = mem_alloc(n, sizeof *direction);
    memcpy(direction, theta, n * sizeof *direction);
    s->kind = separation_verify(glm, direction);
    if (s->kind != SEPARATION_COMPLETE)
        s->kind = SEPARATION_NONE;
    return direction;
}

void separation_find(struct glm *glm, const double *theta, const double *gradient, const double *inverse,
                     struct separation *separation)
{
    *separation = (struct separation){0};
    if (is_settled(glm, gradient, inverse))
        return;
    /* Rounding bounds it from below, rows that are unsure by a little from above. */
    static const double shifts[] = {1e-8, 1e-10};
    double *direction = begin(glm, theta, separation);
    for (size_t i = 0; i < 2 && separation->kind == SEPARATION_NONE; i++)
        separation->kind = search(glm, shifts[i], direction);
    if (separation->kind != SEPARATION_NONE)
        name_columns(glm, direction, separation);
    free(direction);
}

void separation_find_wide(struct glm *glm, const double *theta, struct separation *separation)
{
    *separation = (struct separation){0};
    double *direction = begin(glm, theta, separation);
    if (separation->kind == SEPARATION_NONE) {
        name_alone(glm, separation);
        separation->kind = separation->alone ? SEPARATION_QUASI : separation_search_wide(glm, direction);
    }
    if (separation->kind != SEPARATION_NONE)
        name_columns(glm, direction, separation);
    free(direction);
}

void separation_free(struct separation *separation)
{
    free(separation->column);
    *separation = (struct separation){0};
}
