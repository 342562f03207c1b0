/* The constant that is closest to each column under a loss, with its standard error, or the mean loss over a range of
 * constants. Values are sorted in memory (fit/summary/samples.c); the losses stand in family/loss/location.c. */
#include "app/estimate/mle_location.h"

#include "cli/out.h"
#include "cli/usage.h"
#include "family/loss/location.h"
#include "fit/summary/samples.h"

#include <stdlib.h>

struct mle_location {
    const struct mle_location_settings *settings;
    struct table *table;
    struct grouping by;
    struct samples *samples;
    struct location_loss loss;
};

static enum status write_estimates(const struct mle_location *w, struct err *err)
{
    const char *names[12];
    size_t n = summary_names(names, &w->by, w->table);
    static const char *const estimates[] = {"loss", "estimate", "se", "mean_loss"};
    for (size_t i = 0; i < 4; i++)
        names[n++] = estimates[i];
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->samples->groups * w->samples->columns; i++) {
        const struct location_sample *sample = &w->samples->sample[i];
        double estimate = location_estimate(sample, w->loss);
        summary_start_row(out, &w->by, w->table, w->samples, i);
        out_word(out, w->settings->loss);
        out_number(out, estimate);
        out_number(out, location_se(sample, w->loss, estimate));
        out_number(out, location_at(sample, w->loss, estimate).loss);
        out_end_row(out);
    }
    return out_close(out, err);
}

static enum status write_influence(const struct mle_location *w, struct err *err)
{
    const char *names[5];
    size_t n = summary_key_names(names, &w->by, w->table), points = w->settings->influence;
    names[n++] = "constant";
    names[n++] = "mean_loss";
    names[n++] = "derivative";
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->samples->groups * w->samples->columns; i++) {
        const struct location_sample *sample = &w->samples->sample[i];
        for (size_t k = 0; sample->n > 0 && k < points; k++) {
            double constant = location_between(sample, k, points);
            struct location_point point = location_at(sample, w->loss, constant);
            summary_start_key(out, &w->by, w->table, w->samples->names, i);
            out_number(out, constant);
            out_number(out, point.loss);
            out_number(out, point.derivative);
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

enum status mle_location_run(const struct mle_location_settings *settings, const struct invocation *run,
                             struct err *err)
{
    struct mle_location w = {.settings = settings};
    enum status status = usage_of_value(location_parse(&w.loss, settings->loss, err), err, "--loss", settings->loss);
    if (status == STATUS_OK)
        status = command_open_table(&w.table, &settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&w.by, &settings->columns, w.table, COLUMN_NUMBER, run, err);
    if (status == STATUS_OK)
        status = samples_load(&w.samples, w.table, &w.by, settings->general.threads, err);
    if (status == STATUS_OK) {
        if (settings->influence > 0)
            summary_notice_ungrouped(&w.by, w.table, w.samples->ungrouped, run);
        else
            summary_notice_samples(&w.by, w.table, w.samples, w.loss, run);
        status = settings->influence > 0 ? write_influence(&w, err) : write_estimates(&w, err);
    }
    samples_free(w.samples);
    free(w.by.columns);
    table_close(w.table);
    return status;
}
