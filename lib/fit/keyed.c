#include "fit/keyed.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct run {
    struct keyed *keyed;
    size_t which;
    const struct keyed_columns *columns;
    char *key;
    size_t capacity;
};

/* Gives the first n keys their values in one table: NaN those that had none. */
static void reserve(struct keyed *k, size_t which, size_t n)
{
    k->value[which] = mem_grow(k->value[which], &k->capacity[which], n * k->values, sizeof **k->value);
    for (; k->known[which] < n; k->known[which]++)
        for (size_t v = 0; v < k->values; v++)
            k->value[which][k->known[which] * k->values + v] = NAN;
}

static enum status read_key(struct run *run, const struct block *b, size_t row, struct slice *key, struct err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < run->columns->n_keys; i++) {
        struct slice text = b->texts[i][row];
        if (text.p == NULL)
            return block_text_error(b, row, i, err, "the key is missing");
        run->key = mem_grow(run->key, &run->capacity, n + text.n + 1, 1);
        if (i > 0)
            run->key[n++] = '+';
        memcpy(run->key + n, text.p, text.n);
        n += text.n;
    }
    *key = (struct slice){run->key, n};
    return STATUS_OK;
}

static enum status read_row(struct run *run, const struct block *b, size_t row, struct err *err)
{
    struct keyed *k = run->keyed;
    struct slice key = {0};
    if (read_key(run, b, row, &key, err) != STATUS_OK)
        return err->status;
    uint32_t number = dict_add(k->keys, key);
    reserve(k, run->which, dict_count(k->keys));
    double *value = k->value[run->which] + number * k->values;
    if (!isnan(value[0])) {
        char echo[ERR_ECHO];
        return block_text_error(b, row, 0, err, "key '%s' stands there twice", err_echo(echo, key));
    }
    for (size_t v = 0; v < k->values; v++) {
        double x = b->numbers[row * b->row_step + v * b->column_step];
        if (isnan(x))
            return block_number_error(b, row, v, err, "the value is missing");
        if (isinf(x) || x < run->columns->least[v])
            return block_number_error(b, row, v, err, "%g is no %s", x, run->columns->what[v]);
        value[v] = x;
    }
    return STATUS_OK;
}

static enum status read_block(void *context, void *state, struct block *b, struct err *err)
{
    enum status status = STATUS_OK;
    (void)state;
    for (size_t row = 0; row < b->rows && status == STATUS_OK; row++)
        status = read_row(context, b, row, err);
    return status;
}

enum status keyed_read(struct keyed *k, size_t which, struct table *table, const struct keyed_columns *columns, struct err *err)
{
    struct run run = {.keyed = k, .which = which, .columns = columns};
    if (k->keys == NULL)
        k->keys = dict_new();
    k->values = columns->n_values;
    for (size_t i = 0; i < columns->n_keys; i++)
        table_want_text(table, columns->keys[i]);
    for (size_t v = 0; v < columns->n_values; v++)
        table_want_number(table, columns->values[v]);
    enum status status = table_fold(table, &(struct fold){.reduce = read_block}, &run, 1, err);
    free(run.key);
    if (status == STATUS_OK && k->known[which] == 0) {
        err_data(err, "no data");
        return err_at(err, table_file(table), 0);
    }
    reserve(k, 0, dict_count(k->keys));
    reserve(k, which, dict_count(k->keys));
    return status;
}

void keyed_release(struct keyed *k)
{
    dict_free(k->keys);
    free(k->value[0]);
    free(k->value[1]);
}

bool keyed_unequal(const struct keyed *k, uint32_t *key, size_t *lacks)
{
    for (*key = 0; *key < dict_count(k->keys); ++*key)
        for (*lacks = 0; *lacks < 2; ++*lacks)
            if (isnan(k->value[*lacks][*key * k->values]))
                return true;
    return false;
}

void keyed_fill(struct keyed *k, size_t which, double value)
{
    for (size_t i = 0; i < k->known[which] * k->values; i++)
        if (isnan(k->value[which][i]))
            k->value[which][i] = value;
}

double keyed_find_pair(const struct keyed *k, size_t which, struct slice a, struct slice b)
{
    double value = NAN;
    for (size_t i = 0; i < 2 && isnan(value); i++) {
        struct slice x = i == 0 ? a : b, y = i == 0 ? b : a;
        char *name = mem_alloc(x.n + y.n + 1, 1);
        memcpy(name, x.p, x.n);
        name[x.n] = '+';
        memcpy(name + x.n + 1, y.p, y.n);
        uint32_t key = dict_find(k->keys, (struct slice){name, x.n + y.n + 1});
        if (key != DICT_NONE)
            value = k->value[which][key];
        free(name);
    }
    return value;
}
