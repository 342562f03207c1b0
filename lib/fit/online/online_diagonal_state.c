/* Starts and states of the learner with a number per coefficient: from the matrices of online.c
 * (online_diagonal_adopt), from the coefficients of any model (online_diagonal_start), and from numbers that
 * online_diagonal_save wrote (online_diagonal_restore), which resume a pass to the bit. online_diagonal_is_sound
 * checks numbers from a file. */

#include "fit/online/online_diagonal_parts.h"

#include <math.h>
#include <string.h>

/* ---- starts ---- */

/* Makes all coefficients and averages those of the first rate. */
static void copy_first_rate(const struct online_diagonal *o, struct online_feature *f)
{
    for (size_t i = 1; i < 2 * ONLINE_RATES; i++)
        memcpy(f->number + i * o->features.room, f->number, o->features.scores * sizeof(double));
}

void online_diagonal_adopt(struct online_diagonal *o, size_t d, const struct online_state *s)
{
    size_t width = 1 + d;
    struct online_feature *intercept = o->features.intercept;
    o->weight = s->weight;
    o->values = s->weight * (double)d;
    intercept->weight = intercept->sum = intercept->square = s->weight;
    for (size_t k = 0; k < o->features.scores; k++) {
        intercept->number[k] = s->theta[k * width];
        online_diagonal_group(o, intercept, ONLINE_CURVATURES)[k] = s->quadratic[k * width * width] / 2;
    }
    for (size_t j = 0; j < d; j++) {
        struct online_feature *f = online_diagonal_at(o, online_features_add(&o->features, (uint32_t)j, o->weight));
        double mean = s->mean[j], *theta = f->number, *curvature = online_diagonal_group(o, f, ONLINE_CURVATURES);
        f->weight = s->weight;
        f->square = s->m2[j];
        f->mean = s->center[j] + mean;
        for (size_t k = 0; k < o->features.scores && f->square > 0; k++) {
            const double *a = s->quadratic + k * width * width;
            double about_mean = a[(1 + j) * width + 1 + j] - 2 * mean * a[1 + j] + mean * mean * a[0];
            theta[k] = s->theta[k * width + 1 + j];
            curvature[k] = fmax(0, about_mean / 2) + o->prior.l2 * s->weight * online_diagonal_scale(o, f);
            intercept->number[k] += theta[k] * mean;
        }
        copy_first_rate(o, f);
    }
    copy_first_rate(o, intercept);
}

static void start_feature(const struct online_diagonal *o, struct online_feature *f, const double *coefficients,
                          size_t stride)
{
    f->is_warm = true;
    for (size_t k = 0; k < o->features.scores; k++)
        f->number[k] = coefficients[k * stride];
    copy_first_rate(o, f);
}

void online_diagonal_start(struct online_diagonal *o, size_t n, const uint32_t *index, const double *coefficients,
                           double weight)
{
    o->earlier = weight;
    start_feature(o, o->features.intercept, coefficients, 1 + n);
    for (size_t i = 0; i < n; i++)
        start_feature(o, online_diagonal_at(o, online_features_add(&o->features, index[i], o->weight)),
                      coefficients + 1 + i, 1 + n);
}

/* ---- states ---- */

size_t online_diagonal_rows(size_t scores)
{
    return ONLINE_DIAGONAL_MOMENTS + ONLINE_GROUPS * scores;
}

bool online_diagonal_is_sound(const struct online_diagonal_state *s, size_t scores)
{
    size_t width = 1 + s->n;
    const double *weight = s->numbers, *square = weight + 2 * width, *seen = weight + 4 * width;
    const double *curvature = weight + (ONLINE_DIAGONAL_MOMENTS + 2 * ONLINE_RATES * scores) * width;
    if (!(s->weight > 0 && s->values >= 0 && s->earlier >= 0 && s->mix.curvature >= 0 &&
          isfinite(s->weight + s->values + s->earlier)))
        return false;
    for (size_t j = 0; j < width; j++)
        if (!(weight[j] >= 0 && square[j] >= 0 && seen[j] >= 0 && seen[j] <= s->weight &&
              (weight[j] > 0 || square[j] == 0)))
            return false;
    for (size_t i = 0; i < scores * width; i++)
        if (!(curvature[i] >= 0))
            return false;
    return weight[0] > 0 && square[0] > 0;
}

void online_diagonal_totals(const struct online_diagonal *o, struct online_diagonal_state *s)
{
    s->weight = o->weight;
    s->values = o->values;
    s->earlier = o->earlier;
    s->mix = o->mix;
}

/* Numbers stand stride apart. */
static void save_feature(const struct online_diagonal *o, const struct online_feature *f, double *to, size_t stride)
{
    const double moments[ONLINE_DIAGONAL_MOMENTS] = {f->weight, f->sum, f->square, f->mean, f->seen, f->is_warm};
    for (size_t i = 0; i < ONLINE_DIAGONAL_MOMENTS; i++, to += stride)
        *to = moments[i];
    for (size_t i = 0; i < ONLINE_GROUPS * o->features.scores; i++)
        to[i * stride] = f->number[i / o->features.scores * o->features.room + i % o->features.scores];
}

static void restore_feature(const struct online_diagonal *o, struct online_feature *f, const double *from,
                            size_t stride)
{
    double *moments[ONLINE_DIAGONAL_WARM] = {&f->weight, &f->sum, &f->square, &f->mean, &f->seen};
    f->is_warm = from[ONLINE_DIAGONAL_WARM * stride] != 0;
    for (size_t i = 0; i < ONLINE_DIAGONAL_WARM; i++)
        *moments[i] = from[i * stride];
    from += ONLINE_DIAGONAL_MOMENTS * stride;
    for (size_t i = 0; i < ONLINE_GROUPS * o->features.scores; i++)
        f->number[i / o->features.scores * o->features.room + i % o->features.scores] = from[i * stride];
}

void online_diagonal_save(const struct online_diagonal *o, size_t n, const uint32_t *index, double *numbers)
{
    save_feature(o, o->features.intercept, numbers, 1 + n);
    for (size_t i = 0; i < n; i++) {
        const struct online_feature *f = online_features_find(&o->features, index[i]);
        if (f != NULL)
            save_feature(o, f, numbers + 1 + i, 1 + n);
    }
}

void online_diagonal_restore(struct online_diagonal *o, const struct online_diagonal_state *s)
{
    o->weight = s->weight;
    o->values = s->values;
    o->earlier = s->earlier;
    o->mix = s->mix;
    restore_feature(o, o->features.intercept, s->numbers, 1 + s->n);
    for (size_t i = 0; i < s->n; i++)
        restore_feature(o, online_diagonal_at(o, online_features_add(&o->features, s->index[i], o->weight)),
                        s->numbers + 1 + i, 1 + s->n);
}
