/* Least absolute deviations: minimise sum w_i (|r_i| + skew r_i), r_i = y_i - x_i'theta; skew is 0 for the median and 2
 * tau - 1 for the quantile tau.
 *
 *  1. approach: a least squares fit, then Huber losses of ever smaller delta (robust_approach), lead near the
 *     optimum.
 *  2. start_basis: p rows of small residual, independent of each other, make a basis; solve_basis lets the fit go
 *     through them. An optimum is at such a vertex.
 *  3. descend goes from vertex to vertex (P. Bloomfield and W. Steiger, Least Absolute Deviations (1983), 2.2; I.
 *     Barrodale and F. Roberts, SIAM J. Numer. Anal. 10 (1973), 839): find_gradient and find_dual compute residuals and
 *     the pull of all other rows, and of the skew, on each row of the basis; choose_edge takes the row along whose edge
 *     the objective falls most steeply, exchange goes along that edge to where the objective is least, a weighted
 *     median found by a heap, and swaps the row there for it, with residuals and pulls. No falling edge: done.
 *  4. Ties would let the vertex stand still for ever: the targets are shifted by random numbers of 1e-9 of their
 *     scale (another size each time a descent fails), always the same ones.
 *  5. certify drops the shifts and bounds the distance from the optimum by the dual solution; the fit has converged
 *     if the bound is rounding. The best of all attempts is the result (optimise).
 *
 * The inverse of the basis is computed anew at each vertex, p^3 operations beside n p for the way along an edge;
 * residuals are computed anew every UPDATES vertices and at the end, so that errors do not add up. Memory: 73 bytes per
 * row beside the rows (pointer, target, weight, shifted target, residual, rate, sign, point), 2 p^2 numbers. One thread
 * but for the start. */

#include "fit/linear/lad.h"

#include "base/mem.h"
#include "base/rng.h"
#include "fit/linear/robust.h"
#include "math/dense.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sizes of the shifts, in units of the scale of the targets, that are tried one after the other; chosen by trial. */
static const double shifts[] = {1e-9, 1e-11, 1e-7, 0};
enum { SHIFTS = sizeof shifts / sizeof *shifts, NO_ROW = -1 };

struct lad_point { /* where on the way a residual changes its sign, and by how much the slope grows there */
    double at, slope;
    size_t row;
};

struct lad {
    const struct regress *regress;
    size_t n, p, first, ld;              /* rows of weight > 0; parameters; the term of parameter 0; of the chunks */
    const double **x;                    /* n: their columns */
    double *y, *weight;                  /* n */
    double *shifted;                     /* n: targets with ties broken */
    double *residual;                    /* n; exactly 0 in the basis */
    double *rate;                        /* n: of change of the fit along an edge */
    signed char *sign;                   /* n: of the residual; 0 in the basis */
    size_t *basis;                       /* p rows */
    double *inverse;                     /* p x p, of the basis' rows */
    double *theta;                       /* p */
    double *gradient, *direction, *dual; /* p */
    struct lad_point *point;             /* n */
    double total;                        /* sum of the weights */
    double skew;
};

/* Number k of a row's terms. */
static double term_of(const struct lad *s, size_t row, size_t k)
{
    size_t term = s->first + k;
    return term == 0 ? 1 : s->x[row][term - 1];
}

/* fit (n): row' v for each row. Rows that follow each other in memory are taken together. */
static void multiply_rows(const struct lad *s, const double *v, double *fit)
{
    size_t slopes = s->p - (s->first == 0), ld = s->ld;
    for (size_t i = 0, end; i < s->n; i = end) {
        for (end = i + 1; end < s->n && s->x[end] == s->x[end - 1] + ld; end++)
            ;
        dense_apply(end - i, slopes, s->x[i], ld, v + (s->first == 0), fit + i);
    }
    for (size_t i = 0; i < s->n && s->first == 0; i++)
        fit[i] += v[0];
}

/* row' v */
static double along(const struct lad *s, size_t row, const double *v)
{
    size_t slopes = s->p - (s->first == 0);
    return (s->first == 0 ? v[0] : 0) + dense_dot(slopes, s->x[row], v + (s->first == 0));
}

