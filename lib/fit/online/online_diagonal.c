/* One pass with a number per coefficient instead of a matrix; the model and the formulas are in online_diagonal.h.
 *
 * online_diagonal_update learns from a row:
 *
 *  1. find_features looks the row's features up, new ones being added, and centres their values if asked for.
 *  2. enter brings each feature up to date (enter_feature): its scale, the penalty of the rows since it was last seen
 *     (online_diagonal_shrink), the averages of those rows (online_diagonal_kept); and adds up the row's scores, of
 *     the coefficients at each rate and of their averages.
 *  3. set_gains adds the row's squared slopes to the curvatures c, which make the stiffness q, and sums gain_k = w
 *     sum_j x_j^2 / q_jk: the score k moves by gain_k times its slope.
 *  4. The mix of both averages predicts the row; its loss is the result and trains the mix (online_mix.c).
 *  5. set_slopes solves the implicit step at each rate, in the scores alone (online_step.c).
 *  6. move moves the coefficients by slope times leverage (x / q), and the averages after them.
 *
 * Constants: the factors 1/5 and sqrt(m) / 2 of q, the rate factors and `settling` were chosen by trial on generated
 * tables and on sparse text. The trials were not recorded; nothing derives these numbers. Memory: that of
 * online_features.c, and of one row. Time: O(features of the row x scores). One thread, as each row needs the result
 * of the one before. */

#include "fit/online/online_diagonal_parts.h"

#include "base/mem.h"
#include "fit/online/online_scores.h"
#include "fit/online/online_step.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double rate_factor[ONLINE_RATES] = {0.25, 1};

/* A feature of a warm start does not move before it was in so many rows of the weight of the one at hand: few values
 * do not determine its scale. */
static const double settling = 5;

struct online_diagonal *online_diagonal_new(bool centered, bool several, size_t classes,
                                            const struct online_prior *prior)
{
    struct online_diagonal *o = mem_zero(1, sizeof *o);
    o->centered = centered;
    o->several = several;
    o->prior = *prior;
    online_features_init(&o->features, several ? 0 : 1, several && classes > 0 ? classes : 1);
    o->mix = online_mix_start();
    return o;
}

void online_diagonal_free(struct online_diagonal *o)
{
    if (o == NULL)
        return;
    online_features_release(&o->features);
    free(o->place);
    free(o->value);
    free(o->leverage);
    free(o->work);
    free(o);
}

bool online_diagonal_add_class(struct online_diagonal *o)
{
    if (o->features.scores == ONLINE_CLASSES_MAX)
        return false;
    online_features_add_score(&o->features);
    return true;
}

size_t online_diagonal_scores(const struct online_diagonal *o)
{
    return o->features.scores;
}

/* ---- a feature ---- */

double online_diagonal_scale(const struct online_diagonal *o, const struct online_feature *f)
{
    double mean = f->sum / o->weight;
    return o->prior.standardize ? fmax(0, f->square / o->weight - mean * mean) : 1;
}

/* At the rate factor 1. A coefficient of a warm start counts as known from earlier rows that have the feature as
 * often as the rows so far. */
static struct online_stiffness stiffness_of(const struct online_diagonal *o, const struct online_feature *f)
{
    double later = fmax(0.5, sqrt(o->values / o->weight) / 2),
           earlier = f->is_warm ? o->earlier * (f->weight / o->weight) : 0;
    return (struct online_stiffness){f->square / f->weight, 0.2 * later, later, earlier};
}

double online_diagonal_kept(const struct online_diagonal *o, const struct online_feature *f, double before, double now)
{
    double earlier = f->is_warm ? o->earlier : 0, share = before < now ? (earlier + before) / (earlier + now) : 1;
    return share * share;
}

/* The penalty's part of the curvature since the feature was last seen. */
static double pull_of(const struct online_diagonal *o, const struct online_feature *f)
{
    const struct online_prior *p = &o->prior;
    double pull = p->l2 * (o->weight - f->seen);
    if (p->prior_sd > 0 && f->seen > 0)
        pull += log(o->weight / f->seen) / (p->prior_sd * p->prior_sd);
    return pull > 0 ? pull * online_diagonal_scale(o, f) : 0;
}

