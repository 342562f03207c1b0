#include "data/dataset_state.h"

#include "base/hash.h"
#include "base/mem.h"
#include "data/dict.h"
#include "data/order.h"
#include "data/roles.h"
#include "data/spool.h"

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
    struct roles_options wanted = {.target = o->target,
                                   .several = o->several || o->may_be_shares,
                                   .numbers = o->several,
                                   .features = o->features,
                                   .exclude = o->exclude,
                                   .weights = o->weights,
                                   .offset = o->offset,
                                   .categorical = o->categorical,
                                   .may_be_categories = o->may_be_categories};
    enum status status = roles_find(&roles, table, &wanted, err);
    if (status == STATUS_OK) {
        const char *target = table_name(table, roles.targets[0]);
        ds->d = roles.n_features;
        ds->features = mem_zero(ds->d, sizeof *ds->features);
        for (size_t j = 0; j < ds->d; j++) {
            const char *name = table_name(table, roles.features[j]);
            ds->features[j] = mem_copy(name, strlen(name));
            table_want_number(table, roles.features[j]);
        }
        ds->target = mem_copy(target, strlen(target));
        ds->n_targets = roles.n_targets;
        ds->targets = mem_zero(ds->n_targets, sizeof *ds->targets);
        for (size_t k = 0; k < ds->n_targets; k++)
            ds->targets[k] = mem_copy(table_name(table, roles.targets[k]), strlen(table_name(table, roles.targets[k])));
        l->weight_slot = roles.weighted ? (ptrdiff_t)table_want_number(table, roles.weight) : NO_SLOT;
        l->offset_slot = roles.has_offset ? (ptrdiff_t)table_want_number(table, roles.offset) : NO_SLOT;
        if (roles.has_offset)
            ds->offset = mem_copy(table_name(table, roles.offset), strlen(table_name(table, roles.offset)));
        l->has_shares = o->may_be_shares && roles.n_targets > 1;
        bool has_labels = o->classes && !l->has_shares;
        l->target_slot = has_labels ? NO_SLOT : (ptrdiff_t)table_want_number(table, roles.targets[0]);
        for (size_t k = 1; k < roles.n_targets; k++)
            table_want_number(table, roles.targets[k]); /* in the slots behind that of the first */
        l->label_slot = has_labels ? (ptrdiff_t)table_want_text(table, roles.targets[0]) : NO_SLOT;
        levels_want(&l->levels.of, table, roles.n_categories, roles.categories);
    }
    roles_release(&roles);
    return status;
}

/* ---- reading ---- */

static enum status check_shares(const struct loader *l, const struct block *b, size_t row, const double *x, struct err *err)
{
    size_t first = (size_t)l->target_slot, end = first + l->dataset->n_targets;
    double sum = 0;
    for (size_t slot = first; slot < end; slot++) {
        if (!(x[slot] >= 0 && x[slot] <= 1))
            return block_number_error(b, row, slot, err, "the probability %.17g is not between 0 and 1", x[slot]);
        sum += x[slot];
    }
    return fabs(sum - 1) <= 1e-6 ? STATUS_OK : block_row_error(b, row, err, "the probabilities sum to %.9g, not to 1", sum);
}

/* Whether the row is to be left out. */
static enum status check_row(const struct loader *l, const struct block *b, size_t row, bool *skip, struct err *err)
{
    const char *remedy = l->options->skip_missing ? NULL : block_leave_out_remedy;
    *skip = false;
    enum status status = block_check_numbers(b, row, b->row_step, remedy, skip, err);
    if (status != STATUS_OK)
        return status;
    if (l->weight_slot >= 0)
        status = weighting_check(l->options->weighting, b, row, (size_t)l->weight_slot, err);
    if (status == STATUS_OK && l->options->shares && !*skip)
        status = check_shares(l, b, row, b->numbers + row * b->row_step, err);
    for (size_t t = 0; t < l->levels.of.columns && status == STATUS_OK; t++)
        status = block_check_text(b, row, l->levels.of.slots[t], remedy, skip, err);
    if (l->has_shares && !*skip && status == STATUS_OK)
        status = dataset_check_shares(b, row, (size_t)l->target_slot, l->dataset->n_targets, err);
    if (l->label_slot >= 0 && status == STATUS_OK)
        status = block_check_text(b, row, (size_t)l->label_slot, remedy, skip, err);
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
        if (part->rows < row)
            memmove(b->numbers + part->rows * b->row_step, b->numbers + row * b->row_step, b->row_step * sizeof(double));
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

bool dataset_fits(const struct dataset *ds, const struct dataset_options *o, size_t bytes, size_t count)
{
    return ds->spool == NULL && (o->memory == 0 || bytes + count * sizeof(double) <= o->memory);
}

enum status dataset_spool(struct dataset *ds, const struct dataset_options *o, size_t count, double **room, struct err *err)
{
    enum status status = STATUS_OK;
    void *memory = NULL;
    if (ds->spool == NULL)
        status = spool_open(&ds->spool, o->spool_directory, err);
    if (status == STATUS_OK)
        status = spool_alloc(ds->spool, count, sizeof(double), &memory, err);
    if (status == STATUS_OK)
        *room = memory;
    return status;
}

/* Room for so many numbers that are no longer the block's: in memory, or in the spool when they would exceed the memory limit. */
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
static enum status keep_single(struct loader *l, struct block *b, struct dataset_chunk *chunk, double **rest, struct err *err)
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

/* Keeps the numbers of the block. rest: those of the first row behind its features; those of the others follow in steps of chunk->ld. */
static enum status keep_numbers(struct loader *l, struct block *b, struct dataset_chunk *chunk, double **rest, struct err *err)
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
    bool may_be = o->may_be_sparse && l->label_slot >= 0 && l->weight_slot < 0 && l->offset_slot < 0 && l->levels.of.columns == 0;
    return may_be && d >= SPARSE_COLUMNS && dataset_sparse_count(rows, d, b->numbers, b->row_step) * SPARSE_SHARE <= rows * d;
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
    for (size_t row = 0; row < part->rows; row++)
        weights += dataset_weight(chunk, row);
    for (size_t row = 0; row < part->rows && l->options->weighting == WEIGHTING_IMPORTANCES; row++)
        weighting_add(&l->weights, dataset_weight(chunk, row));
    ds->weight_sum += weights;
    ds->n += part->rows;
    return STATUS_OK;
}

