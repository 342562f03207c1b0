#include "fit/online_diagonal.h"

#include "base/mem.h"
#include "fit/online_scores.h"
#include "fit/online_step.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_LEAST = 1024 };
static const double pace = 2; /* the least of both factors of q */
static const double look = 5; /* rows of the weight of the one at hand in which a feature whose coefficient was given must have been */

struct feature {
    uint32_t index;
    bool begun;                 /* at a coefficient that was given */
    double weight, sum, square; /* of the rows that have it; of the weighted values and their squares */
    double mean;                /* of the values as they are, if centered */
    double seen;                /* weight of all rows when the penalty was last dealt with */
    double number[];            /* room: coefficients; room: curvatures of the losses and of the penalty; 0 where no score is yet */
};

struct online_diagonal {
    bool several, centered;
    struct online_prior prior;
    size_t scores, room;      /* room for scores */
    double weight, values;    /* of all rows, and times their features */
    double earlier;           /* weight of the rows that coefficients to begin at stand for */
    struct feature *intercept;
    char *features;           /* n, each of feature_size(room) bytes */
    size_t n, capacity;
    uint32_t *table;          /* open addressing: 0 = empty, else 1 + number of a feature */
    size_t table_size;        /* a power of 2, at least twice n */
    size_t *place;            /* of a row's features */
    double *value, *lever;    /* x of them; x / q of them and of the intercept behind, by scores */
    double *work;             /* by scores: score, reach, slope, curvature and doubt of a row, and the room of online_step */
    size_t place_capacity, value_capacity, lever_capacity, work_capacity;
};

static size_t feature_size(size_t room)
{
    return sizeof(struct feature) + 2 * room * sizeof(double);
}

static struct feature *feature_at(const struct online_diagonal *o, size_t i)
{
    return (struct feature *)(void *)(o->features + i * feature_size(o->room));
}

struct online_diagonal *online_diagonal_new(bool centered, bool several, size_t classes, const struct online_prior *prior)
{
    struct online_diagonal *o = mem_zero(1, sizeof *o);
    o->centered = centered;
    o->several = several;
    o->prior = *prior;
    o->scores = several ? 0 : 1;
    o->room = several && classes > 0 ? classes : 1;
    o->intercept = mem_zero(1, feature_size(o->room));
    o->table_size = TABLE_LEAST;
    o->table = mem_zero(o->table_size, sizeof *o->table);
    return o;
}

void online_diagonal_free(struct online_diagonal *o)
{
    if (o == NULL)
        return;
    free(o->intercept);
    free(o->features);
    free(o->table);
    free(o->place);
    free(o->value);
    free(o->lever);
    free(o->work);
    free(o);
}

/* ---- scores ---- */

/* Spreads n features that stand at the head of the bytes out, from the last on, so that each has more room. */
static void spread(char *bytes, size_t n, size_t room, size_t more)
{
    size_t coefficients = room * sizeof(double), added = (more - room) * sizeof(double);
    for (size_t i = n; i-- > 0;) {
        char *from = bytes + i * feature_size(room), *to = bytes + i * feature_size(more);
        size_t head = sizeof(struct feature) + coefficients;
        memmove(to + head + added, from + head, coefficients);
        memset(to + head + added + coefficients, 0, added);
        memmove(to, from, head);
        memset(to + head, 0, added);
    }
}

bool online_diagonal_add_class(struct online_diagonal *o)
{
    if (o->scores == ONLINE_CLASSES_MAX)
        return false;
    if (o->scores == o->room) {
        size_t more = o->room + 1 + o->room / 2;
        o->intercept = mem_resize(o->intercept, 1, feature_size(more));
        spread((char *)o->intercept, 1, o->room, more);
        if (o->n > 0) {
            o->features = mem_resize(o->features, o->capacity, feature_size(more));
            spread(o->features, o->n, o->room, more);
        }
        o->room = more;
    }
    o->scores++;
    return true;
}

