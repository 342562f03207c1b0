/* Counts of the values of columns, by groups: cells.c counts them in one pass, then a counting sort puts the
 * cells in order of group and column, and within these in the order of their first rows. Memory grows with the
 * distinct values. */
#include "fit/summary/categorical.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Sorts the cells by group and column with a counting sort, which keeps the order of first rows. */
static void order_cells(struct categorical_fit *f)
{
    const struct dict *keys = f->cells->counts->keys;
    size_t buckets = f->groups * f->columns, distinct = dict_count(keys);
    size_t *next = mem_zero(buckets + 2, sizeof *next);
    f->level = mem_alloc(distinct, sizeof *f->level);
    f->rows = mem_alloc(distinct, sizeof *f->rows);
    f->weight = mem_alloc(distinct, sizeof *f->weight);
    f->count = mem_alloc(distinct, sizeof *f->count);
    for (uint32_t cell = 0; cell < distinct; cell++) {
        struct cells_place place = cells_place(dict_text(keys, cell));
        next[place.group * f->columns + place.tuple + 2]++;
    }
    for (size_t i = 0; i < buckets; i++)
        next[i + 2] += next[i + 1];
    for (uint32_t cell = 0; cell < distinct; cell++) {
        struct cells_place place = cells_place(dict_text(keys, cell));
        size_t set = place.group * f->columns + place.tuple, at = next[set + 1]++;
        const struct dd *sums = f->cells->counts->value + cell * f->cells->counts->width;
        f->level[at] = cell;
        f->weight[at] = sums[0].high;
        f->count[at] = cells_effective(f->cells, set, sums[0].high);
        f->rows[at] = sums[f->cells->counts->width - 1].high;
    }
    f->start = next;
}

static enum status check_sums(const struct categorical_fit *f, const struct table *table, const struct grouping *by,
                              struct err *err)
{
    size_t sets = f->groups * f->columns;
    double total = 0;
    for (size_t i = 0; i < sets; i++) {
        double sum = 0;
        for (size_t k = f->start[i]; k < f->start[i + 1]; k++)
            sum += f->weight[k];
        if (!isfinite(sum))
            return grouping_overflow(by, table, err);
        total += sum;
    }
    return total == 0 && f->start[sets] > 0 ? grouping_weightless(by, table, err) : STATUS_OK;
}

enum status categorical_fit(struct categorical_fit **fit, struct table *table, const struct grouping *by,
                            size_t threads, struct err *err)
{
    size_t *end = mem_alloc(by->n_columns, sizeof *end);
    for (size_t k = 0; k < by->n_columns; k++)
        end[k] = k + 1;
    struct categorical_fit *f = mem_zero(1, sizeof *f);
    enum status status =
        cells_count(&f->cells, table, &(struct cells_plan){by, end, by->n_columns, NULL, by->weighted}, threads, err);
    free(end);
    if (status == STATUS_OK) {
        f->groups = f->cells->groups;
        f->columns = f->cells->tuples;
        order_cells(f);
        status = check_sums(f, table, by, err);
    }
    if (status == STATUS_OK)
        *fit = f;
    else
        categorical_free(f);
    return status;
}

void categorical_free(struct categorical_fit *f)
{
    if (f == NULL)
        return;
    cells_free(f->cells);
    free(f->start);
    free(f->level);
    free(f->rows);
    free(f->weight);
    free(f->count);
    free(f);
}

struct slice categorical_level(const struct categorical_fit *f, size_t i)
{
    return cells_value(dict_text(f->cells->counts->keys, f->level[i]));
}
