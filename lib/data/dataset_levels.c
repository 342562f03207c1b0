#include "data/dataset_state.h"

#include "base/mem.h"
#include "data/order.h"
#include "data/spool.h"

#include <stdlib.h>
#include <string.h>

/* ---- while rows are read ---- */

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

void dataset_levels_want(struct dataset_levels *l, struct table *table, size_t columns, const size_t *column)
{
    l->columns = columns;
    l->slots = mem_alloc(columns, sizeof *l->slots);
    l->names = mem_alloc(columns, sizeof *l->names);
    l->levels = new_dicts(columns);
    for (size_t t = 0; t < columns; t++) {
        const char *name = table_name(table, column[t]);
        l->slots[t] = table_want_text(table, column[t]);
        l->names[t] = mem_copy(name, strlen(name));
    }
}

void dataset_levels_free(struct dataset_levels *l)
{
    for (size_t c = 0; c < l->chunks; c++)
        free(l->chunk[c]);
    for (size_t t = 0; l->names != NULL && t < l->columns; t++)
        free(l->names[t]);
    free_dicts(l->levels, l->columns);
    free(l->names);
    free(l->slots);
    free(l->chunk);
}

void dataset_levels_start(const struct dataset_levels *l, struct dataset_levels_part *p, size_t rows)
{
    if (p->levels == NULL && l->columns > 0)
        p->levels = new_dicts(p->columns = l->columns);
    for (size_t t = 0; t < p->columns; t++)
        dict_clear(p->levels[t]);
    p->level = mem_grow(p->level, &p->level_capacity, rows * l->columns, sizeof *p->level);
}

void dataset_levels_add(const struct dataset_levels *l, struct dataset_levels_part *p, const struct block *b, size_t row, size_t to)
{
    for (size_t t = 0; t < l->columns; t++)
        p->level[to * l->columns + t] = dict_add(p->levels[t], b->texts[l->slots[t]][row]);
}

void dataset_levels_reduce(struct dataset_levels *l, const struct dataset_levels_part *p, size_t rows)
{
    if (l->columns == 0)
        return;
    uint32_t *level = mem_alloc(rows * l->columns, sizeof *level);
    for (size_t t = 0; t < l->columns; t++) {
        size_t n = dict_count(p->levels[t]);
        uint32_t *number = mem_alloc(n, sizeof *number);
        for (uint32_t i = 0; i < n; i++)
            number[i] = dict_add(l->levels[t], dict_text(p->levels[t], i));
        for (size_t i = t; i < rows * l->columns; i += l->columns)
            level[i] = number[p->level[i]];
        free(number);
    }
    l->chunk = mem_grow(l->chunk, &l->chunk_capacity, l->chunks + 1, sizeof *l->chunk);
    l->chunk[l->chunks++] = level;
}

void dataset_levels_release(struct dataset_levels_part *p)
{
    free_dicts(p->levels, p->columns);
    free(p->level);
}

/* ---- when all levels are known ---- */

/* Names the levels and their features. feature: per level its feature's number, NO_FEATURE for the reference. */
#define NO_FEATURE SIZE_MAX

static enum status name_levels(const struct dataset_levels *l, size_t t, struct dataset *ds, size_t **feature, struct err *err)
{
    struct dataset_category *category = &ds->category[t];
    char echo[ERR_ECHO], level_echo[ERR_ECHO];
    size_t n = dict_count(l->levels[t]);
    uint32_t *order = mem_alloc(n, sizeof *order);
    order_of(l->levels[t], order);
    *category = (struct dataset_category){mem_copy(l->names[t], strlen(l->names[t])), n, mem_alloc(n, sizeof(char *))};
    ds->features = mem_resize(ds->features, ds->d + n, sizeof *ds->features);
    feature[t] = mem_alloc(n, sizeof **feature);
    for (size_t i = 0; i < n; i++) {
        struct slice text = dict_text(l->levels[t], order[i]);
        category->level[i] = mem_copy(text.p, text.n);
        feature[t][order[i]] = i == 0 ? NO_FEATURE : ds->d;
        if (i > 0)
            ds->features[ds->d++] = mem_format("%s=%s", category->name, category->level[i]);
    }
    free(order);
    if (n > 1)
        return STATUS_OK;
    err_echo(echo, slice_of(category->name));
    return err_data(err, "column '%s' has the same value '%s' in all rows; --exclude '%s' leaves it out", echo,
                    err_echo(level_echo, slice_of(category->level[0])), echo);
}

/* Puts the features of levels between the columns, of which there are `columns`, and what stands behind these. */
static void expand_rows(const struct dataset_levels *l, const struct dataset_chunk *chunk, const uint32_t *level, size_t columns,
                        size_t added, size_t *const *feature, double *x)
{
    size_t ld = chunk->ld + added;
    for (size_t row = 0; row < chunk->rows; row++) {
        const double *from = chunk->x + row * chunk->ld;
        double *to = x + row * ld;
        memcpy(to, from, columns * sizeof *to);
        memset(to + columns, 0, added * sizeof *to);
        memcpy(to + columns + added, from + columns, (chunk->ld - columns) * sizeof *to);
        for (size_t t = 0; t < l->columns; t++) {
            size_t place = feature[t][level[row * l->columns + t]];
            if (place != NO_FEATURE)
                to[place] = 1;
        }
    }
}

static enum status expand_chunk(const struct dataset_levels *l, struct dataset *ds, size_t which, size_t columns,
                                size_t *const *feature, const struct dataset_options *o, size_t *bytes, struct err *err)
{
    struct dataset_chunk *chunk = &ds->chunk[which];
    size_t added = ds->d - columns, count = chunk->rows * (chunk->ld + added);
    double *x;
    if (dataset_fits(ds, o, *bytes, count)) {
        x = arena_room(&ds->arena, count);
        arena_take(&ds->arena, count);
        *bytes += count * sizeof *x;
        ds->chunks_in_memory++;
    } else if (dataset_spool(ds, o, count, &x, err) != STATUS_OK) {
        return err->status;
    }
    expand_rows(l, chunk, l->chunk[which], columns, added, feature, x);
    if (chunk->weight != NULL)
        chunk->weight = x + (chunk->weight - chunk->x) + added;
    if (chunk->target != NULL)
        chunk->target = x + (chunk->target - chunk->x) + added;
    chunk->x = x;
    chunk->ld += added;
    return STATUS_OK;
}

enum status dataset_levels_expand(const struct dataset_levels *l, struct dataset *ds, const struct dataset_options *o, size_t bytes,
                                  struct err *err)
{
    if (l->columns == 0)
        return STATUS_OK;
    struct arena arena = ds->arena;
    struct spool *spool = ds->spool;
    size_t columns = ds->d;
    size_t **feature = mem_zero(l->columns, sizeof *feature);
    enum status status = STATUS_OK;
    ds->arena = (struct arena){0};
    ds->spool = NULL;
    ds->chunks_in_memory = 0;
    ds->category = mem_zero(l->columns, sizeof *ds->category);
    for (size_t t = 0; t < l->columns && status == STATUS_OK; t++) {
        ds->n_categories = t + 1;
        status = name_levels(l, t, ds, feature, err);
    }
    for (size_t c = 0; c < ds->chunks && status == STATUS_OK; c++)
        status = expand_chunk(l, ds, c, columns, feature, o, &bytes, err);
    for (size_t t = 0; t < l->columns; t++)
        free(feature[t]);
    free(feature);
    arena_free(&arena);
    spool_close(spool);
    return status;
}
