#include "app/show/summary.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/memory.h"
#include "cli/out.h"
#include "cli/unit.h"
#include "data/table/columns.h"
#include "family/dist/gaussians.h"
#include "family/dist/information.h"
#include "fit/summary/gaussian_list.h"
#include "fit/summary/symbols.h"
#include "fit/summary/tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *columns, *given, *group, *weights;
    size_t memory;
    int estimate;
    bool bytes, tokens, counts, probabilities, joint, gauss, cov, se, redundancy;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

static const struct opt_choice estimates[] = {
    /* enum information_estimate */
    {"ml", "of the relative frequencies"},
    {"miller-madow", "with a correction for the symbols seen"},
    {"grassberger", "nearly unbiased for small counts"},
    {NULL, NULL},
};

/* clang-format off */
static const struct opt options[] = {
    {FLAG(struct settings, bytes), .name = "bytes", .help = "each byte is a symbol; without it each line is one"},
    {FLAG(struct settings, tokens), .name = "tokens", .help = "each run of bytes between blanks is a symbol"},
    {TEXT(struct settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS, .help = "each value of these columns is a symbol; a row per column"},
    {FLAG(struct settings, joint), .name = "joint", .help = "the values of a row together are one symbol"},
    {TEXT(struct settings, given), .name = "given", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "the entropy that is left when the values of these columns are known"},
    {TEXT(struct settings, group), .letter = 'g', .name = "by", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "take the rows of each value of COLUMN separately"},
    {TEXT(struct settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "how often each row counts"},
    {FLAG(struct settings, counts), .name = "counts",
     .help = "the numbers of the columns, or of the last numeric one, are counts of symbols"},
    {FLAG(struct settings, probabilities), .name = "probabilities",
     .help = "the numbers of the columns, or of the last numeric one, are probabilities that sum to 1"},
    {FLAG(struct settings, gauss), .name = "gauss", .help = "the differential entropy of each Gaussian that mle-gauss wrote"},
    {FLAG(struct settings, cov), .name = "cov",
     .help = "with --gauss, that of all columns jointly: the input is that of mle-gauss --cov"},
    {CHOICE(struct settings, estimate), .name = "estimate", .arg = "METHOD", .fallback = "ml", .choices = estimates,
     .group = OPT_MODEL_GROUP, .help = "how to estimate the entropy from a sample"},
    {FLAG(struct settings, se), .name = "se", .group = OPT_OUTPUT_GROUP, .help = "add the standard error of the entropy"},
    {FLAG(struct settings, redundancy), .name = "redundancy", .group = OPT_OUTPUT_GROUP,
     .help = "add by how much the entropy falls short of its greatest value, as a part of that"},
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
    struct table *table; /* NULL for bytes, lines and tokens */
    struct grouping by;
    size_t *given, n_given;
    struct counts_limit limit;
    struct symbols *symbols;
};

/* ---- bytes, lines and tokens ---- */

static enum status take_text(void *context, struct slice key, const struct dd *count, struct err *err)
{
    (void)key;
    (void)err;
    frequencies_add(context, 0, count->high, 0);
    return STATUS_OK;
}

static enum status count_stream(struct work *w, struct err *err)
{
    static const char *const standard_input[] = {"-"};
    struct tally tally = {.tokens = w->settings->tokens};
    struct frequencies *frequencies = frequencies_new();
    size_t n = w->run->n_operands;
    const char *const *paths = n > 0 ? w->run->operands : standard_input;
    enum status status = STATUS_OK;
    if (!w->settings->bytes)
        tally.texts = counts_new(1, &w->limit);
    for (size_t i = 0; i < (n > 0 ? n : 1) && status == STATUS_OK; i++)
        status = tally_file(&tally, paths[i], w->settings->general.threads, err);
    if (status == STATUS_OK && tally.n == 0) {
        err_data(err, "no data");
        status = err_at(err, strcmp(paths[0], "-") == 0 ? "standard input" : paths[0], 0);
    }
    for (size_t i = 0; i < 256 && w->settings->bytes; i++)
        if (tally.bytes[i] > 0)
            frequencies_add(frequencies, 0, (double)tally.bytes[i], 0);
    if (status == STATUS_OK && tally.texts != NULL)
        status = counts_walk(tally.texts, false, frequencies, take_text, err);
    if (status == STATUS_OK)
        symbols_single(&w->symbols, frequencies);
    counts_free(tally.texts);
    frequencies_free(frequencies);
    return status;
}

/* ---- columns ---- */

static bool is_chosen(const struct work *w, size_t column)
{
    for (size_t i = 0; i < w->n_given; i++)
        if (w->given[i] == column)
            return true;
    return (w->by.by_group && w->by.group == column) || (w->by.weighted && w->by.weight == column);
}

/* Without -x: the last numeric column for counts and probabilities, else every column without another part to play. */
static enum status choose_rest(struct work *w, struct err *err)
{
    bool numbers = w->settings->counts || w->settings->probabilities;
    size_t width = table_width(w->table);
    w->by.columns = mem_alloc(width, sizeof *w->by.columns);
    for (size_t c = 0; c < width; c++) {
        if (is_chosen(w, c) || (numbers && table_kind(w->table, c) != COLUMN_NUMBER))
            continue;
        w->by.columns[numbers ? 0 : w->by.n_columns] = c;
        w->by.n_columns = numbers ? 1 : w->by.n_columns + 1;
    }
    if (w->by.n_columns == 0)
        return err_data(err, numbers ? "no column is numeric" : "there is no column to count");
    return STATUS_OK;
}

static enum status choose_columns(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    const char *const *names = table_names(w->table);
    size_t width = table_width(w->table);
    enum status status = STATUS_OK;
    w->by.by_group = s->group != NULL;
    w->by.weighted = s->weights != NULL;
    if (s->group != NULL)
        status = columns_find_one(names, width, s->group, &w->by.group, err);
    if (status == STATUS_OK && s->weights != NULL)
        status = columns_find_one(names, width, s->weights, &w->by.weight, err);
    if (status == STATUS_OK && s->given != NULL)
        status = columns_find(names, width, s->given, &w->given, &w->n_given, err);
    if (status == STATUS_OK)
        status = s->columns != NULL ? columns_find(names, width, s->columns, &w->by.columns, &w->by.n_columns, err)
                                    : choose_rest(w, err);
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}

/* Names of columns, joined by "+". */
static void add_names(struct buffer *text, const struct table *table, const size_t *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_char(text, '+');
        buffer_add_text(text, table_name(table, columns[i]));
    }
}

static struct slice column_name(const struct work *w, size_t column, struct buffer *text)
{
    text->n = 0;
    if (w->settings->joint)
        add_names(text, w->table, w->by.columns, w->by.n_columns);
    else
        add_names(text, w->table, w->by.columns + column, 1);
    return (struct slice){text->p, text->n};
}

/* The least count that the estimate cannot use; NaN if it can use all. */
static double broken_count(const struct symbols_set *set)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->frequency[i].count != floor(set->frequency[i].count))
            return set->frequency[i].count;
    return NAN;
}