/* Scales importances, now that all are known. */
static void finish_weights(const struct loader *l)
{
    struct dataset *ds = l->dataset;
    enum weighting weighting = l->options->weighting;
    double factor = weighting_factor(weighting, &l->weights, ds->weight_sum);
    ds->cases = weighting == WEIGHTING_FREQUENCIES ? ds->weight_sum : (double)ds->n;
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

/* ---- class labels ---- */

void dataset_number_classes(struct dataset *ds, const struct dict *labels)
{
    ds->classes = dict_count(labels);
    uint32_t *order = mem_alloc(ds->classes, sizeof *order);
    order_of(labels, order);
    uint32_t *rank = mem_alloc(ds->classes, sizeof *rank);
    ds->labels = mem_alloc(ds->classes, sizeof *ds->labels);
    ds->counts = mem_zero(ds->classes, sizeof *ds->counts);
    for (uint32_t i = 0; i < ds->classes; i++) {
        struct slice text = dict_text(labels, order[i]);
        ds->labels[i] = mem_copy(text.p, text.n);
        rank[order[i]] = i;
    }
    for (size_t c = 0; c < ds->chunks; c++) {
        for (size_t row = 0; row < ds->chunk[c].rows; row++) {
            uint32_t *label = &ds->chunk[c].label[row];
            *label = rank[*label];
            ds->counts[*label]++;
        }
    }
    free(rank);
    free(order);
}

enum status dataset_load(struct dataset **dataset, struct table *table, const struct dataset_options *options,
                         struct err *err)
{
    if (table_is_sparse(table)) {
        struct dataset *sparse = mem_zero(1, sizeof *sparse);
        enum status loaded = dataset_load_sparse(sparse, table, options, err);
        if (loaded == STATUS_OK)
            *dataset = sparse;
        else
            dataset_free(sparse);
        return loaded;
    }
    struct loader loader = {.dataset = mem_zero(1, sizeof *loader.dataset), .options = options, .labels = dict_new()};
    struct fold fold = {
        .state_size = sizeof(struct part), .map = part_map, .reduce = part_reduce, .release = part_release};
    enum status status = choose_columns(&loader, table, err);
    if (status == STATUS_OK)
        status = table_fold(table, &fold, &loader, options->threads, err);
    if (status == STATUS_OK && loader.dataset->n == 0) {
        err_data(err, loader.dataset->skipped > 0 ? "every row has a missing value" : "there are no rows");
        status = err_at(err, table_file(table), 0);
    }
    if (status == STATUS_OK)
        finish_weights(&loader);
    if (status == STATUS_OK && loader.has_shares)
        dataset_name_shares(loader.dataset);
    else if (status == STATUS_OK && options->classes)
        dataset_number_classes(loader.dataset, loader.labels);
    if (status == STATUS_OK && dataset_levels_expand(&loader.levels, loader.dataset, options, loader.bytes, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    dataset_levels_free(&loader.levels);
    dict_free(loader.labels);
    if (status != STATUS_OK) {
        dataset_free(loader.dataset);
        return status;
    }
    *dataset = loader.dataset;
    return STATUS_OK;
}

void dataset_free(struct dataset *dataset)
{
    if (dataset == NULL)
        return;
    for (size_t c = 0; c < dataset->chunks; c++) {
        free(dataset->chunk[c].label);
        free(dataset->chunk[c].start);
    }
    arena_free(&dataset->arena);
    arena_free(&dataset->indexes);
    spool_close(dataset->spool);
    for (size_t j = 0; dataset->features != NULL && j < dataset->d; j++)
        free(dataset->features[j]);
    for (size_t k = 0; k < dataset->classes; k++)
        free(dataset->labels[k]);
    for (size_t t = 0; t < dataset->n_categories; t++)
        category_release(&dataset->category[t]);
    free(dataset->category);
    for (size_t k = 0; dataset->targets != NULL && k < dataset->n_targets; k++)
        free(dataset->targets[k]);
    free(dataset->targets);
    free(dataset->offset);
    free(dataset->chunk);
    free(dataset->features);
    free(dataset->target);
    free(dataset->labels);
    free(dataset->counts);
    free(dataset->class_factor);
    free(dataset);
}

static uint64_t digest_row(const struct dataset *dataset, const struct dataset_chunk *chunk, size_t r)
{
    size_t first = chunk->start != NULL ? chunk->start[r] : r * chunk->ld;
    size_t n = chunk->start != NULL ? chunk->start[r + 1] - first : dataset->d;
    const void *features = chunk->single != NULL ? (const void *)(chunk->single + r * dataset->d) : chunk->x + first;
    uint64_t digest = hash_bytes((struct slice){features, n * (chunk->single != NULL ? sizeof(float) : sizeof(double))});
    if (chunk->weight != NULL)
        digest = hash_mix(digest ^ hash_bytes((struct slice){(const char *)(chunk->weight + r * chunk->ld), sizeof(double)}), 3);
    for (size_t k = 0; chunk->target != NULL && k < dataset->n_targets; k++)
        digest = hash_mix(digest ^ hash_bytes((struct slice){(const char *)(chunk->target + r * chunk->ld + k), sizeof(double)}), 5);
    return digest;
}

uint64_t dataset_digest(const struct dataset *dataset)
{
    uint64_t digest = dataset->n;
    for (size_t c = 0; c < dataset->chunks; c++) {
        const struct dataset_chunk *chunk = &dataset->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            digest = hash_mix(digest ^ digest_row(dataset, chunk, r), 0x9e3779b97f4a7c15u);
            digest += chunk->label != NULL ? chunk->label[r] : 0;
        }
    }
    return digest;
}

bool dataset_use_labels(struct dataset *dataset, size_t n, const char *const *labels, size_t *unknown)
{
    uint32_t *number = mem_alloc(dataset->classes, sizeof *number);
    for (size_t k = 0; k < dataset->classes; k++) {
        size_t i = 0;
        while (i < n && strcmp(labels[i], dataset->labels[k]) != 0)
            i++;
        if (i == n) {
            *unknown = k;
            free(number);
            return false;
        }
        number[k] = (uint32_t)i;
    }
    uint64_t *counts = mem_zero(n, sizeof *counts);
    char **names = mem_alloc(n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = mem_copy(labels[i], strlen(labels[i]));
    for (size_t k = 0; k < dataset->classes; k++) {
        counts[number[k]] = dataset->counts[k];
        free(dataset->labels[k]);
    }
    free(dataset->labels);
    free(dataset->counts);
    for (size_t c = 0; c < dataset->chunks; c++)
        for (size_t r = 0; r < dataset->chunk[c].rows; r++)
            dataset->chunk[c].label[r] = number[dataset->chunk[c].label[r]];
    dataset->labels = names;
    dataset->counts = counts;
    dataset->classes = n;
    free(number);
    return true;
}

void dataset_class_weights(const struct dataset *dataset, double *sums)
{
    const struct dataset_chunk *first = &dataset->chunk[0];
    bool is_counted = dataset->chunks > 0 && first->label != NULL && first->weight == NULL;
    for (size_t k = 0; k < dataset->classes; k++)
        sums[k] = is_counted ? (double)dataset->counts[k] * (first->class_factor != NULL ? first->class_factor[k] : 1) : 0;
    for (size_t c = 0; c < dataset->chunks && !is_counted; c++)
        for (size_t r = 0; r < dataset->chunk[c].rows; r++)
            for (size_t k = 0; k < dataset->classes; k++)
                sums[k] += dataset_share(&dataset->chunk[c], r, k) * dataset_weight(&dataset->chunk[c], r);
}

void dataset_weigh_classes(struct dataset *dataset, const double *factor)
{
    double *sums = mem_alloc(dataset->classes, sizeof *sums);
    dataset->class_factor = mem_resize(dataset->class_factor, dataset->classes, sizeof *factor);
    memcpy(dataset->class_factor, factor, dataset->classes * sizeof *factor);
    for (size_t c = 0; c < dataset->chunks; c++)
        dataset->chunk[c].class_factor = dataset->class_factor;
    dataset_class_weights(dataset, sums);
    dataset->weight_sum = 0;
    for (size_t k = 0; k < dataset->classes; k++)
        dataset->weight_sum += sums[k];
    free(sums);
}

double dataset_value(const struct dataset_chunk *chunk, size_t row, size_t column)
{
    if (chunk->start == NULL)
        return chunk->x[row * chunk->ld + column];
    size_t low = chunk->start[row], high = chunk->start[row + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (chunk->index[middle] < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < chunk->start[row + 1] && chunk->index[low] == column ? chunk->x[low] : 0;
}
