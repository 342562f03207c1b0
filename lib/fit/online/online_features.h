#ifndef LIKELY_FIT_ONLINE_ONLINE_FEATURES_H
#define LIKELY_FIT_ONLINE_ONLINE_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The features that online_diagonal.h has met, by their indexes, and the numbers it has of each. */

enum {
    ONLINE_RATES = 2,               /* sets of coefficients, each learnt at a rate of its own */
    ONLINE_AVERAGES = ONLINE_RATES, /* the first group of averages; coefficients are the groups before */
    ONLINE_CURVATURES = 2 * ONLINE_RATES,
    ONLINE_GROUPS
};

struct online_feature {
    uint32_t index;
    bool is_warm;               /* started at a coefficient that was given */
    double weight, sum, square; /* of the rows that have it; of the weighted values and their squares */
    double mean;                /* of the values as they are, if centered */
    double seen;                /* weight of all rows up to which penalty and averages are settled */
    double number[]; /* ONLINE_GROUPS x room: coefficients at each rate; their averages over the rows; curvatures of
                        the losses and of the penalty. 0 where there is no score yet */
};

struct online_features {
    size_t scores, room; /* room for scores */
    struct online_feature *intercept;
    char *features; /* n, each of online_features_size(room) bytes */
    size_t n, capacity;
    uint32_t *table;   /* open addressing: 0 = empty, else 1 + number of a feature */
    size_t table_size; /* a power of 2, at least twice n */
};

void online_features_init(struct online_features *features, size_t scores, size_t room);
void online_features_release(struct online_features *features);

/* One more score, 0 so far for every feature. */
void online_features_add_score(struct online_features *features);

/* The number of the feature, new or old. seen: of a new one. */
size_t online_features_add(struct online_features *features, uint32_t index, double seen);

/* NULL: no such feature was added. */
struct online_feature *online_features_find(const struct online_features *features, uint32_t index);

/* n indexes, ascending. */
void online_features_indexes(const struct online_features *features, uint32_t *index);

/* Has the processor bring features to its cache, all at once. Those behind a collision in the table are not. */
void online_features_prefetch(const struct online_features *features, size_t n, const uint32_t *index);

static inline size_t online_features_size(size_t room)
{
    return sizeof(struct online_feature) + ONLINE_GROUPS * room * sizeof(double);
}

static inline struct online_feature *online_features_at(const struct online_features *f, size_t number)
{
    return (struct online_feature *)(void *)(f->features + number * online_features_size(f->room));
}

/* The `room` numbers of a group. */
static inline double *online_features_group(const struct online_features *f, struct online_feature *feature,
                                            size_t group)
{
    return feature->number + group * f->room;
}

#endif
