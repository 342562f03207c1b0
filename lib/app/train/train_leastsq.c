/* Least squares in one pass over the rows: from the options to leastsq_fit, and the notices and the verdict of the fit.
 */
#include "app/train/train_leastsq.h"

#include "app/show/model_write.h"
#include "app/train/train_notice.h"
#include "cli/usage.h"
#include "text/buffer.h"

static enum status fit(struct train_leastsq *w, struct err *err)
{
    const struct train_linreg_settings *s = w->settings;
    const struct roles_options wanted = train_columns_roles(&s->columns);
    const struct roles_rules rules = {.several = true, .numbers = true, .may_be_categories = true};
    enum status status = roles_find(&w->roles, w->table, &wanted, &rules, err);
    if (status == STATUS_OK && w->roles.has_offset && w->roles.n_targets > 1)
        status = usage_requires(err, "--offset", "one target, not %zu", w->roles.n_targets);
    if (status != STATUS_OK)
        return status;
    struct leastsq_options how = {
        .roles = w->roles,
        .no_intercept = s->no_intercept,
        .l1 = s->penalty.l1,
        .l2 = s->penalty.l2,
        .prior_sd = s->penalty.prior_sd,
        .tolerance = s->tolerance,
        .standardize = s->penalty.standardize,
        .threads = s->general.threads,
        .memory = memory_all(),
    };
    return leastsq_fit(&w->fit, w->table, &how, err);
}

static void notice_objective(const struct train_leastsq *w, size_t which)
{
    const struct leastsq_target *target = &w->fit->target[which];
    char echo[ERR_ECHO];
    struct buffer penalty = {0};
    train_penalty_add_text(&w->settings->penalty, target->l2, 12, &penalty);
    notice_verbose(w->run, "minimised (1/%.12g) sum l2(row)%s = %.12g for '%s' by QR, rank %zu%s", w->fit->weight,
                   buffer_text(&penalty), target->objective,
                   err_echo(echo, slice_of(table_name(w->table, w->roles.targets[which]))), w->fit->rank,
                   target->refinements > 0 ? ", refined" : "");
    buffer_free(&penalty);
}

static void notice_fit(const struct train_leastsq *w)
{
    const struct leastsq *fit = w->fit;
    train_notice_skipped_targets(w->run, fit->skipped, fit->rows, fit->n_targets);
    train_notice_aliased(w->run, fit->n_features, fit->features, fit->aliased);
    if (fit->freedom <= 0)
        train_notice_freedom(w->run, fit->rank, fit->weight);
    for (size_t t = 0; t < fit->n_targets; t++) {
        char echo[ERR_ECHO];
        if (fit->target[t].rss == 0 && !fit->target[t].unbounded)
            notice(w->run, "'%s' is fitted exactly: the likelihood grows without bound as the variance approaches 0",
                   err_echo(echo, slice_of(table_name(w->table, w->roles.targets[t]))));
        notice_objective(w, t);
    }
}

static enum status verdict(const struct train_leastsq *w, struct err *err)
{
    char echo[ERR_ECHO];
    for (size_t t = 0; t < w->fit->n_targets; t++) {
        if (w->fit->target[t].unbounded) {
            err_data(err,
                     "likelihood times prior has no maximum for '%s': the columns can fit it exactly, with a variance "
                     "that approaches 0; use --l2 instead of --prior-sd",
                     err_echo(echo, slice_of(table_name(w->table, w->roles.targets[t]))));
            return err->status = STATUS_UNCONVERGED;
        }
        if (w->fit->target[t].converged)
            continue;
        err_data(err, "not converged for '%s': %s", err_echo(echo, slice_of(table_name(w->table, w->roles.targets[t]))),
                 w->settings->penalty.prior_sd > 0 ? "the variance of the errors is not final"
                                                   : "the set of zero coefficients is not final");
        return err->status = STATUS_UNCONVERGED;
    }
    return STATUS_OK;
}

enum status train_leastsq_run(const struct train_linreg_settings *settings, const struct invocation *run,
                              struct err *err)
{
    struct train_leastsq w = {.settings = settings, .run = run};
    enum status status =
        train_columns_open(&w.table, &settings->input, &settings->columns, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = fit(&w, err);
    if (status == STATUS_OK) {
        notice_fit(&w);
        struct model *model = train_leastsq_model(&w);
        status = model_write(settings->output, model, run, err);
        model_free(model);
    }
    if (status == STATUS_OK)
        status = verdict(&w, err);
    leastsq_free(w.fit);
    roles_release(&w.roles);
    table_close(w.table);
    return status;
}
