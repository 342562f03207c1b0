/* Losses and metrics of predictions against targets.
 *
 * 1. loss_terms_parse, check_settings: the losses asked for, and options that they do not use.
 * 2. choose: the columns of targets and predictions of each loss (loss_terms.c).
 * 3. Either write_rows: the losses of each row behind the row (loss_rows.c); or summarise: one pass that sums them by
 *    groups (fit/evaluate/evaluation.c), then a table of losses, comparisons, confusions, reports or calibration
 *    (loss_tables.c). */
#include "app/score/loss_eval.h"

#include "app/score/loss_rows.h"
#include "app/score/loss_tables.h"
#include "cli/out.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "data/table/joint.h"
#include "family/loss/loss.h"
#include "fit/evaluate/evaluation.h"

#include <math.h>
#include <stdlib.h>

struct loss_eval {
    const struct loss_eval_settings *settings;
    struct table *table;
    struct loss_terms terms;
    struct evaluator_options options;
    struct evaluation *result;
};

static struct opt_choice loss_at(size_t i)
{
    return loss_all[i] != NULL ? (struct opt_choice){loss_all[i]->name, loss_all[i]->help}
                               : (struct opt_choice){NULL, NULL};
}

const struct opt_choice *loss_eval_losses(void)
{
    static const struct opt_choice *made;
    return opt_choices_make(&made, loss_at);
}

static enum status choose(struct loss_eval *w, struct err *err)
{
    const struct loss_eval_settings *s = w->settings;
    struct evaluator_options *o = &w->options;
    const char *const *names = table_names(w->table);
    size_t width = table_width(w->table);
    enum status status = loss_terms_choose(&w->terms, &s->terms, w->table, err);
    if (status != STATUS_OK)
        return status;
    *o = (struct evaluator_options){.terms = w->terms.terms,
                                    .n_terms = w->terms.n,
                                    .target = w->terms.targets[0],
                                    .threads = s->general.threads,
                                    .by_group = s->group != NULL,
                                    .weighted = s->weights != NULL || s->aweights != NULL,
                                    .importances = s->aweights != NULL,
                                    .skip_missing = s->missing == MISSING_SKIP,
                                    .gradient = s->gradient,
                                    .paired = s->terms.baseline != NULL,
                                    .temperature = s->terms.temperature == 1 ? 0 : s->terms.temperature};
    o->n_terms *= o->paired ? 2 : 1;
    if (o->by_group)
        status = joint_find(w->table, s->group, &o->group, err);
    if (status == STATUS_OK && o->weighted)
        status = columns_find_one(names, width, s->aweights != NULL ? s->aweights : s->weights, &o->weight, err);
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}

/* Both rows and comparisons need the loss of every row by itself. */
static enum status check_single(const struct loss_eval *w, const char *option, struct err *err)
{
    for (size_t i = 0; i < w->terms.n; i++) {
        const struct loss *loss = w->terms.terms[i].loss;
        if (loss->whole != NULL)
            return usage_option(err, "--loss", "%s is computed over all rows and cannot be used with %s",
                                w->terms.names[i], option);
        if (w->terms.terms[i].estimated)
            return usage_option(err, "--loss", "%s requires its parameter with %s: %s:%s", w->terms.names[i], option,
                                w->terms.names[i], loss->parameter);
    }
    return STATUS_OK;
}

/* --per-row reads the rows only once, and has one row for each. */
static enum status check_per_row(const struct loss_eval *w, struct err *err)
{
    const struct loss_eval_settings *s = w->settings;
    if (s->gradient && w->terms.n > 1)
        return usage_requires(err, "--gradient", "one loss, not %zu", w->terms.n);
    if (s->gradient && w->terms.terms[0].loss->metric)
        return usage_option(err, "--gradient", "%s has no gradient", w->terms.names[0]);
    return check_single(w, "--per-row", err);
}

static enum status check_settings(const struct loss_eval *w, struct err *err)
{
    const struct loss_eval_settings *s = w->settings;
    for (size_t i = 0; i < w->terms.n; i++) /* which omits a number of rows */
        if (s->aweights != NULL && w->terms.terms[i].loss == &loss_trimmed)
            return usage_conflict(err, "--loss trimmed", "--aweights");
    bool in_nats = s->unit.choice == UNIT_NATS && s->unit.base == 0;
    for (size_t i = 0; i < w->terms.n; i++)
        in_nats |= w->terms.terms[i].loss->unit == LOSS_NATS;
    if (!in_nats)
        return usage_requires(err, s->unit.base > 0 ? "--base" : "--unit", "a loss that is a negative log-likelihood");
    if (s->per_row)
        return check_per_row(w, err);
    return s->terms.baseline != NULL ? check_single(w, "--baseline", err) : STATUS_OK;
}