static void gather_rows(struct lad *s)
{
    const struct dataset *data = s->regress->data;
    s->x = mem_alloc(data->n, sizeof *s->x);
    s->y = mem_alloc(data->n, sizeof *s->y);
    s->weight = mem_alloc(data->n, sizeof *s->weight);
    for (size_t c = 0; c < data->chunks; c++) {
        const struct dataset_chunk *chunk = &data->chunk[c];
        s->ld = chunk->ld;
        for (size_t row = 0; row < chunk->rows; row++) {
            double weight = dataset_weight(chunk, row);
            if (!(weight > 0))
                continue;
            s->x[s->n] = chunk->x + row * chunk->ld;
            s->y[s->n] = chunk->target[row * chunk->ld];
            s->weight[s->n++] = weight;
        }
    }
}

/* ---- a basis ---- */

static int compare_points(const void *a, const void *b)
{
    const struct lad_point *p = a, *q = b;
    if (p->at != q->at)
        return p->at < q->at ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row);
}

/* Chooses rows near the start, each independent of those before by `least` of its length; returns how many. */
static size_t choose_rows(struct lad *s, double least)
{
    size_t p = s->p, count = 0;
    double *orthogonal = mem_alloc(p * p, sizeof *orthogonal), *v = mem_alloc(p, sizeof *v);
    for (size_t i = 0; i < s->n && count < p; i++) {
        size_t row = s->point[i].row;
        for (size_t k = 0; k < p; k++)
            v[k] = term_of(s, row, k);
        double length = sqrt(dense_dot(p, v, v));
        for (int pass = 0; pass < 2; pass++)
            for (size_t b = 0; b < count; b++)
                dense_add(p, -dense_dot(p, v, orthogonal + b * p), orthogonal + b * p, v);
        double left = sqrt(dense_dot(p, v, v));
        if (!(left > least * length))
            continue;
        dense_scale(p, 1 / left, v, orthogonal + count * p);
        s->basis[count++] = row;
    }
    free(orthogonal);
    free(v);
    return count;
}

static bool start_basis(struct lad *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->point[i] = (struct lad_point){fabs(s->y[i] - along(s, i, s->theta)), 0, i};
    qsort(s->point, s->n, sizeof *s->point, compare_points);
    for (double least = 1e-2; least > 1e-13; least /= 1e3)
        if (choose_rows(s, least) == s->p)
            return true;
    return false;
}

/* ---- from basis to basis ---- */

/* The inverse of the basis, and theta that goes through the targets there. */
static bool solve_basis(struct lad *s, const double *target)
{
    size_t p = s->p;
    for (size_t b = 0; b < p; b++)
        for (size_t k = 0; k < p; k++)
            s->inverse[b * p + k] = term_of(s, s->basis[b], k);
    if (!dense_inverse(p, s->inverse))
        return false;
    for (size_t b = 0; b < p; b++)
        s->direction[b] = target[s->basis[b]];
    dense_apply(p, p, s->inverse, p, s->direction, s->theta);
    return true;
}

static void find_residuals(struct lad *s, const double *target)
{
    multiply_rows(s, s->theta, s->residual);
    for (size_t i = 0; i < s->n; i++)
        s->residual[i] = target[i] - s->residual[i];
    for (size_t b = 0; b < s->p; b++)
        s->residual[s->basis[b]] = 0;
}

/* gradient += pull times the row. */
static void add_pull(struct lad *s, size_t row, double pull)
{
    if (s->first == 0)
        s->gradient[0] += pull;
    dense_add(s->p - (s->first == 0), pull, s->x[row], s->gradient + (s->first == 0));
}

/* Sets residuals, their signs and the gradient: the pull of rows outside the basis, and of the skew. */
static void find_gradient(struct lad *s)
{
    find_residuals(s, s->shifted);
    memset(s->gradient, 0, s->p * sizeof *s->gradient);
    for (size_t i = 0; i < s->n; i++) {
        s->sign[i] = (signed char)((s->residual[i] > 0) - (s->residual[i] < 0));
        add_pull(s, i, (s->sign[i] + s->skew) * s->weight[i]);
    }
}

/* The dual solution: the gradient as a pull on each row of the basis. */
static void find_dual(struct lad *s)
{
    memset(s->dual, 0, s->p * sizeof *s->dual);
    dense_apply_transposed(s->p, s->p, s->inverse, s->p, s->gradient, s->dual);
}