void online_diagonal_shrink(const struct online_diagonal *o, struct online_feature *f, const double *mean_curvature)
{
    size_t n = o->features.scores;
    double pull = f != o->features.intercept ? pull_of(o, f) : 0;
    double *curvature = online_diagonal_group(o, f, ONLINE_CURVATURES);
    if (!(pull > 0))
        return;
    struct online_stiffness stiffness = stiffness_of(o, f);
    for (size_t i = 0; i < ONLINE_RATES; i++)
        online_scores_shrink(n, &stiffness, curvature, mean_curvature, rate_factor[i] * pull,
                             online_diagonal_group(o, f, i));
    for (size_t k = 0; o->prior.l2 > 0 && k < n; k++)
        curvature[k] += pull;
}

/* ---- a row ---- */

/* By score; score, average and slope at each rate, one after the other. */
struct online_diagonal_work {
    double *score, *average; /* of the coefficients before the row, with the offset; of their averages, without */
    double *slope;
    double *curvature, *gain;
    double *mean_curvature; /* of the rows so far, for coefficients of a warm start */
    double *room;           /* 5 */
};

static struct online_diagonal_work make_room(struct online_diagonal *o, size_t n)
{
    size_t k = o->features.scores, all = ONLINE_RATES * k;
    o->place = mem_grow(o->place, &o->place_capacity, n, sizeof *o->place);
    o->value = mem_grow(o->value, &o->value_capacity, n, sizeof *o->value);
    o->leverage = mem_grow(o->leverage, &o->leverage_capacity, (n + 1) * k, sizeof *o->leverage);
    o->work = mem_grow(o->work, &o->work_capacity, 3 * all + 8 * k, sizeof *o->work);
    double *w = o->work, *rest = w + 3 * all;
    return (struct online_diagonal_work){w, w + all, w + 2 * all, rest, rest + k, rest + 2 * k, rest + 3 * k};
}

/* Takes a value into the mean of a column without changing a score; returns the deviation from the mean. */
static double center(struct online_diagonal *o, struct online_feature *f, double x, double weight)
{
    double moved = (x - f->mean) * (weight / o->weight);
    for (size_t i = 0; i < 2 * ONLINE_RATES * o->features.room && f->is_warm; i++)
        o->features.intercept->number[i] += f->number[i] * moved;
    f->mean += moved;
    return x - f->mean;
}

/* Sets places and values of the row. */
static void find_features(struct online_diagonal *o, const struct online_row *row)
{
    if (row->index != NULL)
        online_features_prefetch(&o->features, row->n, row->index);
    for (size_t i = 0; i < row->n; i++) {
        uint32_t index = row->index != NULL ? row->index[i] : (uint32_t)i;
        o->place[i] = online_features_add(&o->features, index, o->weight);
        o->value[i] = o->centered ? center(o, online_diagonal_at(o, o->place[i]), row->x[i], row->weight) : row->x[i];
    }
}

/* Whether the coefficients stay for this row: all values of the feature were 0, or it is not settled. */
static bool is_idle(const struct online_diagonal *o, const struct online_feature *f, double weight)
{
    return !(f->square > 0) || (f->is_warm && f != o->features.intercept && f->weight < settling * weight);
}

/* Adds a value to the feature's sums, brings coefficients and averages up to the row, and adds their parts of the
 * scores. */
static void enter_feature(struct online_diagonal *o, struct online_feature *f, double x, double weight,
                          const struct online_diagonal_work *w)
{
    size_t n = o->features.scores;
    double before = f->weight > 0 ? f->square / f->weight : 0, scale = 1, kept = 1;
    f->weight += weight;
    f->sum += weight * x;
    f->square += weight * x * x;
    if (!isfinite(f->square))
        w->score[0] = (double)NAN; /* which ends the fit */
    if (!is_idle(o, f, weight)) {
        online_diagonal_shrink(o, f, w->mean_curvature);
        scale = f->is_warm ? 1 : before * f->weight / f->square;
        kept = online_diagonal_kept(o, f, f->seen, o->weight - weight);
        f->seen = o->weight;
    }
    for (size_t i = 0; i < ONLINE_RATES; i++)
        online_scores_enter(n, scale, kept, x, online_diagonal_group(o, f, i),
                            online_diagonal_group(o, f, ONLINE_AVERAGES + i), w->score + i * n, w->average + i * n);
}

/* Sets the row's scores. */
static void enter(struct online_diagonal *o, const struct online_row *row, const struct online_diagonal_work *w)
{
    struct online_feature *intercept = o->features.intercept;
    for (size_t i = 0; i < ONLINE_RATES * o->features.scores; i++) {
        w->score[i] = row->offset;
        w->average[i] = 0;
    }
    for (size_t k = 0; k < o->features.scores; k++)
        w->mean_curvature[k] = online_diagonal_group(o, intercept, ONLINE_CURVATURES)[k] / o->weight;
    enter_feature(o, intercept, 1, row->weight, w);
    for (size_t i = 0; i < row->n; i++)
        enter_feature(o, online_diagonal_at(o, o->place[i]), o->value[i], row->weight, w);
}

