#include "fit/online/online_diagonal.h"

#include "base/mem.h"
#include "fit/online/online_scores.h"
#include "fit/online/online_step.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    TABLE_LEAST = 1024,
    PACES = 2,
    AVERAGES = PACES,
    CURVATURES = 2 * PACES,
    GROUPS
}; /* coefficients are the first of groups */
static const double pace[PACES] = {0.25, 1};
static const double look =
    5; /* rows of the weight of the one at hand in which a feature whose coefficient was given must have been */

struct feature {
    uint32_t index;
    bool begun;                 /* at a coefficient that was given */
    double weight, sum, square; /* of the rows that have it; of the weighted values and their squares */
    double mean;                /* of the values as they are, if centered */
    double seen;                /* weight of all rows when the penalty was last dealt with */
    double number[]; /* GROUPS x room: coefficients of each pace; their averages over the rows; curvatures of the losses
                        and of the penalty; 0 where no score is yet */
};

struct online_diagonal {
    bool several, centered;
    struct online_prior prior;
    size_t scores, room;   /* room for scores */
    double weight, values; /* of all rows, and times their features */
    double earlier;        /* weight of the rows that coefficients to begin at stand for */
    struct online_mix mix; /* of the averages */
    struct feature *intercept;
    char *features; /* n, each of feature_size(room) bytes */
    size_t n, capacity;
    uint32_t *table;       /* open addressing: 0 = empty, else 1 + number of a feature */
    size_t table_size;     /* a power of 2, at least twice n */
    size_t *place;         /* of a row's features */
    double *value, *lever; /* x of them; by scores, x / q of them and of the intercept behind, at pace 1 */
    double *work;          /* by scores: what online_diagonal_update keeps of a row */
    size_t place_capacity, value_capacity, lever_capacity, work_capacity;
};

static size_t feature_size(size_t room)
{
    return sizeof(struct feature) + GROUPS * room * sizeof(double);
}

static struct feature *feature_at(const struct online_diagonal *o, size_t i)
{
    return (struct feature *)(void *)(o->features + i * feature_size(o->room));
}

