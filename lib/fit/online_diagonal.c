#include "fit/online_diagonal.h"

#include "base/mem.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

enum { TABLE_LEAST = 1024, ROOT_STEPS = 100 };
static const double pace = 2; /* the least of both factors of q */

struct feature {
    uint32_t index;
    double theta, curvature; /* of the losses and of the penalty */
    double weight, sum, square; /* of the rows that have it; of the weighted values and their squares */
    double mean;             /* of the values as they are, if centered */
    double seen;             /* weight of all rows when the penalty was last dealt with */
};

struct online_diagonal {
    bool centered;
    struct online_prior prior;
    double weight, values;    /* of all rows, and times their features */
    struct feature intercept, *feature;
    size_t n, capacity;
    uint32_t *table;          /* open addressing: 0 = empty, else 1 + number of a feature */
    size_t table_size;        /* a power of 2, at least twice n */
    size_t *place;            /* of a row's features */
    double *value, *stiffness; /* x and q of them */
    size_t place_capacity, value_capacity, stiffness_capacity;
};

struct online_diagonal *online_diagonal_new(bool centered, const struct online_prior *prior)
{
    struct online_diagonal *o = mem_zero(1, sizeof *o);
    o->centered = centered;
    o->prior = *prior;
    o->table_size = TABLE_LEAST;
    o->table = mem_zero(o->table_size, sizeof *o->table);
    return o;
}

void online_diagonal_free(struct online_diagonal *o)
{
    if (o == NULL)
        return;
    free(o->feature);
    free(o->table);
    free(o->place);
    free(o->value);
    free(o->stiffness);
    free(o);
}

/* ---- features by their indexes ---- */

