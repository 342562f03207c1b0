/* One batch of the recursion of online.h.
 *
 *  1. load_rows measures the columns from the first row; add_moments merges the batch's means and squared deviations,
 *     of which set_prior makes the prior's precision.
 *  2. The first batch after a warm start turns it into a quadratic (absorb_start).
 *  3. differentiate: scores, loss, slopes and per score the matrix H of the batch at theta; set_known adds the
 *     gradient of theta'A theta / 2 - b'theta and of the prior.
 *  4. solve: the Newton step of each score by Cholesky of A + H + prior; a diagonal that is not definite to rounding
 *     gets a jitter of 1e-12, 1e-11, ... of itself. The step is halved while the objective is not lower (halve), and
 *     repeated up to 30 times, until the Newton decrement is below `last_decrement`.
 *  5. add_quadratic: A += H, b += H theta - g at the last step.
 *
 * Reference: L. Fahrmeir and G. Tutz, Multivariate Statistical Modelling Based on Generalized Linear Models, 2nd ed.
 * (2001), 8.3. Constants: sizes of batches, the decrement and the limits were chosen by trial; the trials were not
 * recorded. Memory: a batch's rows once more. Time: width^3 / 3 per score and step, width^2 per row. One thread. */

#include "fit/online/online_parts.h"

#include "base/mem.h"
#include "family/loss/loss.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BATCH_LEAST = 64,
    BATCH_MOST = 512,
    BATCH_SHARE = 16, /* a batch is at most this part of the rows seen */
    STEPS = 30,       /* at most, on one batch */
    HALVINGS = 20,
    JITTERS = 12,
};
/* A step whose Newton decrement is below this is the batch's last: the rest is far below the standard errors. */
static const double last_decrement = 0.1;

size_t online_batch(const struct online *o)
{
    size_t least = o->width > BATCH_LEAST ? o->width : BATCH_LEAST,
           most = o->width > BATCH_MOST ? o->width : BATCH_MOST;
    size_t rows = o->rows / BATCH_SHARE;
    return rows < least ? least : rows > most ? most : rows;
}

static double weight_of(const struct online_rows *b, size_t row)
{
    return b->weight != NULL ? b->weight[row * b->ld] : 1;
}

/* Merges the batch's means and squared deviations (Chan, Golub and LeVeque, Am. Stat. 37, 1983, eq. 1.5). */
static void add_moments(struct online *o, const struct online_rows *b)
{
    double weight = 0, *mean = o->newton, *m2 = o->gradient; /* both are free now */
    for (size_t j = 0; j < o->width; j++)
        mean[j] = m2[j] = 0;
    for (size_t r = 0; r < b->rows; r++) {
        double w = weight_of(b, r);
        weight += w;
        for (size_t j = 0; j < o->width; j++)
            mean[j] += w * o->z[r * o->width + j];
    }
    if (!(weight > 0))
        return;
    for (size_t j = 0; j < o->width; j++)
        mean[j] /= weight;
    for (size_t r = 0; r < b->rows; r++) {
        double w = weight_of(b, r);
        for (size_t j = 0; j < o->width; j++) {
            double deviation = o->z[r * o->width + j] - mean[j];
            m2[j] += w * deviation * deviation;
        }
    }
    double share = weight / (o->weight + weight);
    for (size_t j = 0; j < o->d; j++) {
        double difference = mean[1 + j] - o->mean[j];
        o->m2[j] += m2[1 + j] + difference * difference * o->weight * share;
        o->mean[j] += difference * share;
    }
    o->weight += weight;
}

static double variance_of(const struct online *o, size_t column)
{
    return o->weight > 0 ? o->m2[column] / o->weight : 0;
}

/* The precision of the prior of the options, on a coefficient, after rows of that weight. */
static double asked_precision(const struct online *o, size_t column, double weight)
{
    const struct online_prior *p = &o->prior;
    double wanted = p->l2 * weight + (p->prior_sd > 0 ? 1 / (p->prior_sd * p->prior_sd) : 0);
    return wanted * (p->standardize ? variance_of(o, column) : 1);
}

static void set_prior(struct online *o)
{
    o->precision[0] = o->weak[0] = ONLINE_INTERCEPT_PRIOR;
    for (size_t j = 0; j < o->d; j++) {
        o->weak[1 + j] = variance_of(o, j);
        o->precision[1 + j] = o->weak[1 + j] + asked_precision(o, j, o->weight + o->earlier);
    }
}

