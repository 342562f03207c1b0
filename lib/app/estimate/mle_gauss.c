/* Gaussians fitted to columns in one pass: their moments, or with --cov and --joint the sums of products of all pairs
 * (fit/summary/gauss.c), which need rows complete in all columns. */
#include "app/estimate/mle_gauss_work.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "A,B", with B above 0 */
static enum status parse_pair(const char *option, const char *text, double *a, double *b, const char *expected,
                              struct err *err)
{
    const char *comma = strchr(text, ',');
    if (comma == NULL || !number_parse((struct slice){text, (size_t)(comma - text)}, a) ||
        !number_parse(slice_of(comma + 1), b) || !isfinite(*a) || !isfinite(*b) || *b <= 0)
        return usage_value(err, option, text, "%s", expected);
    return STATUS_OK;
}

static enum status parse_settings(struct mle_gauss *w, struct err *err)
{
    const struct mle_gauss_settings *s = w->settings;
    enum status status = STATUS_OK;
    if (s->prior != NULL)
        status = parse_pair("--prior", s->prior, &w->prior_mean, &w->prior_sd, "MEAN,SD with SD above 0", err);
    if (status == STATUS_OK && s->parameters != NULL)
        status = parse_pair("--parameters", s->parameters, &w->given_mean, &w->given_variance,
                            "MEAN,VARIANCE with VARIANCE above 0", err);
    return status;
}

/* Kish's effective number of rows is 1 of a single row. */
static void notice_weights(const struct mle_gauss *w)
{
    size_t n = w->fit->groups * w->fit->columns;
    double *sum = mem_zero(n, sizeof *sum);
    for (size_t i = 0; i < n; i++) {
        const struct moments *m = &w->fit->moments[i];
        if (m->weight.high * m->weight.high > 1.000001 * m->squares.high)
            sum[i] = w->fit->total[i];
    }
    summary_notice_weights(&w->fit_options.by, w->table, n, sum, w->run);
    free(sum);
    for (size_t i = 0; i < n && w->fit_options.by.importances; i++) {
        double effective = w->fit->moments[i].weight.high;
        if (effective > 1 && moments_are_few(effective)) {
            summary_notice_effective(&w->fit_options.by, w->table, effective, w->run);
            break;
        }
    }
}

static void notice_left_out(const struct mle_gauss *w)
{
    summary_notice_ungrouped(&w->fit_options.by, w->table, w->fit->ungrouped, w->run);
    notice_weights(w);
    if (w->fit->incomplete > 0)
        notice(w->run, "rows with missing values, omitted: %zu", w->fit->incomplete);
}

enum status mle_gauss_run(const struct mle_gauss_settings *settings, const struct invocation *run, struct err *err)
{
    struct mle_gauss w = {.settings = settings, .run = run, .unit = unit_of(&settings->unit)};
    enum status status = parse_settings(&w, err);
    if (status == STATUS_OK)
        status = command_open_table(&w.table, &settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&w.fit_options.by, &settings->columns, w.table, COLUMN_NUMBER, run, err);
    w.fit_options.cross = settings->covariance || settings->joint;
    w.fit_options.threads = settings->general.threads;
    if (status == STATUS_OK)
        status = gauss_fit(&w.fit, w.table, &w.fit_options, err);
    if (status == STATUS_OK) {
        notice_left_out(&w);
        if (settings->joint)
            status = mle_gauss_write_joint(&w, err);
        else
            status = settings->covariance ? mle_gauss_write_covariances(&w, err) : mle_gauss_write_fits(&w, err);
    }
    gauss_free(w.fit);
    free(w.fit_options.by.columns);
    table_close(w.table);
    return status;
}
