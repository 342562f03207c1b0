/* Weights of symbols that stand in two columns of one table, a row per symbol, or that are counted in two files: how
 * often each byte, token or line occurs. */
#include "app/measure/kl_work.h"
#include "app/measure/weight_column.h"

#include "cli/memory.h"
#include "cli/usage.h"
#include "data/table/columns.h"

#include <stdlib.h>

static enum status choose_columns(size_t column[2], const struct kl *w, struct table *table, struct err *err)
{
    const char *spec = w->settings->columns;
    size_t *columns = NULL, count = 0, width = table_width(table);
    enum status status = STATUS_OK;
    if (spec != NULL) {
        status = columns_find(table_names(table), width, spec, &columns, &count, err);
        for (size_t i = 0; status == STATUS_OK && i < count && i < 2; i++)
            column[i] = columns[i];
        if (status == STATUS_OK && count != 2)
            status = usage_option(err, "--columns", "expected two columns, not %zu", count);
    } else {
        struct weight_column_search search = {table, w->run, .probabilities = w->settings->probabilities};
        status = weight_column_find_pair(&search, column, err);
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

enum status kl_read_columns(const struct kl *w, struct weight_pairs *pairs, struct err *err)
{
    const struct kl_settings *s = w->settings;
    struct table *table = NULL;
    size_t column[2];
    enum status status = command_open_table(&table, &s->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(column, w, table, err);
    if (status == STATUS_OK)
        status = weight_pairs_read(pairs, table, column, s->general.threads, err);
    if (status == STATUS_OK)
        status = check_columns(pairs, table, column, err);
    table_close(table);
    return status;
}

enum status kl_count_streams(const struct kl *w, struct weight_pairs *pairs, struct err *err)
{
    const struct kl_settings *s = w->settings;
    struct counts_limit limit = {.memory = memory_limit(s->memory), .directory = memory_directory()};
    enum weight_pairs_of what = s->tokens ? WEIGHT_PAIRS_TOKENS : WEIGHT_PAIRS_LINES;
    if (s->bytes)
        what = s->decompress ? WEIGHT_PAIRS_DECOMPRESSED_BYTES : WEIGHT_PAIRS_BYTES;
    return weight_pairs_count(pairs, w->run->operands, what, &limit, s->general.threads, err);
}
