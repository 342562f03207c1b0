/* The learner of a number per coefficient: each row is learnt from at once, by online_diagonal_update. The functions
 * only give their arguments their types. */

#include "fit/online/online_diagonal_learner.h"

#include "fit/online/online_diagonal.h"
#include "fit/online/online_fit.h"

#include <math.h>

static void *online_diagonal_learner_new(const struct online_learner_options *o)
{
    return online_diagonal_new(!o->sparse, o->several, o->classes, &o->prior);
}

static void online_diagonal_learner_free(void *state)
{
    online_diagonal_free(state);
}

static bool online_diagonal_learner_add_class(void *state)
{
    return online_diagonal_add_class(state);
}

static void online_diagonal_learner_start(void *state, size_t n, const uint32_t *index, const double *coefficients,
                                          double weight)
{
    online_diagonal_start(state, n, index, coefficients, weight);
}

static void online_diagonal_learner_restore(void *state, const struct online_fit_start *start)
{
    online_diagonal_restore(state, start->diagonal);
}

static bool online_diagonal_learner_learn(void *state, const struct online_row *row, double *loss)
{
    *loss = online_diagonal_update(state, row);
    return isfinite(*loss);
}

/* No row ever waits. */
static size_t online_diagonal_learner_pending(const void *state)
{
    (void)state;
    return 0;
}

static double online_diagonal_learner_look_ahead(void *state, bool wanted)
{
    (void)state;
    (void)wanted;
    return 0;
}

static size_t online_diagonal_learner_scores(const void *state)
{
    return online_diagonal_scores(state);
}

static size_t online_diagonal_learner_count(const void *state)
{
    return online_diagonal_count(state);
}

static void online_diagonal_learner_indexes(const void *state, uint32_t *index)
{
    online_diagonal_indexes(state, index);
}

static void online_diagonal_learner_coefficients(const void *state, size_t n, const uint32_t *index,
                                                 double *coefficients)
{
    online_diagonal_coefficients(state, n, index, coefficients);
}

static bool online_diagonal_learner_is_constant(const void *state, uint32_t index)
{
    return online_diagonal_is_constant(state, index);
}

const struct online_learner online_diagonal_learner = {
    .new = online_diagonal_learner_new,
    .free = online_diagonal_learner_free,
    .add_class = online_diagonal_learner_add_class,
    .start = online_diagonal_learner_start,
    .restore = online_diagonal_learner_restore,
    .learn = online_diagonal_learner_learn,
    .pending = online_diagonal_learner_pending,
    .look_ahead = online_diagonal_learner_look_ahead,
    .scores = online_diagonal_learner_scores,
    .count = online_diagonal_learner_count,
    .indexes = online_diagonal_learner_indexes,
    .coefficients = online_diagonal_learner_coefficients,
    .is_constant = online_diagonal_learner_is_constant,
};
