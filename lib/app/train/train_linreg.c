/* Linear regression: which of its fits the options ask for. Least squares reads the rows once (train_leastsq.c); other
 * losses, and standard deviations that depend on features, need stored rows (train_linear.c). */
#include "app/train/train_linreg.h"

#include "app/train/train_leastsq.h"
#include "app/train/train_linear.h"
#include "family/loss/loss.h"
#include "text/number.h"

#include <string.h>

static enum status parse_loss(const struct train_linreg_settings *s, struct train_linear *task, bool *is_l2,
                              struct err *err)
{
    static const char huber[] = "huber";
    char echo[ERR_ECHO];
    const char *parameter = NULL;
    size_t n = strlen(huber);
    *is_l2 = strcmp(s->loss, "l2") == 0;
    task->loss = strcmp(s->loss, "l1") == 0 ? TRAIN_LINEAR_L1 : TRAIN_LINEAR_HUBER;
    task->delta = loss_huber.fallback;
    if (*is_l2 || task->loss == TRAIN_LINEAR_L1)
        return STATUS_OK;
    if (strncmp(s->loss, huber, n) != 0 || (s->loss[n] != '\0' && s->loss[n] != ':'))
        return err_usage(err, "--loss: there is no loss '%s' here; there are l2, l1 and huber[:DELTA]",
                         err_echo(echo, slice_of(s->loss)));
    parameter = s->loss[n] == ':' ? s->loss + n + 1 : NULL;
    if (parameter != NULL && (!number_parse(slice_of(parameter), &task->delta) ||
                              !(task->delta >= loss_huber.min && task->delta <= loss_huber.max)))
        return err_usage(err, "--loss: the DELTA of huber must be a number above 0");
    return STATUS_OK;
}

/* Whether the rows are to be kept, and for which fit. */
static enum status choose_fit(const struct train_linreg_settings *s, struct train_linear *task, bool *stored,
                              struct err *err)
{
    bool is_l2, penalised = s->penalty.l1 > 0 || s->penalty.l2 > 0 || s->penalty.prior_sd > 0;
    enum status status = parse_loss(s, task, &is_l2, err);
    if (status != STATUS_OK)
        return status;
    *stored = !is_l2 || s->heteroscedastic != NULL;
    if (!is_l2 && s->heteroscedastic != NULL)
        return err_usage(err, "--heteroscedastic goes with --loss l2");
    if (*stored && penalised)
        return err_usage(err, "penalties go with --loss l2, and without --heteroscedastic");
    if (s->heteroscedastic != NULL && s->columns.aweights != NULL)
        return err_usage(
            err,
            "--aweights says how the variance differs, and --heteroscedastic fits that; give -w for counts of rows");
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
        .output = settings->output,
        .memory = settings->memory,
    };
    bool stored = false;
    enum status status = train_check_penalty(&settings->penalty, err);
    if (status == STATUS_OK)
        status = choose_fit(settings, &task, &stored, err);
    if (status != STATUS_OK)
        return status;
    return stored ? train_linear_run(&task, err) : train_leastsq_run(settings, run, err);
}
