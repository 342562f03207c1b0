/* Rows of columns, read into chunks of a dataset in one pass.
 *
 * 1. choose_columns: roles to slots. A row of a block is [features | weight | offset | targets], so that features can
 * be used where they are.
 *
 *        numbers of a block:   x x x x | w | o | y      ld = row_step
 *                              x x x x | w | o | y
 *
 * 2. dataset_dense_map, in parallel: checks each row, moves the rows that are kept together, and numbers the labels and
 *    levels of its block in a dictionary of its own.
 * 3. dataset_dense_reduce, in the order of the rows: the numbers of the block become a chunk without being copied
 *    (block_take_numbers), or are copied to the temporary file when memory is limited, or into sparse rows when the
 *    first block is mostly zeros. The labels and levels of the block are renumbered in the dictionaries of all rows.
 *    So classes and levels are met in the order of the rows, and chunks are the same, for any number of threads.
 * 4. finish, after the last row: importances are scaled, classes get their final order (dataset_classes.c),
 *    and the levels of categories become features, for which rows are copied once more (dataset_levels.c).
 *
 * Memory: 8 bytes a number (4 with `single`), and 4 for the label of a row. */

#include "data/dataset/dataset_state.h"

#include "base/mem.h"
#include "data/dataset/roles.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SPARSE_COLUMNS = 16, /* from which on sparse rows are worth it, */
    SPARSE_SHARE = 8     /* if no more than one value in this number is not 0 */
};

struct dataset_dense {
    struct dataset *dataset;
    const struct dataset_options *options;
    struct roles_slots slots;
    bool has_probabilities; /* in the target slot and those behind it */
    struct dict *labels;
    size_t chunk_capacity;
    size_t bytes; /* of numbers in memory */
    struct weighting_sums weights;
    struct dataset_levels levels;
    struct dataset_sparse sparse;
};

/* The current block of a thread. */
struct dataset_dense_part {
    struct dict *labels; /* of this block, numbered in its own way */
    uint32_t *label;
    size_t label_capacity;
    size_t rows, skipped;
    struct levels_part levels;
};

/* ---- columns ---- */

static void name_columns(struct dataset *ds, const struct table *table, const struct roles *roles)
{
    ds->d = roles->n_features;
    ds->features = mem_zero(ds->d, sizeof *ds->features);
    for (size_t j = 0; j < ds->d; j++)
        ds->features[j] = mem_copy_text(table_name(table, roles->features[j]));
    ds->target = mem_copy_text(table_name(table, roles->targets[0]));
    ds->n_targets = roles->n_targets;
    ds->targets = mem_zero(ds->n_targets, sizeof *ds->targets);
    for (size_t k = 0; k < ds->n_targets; k++)
        ds->targets[k] = mem_copy_text(table_name(table, roles->targets[k]));
    if (roles->has_offset)
        ds->offset = mem_copy_text(table_name(table, roles->offset));
}

static enum status choose_columns(struct dataset_dense *l, struct table *table, struct err *err)
{
    const struct dataset_options *o = l->options;
    struct roles roles = {0};
    struct roles_rules rules = {.several = o->several || o->may_be_probabilities,
                                .numbers = o->several,
                                .may_be_categories = o->may_be_categories};
    enum status status = roles_find(&roles, table, &o->roles, &rules, err);
    if (status == STATUS_OK) {
        name_columns(l->dataset, table, &roles);
        l->has_probabilities = o->may_be_probabilities && roles.n_targets > 1;
        l->slots = roles_want(&roles, table, o->classes && !l->has_probabilities);
        levels_init(&l->levels.of, table, roles.n_categories, roles.categories);
    }
    roles_release(&roles);
    return status;
}

/* ---- reading ---- */

static enum status check_row(const struct dataset_dense *l, const struct block *b, size_t row, bool *skip,
                             struct err *err)
{
    enum status status = row_check(&l->slots.check, b, row, skip, err);
    if (status == STATUS_OK && (l->options->probabilities || l->has_probabilities) && !*skip)
        status = dataset_probabilities_check(b, row, l->slots.target, l->dataset->n_targets, err);
    if (status == STATUS_OK && l->options->trials && !*skip)
        status = dataset_trials_check(b, row, l->slots.target, l->slots.weight, err);
    return status;
}

