/* The learner of full matrices: collects rows to batches of the size that online_batch wants, and learns from each by
 * online_update.
 *
 *  1. learn copies a row to the pending ones; where they fill a batch it learns from them all (learn_pending).
 *  2. look_ahead shows coefficients in the middle of a batch: a copy of the recursion learns from the pending rows.
 *     The recursion itself does not, so that batches, and with them all bits, do not depend on who looked when.
 *  3. outgrow goes on as online_diagonal.c does where the matrices of one more class are too large.
 *
 * Memory: a batch, at most max(512, 1 + d) rows of d + 2 numbers; the matrices of online.c, twice while looking
 * ahead. */

#include "fit/online/online_batches.h"

#include "base/mem.h"
#include "fit/online/online_diagonal.h"
#include "fit/online/online_diagonal_learner.h"
#include "fit/online/online_fit.h"

#include <stdlib.h>
#include <string.h>

static void *online_batches_new(const struct online_learner_options *o)
{
    struct online *online = online_new(o->d, o->several, &o->prior);
    if (online == NULL)
        return NULL;
    struct online_batches *b = mem_zero(1, sizeof *b);
    b->d = o->d;
    b->online = online;
    return b;
}

static void online_batches_free(void *state)
{
    struct online_batches *b = state;
    if (b == NULL)
        return;
    online_free(b->online);
    online_free(b->ahead);
    free(b->pending.x);
    free(b->pending.label);
    free(b);
}

static bool online_batches_add_class(void *state)
{
    struct online_batches *b = state;
    return online_add_class(b->online);
}

/* ---- rows ---- */

static struct online_rows pending_rows(const struct online_batches *b)
{
    const struct online_pending *p = &b->pending;
    return (struct online_rows){p->rows, b->d + 2, p->x, p->x + b->d, p->x + b->d + 1, p->label};
}

static double learn_pending(struct online_batches *b)
{
    struct online_rows rows = pending_rows(b);
    b->pending.rows = 0;
    return rows.rows > 0 ? online_update(b->online, &rows) : 0;
}

static void make_room(struct online_batches *b, size_t rows)
{
    struct online_pending *p = &b->pending;
    p->x = mem_grow(p->x, &p->x_capacity, rows * (b->d + 2), sizeof *p->x);
    p->label = mem_grow(p->label, &p->label_capacity, rows, sizeof *p->label);
}

static bool online_batches_learn(void *state, const struct online_row *row, double *loss)
{
    struct online_batches *b = state;
    struct online_pending *p = &b->pending;
    make_room(b, p->rows + 1);
    double *x = p->x + p->rows * (b->d + 2);
    memcpy(x, row->x, b->d * sizeof *x);
    x[b->d] = row->weight;
    x[b->d + 1] = row->offset;
    p->label[p->rows++] = row->label;
    *loss = p->rows >= online_batch(b->online) ? learn_pending(b) : 0;
    return true;
}

static size_t online_batches_pending(const void *state)
{
    const struct online_batches *b = state;
    return b->pending.rows;
}

static double online_batches_look_ahead(void *state, bool wanted)
{
    struct online_batches *b = state;
    online_free(b->ahead);
    b->ahead = NULL;
    if (!wanted || b->pending.rows == 0)
        return 0;
    struct online_rows rows = pending_rows(b);
    b->ahead = online_copy(b->online);
    return online_update(b->ahead, &rows);
}

static void *online_batches_outgrow(void *state, const struct online_learner_options *o, double *loss)
{
    struct online_batches *b = state;
    *loss = learn_pending(b);
    struct online_state known = online_save(b->online);
    size_t scores = online_scores(b->online), classes = o->classes > scores ? o->classes : scores + 1;
    struct online_diagonal *diagonal = online_diagonal_new(true, o->several, classes, &o->prior);
    for (size_t k = 0; k < scores; k++)
        online_diagonal_add_class(diagonal);
    if (known.rows > 0)
        online_diagonal_adopt(diagonal, b->d, &known);
    online_batches_free(b);
    return diagonal;
}

/* ---- starts and results ---- */

static void online_batches_start(void *state, size_t n, const uint32_t *index, const double *coefficients,
                                 double weight)
{
    struct online_batches *b = state;
    (void)n;
    (void)index;
    online_start(b->online, coefficients, weight);
}

static void online_batches_restore(void *state, const struct online_fit_start *start)
{
    struct online_batches *b = state;
    struct online_pending *p = &b->pending;
    online_restore(b->online, start->state);
    make_room(b, start->pending);
    p->rows = start->pending;
    if (p->rows == 0)
        return;
    memcpy(p->x, start->pending_x, p->rows * (b->d + 2) * sizeof *p->x);
    memcpy(p->label, start->pending_label, p->rows * sizeof *p->label);
}

static size_t online_batches_scores(const void *state)
{
    const struct online_batches *b = state;
    return online_scores(b->online);
}

static const struct online *shown(const struct online_batches *b)
{
    return b->ahead != NULL ? b->ahead : b->online;
}

static void online_batches_coefficients(const void *state, size_t n, const uint32_t *index, double *coefficients)
{
    (void)n;
    (void)index;
    online_coefficients(shown(state), coefficients);
}

static bool online_batches_is_constant(const void *state, uint32_t index)
{
    return online_is_constant(shown(state), index);
}

const struct online_learner online_batches_learner = {
    .new = online_batches_new,
    .free = online_batches_free,
    .add_class = online_batches_add_class,
    .outgrow = online_batches_outgrow,
    .successor = &online_diagonal_learner,
    .start = online_batches_start,
    .restore = online_batches_restore,
    .learn = online_batches_learn,
    .pending = online_batches_pending,
    .look_ahead = online_batches_look_ahead,
    .scores = online_batches_scores,
    .coefficients = online_batches_coefficients,
    .is_constant = online_batches_is_constant,
};
