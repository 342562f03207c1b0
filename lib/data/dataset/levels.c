/* The levels of categories while rows are read. Each thread numbers the levels of its block in dictionaries of its own
 * (levels_start, levels_add); levels_merge, called in the order of the rows, adds them to those of all rows. So levels
 * are met in the order of the rows, for any number of threads. levels_name gives them their final order. */

#include "data/dataset/levels.h"

#include "base/mem.h"
#include "data/keys/order.h"

#include <stdlib.h>

static struct dict **new_dicts(size_t n)
{
    struct dict **dicts = mem_alloc(n, sizeof(struct dict *));
    for (size_t i = 0; i < n; i++)
        dicts[i] = dict_new();
    return dicts;
}

static void free_dicts(struct dict **dicts, size_t n)
{
    for (size_t i = 0; dicts != NULL && i < n; i++)
        dict_free(dicts[i]);
    free(dicts);
}

void levels_init(struct levels *l, const struct table *table, size_t columns, const size_t *column)
{
    l->columns = columns;
    l->names = mem_alloc(columns, sizeof *l->names);
    l->dict = new_dicts(columns);
    for (size_t t = 0; t < columns; t++)
        l->names[t] = mem_copy_text(table_name(table, column[t]));
}

void levels_free(struct levels *l)
{
    for (size_t t = 0; l->names != NULL && t < l->columns; t++)
        free(l->names[t]);
    free_dicts(l->dict, l->columns);
    free(l->names);
}

void levels_start(const struct levels *l, struct levels_part *p, size_t rows)
{
    if (p->dict == NULL && l->columns > 0)
        p->dict = new_dicts(p->columns = l->columns);
    for (size_t t = 0; t < p->columns; t++)
        dict_clear(p->dict[t]);
    p->level = mem_grow(p->level, &p->level_capacity, rows * l->columns, sizeof *p->level);
}

void levels_add(const struct levels *l, struct levels_part *p, const struct block *b, size_t row, size_t to)
{
    for (size_t t = 0; t < l->columns; t++)
        p->level[to * l->columns + t] = dict_add(p->dict[t], b->texts[t][row]);
}

void levels_release(struct levels_part *p)
{
    free_dicts(p->dict, p->columns);
    free(p->level);
}

uint32_t *levels_merge(struct levels *l, const struct levels_part *p, size_t t)
{
    size_t n = dict_count(p->dict[t]);
    uint32_t *number = mem_alloc(n, sizeof *number);
    for (uint32_t i = 0; i < n; i++)
        number[i] = dict_add(l->dict[t], dict_text(p->dict[t], i));
    return number;
}

enum status levels_name(const struct levels *l, size_t t, struct category *category, uint32_t *order, struct err *err)
{
    char echo[ERR_ECHO], level_echo[ERR_ECHO];
    size_t n = dict_count(l->dict[t]);
    order_of(l->dict[t], order);
    *category = (struct category){mem_copy_text(l->names[t]), n, mem_alloc(n, sizeof(char *))};
    for (size_t i = 0; i < n; i++) {
        struct slice text = dict_text(l->dict[t], order[i]);
        category->level[i] = mem_copy(text.p, text.n);
    }
    if (n > 1)
        return STATUS_OK;
    err_echo(echo, slice_of(category->name));
    err_data(err, "column '%s' has the same value '%s' in all rows", echo,
             err_echo(level_echo, slice_of(category->level[0])));
    return err_because(err, ERR_CONSTANT_COLUMN, category->name);
}

void category_release(struct category *category)
{
    free(category->name);
    for (size_t i = 0; i < category->levels; i++)
        free(category->level[i]);
    free(category->level);
}
