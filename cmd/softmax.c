#include "base/mem.h"
#include "cli/append.h"
#include "cli/command.h"
#include "data/table/columns.h"
#include "family/layer/softmax.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *columns, *path;
    bool log, sigmoid, greatest;
    double temperature;
    int missing;
    size_t digits;
    struct input_settings input;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS, .help = "the score columns; without it all numeric ones"},
    {FLAG(struct settings, log), .name = "log", .help = "natural logarithms of the probabilities, as columns logp_nats_NAME"},
    {FLAG(struct settings, sigmoid), .name = "sigmoid", .help = "each score by itself: 1 / (1 + exp(-score))"},
    {REAL(struct settings, temperature), .letter = 't', .name = "temperature", .arg = "T", .fallback = "1", .min = 1e-300,
     .max = 1e300, .help = "divide the scores by T first"},
    {FLAG(struct settings, greatest), .name = "argmax", .help = "add the name of the greatest score, as a column 'predicted'"},
    OPT_MISSING_ROW(struct settings, missing, "what to do with rows that lack a score; skip leaves their new columns empty"),
    OPT_INPUT_ROWS(struct settings, input),
    {TEXT(struct settings, path), .letter = 'o', .name = "output", .arg = "FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_OUTPUT_GROUP, .help = "write the result to FILE, all of it or nothing"},
    {COUNT(struct settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17, .group = OPT_OUTPUT_GROUP,
     .help = "significant digits of numbers; without it as many as read back to the same number"},
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

struct work {
    const struct settings *settings;
    const struct invocation *run;
    struct table *table;
    size_t *columns, n;
    struct append append;
};

/* One thread's. */
struct part {
    struct buffer text;
    double *value; /* of one row */
};

/* ---- columns ---- */

static void choose_numeric(struct work *w)
{
    char echo[ERR_ECHO];
    w->columns = mem_alloc(table_width(w->table), sizeof *w->columns);
    for (size_t c = 0; c < table_width(w->table); c++)
        if (table_kind(w->table, c) == COLUMN_TEXT)
            notice_verbose(w->run, "column %zu '%s' is text and no score", c + 1,
                           err_echo(echo, slice_of(table_name(w->table, c))));
        else
            w->columns[w->n++] = c;
}

/* What the score of a column is for: 'logit_cat' is the score of 'cat'. */
static const char *subject(const struct work *w, size_t i)
{
    const char *name = table_name(w->table, w->columns[i]);
    return strncmp(name, "logit_", 6) == 0 && name[6] != '\0' ? name + 6 : name;
}

static enum status choose_columns(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    enum status status = STATUS_OK;
    if (s->columns != NULL)
        status = columns_find(table_names(w->table), table_width(w->table), s->columns, &w->columns, &w->n, err);
    else
        choose_numeric(w);
    if (status == STATUS_OK && w->n == 0)
        status = err_data(err, "no column is numeric");
    if (status == STATUS_OK && w->n == 1 && !s->sigmoid)
        status = err_data(err, "the softmax of one score is always 1; --sigmoid takes each score by itself");
    for (size_t i = 0; status == STATUS_OK && i < w->n; i++) {
        char echo[ERR_ECHO];
        for (size_t k = 0; status == STATUS_OK && k < i; k++)
            if (strcmp(subject(w, i), subject(w, k)) == 0)
                status = err_data(err, "two scores are called '%s'", err_echo(echo, slice_of(subject(w, i))));
        table_want_number(w->table, w->columns[i]);
    }
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}

static enum status name_columns(struct work *w, struct err *err)
{
    enum status status = STATUS_OK;
    append_begin(&w->append);
    for (size_t i = 0; i < w->n && status == STATUS_OK; i++) {
        char *name = mem_format("%s_%s", w->settings->log ? "logp_nats" : "p", subject(w, i));
        status = append_column(&w->append, name, err);
        free(name);
    }
    if (status == STATUS_OK && w->settings->greatest)
        status = append_column(&w->append, "predicted", err);
    return status;
}

/* ---- rows ---- */

/* *missing: a score is, and such rows may be skipped. */
static enum status check_row(const struct work *w, const struct block *b, size_t row, bool *missing, struct err *err)
{
    const double *x = b->numbers + row * b->row_step;
    bool none = !w->settings->sigmoid;
    *missing = false;
    for (size_t i = 0; i < w->n; i++) {
        if (isnan(x[i]) && w->settings->missing == MISSING_ERROR)
            return block_number_error(b, row, i, err,
                                      "the score is missing; --missing skip leaves the new columns empty");
        if (x[i] == INFINITY && !w->settings->sigmoid)
            return block_number_error(b, row, i, err, "the score is infinite");
        *missing |= isnan(x[i]) != 0;
        none &= x[i] == -INFINITY;
    }
    return none ? block_row_error(b, row, err, "all scores are -inf") : STATUS_OK;
}

static void add_row(const struct work *w, struct part *p, const struct block *b, size_t row, bool missing)
{
    const struct settings *s = w->settings;
    const double *x = b->numbers + row * b->row_step;
    size_t cells;
    append_start_row(&w->append, &p->text, b, row, &cells);
    if (!missing && s->sigmoid)
        softmax_single(x, w->n, s->temperature, s->log, p->value);
    else if (!missing)
        softmax_joint(x, w->n, s->temperature, s->log, p->value);
    for (size_t i = 0; i < w->n; i++) {
        append_next_cell(&w->append, &p->text, &cells);
        if (!missing)
            buffer_add_number(&p->text, p->value[i], s->digits);
    }
    if (s->greatest) {
        append_next_cell(&w->append, &p->text, &cells);
        if (!missing)
            buffer_add_field(&p->text, slice_of(subject(w, special_argmax(w->n, x))), w->append.delimiter);
    }
    append_end_row(&w->append, &p->text, b, row);
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct work *w = context;
    struct part *p = state;
    enum status status = STATUS_OK;
    p->text.n = 0;
    if (p->value == NULL)
        p->value = mem_alloc(w->n, sizeof *p->value);
    for (size_t row = 0; row < b->rows && status == STATUS_OK; row++) {
        bool missing;
        status = check_row(w, b, row, &missing, err);
        if (status == STATUS_OK)
            add_row(w, p, b, row, missing);
    }
    return status;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct work *w = context;
    const struct part *p = state;
    (void)b;
    return append_write(&w->append, &p->text, err);
}

static void part_release(void *state)
{
    struct part *p = state;
    buffer_free(&p->text);
    free(p->value);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings, .run = run};
    struct sink *sink = NULL;
    enum status status = command_open_table(&w.table, &w.settings->input, run, COMMAND_BY_ROW, err);
    if (status == STATUS_OK)
        status = choose_columns(&w, err);
    if (status == STATUS_OK)
        status = sink_open(&sink, w.settings->path, err);
    if (status == STATUS_OK) {
        w.append = (struct append){.table = w.table, .sink = sink, .rows = true, .what = run->name};
        status = name_columns(&w, err);
    }
    struct fold fold = {sizeof(struct part), map_block, reduce_block, part_release};
    if (status == STATUS_OK)
        status = table_fold(w.table, &fold, &w, w.settings->general.threads, err);
    if (status == STATUS_OK) {
        append_end(&w.append);
        status = sink_close(sink, err);
    } else {
        sink_abandon(sink);
    }
    append_free(&w.append);
    free(w.columns);
    table_close(w.table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "softmax",
    .purpose = "Turn scores into probabilities, row by row",
    .operands = "[FILE...]",
    .example = "softmax -x 'logit_*' --argmax scores.csv",
    .see_also = "nn-predict,loss-eval,softmax-train,kl",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