/* The row of the basis along whose edge the objective falls most steeply; NO_ROW: the vertex is optimal. */
static ptrdiff_t choose_edge(const struct lad *s)
{
    double best = 0;
    ptrdiff_t edge = NO_ROW;
    for (size_t b = 0; b < s->p; b++) {
        double length = 0;
        for (size_t k = 0; k < s->p; k++)
            length += s->inverse[k * s->p + b] * s->inverse[k * s->p + b];
        double excess = (fabs(s->dual[b]) - s->weight[s->basis[b]]) / sqrt(length);
        if (excess > best && excess > 1e-13 * s->total) {
            best = excess;
            edge = (ptrdiff_t)b;
        }
    }
    return edge;
}

/* points[0 .. n) become a heap below i: none is nearer than its parent. */
static void sift(struct lad_point *point, size_t n, size_t i)
{
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        child += child + 1 < n && compare_points(&point[child + 1], &point[child]) < 0;
        if (compare_points(&point[i], &point[child]) <= 0)
            return;
        struct lad_point swap = point[i];
        point[i] = point[child];
        point[child] = swap;
    }
}

static void set_sign(struct lad *s, size_t row, int sign)
{
    add_pull(s, row, (sign - s->sign[row]) * s->weight[row]);
    s->sign[row] = (signed char)sign;
}

/* Takes the row of s->point[0] into the basis for that of the edge; residuals and gradient follow. */
static void swap_rows(struct lad *s, size_t edge, double away)
{
    size_t leaving = s->basis[edge], entering = s->point[0].row;
    for (size_t i = 0; i < s->n; i++)
        s->residual[i] -= s->point[0].at * s->rate[i];
    for (size_t b = 0; b < s->p; b++)
        s->residual[s->basis[b]] = 0;
    s->residual[leaving] = -s->point[0].at * away;
    s->residual[entering] = 0;
    set_sign(s, leaving, away > 0 ? -1 : 1);
    set_sign(s, entering, 0);
    s->basis[edge] = entering;
}

/* Goes along the edge to where the objective is least. False: no row is there, to rounding. */
static bool exchange(struct lad *s, size_t edge)
{
    size_t p = s->p, n = 0;
    double away = s->dual[edge] > 0 ? 1 : -1, slope = s->weight[s->basis[edge]] - fabs(s->dual[edge]);
    for (size_t k = 0; k < p; k++)
        s->direction[k] = away * s->inverse[k * p + edge];
    multiply_rows(s, s->direction, s->rate);
    for (size_t i = 0; i < s->n; i++) {
        double rate = s->rate[i];
        if (rate * s->sign[i] > 0)
            s->point[n++] = (struct lad_point){fmax(0, s->residual[i] / rate), 2 * s->weight[i] * fabs(rate), i};
    }
    for (size_t i = n / 2; i-- > 0;)
        sift(s->point, n, i);
    while (n > 0) {
        slope += s->point[0].slope;
        if (slope >= 0) {
            swap_rows(s, edge, away);
            return true;
        }
        set_sign(s, s->point[0].row, -s->sign[s->point[0].row]);
        s->point[0] = s->point[--n];
        sift(s->point, n, 0);
    }
    return false;
}

/* Breaks ties by shifts of up to that size and goes to the optimal vertex. Residuals and gradient are computed anew
 * from time to time, and before a vertex counts as optimal. */
static bool descend(struct lad *s, double shift, struct lad_result *result)
{
    enum { UPDATES = 50 };
    struct rng rng = rng_seed(1);
    size_t limit = 1000 + 200 * s->p, updates = 0;
    bool is_new = false;
    for (size_t i = 0; i < s->n; i++)
        s->shifted[i] = s->y[i] + shift * (2 * rng_uniform(&rng) - 1);
    for (size_t i = 0; i < limit && solve_basis(s, s->shifted); i++) {
        is_new = updates == 0;
        if (is_new)
            find_gradient(s);
        find_dual(s);
        ptrdiff_t edge = choose_edge(s);
        if (edge == NO_ROW && is_new)
            return true;
        updates = edge == NO_ROW ? 0 : (updates + 1) % UPDATES;
        if (edge == NO_ROW)
            continue;
        if (exchange(s, (size_t)edge))
            result->exchanges++;
        else if (is_new)
            return false;
        else
            updates = 0;
    }
    return false;
}

