#include "data/dataset/dataset_state.h"

#include "base/mem.h"
#include "data/dataset/roles.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NO_SLOT = -1,
    SPARSE_COLUMNS = 16, /* from which on sparse rows are worth it, */
    SPARSE_SHARE = 8     /* if no more than one value in so many is not 0 */
};

struct loader {
    struct dataset *dataset;
    const struct dataset_options *options;
    ptrdiff_t weight_slot, offset_slot, target_slot, label_slot;
    bool has_shares; /* in the target slot and those behind it */
    struct row_check check;
    struct dict *labels;
    size_t chunk_capacity;
    size_t bytes; /* of numbers in memory */
    struct weighting_sums weights;
    struct dataset_levels levels;
    struct dataset_sparse sparse;
};

/* What a thread knows of its current block. */
struct part {
    struct dict *labels; /* of this block, numbered in its own way */
    uint32_t *label;
    size_t label_capacity;
    size_t rows, skipped;
    struct levels_part levels;
};

/* ---- which columns ---- */

static enum status choose_columns(struct loader *l, struct table *table, struct err *err)
{
    const struct dataset_options *o = l->options;
    struct dataset *ds = l->dataset;
    struct roles roles = {0};
    struct roles_rules rules = {
        .several = o->several || o->may_be_shares, .numbers = o->several, .may_be_categories = o->may_be_categories};
    enum status status = roles_find(&roles, table, &o->roles, &rules, err);
    if (status == STATUS_OK) {
        ds->d = roles.n_features;
        ds->features = mem_zero(ds->d, sizeof *ds->features);
        for (size_t j = 0; j < ds->d; j++) {
            ds->features[j] = mem_copy_text(table_name(table, roles.features[j]));
            table_want_number(table, roles.features[j]);
        }
        ds->target = mem_copy_text(table_name(table, roles.targets[0]));
        ds->n_targets = roles.n_targets;
        ds->targets = mem_zero(ds->n_targets, sizeof *ds->targets);
        for (size_t k = 0; k < ds->n_targets; k++)
            ds->targets[k] = mem_copy_text(table_name(table, roles.targets[k]));
        l->weight_slot = roles.weighted ? (ptrdiff_t)table_want_number(table, roles.weight) : NO_SLOT;
        l->offset_slot = roles.has_offset ? (ptrdiff_t)table_want_number(table, roles.offset) : NO_SLOT;
        if (roles.has_offset)
            ds->offset = mem_copy_text(table_name(table, roles.offset));
        l->has_shares = o->may_be_shares && roles.n_targets > 1;
        bool has_labels = o->classes && !l->has_shares;
        l->target_slot = has_labels ? NO_SLOT : (ptrdiff_t)table_want_number(table, roles.targets[0]);
        for (size_t k = 1; k < roles.n_targets; k++)
            table_want_number(table, roles.targets[k]); /* in the slots behind that of the first */
        levels_want(&l->levels.of, table, roles.n_categories, roles.categories);
        l->label_slot = has_labels ? (ptrdiff_t)table_want_text(table, roles.targets[0]) : NO_SLOT;
        l->check = roles_row_check(&roles, ds->d + roles.weighted + roles.has_offset + (has_labels ? 0 : ds->n_targets),
                                   roles.n_categories + has_labels, l->weight_slot >= 0 ? (size_t)l->weight_slot : 0);
    }
    roles_release(&roles);
    return status;
}

/* ---- reading ---- */

static enum status check_row(const struct loader *l, const struct block *b, size_t row, bool *skip, struct err *err)
{
    enum status status = row_check(&l->check, b, row, skip, err);
    if (status == STATUS_OK && (l->options->shares || l->has_shares) && !*skip)
        status = dataset_check_shares(b, row, (size_t)l->target_slot, l->dataset->n_targets, err);
    return status;
}

static enum status part_map(void *context, void *state, struct block *b, struct err *err)
{
    const struct loader *l = context;
    struct part *part = state;
    if (part->labels == NULL)
        part->labels = dict_new();
    dict_clear(part->labels);
    part->label = mem_grow(part->label, &part->label_capacity, b->rows, sizeof *part->label);
    part->rows = part->skipped = 0;
    levels_start(&l->levels.of, &part->levels, b->rows);
    for (size_t row = 0; row < b->rows; row++) {
        bool skip;
        enum status status = check_row(l, b, row, &skip, err);
        if (status != STATUS_OK)
            return status;
        if (skip) {
            part->skipped++;
            continue;
        }
        block_move_row(b, row, part->rows);
        if (l->label_slot >= 0)
            part->label[part->rows] = dict_add(part->labels, b->texts[l->label_slot][row]);
        levels_add(&l->levels.of, &part->levels, b, row, part->rows);
        part->rows++;
    }
    return STATUS_OK;
}