static void load_rows(struct online *o, const struct online_rows *b)
{
    size_t n = b->rows;
    o->z = mem_grow(o->z, &o->z_capacity, n * o->width, sizeof *o->z);
    o->score = mem_grow(o->score, &o->score_capacity, n * o->scores, sizeof *o->score);
    o->slope = mem_grow(o->slope, &o->slope_capacity, n * o->scores, sizeof *o->slope);
    o->target = mem_grow(o->target, &o->target_capacity, n, sizeof *o->target);
    o->curvature = mem_grow(o->curvature, &o->curvature_capacity, n, sizeof *o->curvature);
    o->loss = mem_grow(o->loss, &o->loss_capacity, n, sizeof *o->loss);
    if (o->rows == 0)
        memcpy(o->center, b->x, o->d * sizeof *o->center);
    for (size_t r = 0; r < n; r++) {
        double *z = o->z + r * o->width;
        z[0] = 1;
        for (size_t j = 0; j < o->d; j++)
            z[1 + j] = b->x[r * b->ld + j] - o->center[j];
        o->target[r] = b->label[r] == 1;
    }
}

/* hessian of a score += sum of curvature z z', mirrored. */
static void set_hessian(struct online *o, const struct online_rows *b, size_t score)
{
    double *h = o->hessian + score * o->width * o->width;
    memset(h, 0, o->width * o->width * sizeof *h);
    dense_gram_add(b->rows, o->width, o->curvature, o->z, o->width, h, o->width);
    dense_mirror(o->width, h);
}

/* Sets slopes and the matrices H of the batch's loss at theta; returns the loss. */
static double differentiate(struct online *o, const struct online_rows *b)
{
    double sum = 0;
    size_t k = o->scores;
    dense_multiply_nt(b->rows, k, o->width, o->z, o->width, o->theta, o->width, o->score, k);
    for (size_t r = 0; b->offset != NULL && r < b->rows; r++)
        o->score[r] += b->offset[r * b->ld];
    struct loss_batch rows = {.rows = b->rows, .width = k, .prediction = o->score};
    if (o->several)
        rows.label = b->label;
    else
        rows.target = o->target;
    (o->several ? &loss_ce_logits : &loss_log_logit)
        ->evaluate(&rows, o->loss, o->slope, o->several ? NULL : o->curvature);
    for (size_t r = 0; r < b->rows; r++)
        sum += weight_of(b, r) * o->loss[r];
    for (size_t c = 0; c < k; c++) {
        for (size_t r = 0; r < b->rows; r++) {
            double p = o->slope[r * k + c] + (b->label[r] == c);
            o->curvature[r] = weight_of(b, r) * (o->several ? fmax(0, 2 * p * (1 - p)) : o->curvature[r]);
        }
        set_hessian(o, b, c);
    }
    for (size_t r = 0; r < b->rows; r++)
        for (size_t c = 0; c < k; c++)
            o->slope[r * k + c] *= weight_of(b, r);
    return sum;
}

/* Sets the gradient of the known quadratic and the prior by a score's parameters, and returns its value. */
static double set_known(struct online *o, size_t score)
{
    size_t width = o->width;
    const double *theta = o->theta + score * width, *linear = o->linear + score * width;
    double *g = o->gradient + score * width, value = 0;
    dense_apply(width, width, o->quadratic + score * width * width, width, theta, g);
    for (size_t j = 0; j < width; j++) {
        double pull = linear[j] + (o->origin != NULL ? o->weak[j] * o->origin[score * width + j] : 0);
        value += theta[j] * ((g[j] + o->precision[j] * theta[j]) / 2 - pull);
        g[j] += o->precision[j] * theta[j] - pull;
    }
    return value;
}

/* The Newton step of a score's parameters, to be subtracted, into `step`; returns the decrement, inf if there is no
 * step. */
static double solve(struct online *o, size_t score, double *step)
{
    size_t width = o->width;
    const double *a = o->quadratic + score * width * width, *h = o->hessian + score * width * width;
    const double *g = o->gradient + score * width;
    double decrement = 0, jitter = 0;
    for (size_t attempt = 0; attempt<JITTERS; attempt++, jitter = jitter> 0 ? 10 * jitter : 1e-12) {
        for (size_t i = 0; i < width * width; i++)
            o->system[i] = a[i] + h[i];
        for (size_t j = 0; j < width; j++) {
            double *diagonal = &o->system[j * width + j];
            *diagonal = (*diagonal + o->precision[j]) * (1 + jitter);
            if (!(*diagonal > 0))
                *diagonal = 1; /* constant so far: its gradient is 0 */
        }
        if (!dense_cholesky(width, o->system))
            continue;
        memcpy(step, g, width * sizeof *step);
        dense_cholesky_solve(width, o->system, step);
        for (size_t j = 0; j < width; j++)
            decrement += g[j] * step[j];
        return decrement;
    }
    memset(step, 0, width * sizeof *step);
    return (double)INFINITY;
}

