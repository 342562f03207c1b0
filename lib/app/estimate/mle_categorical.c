/* Categorical distributions fitted to columns: a row per level, or with --summary a row per column. The counts of all
 * levels are in memory (fit/summary/categorical.c). */
#include "app/estimate/mle_categorical.h"

#include "cli/out.h"
#include "family/dist/dist_categorical.h"
#include "family/dist/information.h"
#include "fit/summary/categorical.h"
#include "math/moments.h"

#include <math.h>
#include <stdlib.h>

struct mle_categorical {
    const struct mle_categorical_settings *settings;
    const struct invocation *run;
    struct table *table;
    struct grouping by;
    struct categorical_fit *fit;
};

/* Opens a result with these cells behind the group and the column; "" is a cell of this run without a name. */
static enum status open_result(struct out **out, const struct mle_categorical *w, const char *const *cells, size_t n,
                               struct err *err)
{
    const char *names[16];
    size_t count = summary_key_names(names, &w->by, w->table);
    for (size_t i = 0; i < n; i++)
        if (cells[i][0] != '\0')
            names[count++] = cells[i];
    return out_open(out, &w->settings->output, count, names, err);
}

static enum status write_levels(const struct mle_categorical *w, struct err *err)
{
    double pseudo = w->settings->pseudo;
    const char *const cells[] = {"level", "n", w->by.weighted ? "weight" : "", "p", "se", pseudo > 0 ? "p_map" : ""};
    const struct categorical_fit *f = w->fit;
    struct out *out;
    enum status status = open_result(&out, w, cells, sizeof cells / sizeof cells[0], err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        size_t levels = f->start[i + 1] - f->start[i];
        double total = information_sum(f->count + f->start[i], levels);
        for (size_t k = f->start[i]; k < f->start[i + 1]; k++) {
            struct dist_categorical fit = dist_categorical_fit(f->count[k], total);
            summary_start_key(out, &w->by, w->table, f->cells->names, i);
            out_text(out, categorical_level(f, k));
            out_count(out, (size_t)f->rows[k]);
            if (w->by.weighted)
                out_total(out, f->weight[k]);
            out_number(out, fit.p);
            out_number(out, moments_are_few(total) && levels > 1 ? NAN : fit.se);
            if (pseudo > 0)
                out_number(out, dist_categorical_map(f->count[k], levels, total, pseudo));
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

static enum status write_summaries(const struct mle_categorical *w, struct err *err)
{
    static const char *const measures[] = {"nll", "H", "H_se", "nll_map"};
    struct unit unit = unit_of(&w->settings->unit);
    char column[4][UNIT_COLUMN];
    for (size_t i = 0; i < 4; i++)
        unit_column(column[i], measures[i], &unit);
    const struct mle_categorical_settings *s = w->settings;
    const char *const cells[] = {"n",
                                 "missing",
                                 w->by.weighted ? "weight" : "",
                                 w->by.importances ? "effective_n" : "",
                                 "levels",
                                 column[0],
                                 column[1],
                                 column[2],
                                 "perplexity",
                                 s->pseudo > 0 ? column[3] : ""};
    const struct categorical_fit *f = w->fit;
    struct out *out;
    enum status status = open_result(&out, w, cells, sizeof cells / sizeof cells[0], err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        size_t levels = f->start[i + 1] - f->start[i];
        const double *count = f->count + f->start[i];
        double total = information_sum(count, levels),
               nll = total > 0 ? dist_categorical_nll(count, levels, total, 0) : NAN;
        bool has_error = total > 0 && !(moments_are_few(total) && levels > 1);
        summary_start_key(out, &w->by, w->table, f->cells->names, i);
        out_count(out, f->cells->rows[i]);
        out_count(out, f->cells->missing[i]);
        if (w->by.weighted)
            out_total(out, information_sum(f->weight + f->start[i], levels));
        if (w->by.importances)
            out_number(out, total);
        out_count(out, levels);
        out_number(out, nll * unit.per_nat);
        out_number(out, nll / total * unit.per_nat);
        out_number(out, has_error ? dist_categorical_entropy_se(count, levels, total) * unit.per_nat : NAN);
        out_number(out, exp(nll / total));
        if (s->pseudo > 0)
            out_number(out, total > 0 ? dist_categorical_nll(count, levels, total, s->pseudo) * unit.per_nat : NAN);
        out_end_row(out);
    }
    return out_close(out, err);
}

static void notice_cells(const struct mle_categorical *w)
{
    const struct categorical_fit *f = w->fit;
    summary_notice_ungrouped(&w->by, w->table, f->cells->ungrouped, w->run);
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        double total = information_sum(f->count + f->start[i], f->start[i + 1] - f->start[i]);
        if (moments_are_few(total) && f->start[i + 1] - f->start[i] > 1) {
            summary_notice_weights(&w->by, w->table, 1, &total, w->run);
            break;
        }
    }
    for (size_t c = 0; c < f->columns; c++) {
        size_t missing = 0;
        for (size_t g = 0; g < f->groups; g++)
            missing += f->cells->missing[g * f->columns + c];
        summary_notice_missing(w->run, slice_of(table_name(w->table, w->by.columns[c])), missing);
    }
}

enum status mle_categorical_run(const struct mle_categorical_settings *settings, const struct invocation *run,
                                struct err *err)
{
    struct mle_categorical w = {.settings = settings, .run = run};
    enum status status = command_open_table(&w.table, &settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&w.by, &settings->columns, w.table, COLUMN_TEXT, run, err);
    if (status == STATUS_OK)
        status = categorical_fit(&w.fit, w.table, &w.by, settings->general.threads, err);
    if (status == STATUS_OK) {
        notice_cells(&w);
        status = settings->summary ? write_summaries(&w, err) : write_levels(&w, err);
    }
    categorical_free(w.fit);
    free(w.by.columns);
    table_close(w.table);
    return status;
}
