/* Columns loaded as sorted samples, by groups of rows: for estimates that need several passes. Blocks are
 * checked in parallel (samples_map_block) and appended in the order of the input (samples_reduce_block); then
 * the samples are sorted, one per job. Memory: 16 bytes per value, and for each sort a second copy of its
 * sample. */
#include "fit/summary/samples.h"

#include "base/mem.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>

struct samples_run {
    const struct grouping *by;
    struct samples *samples;
};

static size_t add_group(struct samples *s, struct slice name)
{
    size_t group = dict_add(s->names, name), cells = (group + 1) * s->columns;
    if (group < s->groups)
        return group;
    s->sample = mem_grow(s->sample, &s->sample_capacity, cells, sizeof *s->sample);
    s->capacity = mem_grow(s->capacity, &s->capacity_capacity, cells, sizeof *s->capacity);
    s->n = mem_grow(s->n, &s->n_capacity, cells, sizeof *s->n);
    s->missing = mem_grow(s->missing, &s->missing_capacity, cells, sizeof *s->missing);
    for (size_t i = group * s->columns; i < cells; i++) {
        s->sample[i] = (struct location_sample){.importances = s->importances};
        s->capacity[i] = s->n[i] = s->missing[i] = 0;
    }
    s->groups++;
    return group;
}

static void add_value(struct samples *s, size_t cell, double x, double weight)
{
    struct location_sample *sample = &s->sample[cell];
    s->n[cell]++;
    if (weight == 0)
        return;
    sample->value = mem_grow(sample->value, &s->capacity[cell], sample->n + 1, sizeof *sample->value);
    sample->value[sample->n++] = (struct location_value){x, weight};
}

/* Checks that no value of the block is infinite, and its weights. */
static enum status samples_map_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct grouping *by = ((const struct samples_run *)context)->by;
    (void)state;
    for (size_t r = 0; r < b->rows; r++)
        for (size_t c = 0; c < by->n_columns; c++)
            if (isinf(b->numbers[c * b->column_step + r]))
                return block_number_error(b, r, c, err, "the value is infinite");
    return by->weighted ? grouping_check_weights(b, b->numbers + by->n_columns * b->column_step, by->n_columns, err)
                        : STATUS_OK;
}

static enum status samples_reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    const struct samples_run *run = context;
    const struct grouping *by = run->by;
    struct samples *s = run->samples;
    const double *weights = by->weighted ? b->numbers + by->n_columns * b->column_step : NULL;
    (void)state;
    (void)err;
    for (size_t r = 0; r < b->rows; r++) {
        if (by->by_group && b->texts[0][r].p == NULL) {
            s->ungrouped++;
            continue;
        }
        size_t group = by->by_group ? add_group(s, b->texts[0][r]) : 0;
        for (size_t c = 0; c < s->columns; c++) {
            double x = b->numbers[c * b->column_step + r];
            if (isnan(x))
                s->missing[group * s->columns + c]++;
            else
                add_value(s, group * s->columns + c, x, weights != NULL ? weights[r] : 1);
        }
    }
    return STATUS_OK;
}

static void samples_sort(void *context, size_t worker, size_t index)
{
    struct samples *s = context;
    (void)worker;
    location_sort(&s->sample[index]);
}

static void samples_keep(void *context, size_t worker, size_t index)
{
    (void)context;
    (void)worker;
    (void)index;
}

/* Checks the sums of the weights; values of weight 0 have not been kept. */
static enum status check_weights(const struct samples *s, const struct grouping *by, const struct table *table,
                                 struct err *err)
{
    size_t rows = 0, kept = 0;
    for (size_t i = 0; by->weighted && i < s->groups * s->columns; i++) {
        rows += s->n[i];
        kept += s->sample[i].n;
        if (!isfinite(location_weight(&s->sample[i])))
            return grouping_overflow(by, table, err);
    }
    return rows > 0 && kept == 0 ? grouping_weightless(by, table, err) : STATUS_OK;
}

enum status samples_load(struct samples **samples, struct table *table, const struct grouping *by, size_t threads,
                         struct err *err)
{
    for (size_t c = 0; c < by->n_columns; c++)
        table_want_number(table, by->columns[c]);
    if (by->weighted)
        table_want_number(table, by->weight);
    if (by->by_group)
        table_want_text(table, by->group);
    struct samples_run run = {.by = by, .samples = mem_zero(1, sizeof *run.samples)};
    struct samples *s = run.samples;
    s->columns = by->n_columns;
    s->importances = by->importances;
    s->names = dict_new();
    if (!by->by_group)
        add_group(s, (struct slice){"", 0});
    enum status status = table_fold(
        table, &(struct table_fold){.map = samples_map_block, .reduce = samples_reduce_block}, &run, threads, err);
    if (status == STATUS_OK)
        status = check_weights(s, by, table, err);
    if (status != STATUS_OK) {
        samples_free(s);
        return status;
    }
    parallel_reduce(s->groups * s->columns, threads, s, samples_sort, samples_keep);
    *samples = s;
    return STATUS_OK;
}

void samples_free(struct samples *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->groups * s->columns; i++)
        free(s->sample[i].value);
    dict_free(s->names);
    free(s->sample);
    free(s->capacity);
    free(s->n);
    free(s->missing);
    free(s);
}
