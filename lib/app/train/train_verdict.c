/* The notice of what was minimised, and the error of a fit that is not the optimum: separated classes, whose likelihood
 * has no maximum, or an optimiser that stopped before it converged. */
#include "app/train/train_notice.h"
#include "app/train/train_work.h"

#include "text/buffer.h"

#include <math.h>

enum { COLUMNS_NAMED = 5 }; /* in a message */

void train_verdict_notice(const struct train *t)
{
    const struct glm *glm = t->glm;
    train_notice_aliased(t->run, glm->d, t->data->features, glm->aliased);
    struct buffer penalty = {0};
    train_penalty_add_text(&t->settings->penalty, t->l2, 6, &penalty);
    struct buffer distance = {0};
    train_notice_add_distance(t->solver, t->result.decrement, &distance);
    notice_verbose(t->run, "minimised (1/%.12g) sum %s(row)%s = %.12g by %s in %zu iterations; %s", t->data->weight_sum,
                   t->task->loss_name, buffer_text(&penalty), t->result.value, t->solver->name, t->result.iterations,
                   buffer_text(&distance));
    buffer_free(&distance);
    buffer_free(&penalty);
}

static enum status refuse_separation(const struct train *t, struct err *err)
{
    const struct separation *s = &t->separation;
    const char *together = s->alone ? " (each by itself)" : " (together)";
    struct buffer list = {0};
    char echo[ERR_ECHO];
    for (size_t i = 0; i < s->n && i < COLUMNS_NAMED; i++)
        buffer_add_format(&list, "%s'%s'", i > 0 ? ", " : "",
                          err_echo(echo, slice_of(t->data->features[s->column[i]])));
    if (s->n > COLUMNS_NAMED)
        buffer_add_format(&list, " and %zu more", s->n - COLUMNS_NAMED);
    err_data(
        err,
        "%s separation by %s%s: the likelihood has no maximum and the coefficients have no finite estimates; use --l2",
        separation_names[s->kind], buffer_text(&list), s->n < 2 ? "" : together);
    buffer_free(&list);
    return train_unconverged(err);
}

/* What may help a fit that did not converge. */
static const char *remedy(const struct train *t)
{
    if (t->result.status == OPTIM_ITERATIONS)
        return "; use --max-iter to allow more";
    return t->solver->takes_rate ? "; use a smaller --learning-rate" : "";
}

enum status train_verdict(const struct train *t, struct err *err)
{
    if (t->separation.kind != SEPARATION_NONE)
        return refuse_separation(t, err);
    if (t->result.status == OPTIM_CONVERGED || t->result.status == OPTIM_EPOCHS)
        return STATUS_OK;
    struct buffer distance = {0};
    train_notice_add_distance(t->solver, t->result.decrement, &distance);
    err_data(err, "not converged after %zu iteration%s, %s: %s, required %.3g%s", t->result.iterations,
             t->result.iterations == 1 ? "" : "s", optim_status_text(t->result.status), buffer_text(&distance),
             t->settings->tolerance, remedy(t));
    buffer_free(&distance);
    return train_unconverged(err);
}