static enum status check_set(const struct work *w, const struct symbols_set *set, struct err *err)
{
    const struct settings *s = w->settings;
    double sum = set->total, broken = NAN;
    if (s->estimate == INFORMATION_GRASSBERGER)
        broken = broken_count(set);
    if (set->n == 0)
        return w->by.by_group ? STATUS_OK : err_data(err, "no data");
    if (s->probabilities && !(fabs(sum - 1) <= 1e-9 * (double)set->symbols))
        return err_data(err, "the probabilities sum to %.12g, not to 1", sum);
    if (sum == 0)
        return err_data(err, "all counts are 0");
    if (!isfinite(sum))
        return err_data(err, "the sum is too large");
    if (!isnan(broken))
        return err_data(err, "%g is no whole number, which --estimate grassberger needs", broken);
    return STATUS_OK;
}

static enum status check_sets(const struct work *w, struct err *err)
{
    const struct symbols *symbols = w->symbols;
    struct buffer text = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < symbols->groups * symbols->columns && status == STATUS_OK; i++) {
        struct err reason = {0};
        char echo[ERR_ECHO], group[ERR_ECHO], at[32] = "";
        status = check_set(w, &symbols->set[i], &reason);
        if (status == STATUS_OK)
            continue;
        size_t column = i % symbols->columns;
        if (!w->settings->joint)
            snprintf(at, sizeof at, " %zu", w->by.columns[column] + 1);
        err_echo(echo, column_name(w, column, &text));
        err_echo(group, dict_text(symbols->names, (uint32_t)(i / symbols->columns)));
        if (w->by.by_group)
            err_data(err, "column%s '%s' of group '%s': %s", at, echo, group, reason.reason);
        else
            err_data(err, "column%s '%s': %s", at, echo, reason.reason);
        err_at(err, table_file(w->table), 0);
    }
    buffer_free(&text);
    return status;
}

