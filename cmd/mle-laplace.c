#include "app/estimate/summary.h"
#include "cli/command.h"
#include "cli/out.h"
#include "cli/unit.h"
#include "family/dist/dist_laplace.h"
#include "fit/summary/samples.h"

#include <stdlib.h>

struct settings {
    struct summary_settings columns;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    OPT_SUMMARY_ROWS(struct settings, columns, "all numeric ones"),
    OPT_UNIT_ROWS(struct settings, unit, "nats"),
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

static enum status write_fits(const struct settings *s, const struct table *table, const struct grouping *by,
                              const struct samples *samples, struct err *err)
{
    const char *names[12];
    size_t n = summary_names(names, by, table);
    static const char *const estimates[] = {"median", "scale", "se_median", "se_scale"};
    struct unit unit = unit_of(&s->unit);
    char loglik[UNIT_COLUMN];
    for (size_t i = 0; i < 4; i++)
        names[n++] = estimates[i];
    names[n++] = unit_column(loglik, "loglik", &unit);
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < samples->groups * samples->columns; i++) {
        struct laplace fit = dist_laplace_fit(&samples->sample[i]);
        summary_start_row(out, by, table, samples, i);
        out_number(out, fit.median);
        out_number(out, fit.scale);
        out_number(out, fit.se);
        out_number(out, fit.se);
        out_number(out, fit.loglik * unit.per_nat);
        out_end_row(out);
    }
    return out_close(out, err);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct grouping by = {0};
    struct table *table = NULL;
    struct samples *samples = NULL;
    enum status status = command_open_table(&table, &s->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&by, &s->columns, table, COLUMN_NUMBER, run, err);
    if (status == STATUS_OK)
        status = samples_load(&samples, table, &by, s->general.threads, err);
    if (status == STATUS_OK) {
        summary_tell_ungrouped(&by, table, samples->ungrouped, run);
        status = write_fits(s, table, &by, samples, err);
    }
    samples_free(samples);
    free(by.columns);
    table_close(table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "mle-laplace",
    .purpose = "Fit a Laplace distribution to each column of a table by maximum likelihood",
    .operands = "[FILE...]",
    .example = "mle-laplace --by species iris.csv",
    .see_also = "mle-gauss,mle-location",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
