/* Laplace distributions fitted to columns, whose values are sorted in memory for their medians (fit/summary/samples.c).
 */
#include "app/estimate/mle_laplace.h"

#include "cli/out.h"
#include "family/dist/dist_laplace.h"
#include "fit/summary/samples.h"

#include <stdlib.h>

static enum status write_fits(const struct mle_laplace_settings *s, const struct table *table,
                              const struct grouping *by, const struct samples *samples, struct err *err)
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
        struct dist_laplace fit = dist_laplace_fit(&samples->sample[i]);
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

enum status mle_laplace_run(const struct mle_laplace_settings *settings, const struct invocation *run, struct err *err)
{
    struct grouping by = {0};
    struct table *table = NULL;
    struct samples *samples = NULL;
    enum status status = command_open_table(&table, &settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&by, &settings->columns, table, COLUMN_NUMBER, run, err);
    if (status == STATUS_OK)
        status = samples_load(&samples, table, &by, settings->general.threads, err);
    if (status == STATUS_OK) {
        summary_notice_samples(&by, table, samples, (struct location_loss){.kind = LOCATION_L2}, run);
        status = write_fits(settings, table, &by, samples, err);
    }
    samples_free(samples);
    free(by.columns);
    table_close(table);
    return status;
}