static void add_labels(struct loader *l, const struct part *part, uint32_t *label)
{
    size_t n = dict_count(part->labels);
    uint32_t *number = mem_alloc(n, sizeof *number);
    for (uint32_t i = 0; i < n; i++)
        number[i] = dict_add(l->labels, dict_text(part->labels, i));
    for (size_t row = 0; row < part->rows; row++)
        label[row] = number[part->label[row]];
    free(number);
}

/* Room for so many numbers that are no longer the block's: in memory, or in the spool when they would exceed
 * the memory limit. */
static enum status make_room(struct loader *l, size_t count, double **room, struct err *err)
{
    struct dataset *ds = l->dataset;
    if (!dataset_fits(ds, l->options, l->bytes, count))
        return dataset_spool(ds, l->options, count, room, err);
    l->bytes += count * sizeof(double);
    ds->chunks_in_memory++;
    *room = arena_room(&ds->arena, count);
    arena_take(&ds->arena, count);
    return STATUS_OK;
}

/* Features rounded to float, then the other numbers of each row. */
static enum status keep_single(struct loader *l, struct block *b, struct dataset_chunk *chunk, double **rest,
                               struct err *err)
{
    size_t d = l->dataset->d, features = (chunk->rows * d + 1) / 2; /* in numbers of double size */
    double *room;
    chunk->ld = b->row_step - d;
    enum status status = make_room(l, features + chunk->rows * chunk->ld, &room, err);
    if (status != STATUS_OK)
        return status;
    chunk->single = (float *)room;
    *rest = room + features;
    for (size_t row = 0; row < chunk->rows; row++) {
        const double *from = b->numbers + row * b->row_step;
        float *to = chunk->single + row * d;
        bool is_finite = true;
        for (size_t j = 0; j < d; j++) {
            to[j] = (float)from[j];
            is_finite &= fabsf(to[j]) <= FLT_MAX;
        }
        for (size_t j = 0; !is_finite && j < d; j++)
            if (isinf(to[j]))
                return block_number_error(b, row, j, err, "%g is too large for single precision", from[j]);
        memcpy(*rest + row * chunk->ld, from + d, chunk->ld * sizeof **rest);
    }
    return STATUS_OK;
}

/* Keeps the numbers of the block. rest: those of the first row behind its features; those of the others
 * follow in steps of chunk->ld. */
static enum status keep_numbers(struct loader *l, struct block *b, struct dataset_chunk *chunk, double **rest,
                                struct err *err)
{
    size_t count = chunk->rows * b->row_step;
    struct dataset *ds = l->dataset;
    enum status status = STATUS_OK;
    if (l->options->single)
        return keep_single(l, b, chunk, rest, err);
    chunk->ld = b->row_step;
    if (dataset_fits(ds, l->options, l->bytes, count)) {
        l->bytes += count * sizeof(double);
        ds->chunks_in_memory++;
        chunk->x = block_take_numbers(b, chunk->rows, &ds->arena);
    } else {
        status = dataset_spool(ds, l->options, count, &chunk->x, err);
        if (status == STATUS_OK && count > 0)
            memcpy(chunk->x, b->numbers, count * sizeof(double));
    }
    *rest = chunk->x + ds->d;
    return status;
}

/* What is added to a mean is subtracted from its target instead. */
static void set_offset(const struct loader *l, struct dataset_chunk *chunk, double *offset)
{
    if (chunk->target == NULL)
        chunk->offset = offset;
    for (size_t row = 0; chunk->target != NULL && row < chunk->rows; row++)
        for (size_t k = 0; k < l->dataset->n_targets; k++)
            chunk->target[row * chunk->ld + k] -= offset[row * chunk->ld];
}

/* Whether the first rows, and with them all, are better held as sparse ones. */
static bool is_sparse(const struct loader *l, const struct block *b, size_t rows)
{
    const struct dataset_options *o = l->options;
    size_t d = l->dataset->d;
    bool may_be =
        o->may_be_sparse && l->label_slot >= 0 && l->weight_slot < 0 && l->offset_slot < 0 && l->levels.of.columns == 0;
    return may_be && d >= SPARSE_COLUMNS &&
           dataset_sparse_count(rows, d, b->numbers, b->row_step) * SPARSE_SHARE <= rows * d;
}

