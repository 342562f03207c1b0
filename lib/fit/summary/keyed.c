/* Counts or probabilities by key from two tables: one dictionary of keys for both, and a value per key and
 * table. Keys of several columns are joined with their lengths. Rows are read in one thread, in order. */
#include "fit/summary/keyed.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct keyed_run {
    struct keyed *keyed;
    size_t which;
    bool probabilities;
    char *key;
    size_t capacity;
};

/* Extends the values of one table to the first n keys, new ones NaN. */
static void reserve(struct keyed *k, size_t which, size_t n)
{
    k->value[which] = mem_grow(k->value[which], &k->capacity[which], n, sizeof **k->value);
    for (; k->known[which] < n; k->known[which]++)
        k->value[which][k->known[which]] = NAN;
}

enum status keyed_check_value(const struct block *b, size_t row, size_t slot, bool probabilities, struct err *err)
{
    double v = b->numbers[row * b->row_step + slot * b->column_step];
    if (isnan(v))
        return block_number_error(b, row, slot, err, "the value is missing");
    if (probabilities && (v < 0 || v > 1 + 1e-9))
        return block_number_error(b, row, slot, err, "%.12g is not a probability", v);
    if (v < 0 || isinf(v))
        return block_number_error(b, row, slot, err, "%g is neither a count nor a probability", v);
    return STATUS_OK;
}

char *keyed_name(const struct keyed *k, uint32_t key)
{
    struct slice text = dict_text(k->keys, key);
    if (k->n_keys == 1)
        return mem_copy(text.p, text.n);
    char *name = mem_alloc(text.n + 1, 1);
    size_t n = 0, length;
    for (size_t at = 0; at < text.n; at += length) {
        memcpy(&length, text.p + at, sizeof length);
        at += sizeof length;
        if (n > 0)
            name[n++] = '+';
        memcpy(name + n, text.p + at, length);
        n += length;
    }
    name[n] = '\0';
    return name;
}

static enum status read_key(struct keyed_run *run, const struct block *b, size_t row, struct slice *key,
                            struct err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < run->keyed->n_keys; i++) {
        struct slice text = b->texts[i][row];
        if (text.p == NULL)
            return block_text_error(b, row, i, err, "the key is missing");
        run->key = mem_grow(run->key, &run->capacity, n + sizeof text.n + text.n, 1);
        if (run->keyed->n_keys > 1) {
            memcpy(run->key + n, &text.n, sizeof text.n);
            n += sizeof text.n;
        }
        memcpy(run->key + n, text.p, text.n);
        n += text.n;
    }
    *key = (struct slice){run->key, n};
    return STATUS_OK;
}

static enum status read_row(struct keyed_run *run, const struct block *b, size_t row, struct err *err)
{
    struct keyed *k = run->keyed;
    struct slice key = {0};
    if (read_key(run, b, row, &key, err) != STATUS_OK)
        return err->status;
    uint32_t number = dict_add(k->keys, key);
    reserve(k, run->which, dict_count(k->keys));
    double *value = &k->value[run->which][number];
    if (!isnan(*value)) {
        char echo[ERR_ECHO], *name = keyed_name(k, number);
        block_text_error(b, row, 0, err, "the key '%s' occurs twice", err_echo(echo, slice_of(name)));
        free(name);
        return err->status;
    }
    *value = b->numbers[row * b->row_step];
    return keyed_check_value(b, row, 0, run->probabilities, err);
}

static enum status keyed_read_block(void *context, void *state, struct block *b, struct err *err)
{
    enum status status = STATUS_OK;
    (void)state;
    for (size_t row = 0; row < b->rows && status == STATUS_OK; row++)
        status = read_row(context, b, row, err);
    return status;
}

enum status keyed_read(struct keyed *k, size_t which, struct table *table, const size_t *keys, size_t n_keys,
                       size_t value, bool probabilities, struct err *err)
{
    struct keyed_run run = {.keyed = k, .which = which, .probabilities = probabilities};
    if (k->keys == NULL) {
        k->keys = dict_new();
        k->n_keys = n_keys;
    } else if (n_keys != k->n_keys) {
        err_data(err, "the key has %zu columns here, but %zu in the first file", n_keys, k->n_keys);
        return err_at(err, table_file(table), 0);
    }
    for (size_t i = 0; i < n_keys; i++)
        table_want_text(table, keys[i]);
    table_want_number(table, value);
    enum status status = table_fold(table, &(struct table_fold){.reduce = keyed_read_block}, &run, 1, err);
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

void keyed_fill(struct keyed *k, size_t which, double value)
{
    for (size_t i = 0; i < k->known[which]; i++)
        if (isnan(k->value[which][i]))
            k->value[which][i] = value;
}
