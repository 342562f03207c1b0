/* Weights of symbols that stand in two tables, whose rows name their symbol by the values of key columns: each side is
 * read into a table of keys, then the keys of both are paired. */
#include "app/measure/kl_work.h"
#include "app/measure/weight_column.h"

#include "base/mem.h"
#include "data/table/columns.h"

#include <stdlib.h>

/* The column of values: the one that is named, else that of the counts or probabilities. */
static enum status find_value(const struct kl *w, struct table *table, const size_t *keys, size_t n_keys, size_t *value,
                              struct err *err)
{
    struct weight_column_search search = {table, w->run, keys, .n_keys = n_keys};
    search.probabilities = w->settings->probabilities;
    if (w->settings->columns != NULL)
        return columns_find_one(table_names(table), table_width(table), w->settings->columns, value, err);
    return weight_column_find(&search, value, err);
}

/* *column: the one of the values, as errors call it; malloc'ed. */
static enum status read_side(const struct kl *w, struct keyed *keyed, size_t operand, char **column, struct err *err)
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

/* Reads both tables. A key that one of them lacks has the count 0 there. */
static enum status read_both(const struct kl *w, struct keyed *keyed, char *column[2], struct err *err)
{
    if (read_side(w, keyed, 0, &column[0], err) != STATUS_OK)
        return err->status;
    return read_side(w, keyed, 1, &column[1], err);
}

enum status kl_read_keyed(const struct kl *w, struct weight_pairs *pairs, struct err *err)
{
    struct keyed keyed = {0};
    char *column[2] = {NULL, NULL};
    enum status status = read_both(w, &keyed, column, err);
    if (status == STATUS_OK)
        weight_pairs_from_keyed(pairs, &keyed);
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
