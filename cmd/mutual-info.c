#include "app/estimate/summary.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/memory.h"
#include "cli/out.h"
#include "cli/unit.h"
#include "data/table/columns.h"
#include "fit/summary/codes.h"
#include "fit/summary/dependence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *columns, *target, *given, *group, *weights;
    size_t memory;
    size_t bins, permutations;
    int binning, estimate, normalise;
    bool matrix, se;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

static const struct opt_choice binnings[] = {
    /* enum codes_binning */
    {"width", "bins of the same width between the least and the greatest value"},
    {"frequency", "bins that as many values fall into, equal values together"},
    {NULL, NULL},
};

enum estimate { ESTIMATE_ML, ESTIMATE_MILLER_MADOW };

/* clang-format off */
static const struct opt_choice estimates[] = {
    {"ml", "of the relative frequencies"}, {"miller-madow", "with a correction for the symbols seen"}, {NULL, NULL}};

enum normalise { BY_MEAN, BY_ROOT, BY_LEAST, BY_GREATEST, BY_JOINT, BY_X, BY_Y };

static const struct opt_choice normalisations[] = {
    {"mean", "the mean of both entropies"},
    {"root", "the root of their product"},
    {"min", "the lesser entropy"},
    {"max", "the greater entropy"},
    {"joint", "the joint entropy"},
    {"x", "the entropy of x: what part of x is told by y"},
    {"y", "the entropy of y: what part of y is told by x"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare each of these columns with each; without it all columns"},
    {TEXT(struct settings, target), .letter = 't', .name = "target", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "compare each column with this one alone"},
    {TEXT(struct settings, given), .name = "given", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "what columns tell about each other when the values of these are known"},
    {TEXT(struct settings, group), .letter = 'g', .name = "by", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "take the rows of each value of COLUMN separately"},
    {TEXT(struct settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "how often each row counts"},
    {COUNT(struct settings, bins), .name = "bins", .arg = "N", .min = 2, .max = 1e6, .group = OPT_MODEL_GROUP,
     .help = "sort the numbers of numeric columns into N bins; without it each value is a symbol"},
    {CHOICE(struct settings, binning), .name = "binning", .arg = "HOW", .fallback = "width", .choices = binnings,
     .group = OPT_MODEL_GROUP, .help = "how the bins are made"},
    {CHOICE(struct settings, estimate), .name = "estimate", .arg = "METHOD", .fallback = "ml", .choices = estimates,
     .group = OPT_MODEL_GROUP, .help = "how to estimate the mutual information from a sample"},
    {CHOICE(struct settings, normalise), .name = "normalise", .arg = "BY", .fallback = "mean", .choices = normalisations,
     .group = OPT_MODEL_GROUP, .help = "what the normalised mutual information is divided by"},
    {COUNT(struct settings, permutations), .name = "permutations", .arg = "N", .min = 1, .max = 1e9, .group = OPT_MODEL_GROUP,
     .help = "add a p-value of independence from N random permutations"},
    {FLAG(struct settings, se), .name = "se", .group = OPT_OUTPUT_GROUP, .help = "add the standard error"},
    {FLAG(struct settings, matrix), .name = "matrix", .group = OPT_OUTPUT_GROUP,
     .help = "write a matrix of all pairs, entropies on its diagonal, instead of a row per pair"},
    OPT_UNIT_ROWS(struct settings, unit, "bits"),
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_MEMORY_ROW(struct settings, memory),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

struct work {
    const struct settings *settings;
    const struct invocation *run;
    struct table *table;
    struct grouping by;                  /* the group and the weight alone */
    size_t *columns, n_columns, n_given; /* those compared, the target last of them, then those given */
    struct codes *codes;
    struct dependence_pair *pairs;
    struct dependence *result; /* groups x n_pairs */
    size_t n_pairs;
};

/* ---- columns and pairs ---- */

static bool is_among(const size_t *columns, size_t n, size_t column)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == column)
            return true;
    return false;
}

static enum status find_roles(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    const char *const *names = table_names(w->table);
    enum status status = STATUS_OK;
    w->by = (struct grouping){.by_group = s->group != NULL, .weighted = s->weights != NULL};
    if (w->by.by_group)
        status = columns_find_one(names, table_width(w->table), s->group, &w->by.group, err);
    if (status == STATUS_OK && w->by.weighted)
        status = columns_find_one(names, table_width(w->table), s->weights, &w->by.weight, err);
    return status;
}

/* Whether a column has another part to play than to be compared. */
static bool has_role(const struct work *w, const size_t *given, size_t column)
{
    return is_among(given, w->n_given, column) || (w->by.by_group && w->by.group == column) ||
           (w->by.weighted && w->by.weight == column);
}

static enum status find_columns(struct work *w, size_t **given, size_t **compared, size_t *n_compared, struct err *err)
{
    const struct settings *s = w->settings;
    const char *const *names = table_names(w->table);
    size_t width = table_width(w->table), target = width;
    enum status status = find_roles(w, err);
    if (status == STATUS_OK && s->given != NULL)
        status = columns_find(names, width, s->given, given, &w->n_given, err);
    if (status == STATUS_OK && s->target != NULL)
        status = columns_find_one(names, width, s->target, &target, err);
    if (status == STATUS_OK && s->columns != NULL)
        status = columns_find(names, width, s->columns, compared, n_compared, err);
    if (status != STATUS_OK)
        return status;
    if (s->columns == NULL) {
        *compared = mem_alloc(width, sizeof **compared);
        for (size_t c = 0; c < width; c++)
            if (c != target && !has_role(w, *given, c))
                (*compared)[(*n_compared)++] = c;
    }
    if (s->target == NULL)
        return STATUS_OK;
    if (is_among(*compared, *n_compared, target))
        return err_usage(err, "the target is among --columns");
    *compared = mem_resize(*compared, *n_compared + 1, sizeof **compared);
    (*compared)[(*n_compared)++] = target;
    return STATUS_OK;
}

static enum status choose_columns(struct work *w, struct err *err)
{
    size_t *given = NULL, *compared = NULL, n = 0;
    enum status status = find_columns(w, &given, &compared, &n, err);
    if (status == STATUS_OK && n < 2)
        status = err_data(err, "there are no two columns to compare");
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        if (is_among(given, w->n_given, compared[i])) {
            char echo[ERR_ECHO];
            status = err_usage(err, "column '%s' is compared and given",
                               err_echo(echo, slice_of(table_name(w->table, compared[i]))));
        }
    if (status == STATUS_OK) {
        w->n_columns = n;
        w->columns = mem_alloc(n + w->n_given, sizeof *w->columns);
        memcpy(w->columns, compared, n * sizeof *w->columns);
        for (size_t i = 0; i < w->n_given; i++)
            w->columns[n + i] = given[i];
    }
    free(given);
    free(compared);
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}

static void choose_pairs(struct work *w)
{
    size_t n = w->n_columns;
    w->pairs = mem_alloc(n * n, sizeof *w->pairs);
    for (size_t x = 0; x < n; x++)
        for (size_t y = w->settings->matrix ? x : x + 1; y < n; y++)
            if (w->settings->target == NULL || y == n - 1)
                w->pairs[w->n_pairs++] = (struct dependence_pair){x, y};
    w->result = mem_zero(w->codes->groups * w->n_pairs, sizeof *w->result);
}

static enum status measure(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct codes_options how = {.columns = w->columns,
                                .n_columns = w->n_columns + w->n_given,
                                .n_given = w->n_given,
                                .bins = s->bins,
                                .binning = (enum codes_binning)s->binning,
                                .by = &w->by,
                                .memory = memory_limit(s->memory),
                                .directory = memory_directory()};
    enum status status = codes_read(&w->codes, w->table, &how, s->general.threads, err);
    if (status != STATUS_OK)
        return status;
    if (w->codes->rows == 0) {
        err_data(err, "no data");
        return err_at(err, table_file(w->table), 0);
    }
    choose_pairs(w);
    uint32_t **code = mem_alloc(w->codes->columns, sizeof *code);
    for (size_t g = 0; g < w->codes->groups && status == STATUS_OK; g++) {
        struct codes group = codes_of_group(w->codes, g, code);
        status = dependence_measure(w->pairs, w->result + g * w->n_pairs, w->n_pairs, &group, s->permutations,
                                    s->general.seed, s->general.threads, err);
    }
    free(code);
    if (status == STATUS_OK)
        summary_tell_ungrouped(&w->by, w->table, w->codes->ungrouped, w->run);
    return status;
}

/* ---- results ---- */

static double estimate_of(const struct work *w, const struct dependence *d)
{
    return d->mutual + (w->settings->estimate == ESTIMATE_MILLER_MADOW ? d->correction : 0);
}

/* Of the plug-in estimates: empty where there is no entropy to divide by. */
static double normalised(const struct work *w, const struct dependence *d)
{
    double x = d->entropy_x, y = d->entropy_y;
    double by[] = {[BY_MEAN] = (x + y) / 2,
                   [BY_ROOT] = sqrt(x * y),
                   [BY_LEAST] = fmin(x, y),
                   [BY_GREATEST] = fmax(x, y),
                   [BY_JOINT] = d->entropy_joint,
                   [BY_X] = x,
                   [BY_Y] = y};
    double whole = by[w->settings->normalise];
    return whole > 0 ? d->mutual / whole : NAN;
}

static void write_pair(const struct work *w, struct out *out, size_t group, const struct dependence_pair *pair,
                       const struct dependence *d, double per_bit)
{
    const struct settings *s = w->settings;
    if (w->by.by_group)
        out_text(out, dict_text(w->codes->names, (uint32_t)group));
    out_word(out, table_name(w->table, w->columns[pair->x]));
    out_word(out, table_name(w->table, w->columns[pair->y]));
    out_number(out, d->n);
    out_count(out, w->codes->start[group + 1] - w->codes->start[group] - d->rows);
    out_number(out, estimate_of(w, d) * per_bit);
    if (s->se)
        out_number(out, d->se * per_bit);
    out_number(out, d->entropy_x * per_bit);
    out_number(out, d->entropy_y * per_bit);
    out_number(out, normalised(w, d));
    if (s->permutations > 0)
        out_number(out, d->n > 0 ? (double)(d->reached + 1) / (double)(s->permutations + 1) : NAN);
    out_end_row(out);
}

static enum status write_pairs(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct unit unit = unit_of(&s->unit);
    char mutual[UNIT_COLUMN], se[UNIT_COLUMN], h_x[UNIT_COLUMN], h_y[UNIT_COLUMN];
    const char *names[11];
    size_t n = 0;
    if (w->by.by_group)
        names[n++] = table_name(w->table, w->by.group);
    names[n++] = "x";
    names[n++] = "y";
    names[n++] = "n";
    names[n++] = "missing";
    names[n++] = unit_column(mutual, "I", &unit);
    if (s->se)
        names[n++] = unit_column(se, "I_se", &unit);
    names[n++] = unit_column(h_x, "H_x", &unit);
    names[n++] = unit_column(h_y, "H_y", &unit);
    names[n++] = "normalised";
    if (s->permutations > 0)
        names[n++] = "p";
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->codes->groups * w->n_pairs; i++)
        write_pair(w, out, i / w->n_pairs, &w->pairs[i % w->n_pairs], &w->result[i], unit.per_bit);
    return out_close(out, err);
}

