#include "base/mem.h"
#include "base/number.h"
#include "cli/command.h"
#include "cli/out.h"
#include "data/columns.h"
#include "data/dict.h"
#include "data/input.h"
#include "data/tally.h"
#include "family/information.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum unit { BITS, NATS, BANS };

struct settings {
    const char *columns;
    double base;
    int unit;
    bool bytes, counts, probabilities;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

static const struct opt_choice units[] = {
    {"bits", "logarithms to base 2"}, {"nats", "natural logarithms"}, {"bans", "logarithms to base 10"}, {NULL, NULL}};

static const struct opt options[] = {
    {FLAG(struct settings, bytes), .name = "bytes", .help = "each byte is a symbol; without it each line is one"},
    {TEXT(struct settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS, .help = "each value of these columns is a symbol; a row per column"},
    {FLAG(struct settings, counts), .name = "counts",
     .help = "the numbers of the columns, or of the last numeric one, are counts of symbols"},
    {FLAG(struct settings, probabilities), .name = "probabilities",
     .help = "the numbers of the columns, or of the last numeric one, are probabilities that sum to 1"},
    {CHOICE(struct settings, unit), .name = "unit", .arg = "UNIT", .fallback = "bits", .choices = units,
     .help = "unit of the entropy"},
    {REAL(struct settings, base), .name = "base", .arg = "B", .min = 1.0000001, .max = 1e300,
     .help = "base of the logarithm, instead of a unit"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};

/* What was counted: one set of weights per column, one alone for bytes and lines. */
struct set {
    struct dict *dict; /* NULL where the numbers themselves are the weights */
    double *weight;
    size_t n, capacity;
    size_t missing;
};

struct work {
    const struct settings *settings;
    const struct invocation *run;
    struct table *table; /* NULL for bytes and lines */
    size_t *columns, n_sets;
    struct set *set;
};

static void set_add(struct set *set, double weight)
{
    set->weight = mem_grow(set->weight, &set->capacity, set->n + 1, sizeof *set->weight);
    set->weight[set->n++] = weight;
}

static void set_count(struct set *set, struct slice symbol)
{
    uint32_t number = dict_add(set->dict, symbol);
    if (number == set->n)
        set_add(set, 0);
    set->weight[number]++;
}

/* ---- bytes and lines ---- */

static enum status count_stream(struct work *w, struct err *err)
{
    static const char *const standard_input[] = {"-"};
    struct tally tally = {0};
    size_t n = w->run->n_operands;
    const char *const *paths = n > 0 ? w->run->operands : standard_input;
    enum status status = STATUS_OK;
    w->n_sets = 1;
    w->set = mem_zero(1, sizeof *w->set);
    if (!w->settings->bytes)
        w->set->dict = tally.lines = dict_new();
    for (size_t i = 0; i < (n > 0 ? n : 1) && status == STATUS_OK; i++)
        status = tally_file(&tally, paths[i], w->settings->general.threads, err);
    size_t symbols = w->settings->bytes ? 256 : tally.distinct;
    for (size_t i = 0; i < symbols; i++)
        if (!w->settings->bytes || tally.bytes[i] > 0)
            set_add(w->set, (double)(w->settings->bytes ? tally.bytes[i] : tally.count[i]));
    if (status == STATUS_OK && w->set->n == 0) {
        err_data(err, "no data");
        status = err_at(err, strcmp(paths[0], "-") == 0 ? "standard input" : paths[0], 0);
    }
    tally_free(&tally);
    return status;
}

/* ---- columns ---- */

static enum status choose_columns(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    size_t width = table_width(w->table);
    enum status status = STATUS_OK;
    if (s->columns != NULL) {
        status = columns_find(table_names(w->table), width, s->columns, &w->columns, &w->n_sets, err);
    } else {
        w->columns = mem_alloc(1, sizeof *w->columns);
        for (size_t c = 0; c < width; c++)
            if (table_kind(w->table, c) == COLUMN_NUMBER) {
                w->columns[0] = c;
                w->n_sets = 1;
            }
        if (w->n_sets == 0)
            status = err_data(err, "no column is numeric");
    }
    if (status != STATUS_OK)
        return err_at(err, table_file(w->table), 0);
    w->set = mem_zero(w->n_sets, sizeof *w->set);
    for (size_t i = 0; i < w->n_sets; i++) {
        if (s->counts || s->probabilities) {
            table_want_number(w->table, w->columns[i]);
        } else {
            table_want_text(w->table, w->columns[i]);
            w->set[i].dict = dict_new();
        }
    }
    return STATUS_OK;
}

static enum status count_block(void *context, void *state, struct block *block, struct err *err)
{
    struct work *w = context;
    (void)state;
    for (size_t r = 0; r < block->rows; r++) {
        for (size_t s = 0; s < w->n_sets; s++) {
            struct set *set = &w->set[s];
            if (set->dict != NULL) {
                if (block->texts[s][r].p == NULL)
                    set->missing++;
                else
                    set_count(set, block->texts[s][r]);
                continue;
            }
            double v = block->numbers[r * block->row_step + s * block->column_step];
            if (isnan(v))
                return block_number_error(block, r, s, err, "the value is missing");
            if (v < 0 || isinf(v))
                return block_number_error(block, r, s, err, "%g is no %s", v,
                                          w->settings->counts ? "count" : "probability");
            set_add(set, v);
        }
    }
    return STATUS_OK;
}

static enum status check_sets(const struct work *w, struct err *err)
{
    for (size_t i = 0; i < w->n_sets; i++) {
        const struct set *set = &w->set[i];
        double sum = information_sum(set->weight, set->n);
        const char *name = table_name(w->table, w->columns[i]);
        size_t at = w->columns[i] + 1;
        if (set->n == 0)
            err_data(err, "column %zu '%s': no data", at, name);
        else if (w->settings->probabilities && !(fabs(sum - 1) <= 1e-9 * (double)set->n))
            err_data(err, "column %zu '%s': the probabilities sum to %.12g, not to 1", at, name, sum);
        else if (sum == 0)
            err_data(err, "column %zu '%s': all counts are 0", at, name);
        else if (isinf(sum))
            err_data(err, "column %zu '%s': the sum is too large", at, name);
        else
            continue;
        return err_at(err, table_file(w->table), 0);
    }
    return STATUS_OK;
}

static enum status count_columns(struct work *w, struct err *err)
{
    enum status status = command_open_table(&w->table, &w->settings->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(w, err);
    if (status == STATUS_OK)
        status = table_fold(w->table, &(struct fold){.reduce = count_block}, w, w->settings->general.threads, err);
    return status == STATUS_OK ? check_sets(w, err) : status;
}

/* ---- results ---- */

static enum status write_sets(const struct work *w, struct err *err)
{
    static const char *const unit_names[] = {"H_bits", "H_nats", "H_bans"};
    static const double units_per_bit[] = {1, 0.69314718055994531, 0.30102999566398120};
    const struct settings *s = w->settings;
    char base[NUMBER_MAX + 8] = "H_base_";
    size_t length = strlen(base);
    base[length + number_write(base + length, s->base)] = '\0';
    const char *names[] = {"column", "n", "distinct", s->base > 0 ? base : unit_names[s->unit], "perplexity", "normalised"};
    double scale = s->base > 0 ? 1 / log2(s->base) : units_per_bit[s->unit];
    size_t first = w->table == NULL;
    struct out *out;
    enum status status = out_open(&out, &s->output, 6 - first, names + first, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->n_sets; i++) {
        const struct set *set = &w->set[i];
        double bits = information_entropy(set->weight, set->n);
        size_t distinct = 0;
        for (size_t k = 0; k < set->n; k++)
            distinct += set->weight[k] > 0;
        if (w->table != NULL)
            out_word(out, table_name(w->table, w->columns[i]));
        out_number(out, s->probabilities ? NAN : information_sum(set->weight, set->n));
        out_count(out, distinct);
        out_number(out, bits * scale);
        out_number(out, exp2(bits));
        out_number(out, distinct > 1 ? bits / log2((double)distinct) : NAN);
        out_end_row(out);
        if (set->missing > 0)
            notice(w->run, "missing values of '%s', left out: %zu", table_name(w->table, w->columns[i]), set->missing);
    }
    return out_close(out, err);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct work w = {.settings = settings, .run = run};
    bool of_columns = s->columns != NULL || s->counts || s->probabilities;
    if (s->counts && s->probabilities)
        return err_usage(err, "--counts and --probabilities exclude each other");
    if (s->bytes && of_columns)
        return err_usage(err, "--bytes goes with neither --columns nor --counts nor --probabilities");
    enum status status = of_columns ? count_columns(&w, err) : count_stream(&w, err);
    if (status == STATUS_OK)
        status = write_sets(&w, err);
    for (size_t i = 0; w.set != NULL && i < w.n_sets; i++) {
        dict_free(w.set[i].dict);
        free(w.set[i].weight);
    }
    free(w.set);
    free(w.columns);
    table_close(w.table);
    return status;
}

const struct command command = {
    .name = "entropy",
    .purpose = "Measure the entropy of lines, bytes, columns, counts or probabilities",
    .operands = "[FILE...]",
    .example = "entropy --columns species iris.csv",
    .see_also = "kl,loss-eval,mle-gauss",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