struct online_diagonal *online_diagonal_new(bool centered, bool several, size_t classes,
                                            const struct online_prior *prior)
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
    o->mix = online_mix_start();
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
    for (size_t i = n; i-- > 0;) {
        char *from = bytes + i * feature_size(room), *to = bytes + i * feature_size(more);
        for (size_t g = GROUPS; g-- > 0;) {
            char *group = to + sizeof(struct feature) + g * more * sizeof(double);
            memmove(group, from + sizeof(struct feature) + g * room * sizeof(double), room * sizeof(double));
            memset(group + room * sizeof(double), 0, (more - room) * sizeof(double));
        }
        memmove(to, from, sizeof(struct feature));
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

static size_t slot_of(const struct online_diagonal *o, uint32_t index)
{
    return (size_t)((index * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (o->table_size - 1);
}

/* Where the index stands in the table, or would. */
static size_t find(const struct online_diagonal *o, uint32_t index)
{
    size_t mask = o->table_size - 1, at = slot_of(o, index);
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

/* The room numbers of a group. */
static double *group_of(const struct online_diagonal *o, struct feature *f, size_t group)
{
    return f->number + group * o->room;
}

/* At pace 1. A coefficient that was given is known as from earlier rows that have the feature as often as those so far.
 */
static struct online_stiffness stiffness_of(const struct online_diagonal *o, const struct feature *f)
{
    double later = fmax(0.5, sqrt(o->values / o->weight) / 2),
           earlier = f->begun ? o->earlier * (f->weight / o->weight) : 0;
    return (struct online_stiffness){f->square / f->weight, 0.2 * later, later, earlier};
}

/* What rows of the weight `now` leave of an average over those of the weight `before` that are the first of them. */
static double kept_of(const struct online_diagonal *o, const struct feature *f, double before, double now)
{
    double earlier = f->begun ? o->earlier : 0, share = before < now ? (earlier + before) / (earlier + now) : 1;
    return share * share;
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
    double *score, *average; /* of the coefficients before at each pace, with the offset; of their averages, without */
    double *slope;           /* at each pace */
    double *curvature, *reach;
    double *doubt; /* the mean curvature of rows so far, for coefficients that were given */
    double *work;  /* 5 */
};

/* Lets the penalty pull at a feature's coefficients. */
static void shrink(const struct online_diagonal *o, struct feature *f, const double *doubt)
{
    double pull = f != o->intercept ? pull_of(o, f) : 0, *curvature = group_of(o, f, CURVATURES);
    if (!(pull > 0))
        return;
    struct online_stiffness stiffness = stiffness_of(o, f);
    for (size_t i = 0; i < PACES; i++)
        online_scores_shrink(o->scores, &stiffness, curvature, doubt, pace[i] * pull, group_of(o, f, i));
    for (size_t k = 0; o->prior.l2 > 0 && k < o->scores; k++)
        curvature[k] += pull;
}

/* Whether the coefficients are to stay: all values of the feature were 0, or it was given, and few values say little of
 * its scale yet. weight: of the row. */
static bool is_idle(const struct online_diagonal *o, const struct feature *f, double weight)
{
    return !(f->square > 0) || (f->begun && f != o->intercept && f->weight < look * weight);
}

/* Counts a value of the feature in, brings its coefficients and averages up to the row, and adds what they have of the
 * scores. */
static void meet(struct online_diagonal *o, struct feature *f, double x, double weight, const struct scores *to)
{
    double before = f->weight > 0 ? f->square / f->weight : 0, scale = 1, kept = 1;
    f->weight += weight;
    f->sum += weight * x;
    f->square += weight * x * x;
    if (!isfinite(f->square))
        to->score[0] = (double)NAN; /* which ends the fit */
    if (!is_idle(o, f, weight)) {
        shrink(o, f, to->doubt);
        scale = f->begun ? 1 : before * f->weight / f->square;
        kept = kept_of(o, f, f->seen, o->weight - weight);
        f->seen = o->weight;
    }
    for (size_t i = 0; i < PACES; i++)
        online_scores_enter(o->scores, scale, kept, x, group_of(o, f, i), group_of(o, f, AVERAGES + i),
                            to->score + i * o->scores, to->average + i * o->scores);
}

/* Takes a value into the mean of a column, so that no score changes; returns what it differs. */
static double center(struct online_diagonal *o, struct feature *f, double x, double weight)
{
    double moved = (x - f->mean) * (weight / o->weight);
    for (size_t i = 0; i < 2 * PACES * o->room && f->begun; i++)
        o->intercept->number[i] += f->number[i] * moved;
    f->mean += moved;
    return x - f->mean;
}

/* Has the processor bring the row's features to its cache, all at once. */
static void fetch(const struct online_diagonal *o, const struct online_row *row)
{
    for (size_t i = 0; i < row->n && row->index != NULL; i++) {
        uint32_t number = o->table[slot_of(o, row->index[i])];
        const char *f = number > 0 ? (const char *)feature_at(o, number - 1) : (const char *)o->intercept;
        __builtin_prefetch(f);
        __builtin_prefetch(f + 64);
    }
}

/* Sets places and values of the row. */
static void find_features(struct online_diagonal *o, const struct online_row *row)
{
    fetch(o, row);
    for (size_t i = 0; i < row->n; i++) {
        o->place[i] = add(o, row->index != NULL ? row->index[i] : (uint32_t)i);
        o->value[i] = o->centered ? center(o, feature_at(o, o->place[i]), row->x[i], row->weight) : row->x[i];
    }
}

/* Sets the row's scores. */
static void enter(struct online_diagonal *o, const struct online_row *row, const struct scores *to)
{
    for (size_t i = 0; i < PACES * o->scores; i++) {
        to->score[i] = row->offset;
        to->average[i] = 0;
    }
    for (size_t k = 0; k < o->scores; k++)
        to->doubt[k] = group_of(o, o->intercept, CURVATURES)[k] / o->weight;
    meet(o, o->intercept, 1, row->weight, to);
    for (size_t i = 0; i < row->n; i++)
        meet(o, feature_at(o, o->place[i]), o->value[i], row->weight, to);
}

/* Counts the curvatures of the row in; sets the lever of a value, and adds to reach what it has of it. */
static void reach_out(const struct online_diagonal *o, struct feature *f, double x, double weight,
                      const struct scores *to, double *lever)
{
    struct online_stiffness stiffness = stiffness_of(o, f);
    if (is_idle(o, f, weight))
        memset(lever, 0, o->scores * sizeof *lever);
    else
        online_scores_reach(o->scores, &stiffness, to->curvature, to->doubt, x, weight, group_of(o, f, CURVATURES),
                            lever, to->reach);
}

/* Sets the row's curvatures, levers and reaches; false where a reach or a score is not finite. */
static bool set_reach(struct online_diagonal *o, const struct online_row *row, const struct scores *to)
{
    size_t n = o->scores;
    double sum = 0;
    online_step_loss(n, o->several, row->label, to->score + (PACES - 1) * n, to->curvature);
    for (size_t k = 0; k < n; k++) {
        double difference = to->curvature[k] - (o->several ? row->label == k : row->label == 1);
        to->curvature[k] = row->weight * difference * difference;
        to->doubt[k] += to->curvature[k] / o->weight;
        to->reach[k] = 0;
    }
    reach_out(o, o->intercept, 1, row->weight, to, o->lever + row->n * n);
    for (size_t i = 0; i < row->n; i++)
        reach_out(o, feature_at(o, o->place[i]), o->value[i], row->weight, to, o->lever + i * n);
    for (size_t k = 0; k < n; k++)
        sum += to->reach[k];
    for (size_t i = 0; i < PACES * n; i++)
        sum += fabs(to->score[i]);
    return isfinite(sum);
}

/* Sets the slopes at the end of each pace's implicit step, times the row's weight and the pace. */
static void set_slope(const struct online_diagonal *o, const struct online_row *row, const struct scores *to)
{
    size_t n = o->scores;
    for (size_t i = 0; i < PACES; i++) {
        for (size_t k = 0; k < n; k++)
            to->work[k] = pace[i] * to->reach[k];
        online_step(n, o->several, row->label, to->score + i * n, to->work, to->slope + i * n, to->work + n);
        for (size_t k = 0; k < n; k++)
            to->slope[i * n + k] *= pace[i] * row->weight;
    }
}

/* Moves the coefficients of a feature against the slopes, and the averages after them. */
static void move(const struct online_diagonal *o, struct feature *f, const double *lever, const struct scores *by,
                 double before)
{
    double kept = kept_of(o, f, before, o->weight);
    for (size_t i = 0; i < PACES; i++)
        online_scores_move(o->scores, by->slope + i * o->scores, lever, kept, group_of(o, f, i),
                           group_of(o, f, AVERAGES + i));
}

static struct scores make_room(struct online_diagonal *o, size_t n)
{
    size_t k = o->scores, all = PACES * k;
    o->place = mem_grow(o->place, &o->place_capacity, n, sizeof *o->place);
    o->value = mem_grow(o->value, &o->value_capacity, n, sizeof *o->value);
    o->lever = mem_grow(o->lever, &o->lever_capacity, (n + 1) * k, sizeof *o->lever);
    o->work = mem_grow(o->work, &o->work_capacity, 3 * all + 8 * k, sizeof *o->work);
    double *w = o->work, *rest = w + 3 * all;
    return (struct scores){w, w + all, w + 2 * all, rest, rest + k, rest + 2 * k, rest + 3 * k};
}

double online_diagonal_update(struct online_diagonal *o, const struct online_row *row)
{
    if (!(row->weight > 0))
        return 0;
    struct scores s = make_room(o, row->n);
    size_t n = o->scores;
    double before = o->weight;
    o->weight += row->weight;
    o->values += row->weight * (double)row->n;
    find_features(o, row);
    enter(o, row, &s);
    if (!set_reach(o, row, &s))
        return (double)NAN;
    online_mix_scores(&o->mix, n, s.average, s.average + n, row->offset, s.work);
    double loss = online_step_loss(n, o->several, row->label, s.work, s.work + n);
    online_mix_update(&o->mix, n, o->several, row->label, s.average, s.average + n, s.work + n, row->weight, before);
    set_slope(o, row, &s);
    move(o, o->intercept, o->lever + row->n * n, &s, before);
    for (size_t i = 0; i < row->n; i++)
        move(o, feature_at(o, o->place[i]), o->lever + i * n, &s, before);
    return row->weight * loss;
}

/* ---- from a full recursion ---- */

/* Lets all coefficients and averages be those of the first pace. */
static void agree(const struct online_diagonal *o, struct feature *f)
{
    for (size_t i = 1; i < 2 * PACES; i++)
        memcpy(f->number + i * o->room, f->number, o->scores * sizeof(double));
}

void online_diagonal_adopt(struct online_diagonal *o, size_t d, const struct online_state *s)
{
    size_t width = 1 + d;
    struct feature *intercept = o->intercept;
    o->weight = s->weight;
    o->values = s->weight * (double)d;
    intercept->weight = intercept->sum = intercept->square = s->weight;
    for (size_t k = 0; k < o->scores; k++) {
        intercept->number[k] = s->theta[k * width];
        group_of(o, intercept, CURVATURES)[k] = s->quadratic[k * width * width] / 2;
    }
    for (size_t j = 0; j < d; j++) {
        struct feature *f = feature_at(o, add(o, (uint32_t)j));
        double mean = s->mean[j], *theta = f->number, *curvature = group_of(o, f, CURVATURES);
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
        agree(o, f);
    }
    agree(o, intercept);
}

/* ---- from coefficients ---- */

static void begin(const struct online_diagonal *o, struct feature *f, const double *coefficients, size_t stride)
{
    f->begun = true;
    for (size_t k = 0; k < o->scores; k++)
        f->number[k] = coefficients[k * stride];
    agree(o, f);
}

void online_diagonal_start(struct online_diagonal *o, size_t n, const uint32_t *index, const double *coefficients,
                           double weight)
{
    o->earlier = weight;
    begin(o, o->intercept, coefficients, 1 + n);
    for (size_t i = 0; i < n; i++)
        begin(o, feature_at(o, add(o, index[i])), coefficients + 1 + i, 1 + n);
}

/* ---- numbers that can be kept ---- */

size_t online_diagonal_rows(size_t scores)
{
    return ONLINE_DIAGONAL_MOMENTS + GROUPS * scores;
}

bool online_diagonal_is_sound(const struct online_diagonal_state *s, size_t scores)
{
    size_t width = 1 + s->n;
    const double *weight = s->numbers, *square = weight + 2 * width, *seen = weight + 4 * width;
    const double *curvature = weight + (ONLINE_DIAGONAL_MOMENTS + 2 * PACES * scores) * width;
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
static void save_feature(const struct online_diagonal *o, const struct feature *f, double *to, size_t stride)
{
    const double moments[ONLINE_DIAGONAL_MOMENTS] = {f->weight, f->sum, f->square, f->mean, f->seen, f->begun};
    for (size_t i = 0; i < ONLINE_DIAGONAL_MOMENTS; i++, to += stride)
        *to = moments[i];
    for (size_t i = 0; i < GROUPS * o->scores; i++)
        to[i * stride] = f->number[i / o->scores * o->room + i % o->scores];
}

static void restore_feature(const struct online_diagonal *o, struct feature *f, const double *from, size_t stride)
{
    double *moments[ONLINE_DIAGONAL_BEGUN] = {&f->weight, &f->sum, &f->square, &f->mean, &f->seen};
    f->begun = from[ONLINE_DIAGONAL_BEGUN * stride] != 0;
    for (size_t i = 0; i < ONLINE_DIAGONAL_BEGUN; i++)
        *moments[i] = from[i * stride];
    from += ONLINE_DIAGONAL_MOMENTS * stride;
    for (size_t i = 0; i < GROUPS * o->scores; i++)
        f->number[i / o->scores * o->room + i % o->scores] = from[i * stride];
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
    o->mix = s->mix;
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

/* By score the mix of a feature's averages, as they would be now, in room for a copy of it. */
static void sum_up(const struct online_diagonal *o, const struct feature *f, const double *doubt, struct feature *copy,
                   double *mixed)
{
    memcpy(copy, f, feature_size(o->room));
    if (f->square > 0)
        shrink(o, copy, doubt);
    double kept = kept_of(o, f, f->seen, o->weight);
    for (size_t i = 0; i < PACES; i++) {
        double *theta = group_of(o, copy, i), *average = group_of(o, copy, AVERAGES + i);
        for (size_t k = 0; k < o->scores; k++)
            average[k] = theta[k] + (average[k] - theta[k]) * kept;
    }
    online_mix_scores(&o->mix, o->scores, group_of(o, copy, AVERAGES), group_of(o, copy, AVERAGES + 1), 0, mixed);
}

void online_diagonal_coefficients(const struct online_diagonal *o, size_t n, const uint32_t *index,
                                  double *coefficients)
{
    size_t width = 1 + n;
    struct feature *copy = mem_alloc(1, feature_size(o->room));
    double *mixed = mem_alloc(o->scores, sizeof *mixed), *doubt = mem_zero(o->scores, sizeof *doubt);
    online_mix_scores(&o->mix, o->scores, group_of(o, o->intercept, AVERAGES), group_of(o, o->intercept, AVERAGES + 1),
                      0, mixed);
    for (size_t k = 0; k < o->scores; k++) {
        coefficients[k * width] = mixed[k];
        if (o->weight > 0)
            doubt[k] = group_of(o, o->intercept, CURVATURES)[k] / o->weight;
    }
    for (size_t i = 0; i < n; i++) {
        const struct feature *f = known(o, index[i]);
        double *c = coefficients + 1 + i;
        memset(mixed, 0, o->scores * sizeof *mixed);
        if (f != NULL)
            sum_up(o, f, doubt, copy, mixed);
        for (size_t k = 0; k < o->scores; k++)
            c[k * width] = mixed[k];
        if (o->several)
            subtract_mean(o->scores, width, c);
        for (size_t k = 0; k < o->scores && f != NULL; k++)
            coefficients[k * width] -= c[k * width] * f->mean;
    }
    if (o->several)
        subtract_mean(o->scores, width, coefficients);
    free(copy);
    free(mixed);
    free(doubt);
}

bool online_diagonal_is_constant(const struct online_diagonal *o, uint32_t index)
{
    return known(o, index) == NULL;
}
