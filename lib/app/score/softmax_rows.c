/* Probabilities of scores, row by row: by the softmax of all scores of a row, or by the logistic function of each.
 * Blocks of rows become text on all threads (map_block), and are written in order (reduce_block); memory is constant.
 */
#include "app/score/softmax_rows.h"

#include "base/mem.h"
#include "cli/append.h"
#include "data/table/columns.h"
#include "data/table/row_index.h"
#include "family/layer/softmax.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct softmax_rows {
    const struct softmax_rows_settings *settings;
    const struct invocation *run;
    struct table *table;
    size_t *columns, n;
    struct append append;
};

/* One thread's. */
struct softmax_rows_part {
    struct buffer text;
    double *value; /* of one row */
};

static void choose_numeric(struct softmax_rows *w)
{
    char echo[ERR_ECHO];
    w->columns = mem_alloc(table_width(w->table), sizeof *w->columns);
    for (size_t c = row_index_is(w->table, 0); c < table_width(w->table); c++)
        if (table_kind(w->table, c) == COLUMN_TEXT)
            notice_verbose(w->run, "column %zu '%s' is text, not a score", c + 1,
                           err_echo(echo, slice_of(table_name(w->table, c))));
        else
            w->columns[w->n++] = c;
}

/* What the score of a column is for: 'logit_cat' is the score of 'cat'. */
static const char *subject(const struct softmax_rows *w, size_t i)
{
    const char *name = table_name(w->table, w->columns[i]);
    return strncmp(name, "logit_", 6) == 0 && name[6] != '\0' ? name + 6 : name;
}

static enum status choose_columns(struct softmax_rows *w, struct err *err)
{
    const struct softmax_rows_settings *s = w->settings;
    enum status status = STATUS_OK;
    if (s->columns != NULL)
        status = columns_find(table_names(w->table), table_width(w->table), s->columns, &w->columns, &w->n, err);
    else
        choose_numeric(w);
    if (status == STATUS_OK && w->n == 0)
        status = err_data(err, "no column is numeric");
    if (status == STATUS_OK && w->n == 1 && !s->sigmoid)
        status = err_data(err, "the softmax of one score is always 1; use --sigmoid");
    for (size_t i = 0; status == STATUS_OK && i < w->n; i++) {
        char echo[ERR_ECHO];
        for (size_t k = 0; status == STATUS_OK && k < i; k++)
            if (strcmp(subject(w, i), subject(w, k)) == 0)
                status = err_data(err, "two score columns are named '%s'", err_echo(echo, slice_of(subject(w, i))));
        table_want_number(w->table, w->columns[i]);
    }
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}

static enum status name_columns(struct softmax_rows *w, struct err *err)
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

/* *missing: a score is, and such rows may be skipped. */
static enum status check_row(const struct softmax_rows *w, const struct block *b, size_t row, bool *missing,
                             struct err *err)
{
    const double *x = b->numbers + row * b->row_step;
    bool none = !w->settings->sigmoid;
    *missing = false;
    for (size_t i = 0; i < w->n; i++) {
        if (isnan(x[i]) && w->settings->missing == MISSING_ERROR)
            return block_number_error(b, row, i, err,
                                      "the score is missing; use --missing skip to leave the new columns empty");
        if (x[i] == INFINITY && !w->settings->sigmoid)
            return block_number_error(b, row, i, err, "the score is infinite");
        *missing |= isnan(x[i]) != 0;
        none &= x[i] == -INFINITY;
    }
    return none ? block_row_error(b, row, err, "all scores are -inf") : STATUS_OK;
}

static void add_row(const struct softmax_rows *w, struct softmax_rows_part *p, const struct block *b, size_t row,
                    bool missing)
{
    const struct softmax_rows_settings *s = w->settings;
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
    const struct softmax_rows *w = context;
    struct softmax_rows_part *p = state;
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
    struct softmax_rows *w = context;
    const struct softmax_rows_part *p = state;
    (void)b;
    return append_write(&w->append, &p->text, err);
}

static void part_release(void *state)
{
    struct softmax_rows_part *p = state;
    buffer_free(&p->text);
    free(p->value);
}

enum status softmax_rows_run(const struct softmax_rows_settings *settings, const struct invocation *run,
                             struct err *err)
{
    struct softmax_rows w = {.settings = settings, .run = run};
    struct sink *sink = NULL;
    enum status status = command_open_table(&w.table, &settings->input, run, COMMAND_BY_ROW, err);
    if (status == STATUS_OK)
        status = choose_columns(&w, err);
    if (status == STATUS_OK)
        status = sink_open(&sink, settings->path, err);
    if (status == STATUS_OK) {
        w.append = (struct append){.table = w.table, .sink = sink, .rows = true, .what = run->name};
        status = name_columns(&w, err);
    }
    struct table_fold fold = {sizeof(struct softmax_rows_part), map_block, reduce_block, part_release};
    if (status == STATUS_OK)
        status = table_fold(w.table, &fold, &w, settings->general.threads, err);
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
