#include "app/score/score_rows.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/memory.h"
#include "cli/out.h"
#include "cli/unit.h"
#include "data/table/columns.h"
#include "family/dist/gaussians.h"
#include "family/dist/information.h"
#include "fit/summary/gaussian_list.h"
#include "fit/summary/weight_pairs.h"

#include <stdlib.h>

struct settings {
    const char *columns, *keys, *logits, *group;
    size_t memory;
    double smooth;
    bool probabilities, bytes, lines, tokens, gauss, cov;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "the two columns to compare, or the first two numeric ones; with --key the column of counts, or the last "
             "numeric one; with --logits the columns of targets"},
    {FLAG(struct settings, probabilities), .name = "probabilities", .help = "insist that probabilities sum to 1"},
    {TEXT(struct settings, keys), .letter = 'k', .name = "key", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare two files, in which these columns name the symbol of each row"},
    {FLAG(struct settings, lines), .name = "lines", .help = "compare how often each line occurs in two files"},
    {FLAG(struct settings, tokens), .name = "tokens", .help = "compare how often each run of bytes between blanks does"},
    {FLAG(struct settings, bytes), .name = "bytes", .help = "compare how often each byte does"},
    {FLAG(struct settings, gauss), .name = "gauss", .help = "compare the Gaussians of two files that mle-gauss wrote"},
    {FLAG(struct settings, cov), .name = "cov",
     .help = "compare all columns jointly: the files are those of mle-gauss --cov"},
    {TEXT(struct settings, group), .letter = 'g', .name = "by", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "with --gauss, compare the Gaussians of each group that mle-gauss --by fitted"},
    {TEXT(struct settings, logits), .name = "logits", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare the targets of each row with the softmax of these scores"},
    {REAL(struct settings, smooth), .name = "smooth", .arg = "ALPHA", .min = 5e-324, .max = 1e300, .group = OPT_MODEL_GROUP,
     .help = "add ALPHA to each count, also to those of symbols that one side lacks"},
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
    struct unit unit;
};

/* ---- counts and probabilities ---- */

static enum status write_result(const struct work *w, struct weight_pairs *pairs, struct err *err)
{
    static const char *const measures[] = {"D", "D_reverse", "cross_entropy", "H_p", "H_q", "JS"};
    const struct err *infinite = &pairs->infinite;
    char column[6][UNIT_COLUMN];
    const char *names[8] = {"n", [7] = "total_variation"};
    for (size_t i = 0; i < 6; i++)
        names[i + 1] = unit_column(column[i], measures[i], &w->unit);
    if (infinite->line > 0 && w->settings->smooth == 0)
        notice(w->run, "%s:%zu: %s", infinite->file, infinite->line, infinite->reason);
    else if (infinite->status != STATUS_OK && w->settings->smooth == 0)
        notice(w->run, "%s", infinite->reason);
    weight_pairs_smooth(pairs, w->settings->smooth);
    struct information_divergence d = information_compare(pairs->value[0], pairs->value[1], pairs->times, pairs->n);
    double bits[] = {d.forward, d.reverse, d.cross_entropy, d.entropy_p, d.entropy_q, d.jensen_shannon};
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, 8, names, err);
    if (status != STATUS_OK)
        return status;
    out_number(out, weight_pairs_symbols(pairs));
    for (size_t i = 0; i < 6; i++)
        out_number(out, bits[i] * w->unit.per_bit);
    out_number(out, d.total_variation);
    out_end_row(out);
    return out_close(out, err);
}

