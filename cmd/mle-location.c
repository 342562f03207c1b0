#include "app/estimate/summary.h"
#include "cli/command.h"
#include "cli/out.h"
#include "family/loss/location.h"
#include "fit/summary/samples.h"

#include <stdlib.h>

struct settings {
    struct summary_settings columns;
    const char *loss;
    size_t influence;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* clang-format off */
static const struct opt_choice losses[] = {
    {"l2", "half the square: the mean"},
    {"l1", "the absolute value: the median"},
    {"huber:DELTA", "half the square up to DELTA, then straight on"},
    {"trimmed:P", "half the square without the share P of the values at either end"},
    {NULL, NULL},
};
/* clang-format on */

static const struct opt_choice *loss_choices(void)
{
    return losses;
}

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct settings, loss), .letter = 'l', .name = "loss", .arg = "LOSS", .fallback = "l2", .choices_of = loss_choices,
     .help = "the loss to minimise"},
    OPT_SUMMARY_ROWS(struct settings, columns, "all numeric ones"),
    {COUNT(struct settings, influence), .name = "influence", .arg = "N", .min = 2, .max = 1e7,
     .help = "tabulate mean loss and derivative at N constants from the least value to the greatest instead"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

struct work {
    const struct settings *settings;
    struct table *table;
    struct grouping by;
    struct samples *samples;
    struct location_loss loss;
};

static enum status write_estimates(const struct work *w, struct err *err)
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

static enum status write_influence(const struct work *w, struct err *err)
{
    const char *names[] = {"", "column", "constant", "mean_loss", "derivative"};
    size_t first = !w->by.by_group, points = w->settings->influence;
    if (w->by.by_group)
        names[0] = table_name(w->table, w->by.group);
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, 5 - first, names + first, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->samples->groups * w->samples->columns; i++) {
        const struct location_sample *sample = &w->samples->sample[i];
        for (size_t k = 0; sample->n > 0 && k < points; k++) {
            double constant = location_between(sample, k, points);
            struct location_point point = location_at(sample, w->loss, constant);
            if (w->by.by_group)
                out_text(out, dict_text(w->samples->names, (uint32_t)(i / w->samples->columns)));
            out_word(out, table_name(w->table, w->by.columns[i % w->samples->columns]));
            out_number(out, constant);
            out_number(out, point.loss);
            out_number(out, point.derivative);
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings};
    const struct settings *s = settings;
    enum status status = location_parse(&w.loss, s->loss, err);
    if (status == STATUS_OK)
        status = command_open_table(&w.table, &s->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&w.by, &s->columns, w.table, COLUMN_NUMBER, run, err);
    if (status == STATUS_OK)
        status = samples_load(&w.samples, w.table, &w.by, s->general.threads, err);
    if (status == STATUS_OK) {
        summary_tell_ungrouped(&w.by, w.table, w.samples->ungrouped, run);
        status = s->influence > 0 ? write_influence(&w, err) : write_estimates(&w, err);
    }
    samples_free(w.samples);
    free(w.by.columns);
    table_close(w.table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "mle-location",
    .purpose = "Find the constant closest to each column of a table: mean, median, Huber's or trimmed mean",
    .operands = "[FILE...]",
    .example = "mle-location --loss huber:1.345 --by ward visits.csv",
    .see_also = "mle-gauss,mle-laplace,linreg-train,loss-eval",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