static enum status dataset_dense_map(void *context, void *state, struct block *b, struct err *err)
{
    const struct dataset_dense *l = context;
    struct dataset_dense_part *part = state;
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
        if (l->slots.label != SIZE_MAX)
            part->label[part->rows] = dict_add(part->labels, b->texts[l->slots.label][row]);
        levels_add(&l->levels.of, &part->levels, b, row, part->rows);
        part->rows++;
    }
    return STATUS_OK;
}

static void add_labels(struct dataset_dense *l, const struct dataset_dense_part *part, uint32_t *label)
{
    size_t n = dict_count(part->labels);
    uint32_t *number = mem_alloc(n, sizeof *number);
    for (uint32_t i = 0; i < n; i++)
        number[i] = dict_add(l->labels, dict_text(part->labels, i));
    for (size_t row = 0; row < part->rows; row++)
        label[row] = number[part->label[row]];
    free(number);
}

/* Room for numbers that are copied from the block: in memory, or in the temporary file beyond the memory limit. */
static enum status make_room(struct dataset_dense *l, size_t count, double **room, struct err *err)
{
    struct dataset *ds = l->dataset;
    if (!dataset_fits(ds, l->options, l->bytes, count))
        return dataset_spool(ds, l->options, count, room, err);
    l->bytes += count * sizeof(double);
    ds->chunks_in_memory++;
    *room = arena_room(&ds->arena, count);
    arena_claim(&ds->arena, count);
    return STATUS_OK;
}

