/* Linear regression: which of its fits the options ask for. Least squares reads the rows once (train_leastsq.c); other
 * losses, and standard deviations that depend on features, need stored rows (train_linear.c). */
#include "app/train/train_linreg.h"

#include "app/train/train_leastsq.h"
#include "app/train/train_linear.h"
#include "cli/loss_option.h"
#include "cli/usage.h"
#include "text/number.h"

#include <string.h>

/* For DELTA in units of the target. */
static const char absolute[] = "huber-absolute";

static enum status parse_absolute(const struct train_linreg_settings *s, struct train_linear *task, struct err *err)
{
    const char *delta = s->loss + strlen(absolute);
    if (delta[0] != ':' || !number_parse(slice_of(delta + 1), &task->delta) || !(task->delta >= loss_huber.min) ||
        !(task->delta <= loss_huber.max))
        return usage_value(err, "--loss", s->loss, "huber-absolute:DELTA with a number DELTA above 0");
    task->loss = TRAIN_LINEAR_HUBER;
    return STATUS_OK;
}

static enum status parse_loss(const struct train_linreg_settings *s, struct train_linear *task, bool *is_l2,
                              struct err *err)
{
    /* The fit has 95 percent of the efficiency of least squares for normal errors. */
    static const double efficient = 1.345, most = 1000;
    struct loss_option option;
    *is_l2 = false;
    if (strncmp(s->loss, absolute, strlen(absolute)) == 0)
        return parse_absolute(s, task, err);
    enum status status = loss_option_parse(&option, slice_of(s->loss), err);
    if (status != STATUS_OK)
        return status;
    *is_l2 = option.loss == &loss_l2;
    task->loss = option.loss == &loss_l1 ? TRAIN_LINEAR_L1 : TRAIN_LINEAR_HUBER;
    task->scaled = option.loss == &loss_huber;
    task->delta = option.is_given ? option.parameter : efficient;
    if (!*is_l2 && option.loss != &loss_l1 && option.loss != &loss_huber)
        return usage_value(err, "--loss", s->loss, "l2, l1, huber[:DELTA] or huber-absolute:DELTA");
    if (task->scaled && !(task->delta >= 1 / most && task->delta <= most))
        return usage_value(err, "--loss", s->loss, "huber:DELTA from %g to %g times the scale of the errors", 1 / most,
                           most);
    return STATUS_OK;
}

/* Whether the rows are to be kept, and for which fit. */
static enum status choose_fit(const struct train_linreg_settings *s, struct train_linear *task, bool *stored,
                              struct err *err)
{
    bool is_l2;
    enum status status = parse_loss(s, task, &is_l2, err);
    if (status != STATUS_OK)
        return status;
    *stored = !is_l2 || s->heteroscedastic != NULL;
    if (!is_l2 && s->heteroscedastic != NULL)
        return usage_conflict(err, "--heteroscedastic", "--loss %s", s->loss);
    if (!is_l2 && train_penalty_is_given(&s->penalty))
        return usage_conflict(err, "--loss l1 or huber", "--l1, --l2 or --prior-sd");
    if (s->heteroscedastic != NULL)
        task->loss = TRAIN_LINEAR_SD;
    return STATUS_OK;
}

enum status train_linreg_run(const struct train_linreg_settings *settings, const struct invocation *run,
                             struct err *err)
{
    struct train_linear task = {
        .columns = &settings->columns,
        .input = &settings->input,
        .run = run,
        .sd_features = settings->heteroscedastic,
        .no_intercept = settings->no_intercept,
        .confidence = settings->confidence,
        .tolerance = settings->tolerance,
        .output = settings->output,
        .memory = settings->memory,
    };
    bool stored = false;
    enum status status = choose_fit(settings, &task, &stored, err);
    if (status != STATUS_OK)
        return status;
    return stored ? train_linear_run(&task, err) : train_leastsq_run(settings, run, err);
}