/* Adds the row to the feature's curvatures; sets the leverage of the value, and adds its part of the gains. */
static void gain_feature(const struct online_diagonal *o, struct online_feature *f, double x, double weight,
                         const struct online_diagonal_work *w, double *leverage)
{
    struct online_stiffness stiffness = stiffness_of(o, f);
    if (is_idle(o, f, weight))
        memset(leverage, 0, o->features.scores * sizeof *leverage);
    else
        online_scores_gain(o->features.scores, &stiffness, w->curvature, w->mean_curvature, x, weight,
                           online_diagonal_group(o, f, ONLINE_CURVATURES), leverage, w->gain);
}

/* Sets the row's curvatures, leverages and gains; false where a gain or a score is not finite. */
static bool set_gains(struct online_diagonal *o, const struct online_row *row, const struct online_diagonal_work *w)
{
    size_t n = o->features.scores;
    double sum = 0;
    online_step_loss(n, o->several, row->label, w->score + (ONLINE_RATES - 1) * n, w->curvature);
    for (size_t k = 0; k < n; k++) {
        double slope = w->curvature[k] - (o->several ? row->label == k : row->label == 1);
        w->curvature[k] = row->weight * slope * slope;
        w->mean_curvature[k] += w->curvature[k] / o->weight;
        w->gain[k] = 0;
    }
    gain_feature(o, o->features.intercept, 1, row->weight, w, o->leverage + row->n * n);
    for (size_t i = 0; i < row->n; i++)
        gain_feature(o, online_diagonal_at(o, o->place[i]), o->value[i], row->weight, w, o->leverage + i * n);
    for (size_t k = 0; k < n; k++)
        sum += w->gain[k];
    for (size_t i = 0; i < ONLINE_RATES * n; i++)
        sum += fabs(w->score[i]);
    return isfinite(sum);
}

/* Sets the slopes at the end of the implicit step at each rate, times the row's weight and the rate factor. */
static void set_slopes(const struct online_diagonal *o, const struct online_row *row,
                       const struct online_diagonal_work *w)
{
    size_t n = o->features.scores;
    for (size_t i = 0; i < ONLINE_RATES; i++) {
        for (size_t k = 0; k < n; k++)
            w->room[k] = rate_factor[i] * w->gain[k];
        online_step(n, o->several, row->label, w->score + i * n, w->room, w->slope + i * n, w->room + n);
        for (size_t k = 0; k < n; k++)
            w->slope[i * n + k] *= rate_factor[i] * row->weight;
    }
}

/* Moves the coefficients of a feature against the slopes, and the averages after them. */
static void move(const struct online_diagonal *o, struct online_feature *f, const double *leverage,
                 const struct online_diagonal_work *w, double before)
{
    size_t n = o->features.scores;
    double kept = online_diagonal_kept(o, f, before, o->weight);
    for (size_t i = 0; i < ONLINE_RATES; i++)
        online_scores_move(n, w->slope + i * n, leverage, kept, online_diagonal_group(o, f, i),
                           online_diagonal_group(o, f, ONLINE_AVERAGES + i));
}

double online_diagonal_update(struct online_diagonal *o, const struct online_row *row)
{
    if (!(row->weight > 0))
        return 0;
    struct online_diagonal_work w = make_room(o, row->n);
    size_t n = o->features.scores;
    double before = o->weight, *mixed = w.room, *p = w.room + n;
    o->weight += row->weight;
    o->values += row->weight * (double)row->n;
    find_features(o, row);
    enter(o, row, &w);
    if (!set_gains(o, row, &w))
        return (double)NAN;
    online_mix_scores(&o->mix, n, w.average, w.average + n, row->offset, mixed);
    double loss = online_step_loss(n, o->several, row->label, mixed, p);
    online_mix_update(&o->mix, n, o->several, row->label, w.average, w.average + n, p, row->weight, before);
    set_slopes(o, row, &w);
    move(o, o->features.intercept, o->leverage + row->n * n, &w, before);
    for (size_t i = 0; i < row->n; i++)
        move(o, online_diagonal_at(o, o->place[i]), o->leverage + i * n, &w, before);
    return row->weight * loss;
}
