/* Categories of the rows of a dataset: each level but the first, the reference, becomes a feature COLUMN=LEVEL that is
 * 1 in its rows and 0 elsewhere (treatment coding).
 *
 * 1. dataset_levels_reduce keeps, for each chunk, the numbers of the levels of its rows.
 * 2. dataset_levels_expand, after the last row, names and orders the levels and copies each chunk into wider rows:
 *
 *        [numbers | weight | offset | targets]  ->  [numbers | levels | weight | offset | targets]
 *
 * The levels are known only at the end, so that for a moment both forms of the rows exist: memory is twice that of the
 * numbers, within the memory limit. */

#include "data/dataset/dataset_state.h"

#include "base/mem.h"
#include "data/keys/spool.h"

#include <stdlib.h>
#include <string.h>

void dataset_levels_reduce(struct dataset_levels *l, const struct levels_part *p, size_t rows)
{
    size_t columns = l->of.columns;
    if (columns == 0)
        return;
    uint32_t *level = mem_alloc(rows * columns, sizeof *level);
    for (size_t t = 0; t < columns; t++) {
        uint32_t *number = levels_merge(&l->of, p, t);
        for (size_t i = t; i < rows * columns; i += columns)
            level[i] = number[p->level[i]];
        free(number);
    }
    l->chunk = mem_grow(l->chunk, &l->chunk_capacity, l->chunks + 1, sizeof *l->chunk);
    l->chunk[l->chunks++] = level;
}

void dataset_levels_free(struct dataset_levels *l)
{
    for (size_t c = 0; c < l->chunks; c++)
        free(l->chunk[c]);
    free(l->chunk);
    levels_free(&l->of);
}

/* Names the levels and their features. feature: number of the feature of each level, NO_FEATURE for the reference. */
#define NO_FEATURE SIZE_MAX

static enum status name_levels(const struct levels *l, size_t t, struct dataset *ds, size_t **feature, struct err *err)
{
    struct category *category = &ds->category[t];
    size_t n = dict_count(l->dict[t]);
    uint32_t *order = mem_alloc(n, sizeof *order);
    enum status status = levels_name(l, t, category, order, err);
    ds->features = mem_resize(ds->features, ds->d + n, sizeof *ds->features);
    feature[t] = mem_alloc(n, sizeof **feature);
    for (size_t i = 0; i < n; i++) {
        feature[t][order[i]] = i == 0 ? NO_FEATURE : ds->d;
        if (i > 0)
            ds->features[ds->d++] = mem_format("%s=%s", category->name, category->level[i]);
    }
    free(order);
    return status;
}

/* Inserts the features of levels behind the first `columns` numbers of each row. */
static void expand_rows(const struct dataset_levels *l, const struct dataset_chunk *chunk, const uint32_t *level,
                        size_t columns, size_t added, size_t *const *feature, double *x)
{
    size_t ld = chunk->ld + added;
    for (size_t row = 0; row < chunk->rows; row++) {
        const double *from = chunk->x + row * chunk->ld;
        double *to = x + row * ld;
        memcpy(to, from, columns * sizeof *to);
        memset(to + columns, 0, added * sizeof *to);
        memcpy(to + columns + added, from + columns, (chunk->ld - columns) * sizeof *to);
        for (size_t t = 0; t < l->of.columns; t++) {
            size_t place = feature[t][level[row * l->of.columns + t]];
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
        arena_claim(&ds->arena, count);
        *bytes += count * sizeof *x;
        ds->chunks_in_memory++;
    } else if (dataset_spool(ds, o, count, &x, err) != STATUS_OK) {
        return err->status;
    }
    expand_rows(l, chunk, l->chunk[which], columns, added, feature, x);
    if (chunk->weight != NULL)
        chunk->weight = x + (chunk->weight - chunk->x) + added;
    if (chunk->offset != NULL)
        chunk->offset = x + (chunk->offset - chunk->x) + added;
    if (chunk->probability != NULL)
        chunk->probability = x + (chunk->probability - chunk->x) + added;
    if (chunk->target != NULL)
        chunk->target = x + (chunk->target - chunk->x) + added;
    chunk->x = x;
    chunk->ld += added;
    return STATUS_OK;
}

enum status dataset_levels_expand(const struct dataset_levels *l, struct dataset *ds, const struct dataset_options *o,
                                  size_t bytes, struct err *err)
{
    if (l->of.columns == 0)
        return STATUS_OK;
    struct arena arena = ds->arena;
    struct spool *spool = ds->spool;
    size_t columns = ds->d;
    size_t **feature = mem_zero(l->of.columns, sizeof *feature);
    enum status status = STATUS_OK;
    ds->arena = (struct arena){0};
    ds->spool = NULL;
    ds->chunks_in_memory = 0;
    ds->category = mem_zero(l->of.columns, sizeof *ds->category);
    for (size_t t = 0; t < l->of.columns && status == STATUS_OK; t++) {
        ds->n_categories = t + 1;
        status = name_levels(&l->of, t, ds, feature, err);
    }
    for (size_t c = 0; c < ds->chunks && status == STATUS_OK; c++)
        status = expand_chunk(l, ds, c, columns, feature, o, &bytes, err);
    for (size_t t = 0; t < l->of.columns; t++)
        free(feature[t]);
    free(feature);
    arena_free(&arena);
    spool_close(spool);
    return status;
}