size_t online_diagonal_scores(const struct online_diagonal *o)
{
    return o->scores;
}

/* ---- features by their indexes ---- */

/* Where the index stands in the table, or would. */
static size_t find(const struct online_diagonal *o, uint32_t index)
{
    size_t mask = o->table_size - 1, at = (size_t)((index * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & mask;
    while (o->table[at] != 0 && feature_at(o, o->table[at] - 1)->index != index)
        at = (at + 1) & mask;
    return at;
}

static void grow_table(struct online_diagonal *o)
{
    free(o->table);
    o->table_size *= 2;
    o->table = mem_zero(o->table_size, sizeof *o->table);
    for (size_t i = 0; i < o->n; i++)
        o->table[find(o, feature_at(o, i)->index)] = (uint32_t)(i + 1);
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
    o->features = mem_grow(o->features, &o->capacity, o->n + 1, feature_size(o->room));
    struct feature *f = feature_at(o, o->n);
    memset(f, 0, feature_size(o->room));
    f->index = index;
    f->seen = o->weight;
    o->table[at] = (uint32_t)++o->n;
    return o->n - 1;
}

/* ---- a row ---- */

static double scale_of(const struct online_diagonal *o, const struct feature *f)
{
    double mean = f->sum / o->weight;
    return o->prior.standardize ? fmax(0, f->square / o->weight - mean * mean) : 1;
}

/* A coefficient that was given is known as from earlier rows like those so far. */
static struct online_stiffness stiffness_of(const struct online_diagonal *o, const struct feature *f)
{
    double features = o->values / o->weight, earlier = f->begun ? o->earlier * (f->weight / o->weight) : 0;
    return (struct online_stiffness){f->square / f->weight, fmax(pace, features / 4), fmax(pace, sqrt(features) / 4), earlier};
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

/* What a row is about, by score. */
struct scores {
    double *score, *reach;   /* of the coefficients before; what q leaves it to go */
    double *slope, *curvature;
    double *doubt;           /* the mean curvature of rows so far, for coefficients that were given */
};

/* Counts a value of the feature in, sees to its penalty, adds to score and reach what it has of them and sets its lever, which is 0 if it
 * is not to move: all its values were 0, or it was given, and few values say little of its scale yet. */
static void meet(struct online_diagonal *o, struct feature *f, double x, double weight, const struct scores *to, double *lever)
{
    double *theta = f->number, *curvature = theta + o->room, before = f->weight > 0 ? f->square / f->weight : 0;
    f->weight += weight;
    f->sum += weight * x;
    f->square += weight * x * x;
    if (!isfinite(f->square))
        to->reach[0] = (double)NAN; /* which ends the fit */
    bool is_new = f->begun && f != o->intercept && f->weight < look * weight;
    if (!(f->square > 0) || is_new) {
        memset(lever, 0, o->scores * sizeof *lever);
        for (size_t k = 0; k < o->scores; k++)
            to->score[k] += theta[k] * x;
        return;
    }
    struct online_stiffness stiffness = stiffness_of(o, f);
    double pull = f != o->intercept ? pull_of(o, f) : 0, scale = f->begun ? 1 : before / stiffness.square;
    if (pull > 0)
        online_scores_shrink(o->scores, &stiffness, curvature, to->doubt, pull, theta);
    online_scores_enter(o->scores, &stiffness, curvature, to->doubt, scale, x, weight, theta, lever, to->score, to->reach);
    for (size_t k = 0; o->prior.l2 > 0 && k < o->scores; k++)
        curvature[k] += pull;
    f->seen = o->weight;
}

/* Takes a value into the mean of a column, so that no score changes; returns what it differs. */
static double center(struct online_diagonal *o, struct feature *f, double x, double weight)
{
    double moved = (x - f->mean) * (weight / o->weight);
    for (size_t k = 0; k < o->scores && f->begun; k++)
        o->intercept->number[k] += f->number[k] * moved;
    f->mean += moved;
    return x - f->mean;
}

/* Sets places and values of the row. */
static void find_features(struct online_diagonal *o, const struct online_diagonal_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        o->place[i] = add(o, row->index != NULL ? row->index[i] : (uint32_t)i);
        o->value[i] = o->centered ? center(o, feature_at(o, o->place[i]), row->x[i], row->weight) : row->x[i];
    }
}

/* 1 for the score that the row's label is. */
static double target_of(const struct online_diagonal *o, const struct online_diagonal_row *row, size_t score)
{
    return o->several ? row->label == score : row->label == 1;
}

/* Sets the doubt, the row at hand being one of those so far. */
static void set_doubt(const struct online_diagonal *o, const struct online_diagonal_row *row, const struct scores *to)
{
    for (size_t k = 0; k < o->scores; k++)
        to->score[k] = row->offset + o->intercept->number[k];
    for (size_t i = 0; i < row->n; i++)
        for (size_t k = 0; k < o->scores; k++)
            to->score[k] += feature_at(o, o->place[i])->number[k] * o->value[i];
    online_step_loss(o->scores, o->several, row->label, to->score, to->doubt);
    for (size_t k = 0; k < o->scores; k++) {
        double difference = to->doubt[k] - target_of(o, row, k);
        to->doubt[k] = (o->intercept->number[o->room + k] + row->weight * difference * difference) / o->weight;
    }
}

/* Sets levers of the row, score and reach. */
static void enter(struct online_diagonal *o, const struct online_diagonal_row *row, const struct scores *to)
{
    for (size_t k = 0; k < o->scores; k++) {
        to->score[k] = row->offset;
        to->reach[k] = 0;
    }
    meet(o, o->intercept, 1, row->weight, to, o->lever + row->n * o->scores);
    for (size_t i = 0; i < row->n; i++)
        meet(o, feature_at(o, o->place[i]), o->value[i], row->weight, to, o->lever + i * o->scores);
}

/* Moves the coefficients of a feature against the slopes, and counts the curvatures of the row in. */
static void move(const struct online_diagonal *o, struct feature *f, double x, const double *lever, const struct scores *by)
{
    if (lever[0] != 0)
        online_scores_move(o->scores, by->slope, lever, by->curvature, x * x, f->number, f->number + o->room);
}

static struct scores make_room(struct online_diagonal *o, size_t n)
{
    size_t k = o->scores;
    o->place = mem_grow(o->place, &o->place_capacity, n, sizeof *o->place);
    o->value = mem_grow(o->value, &o->value_capacity, n, sizeof *o->value);
    o->lever = mem_grow(o->lever, &o->lever_capacity, (n + 1) * k, sizeof *o->lever);
    o->work = mem_grow(o->work, &o->work_capacity, 9 * k, sizeof *o->work);
    return (struct scores){o->work, o->work + k, o->work + 2 * k, o->work + 3 * k, o->work + 4 * k};
}

double online_diagonal_update(struct online_diagonal *o, const struct online_diagonal_row *row)
{
    if (!(row->weight > 0))
        return 0;
    size_t n = o->scores;
    struct scores s = make_room(o, row->n);
    o->weight += row->weight;
    o->values += row->weight * (double)row->n;
    find_features(o, row);
    memset(s.doubt, 0, n * sizeof *s.doubt);
    if (o->earlier > 0)
        set_doubt(o, row, &s);
    enter(o, row, &s);
    for (size_t k = 0; k < n; k++)
        if (!isfinite(s.score[k]) || !isfinite(s.reach[k]))
            return (double)NAN;
    double loss = online_step_loss(n, o->several, row->label, s.score, s.curvature);
    for (size_t k = 0; k < n; k++) {
        double difference = s.curvature[k] - target_of(o, row, k);
        s.curvature[k] = row->weight * difference * difference;
    }
    online_step(n, o->several, row->label, s.score, s.reach, s.slope, s.doubt + n);
    for (size_t k = 0; k < n; k++)
        s.slope[k] *= row->weight;
    move(o, o->intercept, 1, o->lever + row->n * n, &s);
    for (size_t i = 0; i < row->n; i++)
        move(o, feature_at(o, o->place[i]), o->value[i], o->lever + i * n, &s);
    return row->weight * loss;
}

/* ---- from a full recursion ---- */

void online_diagonal_adopt(struct online_diagonal *o, size_t d, const struct online_state *s)
{
    size_t width = 1 + d;
    struct feature *intercept = o->intercept;
    o->weight = s->weight;
    o->values = s->weight * (double)d;
    intercept->weight = intercept->sum = intercept->square = s->weight;
    for (size_t k = 0; k < o->scores; k++) {
        intercept->number[k] = s->theta[k * width];
        intercept->number[o->room + k] = s->quadratic[k * width * width] / 2;
    }
    for (size_t j = 0; j < d; j++) {
        struct feature *f = feature_at(o, add(o, (uint32_t)j));
        double mean = s->mean[j], *theta = f->number, *curvature = theta + o->room;
        f->weight = s->weight;
        f->square = s->m2[j];
        f->mean = s->center[j] + mean;
        for (size_t k = 0; k < o->scores && f->square > 0; k++) {
            const double *a = s->quadratic + k * width * width;
            double about_mean = a[(1 + j) * width + 1 + j] - 2 * mean * a[1 + j] + mean * mean * a[0];
            theta[k] = s->theta[k * width + 1 + j];
            curvature[k] = fmax(0, about_mean / 2) + o->prior.l2 * s->weight * scale_of(o, f);
            intercept->number[k] += theta[k] * mean;
        }
    }
}

/* ---- from coefficients ---- */

static void begin(const struct online_diagonal *o, struct feature *f, const double *coefficients, size_t stride)
{
    f->begun = true;
    for (size_t k = 0; k < o->scores; k++)
        f->number[k] = coefficients[k * stride];
}

void online_diagonal_start(struct online_diagonal *o, size_t n, const uint32_t *index, const double *coefficients, double weight)
{
    o->earlier = weight;
    begin(o, o->intercept, coefficients, 1 + n);
    for (size_t i = 0; i < n; i++)
        begin(o, feature_at(o, add(o, index[i])), coefficients + 1 + i, 1 + n);
}

/* ---- numbers that can be kept ---- */

size_t online_diagonal_rows(size_t scores)
{
    return ONLINE_DIAGONAL_MOMENTS + 2 * scores;
}

bool online_diagonal_is_sound(const struct online_diagonal_state *s, size_t scores)
{
    size_t width = 1 + s->n;
    const double *weight = s->numbers, *square = weight + 2 * width, *seen = weight + 4 * width;
    const double *curvature = weight + (ONLINE_DIAGONAL_MOMENTS + scores) * width;
    if (!(s->weight > 0 && s->values >= 0 && s->earlier >= 0 && isfinite(s->weight + s->values + s->earlier)))
        return false;
    for (size_t j = 0; j < width; j++)
        if (!(weight[j] >= 0 && square[j] >= 0 && seen[j] >= 0 && seen[j] <= s->weight && (weight[j] > 0 || square[j] == 0)))
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
}

/* Numbers stand stride apart. */
static void save_feature(const struct online_diagonal *o, const struct feature *f, double *to, size_t stride)
{
    const double moments[ONLINE_DIAGONAL_MOMENTS] = {f->weight, f->sum, f->square, f->mean, f->seen, f->begun};
    for (size_t i = 0; i < ONLINE_DIAGONAL_MOMENTS; i++, to += stride)
        *to = moments[i];
    for (size_t k = 0; k < o->scores; k++) {
        to[k * stride] = f->number[k];
        to[(o->scores + k) * stride] = f->number[o->room + k];
    }
}

static void restore_feature(const struct online_diagonal *o, struct feature *f, const double *from, size_t stride)
{
    double *moments[ONLINE_DIAGONAL_BEGUN] = {&f->weight, &f->sum, &f->square, &f->mean, &f->seen};
    f->begun = from[ONLINE_DIAGONAL_BEGUN * stride] != 0;
    for (size_t i = 0; i < ONLINE_DIAGONAL_BEGUN; i++)
        *moments[i] = from[i * stride];
    from += ONLINE_DIAGONAL_MOMENTS * stride;
    for (size_t k = 0; k < o->scores; k++) {
        f->number[k] = from[k * stride];
        f->number[o->room + k] = from[(o->scores + k) * stride];
    }
}

void online_diagonal_save(const struct online_diagonal *o, size_t n, const uint32_t *index, double *numbers)
{
    save_feature(o, o->intercept, numbers, 1 + n);
    for (size_t i = 0; i < n; i++) {
        uint32_t number = o->table[find(o, index[i])];
        if (number > 0)
            save_feature(o, feature_at(o, number - 1), numbers + 1 + i, 1 + n);
    }
}

void online_diagonal_restore(struct online_diagonal *o, const struct online_diagonal_state *s)
{
    o->weight = s->weight;
    o->values = s->values;
    o->earlier = s->earlier;
    restore_feature(o, o->intercept, s->numbers, 1 + s->n);
    for (size_t i = 0; i < s->n; i++)
        restore_feature(o, feature_at(o, add(o, s->index[i])), s->numbers + 1 + i, 1 + s->n);
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
        index[i] = feature_at(o, i)->index;
    qsort(index, o->n, sizeof *index, compare);
}

static const struct feature *known(const struct online_diagonal *o, uint32_t index)
{
    uint32_t number = o->table[find(o, index)];
    struct feature *f = number > 0 ? feature_at(o, number - 1) : NULL;
    return f != NULL && (f->square > 0 || f->begun) ? f : NULL;
}

/* Takes from n numbers, stride apart, their mean. */
static void subtract_mean(size_t n, size_t stride, double *x)
{
    double mean = 0;
    for (size_t k = 0; k < n; k++)
        mean += x[k * stride] / (double)n;
    for (size_t k = 0; k < n; k++)
        x[k * stride] -= mean;
}

/* What the penalty of the rows since a feature was seen leaves of its coefficients. */
static void set_theta(const struct online_diagonal *o, const struct feature *f, const double *doubt, double *theta)
{
    double pull = f->square > 0 ? pull_of(o, f) : 0;
    memcpy(theta, f->number, o->scores * sizeof *theta);
    if (!(pull > 0))
        return;
    struct online_stiffness stiffness = stiffness_of(o, f);
    online_scores_shrink(o->scores, &stiffness, f->number + o->room, doubt, pull, theta);
}

void online_diagonal_coefficients(const struct online_diagonal *o, size_t n, const uint32_t *index, double *coefficients)
{
    size_t width = 1 + n;
    double *theta = mem_alloc(o->scores, sizeof *theta), *doubt = mem_zero(o->scores, sizeof *doubt);
    for (size_t k = 0; k < o->scores; k++) {
        coefficients[k * width] = o->intercept->number[k];
        if (o->weight > 0)
            doubt[k] = o->intercept->number[o->room + k] / o->weight;
    }
    for (size_t i = 0; i < n; i++) {
        const struct feature *f = known(o, index[i]);
        double *c = coefficients + 1 + i;
        memset(theta, 0, o->scores * sizeof *theta);
        if (f != NULL)
            set_theta(o, f, doubt, theta);
        for (size_t k = 0; k < o->scores; k++)
            c[k * width] = theta[k];
        if (o->several)
            subtract_mean(o->scores, width, c);
        for (size_t k = 0; k < o->scores && f != NULL; k++)
            coefficients[k * width] -= c[k * width] * f->mean;
    }
    if (o->several)
        subtract_mean(o->scores, width, coefficients);
    free(theta);
    free(doubt);
}

bool online_diagonal_is_constant(const struct online_diagonal *o, uint32_t index)
{
    return known(o, index) == NULL;
}
