#include "app/estimate/summary.h"
#include "cli/command.h"
#include "cli/out.h"
#include "cli/unit.h"
#include "family/dist/dist_categorical.h"
#include "family/dist/information.h"
#include "fit/summary/categorical.h"

#include <math.h>
#include <stdlib.h>

struct settings {
    struct summary_settings columns;
    bool summary;
    double pseudo;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    OPT_SUMMARY_ROWS(struct settings, columns, "the text columns, or all if there are none"),
    {FLAG(struct settings, summary), .name = "summary",
     .help = "a row per column, with likelihood and entropy, instead of one per level"},
    {REAL(struct settings, pseudo), .name = "pseudo-count", .arg = "ALPHA", .min = 5e-324, .max = 1e300, .group = OPT_MODEL_GROUP,
     .help = "add the most probable values under a Dirichlet prior that counts as ALPHA observations of each level"},
    OPT_UNIT_ROWS(struct settings, unit, "nats"),
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

struct work {
    const struct settings *settings;
    const struct invocation *run;
    struct table *table;
    struct grouping by;
    struct categorical_fit *fit;
};

/* Opens the result with those names, the group's before them if there are groups. */
static enum status open_result(struct out **out, const struct work *w, const char *const *names, size_t n,
                               struct err *err)
{
    const char *all[16];
    size_t count = 0;
    if (w->by.by_group)
        all[count++] = table_name(w->table, w->by.group);
    for (size_t i = 0; i < n; i++)
        all[count++] = names[i];
    return out_open(out, &w->settings->output, count, all, err);
}

/* The cells that every row begins with; i is a group's column. */
static void start_row(const struct work *w, struct out *out, size_t i)
{
    if (w->by.by_group)
        out_text(out, dict_text(w->fit->cells->names, (uint32_t)(i / w->fit->columns)));
    out_word(out, table_name(w->table, w->by.columns[i % w->fit->columns]));
}

static enum status write_levels(const struct work *w, struct err *err)
{
    static const char *const names[] = {"column", "level", "n", "p", "se", "p_map"};
    const struct categorical_fit *f = w->fit;
    double pseudo = w->settings->pseudo;
    struct out *out;
    enum status status = open_result(&out, w, names, pseudo > 0 ? 6 : 5, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        size_t levels = f->start[i + 1] - f->start[i];
        double total = information_sum(f->count + f->start[i], levels);
        for (size_t k = f->start[i]; k < f->start[i + 1]; k++) {
            start_row(w, out, i);
            out_text(out, categorical_level(f, k));
            out_number(out, f->count[k]);
            out_number(out, total > 0 ? dist_categorical_p(f->count[k], total) : NAN);
            out_number(out, total > 0 ? dist_categorical_se(f->count[k], total) : NAN);
            if (pseudo > 0)
                out_number(out, dist_categorical_map(f->count[k], total, levels, pseudo));
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

static enum status write_summaries(const struct work *w, struct err *err)
{
    static const char *const measures[] = {"nll", "H", "H_se", "nll_map"};
    struct unit unit = unit_of(&w->settings->unit);
    char column[4][UNIT_COLUMN];
    for (size_t i = 0; i < 4; i++)
        unit_column(column[i], measures[i], &unit);
    const char *const names[] = {"column",  "n",       "missing",    "levels", column[0],
                                 column[1], column[2], "perplexity", column[3]};
    const struct categorical_fit *f = w->fit;
    const struct settings *s = w->settings;
    struct out *out;
    enum status status = open_result(&out, w, names, s->pseudo > 0 ? 9 : 8, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < f->groups * f->columns; i++) {
        size_t levels = f->start[i + 1] - f->start[i];
        const double *count = f->count + f->start[i];
        double total = information_sum(count, levels),
               nll = total > 0 ? dist_categorical_nll(count, levels, total, 0) : NAN;
        start_row(w, out, i);
        out_number(out, total);
        out_count(out, f->cells->missing[i]);
        out_count(out, levels);
        out_number(out, nll * unit.per_nat);
        out_number(out, nll / total * unit.per_nat);
        out_number(out, total > 0 ? dist_categorical_entropy_se(count, levels, total) * unit.per_nat : NAN);
        out_number(out, exp(nll / total));
        if (s->pseudo > 0)
            out_number(out, total > 0 ? dist_categorical_nll(count, levels, total, s->pseudo) * unit.per_nat : NAN);
        out_end_row(out);
    }
    return out_close(out, err);
}

static void tell_missing(const struct work *w)
{
    const struct categorical_fit *f = w->fit;
    summary_tell_ungrouped(&w->by, w->table, f->cells->ungrouped, w->run);
    for (size_t c = 0; c < f->columns; c++) {
        size_t missing = 0;
        char echo[ERR_ECHO];
        for (size_t g = 0; g < f->groups; g++)
            missing += f->cells->missing[g * f->columns + c];
        if (missing > 0)
            notice(w->run, "missing values of '%s', left out: %zu",
                   err_echo(echo, slice_of(table_name(w->table, w->by.columns[c]))), missing);
    }
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings, .run = run};
    enum status status = command_open_table(&w.table, &w.settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&w.by, &w.settings->columns, w.table, COLUMN_TEXT, run, err);
    if (status == STATUS_OK)
        status = categorical_fit(&w.fit, w.table, &w.by, w.settings->general.threads, err);
    if (status == STATUS_OK) {
        tell_missing(&w);
        status = w.settings->summary ? write_summaries(&w, err) : write_levels(&w, err);
    }
    categorical_free(w.fit);
    free(w.by.columns);
    table_close(w.table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "mle-categorical",
    .purpose = "Fit a categorical distribution to each column of a table by maximum likelihood",
    .operands = "[FILE...]",
    .example = "mle-categorical --by ward -x outcome --pseudo-count 1 visits.csv",
    .see_also = "entropy,kl,mle-gauss,posterior",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