static double mean_residual(struct lad *s)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += s->weight[i] * fabs(s->residual[i]);
    return sum / s->total;
}

/* The objective at the basis without the shifts, and at an optimal vertex a bound of its distance from the minimum:
 * signs s_i, |s_i| <= 1, with sum w_i (s_i + skew) x_i = 0 make sum w_i (s_i + skew) r_i the same for every theta, and
 * it never exceeds the objective. */
static void certify(struct lad *s, bool is_optimal, struct lad_result *result)
{
    double gap = 0;
    find_residuals(s, s->y);
    for (size_t i = 0; i < s->n; i++)
        gap += s->weight[i] * (fabs(s->residual[i]) - s->sign[i] * s->residual[i]);
    result->value = mean_residual(s);
    result->gap = is_optimal ? gap / s->total : (double)NAN;
    result->converged = result->gap <= 1e-12 * result->value + 16 * DBL_EPSILON;
}

/* s->theta: the start, then the best vertex of all attempts; the result is of that point. */
static void optimise(struct lad *s, struct lad_result *result)
{
    double *best = mem_alloc(s->p, sizeof *best);
    memcpy(best, s->theta, s->p * sizeof *best);
    multiply_rows(s, s->theta, s->residual);
    for (size_t i = 0; i < s->n; i++)
        s->residual[i] = s->y[i] - s->residual[i];
    *result = (struct lad_result){.value = mean_residual(s), .gap = NAN};
    bool has_basis = start_basis(s);
    for (size_t i = 0; i < SHIFTS && has_basis && !result->converged; i++) {
        struct lad_result attempt = {.exchanges = result->exchanges};
        bool is_optimal = descend(s, shifts[i], &attempt);
        result->exchanges = attempt.exchanges;
        if (!solve_basis(s, s->y))
            continue;
        certify(s, is_optimal, &attempt);
        if (!attempt.converged && !(attempt.value < result->value))
            continue;
        *result = attempt;
        memcpy(best, s->theta, s->p * sizeof *best);
    }
    memcpy(s->theta, best, s->p * sizeof *best);
    free(best);
}

/* Leads theta near the median by narrow Huber losses. */
static void approach(const struct regress *r, double *theta)
{
    struct optim_result ignored;
    double sd = regress_least_squares(r, theta);
    if (sd > 1e-12)
        robust_approach(r, 1e-2 * sd, 1e-2, theta, &ignored);
}

void lad_fit(const struct regress *r, double *theta, struct lad_result *result)
{
    approach(r, theta);
    lad_fit_quantile(r, 0.5, theta, result);
}

void lad_fit_quantile(const struct regress *r, double tau, double *theta, struct lad_result *result)
{
    struct lad s = {.regress = r,
                    .first = !r->intercept,
                    .p = r->terms - !r->intercept,
                    .total = r->data->weight_sum,
                    .skew = 2 * tau - 1};
    gather_rows(&s);
    s.shifted = mem_alloc(s.n, sizeof *s.shifted);
    s.residual = mem_alloc(s.n, sizeof *s.residual);
    s.rate = mem_alloc(s.n, sizeof *s.rate);
    s.sign = mem_alloc(s.n, sizeof *s.sign);
    s.point = mem_alloc(s.n, sizeof *s.point);
    s.basis = mem_alloc(s.p, sizeof *s.basis);
    s.inverse = mem_alloc(s.p * s.p, sizeof *s.inverse);
    s.theta = mem_alloc(4 * s.p, sizeof *s.theta);
    s.gradient = s.theta + s.p;
    s.direction = s.gradient + s.p;
    s.dual = s.direction + s.p;
    memcpy(s.theta, theta + s.first, s.p * sizeof *theta);
    optimise(&s, result);
    theta[0] = 0;
    memcpy(theta + s.first, s.theta, s.p * sizeof *theta);
    result->value *= r->target_scale;
    result->gap *= r->target_scale;
    free(s.x);
    free(s.y);
    free(s.weight);
    free(s.shifted);
    free(s.residual);
    free(s.rate);
    free(s.sign);
    free(s.point);
    free(s.basis);
    free(s.inverse);
    free(s.theta);
}