/* Adds the batch's quadratic, at the point where its derivatives were taken, to A and b. */
static void add_quadratic(struct online *o, const struct online_rows *b, const double *at)
{
    size_t width = o->width, square = width * width;
    for (size_t k = 0; k < o->scores; k++) {
        const double *h = o->hessian + k * square;
        double *linear = o->linear + k * width;
        for (size_t i = 0; i < square; i++)
            o->quadratic[k * square + i] += h[i];
        for (size_t j = 0; j < width; j++)
            linear[j] += dense_dot(width, h + j * width, at + k * width);
    }
    memset(o->gradient, 0, o->scores * width * sizeof *o->gradient);
    dense_multiply_tn_add(o->scores, width, b->rows, o->slope, o->scores, o->z, width, o->gradient, width);
    for (size_t i = 0; i < o->scores * width; i++)
        o->linear[i] -= o->gradient[i];
}

/* The objective at theta, with its gradient; *loss: the batch's part. */
static double objective_at(struct online *o, const struct online_rows *b, double *loss)
{
    double value = *loss = differentiate(o, b);
    for (size_t k = 0; k < o->scores; k++)
        value += set_known(o, k);
    dense_multiply_tn_add(o->scores, o->width, b->rows, o->slope, o->scores, o->z, o->width, o->gradient, o->width);
    return value;
}

/* Halves the last step. */
static void halve(struct online *o)
{
    for (size_t i = 0; i < o->scores * o->width; i++)
        o->theta[i] = (o->theta[i] + o->before[i]) / 2;
}

/* Makes the warm start known: as the minimum of the batch's own quadratic there, times earlier / weight, and of the
 * prior. */
static void absorb_start(struct online *o, const struct online_rows *b)
{
    size_t width = o->width, square = width * width;
    double factor = o->weight > 0 ? o->earlier / o->weight : 0, ignored;
    for (size_t k = 0; k < o->scores; k++) {
        double *theta = o->theta + k * width;
        memcpy(theta, o->start + k * width, width * sizeof *theta);
        for (size_t j = 0; j < o->d; j++)
            theta[0] += theta[1 + j] * o->center[j];
    }
    objective_at(o, b, &ignored);
    for (size_t k = 0; k < o->scores; k++) {
        const double *theta = o->theta + k * width, *h = o->hessian + k * square;
        double *linear = o->linear + k * width;
        for (size_t i = 0; i < square; i++)
            o->quadratic[k * square + i] += factor * h[i];
        for (size_t j = 0; j < width; j++)
            linear[j] += factor * dense_dot(width, h + j * width, theta);
        for (size_t j = 0; j < o->d && o->earlier > 0; j++)
            linear[1 + j] += asked_precision(o, j, o->earlier) * theta[1 + j];
    }
    free(o->start);
    o->start = NULL;
    o->origin = mem_alloc(o->scores * width, sizeof *o->origin);
    memcpy(o->origin, o->theta, o->scores * width * sizeof *o->origin);
}

double online_update(struct online *o, const struct online_rows *b)
{
    double first, loss, value, decrement = (double)INFINITY;
    load_rows(o, b);
    add_moments(o, b);
    set_prior(o);
    if (o->start != NULL)
        absorb_start(o, b);
    value = objective_at(o, b, &first);
    for (size_t step = 0; step < STEPS && decrement > last_decrement; step++) {
        if (step > 0) {
            double reached = objective_at(o, b, &loss);
            for (size_t i = 0; i < HALVINGS && !(reached <= value); i++) {
                halve(o);
                reached = objective_at(o, b, &loss);
            }
            value = reached;
        }
        memcpy(o->before, o->theta, o->scores * o->width * sizeof *o->theta);
        decrement = 0;
        for (size_t k = 0; k < o->scores; k++) {
            decrement += solve(o, k, o->newton);
            dense_add(o->width, -1, o->newton, o->theta + k * o->width);
        }
    }
    o->unsettled += !(decrement <= last_decrement);
    add_quadratic(o, b, o->before);
    o->rows += b->rows;
    return first;
}