/* Where an accuracy is 0 because labels are spelt differently. */
static void notice_mismatch(const struct loss_eval *w, char *const mismatch[2], const struct invocation *run)
{
    char target[ERR_ECHO], column[ERR_ECHO], label[ERR_ECHO];
    if (mismatch[0] == NULL)
        return;
    notice(run, "no label of the target '%s' equals any predicted label; compare '%s' with '%s'",
           err_echo(column, slice_of(table_name(w->table, w->options.target))), err_echo(target, slice_of(mismatch[0])),
           err_echo(label, slice_of(mismatch[1])));
}

static enum status write_rows(const struct loss_eval *w, const struct invocation *run, struct err *err)
{
    struct unit unit = unit_of(&w->settings->unit);
    struct sink *sink = NULL;
    struct loss_rows_found found = {0};
    enum status status = sink_open(&sink, w->settings->output.path, err);
    if (status == STATUS_OK)
        status = loss_rows_write(w->table, &w->options, w->terms.names, &unit, w->settings->output.digits, sink, &found,
                                 err);
    if (found.skipped > 0 && status == STATUS_OK)
        notice(run, "rows with missing values, whose losses are empty: %zu", found.skipped);
    if (status == STATUS_OK)
        notice_mismatch(w, found.mismatch, run);
    free(found.mismatch[0]);
    free(found.mismatch[1]);
    if (status == STATUS_OK)
        return sink_close(sink, err);
    sink_abandon(sink);
    return status;
}

/* Names the metrics that are not defined for the rows, or for the first group of which they are not. */
static void notice_undefined(const struct loss_eval *w, const struct invocation *run)
{
    const struct evaluation *e = w->result;
    for (size_t i = 0; i < w->terms.n; i++) {
        const struct loss *loss = w->terms.terms[i].loss;
        for (size_t g = 0; loss->undefined != NULL && g < e->groups; g++) {
            const struct evaluation_cell *cell = &e->cell[g * e->terms + i];
            char echo[ERR_ECHO];
            if (cell->moments.n == 0 || !isnan(cell->whole))
                continue;
            if (w->options.by_group)
                notice(run, "%s of group '%s' is not defined: %s", loss->name,
                       err_echo(echo, dict_text(e->names, (uint32_t)g)), loss->undefined);
            else
                notice(run, "%s is not defined: %s", loss->name, loss->undefined);
            break;
        }
    }
}

/* Weights that sum to less than a number of rows, so that there is no standard error. */
static void notice_few(const struct loss_eval *w, const struct invocation *run)
{
    const struct evaluation *e = w->result;
    for (size_t i = 0; i < e->groups * e->terms && w->options.weighted && !w->options.importances; i++) {
        const struct moments *m = &e->cell[i].moments;
        if (m->n < 2 || !moments_are_few(m->weight.high))
            continue;
        notice(run,
               "the weights sum to %.6g, which is too few rows for standard errors; --aweights takes them as relative "
               "weights",
               m->weight.high);
        return;
    }
}

static enum status summarise(struct loss_eval *w, const struct invocation *run, struct err *err)
{
    enum status status = evaluation_run(&w->result, w->table, &w->options, err);
    if (status != STATUS_OK)
        return status;
    const struct err *infinite = &w->result->infinite;
    if (w->result->skipped > 0)
        notice(run, "rows with missing values, omitted: %zu", w->result->skipped);
    if (infinite->status != STATUS_OK)
        notice(run, "%s:%zu: %s", infinite->file, infinite->line, infinite->reason);
    notice_mismatch(w, w->result->mismatch, run);
    if (w->settings->terms.losses != NULL)
        notice_undefined(w, run);
    notice_few(w, run);
    const struct loss_tables tables = {w->result,
                                       w->terms.terms,
                                       w->terms.names,
                                       w->terms.n,
                                       w->options.by_group ? table_name(w->table, w->options.group) : NULL,
                                       table_name(w->table, w->options.target),
                                       unit_of(&w->settings->unit),
                                       w->options.importances};
    if (w->settings->terms.confusion)
        return loss_tables_confusion(&tables, &w->settings->output, err);
    if (w->settings->terms.report)
        return loss_tables_report(&tables, &w->settings->output, err);
    if (w->settings->terms.calibration > 0)
        return loss_tables_calibration(&tables, &w->settings->output, err);
    return w->options.paired ? loss_tables_comparison(&tables, &w->settings->output, err)
                             : loss_tables_losses(&tables, &w->settings->output, err);
}

enum status loss_eval_run(const struct loss_eval_settings *settings, const struct invocation *run, struct err *err)
{
    struct loss_eval w = {.settings = settings};
    enum status status = loss_terms_parse(&w.terms, &settings->terms, err);
    if (status == STATUS_OK)
        status = check_settings(&w, err);
    if (status == STATUS_OK)
        status = command_open_table(&w.table, &settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose(&w, err);
    if (status == STATUS_OK)
        status = settings->per_row ? write_rows(&w, run, err) : summarise(&w, run, err);
    evaluation_free(w.result);
    loss_terms_release(&w.terms);
    table_close(w.table);
    return status;
}