/* Where the index stands in the table, or would. */
static size_t find(const struct online_diagonal *o, uint32_t index)
{
    size_t mask = o->table_size - 1, at = (size_t)((index * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & mask;
    while (o->table[at] != 0 && o->feature[o->table[at] - 1].index != index)
        at = (at + 1) & mask;
    return at;
}

static void grow_table(struct online_diagonal *o)
{
    free(o->table);
    o->table_size *= 2;
    o->table = mem_zero(o->table_size, sizeof *o->table);
    for (size_t i = 0; i < o->n; i++)
        o->table[find(o, o->feature[i].index)] = (uint32_t)(i + 1);
}

/* The number of the feature, new or old. */
static size_t add(struct online_diagonal *o, uint32_t index)
{
    size_t at = find(o, index);
    if (o->table[at] != 0)
        return o->table[at] - 1;
    if (2 * (o->n + 1) > o->table_size) {
        grow_table(o);
        at = find(o, index);
    }
    o->feature = mem_grow(o->feature, &o->capacity, o->n + 1, sizeof *o->feature);
    o->feature[o->n] = (struct feature){.index = index, .seen = o->weight};
    o->table[at] = (uint32_t)++o->n;
    return o->n - 1;
}

/* ---- a row ---- */

static double scale_of(const struct online_diagonal *o, const struct feature *f)
{
    double mean = f->sum / o->weight;
    return o->prior.standardize ? fmax(0, f->square / o->weight - mean * mean) : 1;
}

static double stiffness_of(const struct online_diagonal *o, const struct feature *f)
{
    double square = f->square / f->weight, known = sqrt(f->curvature / square);
    double features = o->values / o->weight, first = fmax(pace, features / 4), later = fmax(pace, sqrt(features) / 4);
    return square * (first + later * known * sqrt(known));
}

/* The penalty's part of the curvature since the feature was last seen. */
static double pull_of(const struct online_diagonal *o, const struct feature *f)
{
    const struct online_prior *p = &o->prior;
    double pull = p->l2 * (o->weight - f->seen);
    if (p->prior_sd > 0 && f->seen > 0)
        pull += log(o->weight / f->seen) / (p->prior_sd * p->prior_sd);
    return pull > 0 ? pull * scale_of(o, f) : 0;
}

/* Counts a value of the feature in and sees to its penalty; returns its stiffness, 0 if all its values were 0. */
static double meet(struct online_diagonal *o, struct feature *f, double x, double weight)
{
    double before = f->weight > 0 ? f->square / f->weight : 0;
    f->weight += weight;
    f->sum += weight * x;
    f->square += weight * x * x;
    if (!(f->square > 0))
        return 0;
    f->theta *= before / (f->square / f->weight);
    double stiffness = stiffness_of(o, f), pull = f != &o->intercept ? pull_of(o, f) : 0;
    f->theta *= stiffness / (stiffness + pull);
    f->curvature += o->prior.l2 > 0 ? pull : 0;
    f->seen = o->weight;
    return stiffness;
}

/* The score behind the step: the root of s - score + reach (sigmoid(s) - label), by Newton steps between bounds. */
static double step_of(double score, double reach, double label)
{
    double low = label > 0 ? score : score - reach, high = label > 0 ? score + reach : score, s = score;
    for (size_t i = 0; i < ROOT_STEPS; i++) {
        double p = special_sigmoid(s), f = s - score + reach * (p - label);
        *(f > 0 ? &high : &low) = s;
        double next = s - f / (1 + reach * p * (1 - p));
        if (!(next >= low && next <= high))
            next = (low + high) / 2;
        double moved = fabs(next - s);
        s = next;
        if (moved <= 1e-12 * (1 + fabs(s)))
            break;
    }
    return s;
}

/* Sets places, values and stiffnesses of the row; *score is that of the coefficients before, *reach what q leaves it to go. */
static void enter(struct online_diagonal *o, const struct online_diagonal_row *row, double *score, double *reach)
{
    double q = meet(o, &o->intercept, 1, row->weight);
    o->stiffness[row->n] = q;
    *score = o->intercept.theta + row->offset;
    *reach = row->weight / q;
    for (size_t i = 0; i < row->n; i++) {
        o->place[i] = add(o, row->index != NULL ? row->index[i] : (uint32_t)i);
        struct feature *f = &o->feature[o->place[i]];
        double x = row->x[i];
        if (o->centered) {
            f->mean += (x - f->mean) * (row->weight / o->weight);
            x -= f->mean;
        }
        q = meet(o, f, x, row->weight);
        o->value[i] = x;
        o->stiffness[i] = q;
        *score += f->theta * x;
        *reach += q > 0 ? row->weight * x * x / q : 0;
    }
}

double online_diagonal_update(struct online_diagonal *o, const struct online_diagonal_row *row)
{
    double score, reach, label = row->label == 1;
    if (!(row->weight > 0))
        return 0;
    o->place = mem_grow(o->place, &o->place_capacity, row->n, sizeof *o->place);
    o->value = mem_grow(o->value, &o->value_capacity, row->n, sizeof *o->value);
    o->stiffness = mem_grow(o->stiffness, &o->stiffness_capacity, row->n + 1, sizeof *o->stiffness);
    o->weight += row->weight;
    o->values += row->weight * (double)row->n;
    enter(o, row, &score, &reach);
    if (!isfinite(score) || !isfinite(reach))
        return (double)NAN;
    double slope = row->weight * (special_sigmoid(step_of(score, reach, label)) - label);
    double p = special_sigmoid(score), curvature = row->weight * (p - label) * (p - label), margin = label > 0 ? -score : score;
    o->intercept.theta -= slope / o->stiffness[row->n];
    o->intercept.curvature += curvature;
    for (size_t i = 0; i < row->n; i++) {
        struct feature *f = &o->feature[o->place[i]];
        double x = o->value[i];
        if (!(o->stiffness[i] > 0))
            continue;
        f->theta -= slope * x / o->stiffness[i];
        f->curvature += curvature * x * x;
    }
    return row->weight * special_log1p_exp(margin);
}

/* ---- what has been learnt ---- */

size_t online_diagonal_count(const struct online_diagonal *o)
{
    return o->n;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void online_diagonal_indexes(const struct online_diagonal *o, uint32_t *index)
{
    for (size_t i = 0; i < o->n; i++)
        index[i] = o->feature[i].index;
    qsort(index, o->n, sizeof *index, compare);
}

static const struct feature *known(const struct online_diagonal *o, uint32_t index)
{
    uint32_t number = o->table[find(o, index)];
    return number > 0 && o->feature[number - 1].square > 0 ? &o->feature[number - 1] : NULL;
}

void online_diagonal_coefficients(const struct online_diagonal *o, size_t n, const uint32_t *index, double *coefficients)
{
    coefficients[0] = o->intercept.theta;
    for (size_t i = 0; i < n; i++) {
        const struct feature *f = known(o, index[i]);
        double stiffness = f != NULL ? stiffness_of(o, f) : 0;
        coefficients[1 + i] = f != NULL ? f->theta * stiffness / (stiffness + pull_of(o, f)) : 0;
        coefficients[0] -= f != NULL ? coefficients[1 + i] * f->mean : 0;
    }
}

bool online_diagonal_is_constant(const struct online_diagonal *o, uint32_t index)
{
    return known(o, index) == NULL;
}