/* Features rounded to float, then the other numbers of each row. */
static enum status keep_single(struct dataset_dense *l, struct block *b, struct dataset_chunk *chunk, double **rest,
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

/* Keeps the numbers of the block. rest: the numbers behind the features of the first row; those of the next rows follow
 * in steps of chunk->ld. */
static enum status keep_numbers(struct dataset_dense *l, struct block *b, struct dataset_chunk *chunk, double **rest,
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

/* The offset of a mean is subtracted from the target. */
static void set_offset(const struct dataset_dense *l, struct dataset_chunk *chunk, double *offset)
{
    bool is_mean = chunk->target != NULL && !l->options->trials;
    if (!is_mean)
        chunk->offset = offset;
    for (size_t row = 0; is_mean && row < chunk->rows; row++)
        for (size_t k = 0; k < l->dataset->n_targets; k++)
            chunk->target[row * chunk->ld + k] -= offset[row * chunk->ld];
}

/* Whether all rows are to be held as sparse rows, judged by the first ones. */
static bool is_sparse(const struct dataset_dense *l, const struct block *b, size_t rows)
{
    const struct dataset_options *o = l->options;
    size_t d = l->dataset->d;
    bool may_be = o->may_be_sparse && l->slots.label != SIZE_MAX && l->slots.weight == SIZE_MAX &&
                  l->slots.offset == SIZE_MAX && l->levels.of.columns == 0;
    return may_be && d >= SPARSE_COLUMNS &&
           dataset_sparse_count(rows, d, b->numbers, b->row_step) * SPARSE_SHARE <= rows * d;
}

static void reduce_sparse(struct dataset_dense *l, const struct dataset_dense_part *part, const struct block *b)
{
    struct dataset *ds = l->dataset;
    struct dataset_chunk *grown = dataset_sparse_add(&l->sparse, ds, part->rows, b->numbers, b->row_step);
    add_labels(l, part, grown->label + grown->rows - part->rows);
    ds->weight_sum += (double)part->rows;
    ds->counted += (double)part->rows;
}

static void add_weights(struct dataset_dense *l, const struct dataset_chunk *chunk)
{
    struct dataset *ds = l->dataset;
    double sum = 0;
    for (size_t row = 0; row < chunk->rows; row++) {
        double weight = dataset_weight(chunk, row);
        sum += weight;
        ds->counted += weight > 0;
        if (l->options->roles.weighting == WEIGHTING_IMPORTANCES)
            weighting_add(&l->weights, weight);
    }
    ds->weight_sum += sum;
}

/* Sets the parts of a chunk besides features; rest: the numbers behind the features of its first row. */
static void set_parts(struct dataset_dense *l, const struct dataset_dense_part *part, struct dataset_chunk *chunk,
                      double *rest)
{
    struct dataset *ds = l->dataset;
    size_t d = ds->d;
    if (l->slots.weight != SIZE_MAX)
        chunk->weight = rest + (l->slots.weight - d);
    if (l->has_probabilities)
        dataset_probabilities_set(ds, chunk, rest + (l->slots.target - d));
    else if (l->slots.target != SIZE_MAX)
        chunk->target = rest + (l->slots.target - d);
    if (l->slots.offset != SIZE_MAX)
        set_offset(l, chunk, rest + (l->slots.offset - d));
    if (l->slots.label != SIZE_MAX) {
        chunk->label = mem_alloc(part->rows, sizeof *chunk->label);
        add_labels(l, part, chunk->label);
    }
}

static enum status reduce_dense(struct dataset_dense *l, const struct dataset_dense_part *part, struct block *b,
                                struct err *err)
{
    struct dataset *ds = l->dataset;
    ds->chunk = mem_grow(ds->chunk, &l->chunk_capacity, ds->chunks + 1, sizeof *ds->chunk);
    struct dataset_chunk *chunk = &ds->chunk[ds->chunks++];
    *chunk = (struct dataset_chunk){.rows = part->rows};
    double *rest;
    enum status status = keep_numbers(l, b, chunk, &rest, err);
    if (status != STATUS_OK)
        return status;
    set_parts(l, part, chunk, rest);
    dataset_levels_reduce(&l->levels, &part->levels, part->rows);
    add_weights(l, chunk);
    return STATUS_OK;
}

static enum status dataset_dense_reduce(void *context, void *state, struct block *b, struct err *err)
{
    struct dataset_dense *l = context;
    const struct dataset_dense_part *part = state;
    struct dataset *ds = l->dataset;
    enum status status = STATUS_OK;
    ds->skipped += part->skipped;
    if (part->rows == 0)
        return STATUS_OK;
    if (ds->n == 0)
        ds->sparse = is_sparse(l, b, part->rows);
    if (ds->sparse)
        reduce_sparse(l, part, b);
    else
        status = reduce_dense(l, part, b, err);
    ds->n += part->rows;
    return status;
}

/* Scales the importances. */
static void finish_weights(const struct dataset_dense *l)
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

static void dataset_dense_release(void *state)
{
    struct dataset_dense_part *part = state;
    dict_free(part->labels);
    free(part->label);
    levels_release(&part->levels);
}

/* After the last row: scales weights, numbers classes and levels. */
static enum status finish(struct dataset_dense *l, struct err *err)
{
    struct dataset *ds = l->dataset;
    if (ds->n == 0)
        return err_data(err, ds->skipped > 0 ? "every row has a missing value" : "there are no rows");
    finish_weights(l);
    if (l->has_probabilities)
        dataset_probabilities_name(ds);
    else if (l->options->classes)
        dataset_number_classes(ds, l->labels);
    enum status status = dataset_levels_expand(&l->levels, ds, l->options, l->bytes, err);
    if (status == STATUS_OK && l->options->trials)
        status = dataset_trials_expand(ds, l->options, l->bytes, err);
    return status;
}

enum status dataset_load_dense(struct dataset *ds, struct table *table, const struct dataset_options *options,
                               struct err *err)
{
    struct dataset_dense loader = {.dataset = ds, .options = options, .labels = dict_new()};
    struct table_fold fold = {.state_size = sizeof(struct dataset_dense_part),
                              .map = dataset_dense_map,
                              .reduce = dataset_dense_reduce,
                              .release = dataset_dense_release};
    enum status status = choose_columns(&loader, table, err);
    if (status == STATUS_OK)
        status = table_fold(table, &fold, &loader, options->threads, err);
    if (status == STATUS_OK && finish(&loader, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    dataset_levels_free(&loader.levels);
    dict_free(loader.labels);
    return status;
}