static enum status write_matrix(const struct work *w, struct err *err)
{
    struct unit unit = unit_of(&w->settings->unit);
    size_t n = w->n_columns;
    char mutual[UNIT_COLUMN];
    const char **names = mem_alloc(n + 1, sizeof *names);
    double *value = mem_alloc(n * n, sizeof *value);
    names[0] = unit_column(mutual, "I", &unit);
    for (size_t c = 0; c < n; c++)
        names[c + 1] = table_name(w->table, w->columns[c]);
    for (size_t i = 0; i < w->n_pairs; i++) {
        size_t x = w->pairs[i].x, y = w->pairs[i].y;
        value[x * n + y] = value[y * n + x] = estimate_of(w, &w->result[i]) * unit.per_bit;
    }
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, n + 1, names, err);
    for (size_t x = 0; status == STATUS_OK && x < n; x++) {
        out_word(out, names[x + 1]);
        for (size_t y = 0; y < n; y++)
            out_number(out, value[x * n + y]);
        out_end_row(out);
    }
    free(names);
    free(value);
    return status == STATUS_OK ? out_close(out, err) : status;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct work w = {.settings = settings, .run = run};
    if (s->weights != NULL && s->permutations > 0)
        return err_usage(err, "--permutations goes not with --weights");
    if (s->matrix && s->group != NULL)
        return err_usage(err, "--matrix is of all rows, not for --by");
    if (s->matrix && (s->target != NULL || s->permutations > 0 || s->se))
        return err_usage(err, "--matrix goes with neither --target nor --permutations nor --se");
    enum status status = command_open_table(&w.table, &s->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(&w, err);
    if (status == STATUS_OK)
        status = measure(&w, err);
    if (status == STATUS_OK)
        status = s->matrix ? write_matrix(&w, err) : write_pairs(&w, err);
    free(w.columns);
    free(w.pairs);
    free(w.result);
    codes_free(w.codes);
    table_close(w.table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "mutual-info",
    .purpose = "Measure what the columns of a table tell about each other",
    .operands = "[FILE...]",
    .example = "mutual-info --target species --bins 5 iris.csv",
    .see_also = "entropy,kl,mle-categorical",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
