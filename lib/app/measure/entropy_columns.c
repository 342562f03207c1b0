/* Symbols of entropy that are the values of columns, or whose counts or probabilities stand in columns: which columns
 * those are, and what the counts must be for the estimate. */
#include "app/measure/entropy_work.h"
#include "app/measure/weight_column.h"

#include "base/mem.h"
#include "data/table/columns.h"
#include "data/table/row_index.h"
#include "family/dist/information.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The column of counts or probabilities. */
static enum status choose_weights(struct entropy *w, struct err *err)
{
    struct weight_column_search search = {w->table, w->run, .probabilities = w->settings->probabilities};
    search.by = &w->by;
    return weight_column_find(&search, w->by.columns, err);
}

/* Without -x: the counts of uniq -c; the column of counts or probabilities; else every column without another part to
 * play. */
static enum status choose_rest(struct entropy *w, struct err *err)
{
    bool numbers = w->settings->counts || w->settings->probabilities;
    size_t width = table_width(w->table);
    w->by.columns = mem_alloc(width, sizeof *w->by.columns);
    if (numbers && table_is_counted(w->table)) {
        w->by.columns[w->by.n_columns++] = 0;
        return STATUS_OK;
    }
    if (numbers) {
        w->by.n_columns = 1;
        return choose_weights(w, err);
    }
    for (size_t c = 0; c < width; c++)
        if (!grouping_uses(&w->by, w->table, c) && !columns_contain(w->given, w->n_given, c) &&
            !row_index_is(w->table, c))
            w->by.columns[w->by.n_columns++] = c;
    return w->by.n_columns > 0 ? STATUS_OK : err_data(err, "there is no column to count");
}

static enum status choose_columns(struct entropy *w, struct err *err)
{
    const struct entropy_settings *s = w->settings;
    const char *const *names = table_names(w->table);
    size_t width = table_width(w->table);
    enum status status = grouping_find(&w->by, w->table, s->group, s->aweights != NULL ? s->aweights : s->weights, err);
    w->by.importances = s->aweights != NULL;
    if (status == STATUS_OK && s->given != NULL)
        status = columns_find(names, width, s->given, &w->given, &w->n_given, err);
    if (status == STATUS_OK)
        status = s->columns != NULL ? columns_find(names, width, s->columns, &w->by.columns, &w->by.n_columns, err)
                                    : choose_rest(w, err);
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}

/* Names of columns, joined by "+". */
void entropy_add_names(struct buffer *text, const struct table *table, const size_t *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_char(text, '+');
        buffer_add_text(text, table_name(table, columns[i]));
    }
}

struct slice entropy_column_name(const struct entropy *w, size_t column, struct buffer *text)
{
    text->n = 0;
    if (w->settings->joint)
        entropy_add_names(text, w->table, w->by.columns, w->by.n_columns);
    else
        entropy_add_names(text, w->table, w->by.columns + column, 1);
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

static enum status check_set(const struct entropy *w, const struct symbols_set *set, struct err *err)
{
    const struct entropy_settings *s = w->settings;
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
        return err_data(err, "%g is not a whole number, which --estimate grassberger requires", broken);
    return STATUS_OK;
}

static enum status check_sets(const struct entropy *w, struct err *err)
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
        err_echo(echo, entropy_column_name(w, column, &text));
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

enum status entropy_count_columns(struct entropy *w, struct err *err)
{
    const struct entropy_settings *s = w->settings;
    struct symbols_plan plan = {.by = &w->by, .joint = s->joint};
    struct input_settings input = s->input;
    input.counted = s->counts;
    enum status status = command_open_table(&w->table, &input, w->run, COMMAND_BY_COLUMN, err);
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