static enum status count_columns(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct symbols_plan plan = {.by = &w->by, .joint = s->joint};
    enum status status = command_open_table(&w->table, &s->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(w, err);
    if (status != STATUS_OK)
        return status;
    plan.limit = w->limit;
    plan.given = w->given;
    plan.n_given = w->n_given;
    if (s->counts || s->probabilities)
        status = symbols_read(&w->symbols, w->table, &w->by, s->probabilities, s->general.threads, err);
    else
        status = symbols_count(&w->symbols, w->table, &plan, s->general.threads, err);
    return status == STATUS_OK ? check_sets(w, err) : status;
}

/* ---- results ---- */

static void write_set(const struct work *w, struct out *out, const struct symbols_set *set, double per_bit)
{
    const struct settings *s = w->settings;
    bool empty = set->n == 0;
    struct information_estimated e = {NAN, NAN};
    if (!empty)
        e = information_estimate((enum information_estimate)s->estimate, set->frequency, set->n, set->condition,
                                 set->n_conditions);
    double greatest = set->distinct > 1 ? log2((double)set->distinct) : NAN;
    out_number(out, s->probabilities ? NAN : set->total);
    out_count(out, set->distinct);
    out_number(out, e.entropy * per_bit);
    if (s->se)
        out_number(out, e.se * per_bit);
    out_number(out, exp2(e.entropy));
    out_number(out, e.entropy / greatest);
    if (s->redundancy)
        out_number(out, 1 - e.entropy / greatest);
    out_end_row(out);
}

static void tell_missing(const struct work *w)
{
    const struct symbols *symbols = w->symbols;
    struct buffer text = {0};
    char echo[ERR_ECHO];
    summary_tell_ungrouped(&w->by, w->table, symbols->ungrouped, w->run);
    for (size_t c = 0; c < symbols->columns; c++) {
        size_t missing = 0;
        for (size_t g = 0; g < symbols->groups; g++)
            missing += symbols->set[g * symbols->columns + c].missing;
        if (missing > 0)
            notice(w->run, "missing values of '%s', left out: %zu", err_echo(echo, column_name(w, c, &text)), missing);
    }
    buffer_free(&text);
}

static enum status write_sets(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    const struct symbols *symbols = w->symbols;
    struct unit unit = unit_of(&s->unit);
    char entropy[UNIT_COLUMN], se[UNIT_COLUMN];
    const char *names[10];
    size_t n = 0;
    if (w->by.by_group)
        names[n++] = table_name(w->table, w->by.group);
    if (w->table != NULL)
        names[n++] = "column";
    if (w->n_given > 0)
        names[n++] = "given";
    names[n++] = "n";
    names[n++] = "distinct";
    names[n++] = unit_column(entropy, "H", &unit);
    if (s->se)
        names[n++] = unit_column(se, "H_se", &unit);
    names[n++] = "perplexity";
    names[n++] = "normalised";
    if (s->redundancy)
        names[n++] = "redundancy";
    struct buffer text = {0}, given = {0};
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    if (w->n_given > 0)
        add_names(&given, w->table, w->given, w->n_given);
    for (size_t i = 0; i < symbols->groups * symbols->columns; i++) {
        if (w->by.by_group)
            out_text(out, dict_text(symbols->names, (uint32_t)(i / symbols->columns)));
        if (w->table != NULL)
            out_text(out, column_name(w, i % symbols->columns, &text));
        if (w->n_given > 0)
            out_text(out, (struct slice){given.p, given.n});
        write_set(w, out, &symbols->set[i], unit.per_bit);
    }
    buffer_free(&text);
    buffer_free(&given);
    if (w->table != NULL)
        tell_missing(w);
    return out_close(out, err);
}

/* ---- Gaussians ---- */

static enum status write_gaussians(const struct settings *s, const struct gaussian_list *list, const char *file,
                                   struct err *err)
{
    struct unit unit = unit_of(&s->unit);
    char column[UNIT_COLUMN];
    const char *names[] = {list->grouping, s->cov ? "columns" : "column", unit_column(column, "h", &unit)};
    double *nats = mem_alloc(list->n, sizeof *nats);
    struct out *out = NULL;
    enum status status = STATUS_OK;
    size_t first = s->group == NULL;
    for (size_t i = 0; i < list->n && status == STATUS_OK; i++)
        if (!gaussians_entropy(list->gaussian[i].n, list->gaussian[i].covariance, &nats[i]))
            status = gaussian_list_singular(list, i, file, err);
    if (status == STATUS_OK)
        status = out_open(&out, &s->output, 3 - first, names + first, err);
    for (size_t i = 0; i < list->n && status == STATUS_OK; i++) {
        if (s->group != NULL)
            out_text(out, gaussian_list_group(list, i));
        if (s->cov)
            out_count(out, list->gaussian[i].n);
        else
            out_text(out, gaussian_list_variable(list, i, 0));
        out_number(out, nats[i] * unit.per_nat);
        out_end_row(out);
    }
    free(nats);
    return status == STATUS_OK ? out_close(out, err) : status;
}

static enum status measure_gaussians(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct gaussian_list *list = NULL;
    enum status status = command_open_table(&w->table, &s->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = gaussian_list_read(&list, w->table, s->group, s->cov, err);
    if (status == STATUS_OK)
        status = write_gaussians(s, list, table_file(w->table), err);
    gaussian_list_free(list);
    return status;
}

static enum status check_gauss(const struct settings *s, struct err *err)
{
    if (!s->gauss)
        return s->cov ? err_usage(err, "--cov goes with --gauss") : STATUS_OK;
    if (s->bytes || s->tokens || s->columns != NULL || s->counts || s->probabilities || s->joint || s->given != NULL ||
        s->weights != NULL || s->se || s->redundancy || s->estimate != INFORMATION_ML)
        return err_usage(err, "--gauss goes with --cov, --by and units alone");
    return STATUS_OK;
}

static enum status check_settings(const struct settings *s, bool of_columns, struct err *err)
{
    bool values = s->joint || s->given != NULL || s->weights != NULL;
    if (check_gauss(s, err) != STATUS_OK)
        return err->status;
    if (s->counts && s->probabilities)
        return err_usage(err, "--counts and --probabilities exclude each other");
    if (s->bytes && s->tokens)
        return err_usage(err, "--bytes and --tokens exclude each other");
    if (s->tokens && of_columns)
        return err_usage(err, "--tokens is not for columns");
    if (s->bytes && of_columns)
        return err_usage(err, "--bytes goes with neither --columns nor --counts nor --probabilities");
    if (values && (s->counts || s->probabilities))
        return err_usage(
            err, "--joint, --given and --weights count values; they go with neither --counts nor --probabilities");
    if (s->probabilities && (s->se || s->estimate != INFORMATION_ML))
        return err_usage(err, "--se and --estimate are for samples, not for --probabilities");
    return STATUS_OK;
}

static enum status measure_symbols(struct work *w, bool of_columns, struct err *err)
{
    enum status status = of_columns ? count_columns(w, err) : count_stream(w, err);
    return status == STATUS_OK ? write_sets(w, err) : status;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct work w = {.settings = settings, .run = run};
    bool of_columns = s->columns != NULL || s->counts || s->probabilities || s->joint || s->given != NULL ||
                      s->group != NULL || s->weights != NULL;
    enum status status = check_settings(s, of_columns, err);
    w.limit.memory = memory_limit(s->memory);
    w.limit.directory = memory_directory();
    if (status == STATUS_OK && s->gauss)
        status = measure_gaussians(&w, err);
    else if (status == STATUS_OK)
        status = measure_symbols(&w, of_columns, err);
    symbols_free(w.symbols);
    free(w.by.columns);
    free(w.given);
    table_close(w.table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "entropy",
    .purpose = "Measure the entropy of lines, bytes, tokens, columns, counts, probabilities or Gaussians",
    .operands = "[FILE...]",
    .example = "entropy --columns species iris.csv",
    .see_also = "kl,mle-categorical,mle-gauss,mutual-info",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