static enum status part_reduce(void *context, void *state, struct block *b, struct err *err)
{
    struct loader *l = context;
    const struct part *part = state;
    struct dataset *ds = l->dataset;
    ds->skipped += part->skipped;
    if (part->rows == 0)
        return STATUS_OK;
    if (ds->n == 0)
        ds->sparse = is_sparse(l, b, part->rows);
    if (ds->sparse) {
        struct dataset_chunk *grown = dataset_sparse_add(&l->sparse, ds, part->rows, b->numbers, b->row_step);
        add_labels(l, part, grown->label + grown->rows - part->rows);
        ds->n += part->rows;
        ds->weight_sum += (double)part->rows;
        ds->counted += (double)part->rows;
        return STATUS_OK;
    }
    ds->chunk = mem_grow(ds->chunk, &l->chunk_capacity, ds->chunks + 1, sizeof *ds->chunk);
    struct dataset_chunk *chunk = &ds->chunk[ds->chunks++];
    *chunk = (struct dataset_chunk){.rows = part->rows};
    double *rest;
    ptrdiff_t d = (ptrdiff_t)ds->d;
    enum status status = keep_numbers(l, b, chunk, &rest, err);
    if (status != STATUS_OK)
        return status;
    if (l->weight_slot >= 0)
        chunk->weight = rest + (l->weight_slot - d);
    if (l->has_shares)
        dataset_set_shares(ds, chunk, rest + (l->target_slot - d));
    else if (l->target_slot >= 0)
        chunk->target = rest + (l->target_slot - d);
    if (l->offset_slot >= 0)
        set_offset(l, chunk, rest + (l->offset_slot - d));
    if (l->label_slot >= 0) {
        chunk->label = mem_alloc(part->rows, sizeof *chunk->label);
        add_labels(l, part, chunk->label);
    }
    dataset_levels_reduce(&l->levels, &part->levels, part->rows);
    double weights = 0;
    for (size_t row = 0; row < part->rows; row++) {
        weights += dataset_weight(chunk, row);
        ds->counted += dataset_weight(chunk, row) > 0;
    }
    for (size_t row = 0; row < part->rows && l->options->roles.weighting == WEIGHTING_IMPORTANCES; row++)
        weighting_add(&l->weights, dataset_weight(chunk, row));
    ds->weight_sum += weights;
    ds->n += part->rows;
    return STATUS_OK;
}

/* Scales importances, now that all are known. */
static void finish_weights(const struct loader *l)
{
    struct dataset *ds = l->dataset;
    enum weighting weighting = l->options->roles.weighting;
    double factor = weighting_factor(weighting, &l->weights, ds->weight_sum);
    ds->cases = weighting == WEIGHTING_FREQUENCIES ? ds->weight_sum : (double)ds->n;
    ds->counted = weighting == WEIGHTING_FREQUENCIES ? ds->weight_sum : ds->counted;
    if (weighting != WEIGHTING_IMPORTANCES)
        return;
    for (size_t c = 0; c < ds->chunks; c++)
        for (size_t row = 0; row < ds->chunk[c].rows; row++)
            ds->chunk[c].weight[row * ds->chunk[c].ld] *= factor;
    ds->weight_sum = factor != 1 ? (double)l->weights.positive : ds->weight_sum;
    ds->log_weights = l->weights.log_sum + (double)l->weights.positive * log(factor);
}

static void part_release(void *state)
{
    struct part *part = state;
    dict_free(part->labels);
    free(part->label);
    levels_release(&part->levels);
}

/* What was read becomes the dataset: weights on their scale, classes and levels numbered. */
static enum status finish(struct loader *l, struct err *err)
{
    struct dataset *ds = l->dataset;
    if (ds->n == 0)
        return err_data(err, ds->skipped > 0 ? "every row has a missing value" : "there are no rows");
    finish_weights(l);
    if (l->has_shares)
        dataset_name_shares(ds);
    else if (l->options->classes)
        dataset_number_classes(ds, l->labels);
    return dataset_levels_expand(&l->levels, ds, l->options, l->bytes, err);
}

enum status dataset_load_dense(struct dataset *ds, struct table *table, const struct dataset_options *options,
                               struct err *err)
{
    struct loader loader = {.dataset = ds, .options = options, .labels = dict_new()};
    struct fold fold = {
        .state_size = sizeof(struct part), .map = part_map, .reduce = part_reduce, .release = part_release};
    enum status status = choose_columns(&loader, table, err);
    if (status == STATUS_OK)
        status = table_fold(table, &fold, &loader, options->threads, err);
    if (status == STATUS_OK && finish(&loader, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    dataset_levels_free(&loader.levels);
    dict_free(loader.labels);
    return status;
}