static enum status choose_columns(size_t column[2], const struct table *table, const char *spec, struct err *err)
{
    size_t *columns = NULL, count = 0, width = table_width(table);
    enum status status = STATUS_OK;
    if (spec != NULL) {
        status = columns_find(table_names(table), width, spec, &columns, &count, err);
        for (size_t i = 0; status == STATUS_OK && i < count && i < 2; i++)
            column[i] = columns[i];
        if (status == STATUS_OK && count != 2)
            status = err_usage(err, "--columns must name two columns, not %zu", count);
    } else {
        for (size_t k = 0; k < width && count < 2; k++)
            if (table_kind(table, k) == COLUMN_NUMBER)
                column[count++] = k;
        if (count < 2)
            status = err_data(err, "there are no two numeric columns to compare");
    }
    free(columns);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

static enum status check_columns(const struct weight_pairs *pairs, const struct table *table, const size_t column[2],
                                 struct err *err)
{
    for (size_t k = 0; k < 2; k++) {
        struct err reason = {0};
        char echo[ERR_ECHO];
        if (weight_pairs_check(pairs, k, &reason) == STATUS_OK)
            continue;
        err_data(err, "column %zu '%s': %s", column[k] + 1, err_echo(echo, slice_of(table_name(table, column[k]))),
                 reason.reason);
        return err_at(err, table_file(table), 0);
    }
    return STATUS_OK;
}

static enum status compare_columns(const struct work *w, struct weight_pairs *pairs, struct err *err)
{
    const struct settings *s = w->settings;
    struct table *table = NULL;
    size_t column[2];
    enum status status = command_open_table(&table, &s->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(column, table, s->columns, err);
    if (status == STATUS_OK)
        status = weight_pairs_read(pairs, table, column, s->general.threads, err);
    if (status == STATUS_OK)
        status = check_columns(pairs, table, column, err);
    table_close(table);
    return status;
}

static enum status count_streams(const struct work *w, struct weight_pairs *pairs, struct err *err)
{
    const struct settings *s = w->settings;
    struct counts_limit limit = {.memory = memory_limit(s->memory), .directory = memory_directory()};
    return weight_pairs_count(pairs, w->run->operands,
                              s->bytes    ? WEIGHT_PAIRS_BYTES
                              : s->tokens ? WEIGHT_PAIRS_TOKENS
                                          : WEIGHT_PAIRS_LINES,
                              &limit, s->general.threads, err);
}

/* The column of values: the one that is named, else the last numeric one that is no key. */
static enum status find_value(const struct work *w, const struct table *table, const size_t *keys, size_t n_keys,
                              size_t *value, struct err *err)
{
    size_t width = table_width(table), found = width;
    if (w->settings->columns != NULL)
        return columns_find_one(table_names(table), width, w->settings->columns, value, err);
    for (size_t c = 0; c < width; c++) {
        bool is_key = false;
        for (size_t i = 0; i < n_keys; i++)
            is_key = is_key || keys[i] == c;
        if (!is_key && table_kind(table, c) == COLUMN_NUMBER)
            found = c;
    }
    *value = found;
    return found < width ? STATUS_OK : err_data(err, "no column but the key is numeric");
}

/* *column: the one of the values, as errors call it; malloc'ed. */
static enum status read_keyed(const struct work *w, struct keyed *keyed, size_t operand, char **column, struct err *err)
{
    struct table *table = NULL;
    size_t *keys = NULL, n_keys = 0, value;
    enum status status = command_open_operand(&table, &w->settings->input, w->run, operand, err);
    if (status == STATUS_OK) {
        status = columns_find(table_names(table), table_width(table), w->settings->keys, &keys, &n_keys, err);
        if (status == STATUS_OK)
            status = find_value(w, table, keys, n_keys, &value, err);
        if (status != STATUS_OK)
            err_at(err, table_file(table), 0);
    }
    if (status == STATUS_OK) {
        char echo[ERR_ECHO];
        *column = mem_format("column %zu '%s'", value + 1, err_echo(echo, slice_of(table_name(table, value))));
        status = keyed_read(keyed, operand, table, keys, n_keys, value, w->settings->probabilities, err);
    }
    free(keys);
    table_close(table);
    return status;
}

static enum status read_both(const struct work *w, struct keyed *keyed, char *column[2], struct err *err)
{
    uint32_t key;
    size_t lacks;
    char echo[ERR_ECHO], file[ERR_ECHO];
    if (read_keyed(w, keyed, 0, &column[0], err) != STATUS_OK || read_keyed(w, keyed, 1, &column[1], err) != STATUS_OK)
        return err->status;
    if (w->settings->smooth > 0 || !keyed_unequal(keyed, &key, &lacks))
        return STATUS_OK;
    char *name = keyed_name(keyed, key);
    err_data(err, "there is no key '%s', which %s has; --smooth ALPHA gives it a count", err_echo(echo, slice_of(name)),
             err_echo(file, slice_of(command_operand_name(w->run, 1 - lacks))));
    free(name);
    return err_at(err, command_operand_name(w->run, lacks), 0);
}

static enum status compare_keyed(const struct work *w, struct weight_pairs *pairs, struct err *err)
{
    struct keyed keyed = {0};
    char *column[2] = {NULL, NULL};
    enum status status = read_both(w, &keyed, column, err);
    if (status == STATUS_OK)
        weight_pairs_take(pairs, &keyed);
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++) {
        struct err reason = {0};
        status = weight_pairs_check(pairs, k, &reason);
        if (status == STATUS_OK)
            continue;
        err_data(err, "%s: %s", column[k], reason.reason);
        err_at(err, command_operand_name(w->run, k), 0);
    }
    free(column[0]);
    free(column[1]);
    keyed_release(&keyed);
    return status;
}

static enum status compare_weights(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct weight_pairs pairs = {.probabilities = s->probabilities};
    enum status status;
    if (s->keys != NULL)
        status = compare_keyed(w, &pairs, err);
    else if (s->bytes || s->lines || s->tokens)
        status = count_streams(w, &pairs, err);
    else
        status = compare_columns(w, &pairs, err);
    if (status == STATUS_OK)
        status = write_result(w, &pairs, err);
    weight_pairs_release(&pairs);
    return status;
}

/* ---- Gaussians ---- */

static enum status read_gaussians(const struct work *w, struct gaussian_list *list[2], struct err *err)
{
    const struct settings *s = w->settings;
    enum status status = STATUS_OK;
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++) {
        struct table *table = NULL;
        status = command_open_operand(&table, &s->input, w->run, k, err);
        if (status == STATUS_OK)
            status = gaussian_list_read(&list[k], table, s->group, s->cov, err);
        table_close(table);
    }
    if (status != STATUS_OK)
        return status;
    return gaussian_list_align(list[0], list[1], command_operand_name(w->run, 0), command_operand_name(w->run, 1), err);
}

