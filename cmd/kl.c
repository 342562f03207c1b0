#include "base/mem.h"
#include "cli/command.h"
#include "cli/out.h"
#include "data/columns.h"
#include "family/information.h"

#include <math.h>
#include <stdlib.h>

enum unit { BITS, NATS, BANS };

struct settings {
    const char *columns;
    int unit;
    bool probabilities;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

static const struct opt_choice units[] = {
    {"bits", "logarithms to base 2"}, {"nats", "natural logarithms"}, {"bans", "logarithms to base 10"}, {NULL, NULL}};

static const struct opt options[] = {
    {TEXT(struct settings, columns), .letter = 'x', .name = "columns", .arg = "P,Q", .completes = OPT_COMPLETES_COLUMNS,
     .help = "the two columns to compare; without it the first two numeric ones"},
    {FLAG(struct settings, probabilities), .name = "probabilities", .help = "insist that each column sums to 1"},
    {CHOICE(struct settings, unit), .name = "unit", .arg = "UNIT", .fallback = "bits", .choices = units,
     .help = "unit of the result"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};

struct work {
    const struct invocation *run;
    struct table *table;
    size_t column[2];
    double *value[2];
    size_t capacity[2], n;
    bool told;
};

static enum status choose_columns(struct work *w, const char *spec, struct err *err)
{
    size_t *columns = NULL, count = 0, width = table_width(w->table);
    enum status status = STATUS_OK;
    if (spec != NULL) {
        status = columns_find(table_names(w->table), width, spec, &columns, &count, err);
        for (size_t i = 0; status == STATUS_OK && i < count && i < 2; i++)
            w->column[i] = columns[i];
        if (status == STATUS_OK && count != 2)
            status = err_usage(err, "--columns must name two columns, not %zu", count);
    } else {
        for (size_t c = 0; c < width && count < 2; c++)
            if (table_kind(w->table, c) == COLUMN_NUMBER)
                w->column[count++] = c;
        if (count < 2)
            status = err_data(err, "there are no two numeric columns to compare");
    }
    free(columns);
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}

static enum status keep(void *context, void *state, struct block *block, struct err *err)
{
    struct work *w = context;
    (void)state;
    for (size_t r = 0; r < block->rows; r++, w->n++) {
        for (size_t s = 0; s < 2; s++) {
            double v = block->numbers[r * block->row_step + s * block->column_step];
            if (isnan(v))
                return block_number_error(block, r, s, err, "the value is missing");
            if (v < 0 || isinf(v))
                return block_number_error(block, r, s, err, "%g is no count and no probability", v);
            w->value[s] = mem_grow(w->value[s], &w->capacity[s], w->n + 1, sizeof **w->value);
            w->value[s][w->n] = v;
        }
        if (w->value[1][w->n] == 0 && w->value[0][w->n] > 0 && !w->told) {
            struct err place = {0};
            block_row_error(block, r, &place, "q = 0 where p = %g; the divergence is infinite", w->value[0][w->n]);
            notice(w->run, "%s:%zu: %s", place.file, place.line, place.reason);
            w->told = true;
        }
    }
    return STATUS_OK;
}

static enum status check_sums(const struct work *w, bool probabilities, struct err *err)
{
    if (w->n == 0)
        return err_data(err, "no data"), err_at(err, table_file(w->table), 0);
    for (size_t s = 0; s < 2; s++) {
        double sum = information_sum(w->value[s], w->n);
        const char *name = table_name(w->table, w->column[s]);
        if (sum == 0)
            err_data(err, "column %zu '%s': all values are 0", w->column[s] + 1, name);
        else if (isinf(sum))
            err_data(err, "column %zu '%s': the sum is too large", w->column[s] + 1, name);
        else if (probabilities && !(fabs(sum - 1) <= 1e-9 * (double)w->n))
            err_data(err, "column %zu '%s': the probabilities sum to %.12g, not to 1", w->column[s] + 1, name, sum);
        else
            continue;
        return err_at(err, table_file(w->table), 0);
    }
    return STATUS_OK;
}

static enum status write_result(const struct work *w, const struct settings *s, struct err *err)
{
    static const char *const names[][8] = {
        {"n", "D_bits", "D_reverse_bits", "cross_entropy_bits", "H_p_bits", "H_q_bits", "JS_bits", "total_variation"},
        {"n", "D_nats", "D_reverse_nats", "cross_entropy_nats", "H_p_nats", "H_q_nats", "JS_nats", "total_variation"},
        {"n", "D_bans", "D_reverse_bans", "cross_entropy_bans", "H_p_bans", "H_q_bans", "JS_bans", "total_variation"}};
    static const double per_bit[] = {1, 0.69314718055994531, 0.30102999566398120};
    struct information_divergence d = information_compare(w->value[0], w->value[1], w->n);
    double values[] = {d.forward, d.reverse, d.cross_entropy, d.entropy_p, d.entropy_q, d.jensen_shannon};
    struct out *out;
    enum status status = out_open(&out, &s->output, 8, names[s->unit], err);
    if (status != STATUS_OK)
        return status;
    out_count(out, w->n);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        out_number(out, values[i] * per_bit[s->unit]);
    out_number(out, d.total_variation);
    out_end_row(out);
    return out_close(out, err);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct work w = {.run = run};
    enum status status = command_open_table(&w.table, &s->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(&w, s->columns, err);
    if (status == STATUS_OK) {
        table_want_number(w.table, w.column[0]);
        table_want_number(w.table, w.column[1]);
        status = table_fold(w.table, &(struct fold){.reduce = keep}, &w, s->general.threads, err);
    }
    if (status == STATUS_OK)
        status = check_sums(&w, s->probabilities, err);
    if (status == STATUS_OK)
        status = write_result(&w, s, err);
    free(w.value[0]);
    free(w.value[1]);
    table_close(w.table);
    return status;
}

const struct command command = {
    .name = "kl",
    .purpose = "Compare two discrete distributions by their divergence",
    .operands = "[FILE...]",
    .example = "kl --columns p,q distributions.csv",
    .see_also = "entropy,loss-eval,mle-gauss",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