static enum status compare_lists(const struct work *w, struct gaussian_list *const list[2],
                                 struct gaussians_divergence *d, struct err *err)
{
    for (size_t i = 0; i < list[0]->n; i++) {
        const struct gaussian *p = &list[0]->gaussian[i], *q = &list[1]->gaussian[i];
        size_t singular;
        if (!gaussians_compare(p->n, (const double *const[]){p->mean, q->mean},
                               (const double *const[]){p->covariance, q->covariance}, &d[i], &singular))
            return gaussian_list_singular(list[singular], i, command_operand_name(w->run, singular), err);
    }
    return STATUS_OK;
}

static enum status write_gaussians(const struct work *w, const struct gaussian_list *list,
                                   const struct gaussians_divergence *d, struct err *err)
{
    static const char *const measures[] = {"D", "D_reverse", "cross_entropy", "h_p", "h_q"};
    const struct settings *s = w->settings;
    char column[5][UNIT_COLUMN];
    const char *names[7];
    size_t n = 0;
    if (list->grouping != NULL)
        names[n++] = list->grouping;
    names[n++] = s->cov ? "columns" : "column";
    for (size_t i = 0; i < 5; i++)
        names[n++] = unit_column(column[i], measures[i], &w->unit);
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < list->n; i++, d++) {
        double nats[] = {d->forward, d->reverse, d->entropy_p + d->forward, d->entropy_p, d->entropy_q};
        if (s->group != NULL)
            out_text(out, gaussian_list_group(list, i));
        if (s->cov)
            out_count(out, list->gaussian[i].n);
        else
            out_text(out, gaussian_list_variable(list, i, 0));
        for (size_t k = 0; k < 5; k++)
            out_number(out, nats[k] * w->unit.per_nat);
        out_end_row(out);
    }
    return out_close(out, err);
}

static enum status compare_gauss(const struct work *w, struct err *err)
{
    struct gaussian_list *list[2] = {NULL, NULL};
    struct gaussians_divergence *d = NULL;
    enum status status = read_gaussians(w, list, err);
    if (status == STATUS_OK) {
        d = mem_alloc(list[0]->n, sizeof *d);
        status = compare_lists(w, list, d, err);
    }
    if (status == STATUS_OK)
        status = write_gaussians(w, list[0], d, err);
    free(d);
    gaussian_list_free(list[0]);
    gaussian_list_free(list[1]);
    return status;
}

/* ---- which of them ---- */

static enum status compare_scores(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct table *table = NULL;
    enum status status = command_open_table(&table, &s->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = score_rows_write(table, s->columns, s->logits, &w->unit, &s->output, s->general.threads, err);
    table_close(table);
    return status;
}

static enum status check_settings(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    int streams = s->bytes + s->lines + s->tokens, modes = streams + s->gauss + (s->logits != NULL);
    size_t n = w->run->n_operands;
    if (modes > 1)
        return err_usage(err, "--bytes, --lines, --tokens, --gauss and --logits exclude each other");
    if (!s->gauss && (s->cov || s->group != NULL))
        return err_usage(err, "--%s goes with --gauss", s->cov ? "cov" : "by");
    if (s->logits != NULL && (s->columns == NULL || s->keys != NULL))
        return err_usage(err, "--logits needs the targets by --columns, and no --key");
    if (s->smooth > 0 && (s->gauss || s->logits != NULL || s->probabilities))
        return err_usage(err, "--smooth is for counts");
    if (streams > 0 && (s->columns != NULL || s->keys != NULL || s->probabilities))
        return err_usage(err, "--bytes, --lines and --tokens go with no columns");
    if (s->gauss && (s->columns != NULL || s->probabilities || s->keys != NULL))
        return err_usage(err, "--gauss goes with neither --columns nor --key nor --probabilities");
    if ((streams > 0 || s->gauss || s->keys != NULL) && n != 2)
        return err_usage(err, "there must be 2 files to compare, not %zu", n);
    return STATUS_OK;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct work w = {s, run, unit_of(&s->unit)};
    if (check_settings(&w, err) != STATUS_OK)
        return err->status;
    if (s->gauss)
        return compare_gauss(&w, err);
    return s->logits != NULL ? compare_scores(&w, err) : compare_weights(&w, err);
}

/* clang-format off */
const struct command command = {
    .name = "kl",
    .purpose = "Compare two distributions by their divergence",
    .operands = "[FILE...]",
    .example = "kl --columns p,q distributions.csv",
    .see_also = "entropy,loss-eval,mle-categorical,mle-gauss,mutual-info,softmax",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
