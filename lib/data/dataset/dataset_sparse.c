/* Rows of which only the values that are not 0 are kept (compressed sparse rows), from svmlight text or from dense
 * text.
 *
 *     row 0: 2.5 0 0 1      x     = 2.5  1   -3          values
 *     row 1: 0 -3 0 0       index = 0    3    1          their columns
 *                           start = 0         2    3     row r has the values start[r] .. start[r + 1)
 *
 * Blocks are added in the order of the rows to the last chunk, until it has CHUNK_VALUES values, or 4 per column.
 * Indexes of svmlight text are kept as they are until the end; then number_features renumbers those that occur, in
 * ascending order, and gives them the names they had. Memory: 12 bytes a value, 12 a row. */

#include "data/dataset/dataset_state.h"

#include "base/mem.h"
#include "base/rank.h"
#include "data/table/svm_fold.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_VALUES = 1 << 15 };

/* The number of doubles that have room for `indexes` indexes. */
static size_t numbers_of(size_t indexes)
{
    return (indexes * sizeof(uint32_t) + sizeof(double) - 1) / sizeof(double);
}

/* The chunk for `rows` more rows with `values` values together, with room for them. */
static struct dataset_chunk *make_room(struct dataset_sparse *s, struct dataset *ds, size_t rows, size_t values)
{
    size_t wanted = CHUNK_VALUES > 4 * ds->d ? CHUNK_VALUES : 4 * ds->d;
    if (ds->chunks == 0 || s->values >= wanted) {
        arena_claim(&ds->arena, s->values);
        arena_claim(&ds->indexes, numbers_of(s->values));
        ds->chunk = mem_grow(ds->chunk, &s->chunk_capacity, ds->chunks + 1, sizeof *ds->chunk);
        ds->chunk[ds->chunks++] = (struct dataset_chunk){.rows = 0};
        s->values = s->start_capacity = s->label_capacity = 0;
    }
    struct dataset_chunk *chunk = &ds->chunk[ds->chunks - 1];
    chunk->x = arena_extend(&ds->arena, s->values, s->values + values);
    chunk->index = (uint32_t *)arena_extend(&ds->indexes, numbers_of(s->values), numbers_of(s->values + values));
    chunk->start = mem_grow(chunk->start, &s->start_capacity, chunk->rows + rows + 1, sizeof *chunk->start);
    chunk->label = mem_grow(chunk->label, &s->label_capacity, chunk->rows + rows, sizeof *chunk->label);
    return chunk;
}

/* ---- dense rows of which most values are 0 ---- */

size_t dataset_sparse_count(size_t rows, size_t d, const double *x, size_t ld)
{
    size_t n = 0;
    for (size_t r = 0; r < rows; r++)
        for (size_t j = 0; j < d; j++)
            n += x[r * ld + j] != 0;
    return n;
}

struct dataset_chunk *dataset_sparse_add(struct dataset_sparse *s, struct dataset *ds, size_t rows, const double *x,
                                         size_t ld)
{
    struct dataset_chunk *chunk = make_room(s, ds, rows, dataset_sparse_count(rows, ds->d, x, ld));
    for (size_t r = 0; r < rows; r++) {
        chunk->start[chunk->rows++] = s->values;
        for (size_t j = 0; j < ds->d; j++) {
            if (!(x[r * ld + j] != 0))
                continue;
            chunk->x[s->values] = x[r * ld + j];
            chunk->index[s->values++] = (uint32_t)j;
        }
    }
    chunk->start[chunk->rows] = s->values;
    return chunk;
}

/* ---- svmlight text ---- */

struct dataset_sparse_loader {
    struct dataset *dataset;
    struct dict *labels;
    struct dataset_sparse chunk;
};

static enum status dataset_sparse_reduce(void *context, void *state, const struct svm *svm, struct err *err)
{
    struct dataset_sparse_loader *l = context;
    struct dataset *ds = l->dataset;
    (void)state;
    (void)err;
    struct dataset_chunk *chunk = make_room(&l->chunk, ds, svm->rows, svm->n);
    size_t rows = chunk->rows + svm->rows, values = l->chunk.values;
    if (svm->n > 0) {
        memcpy(chunk->x + values, svm->value, svm->n * sizeof *svm->value);
        memcpy(chunk->index + values, svm->index, svm->n * sizeof *svm->index);
    }
    for (size_t r = 0; r < svm->rows; r++) {
        chunk->start[chunk->rows + r] = values + svm->start[r];
        chunk->label[chunk->rows + r] = dict_add(l->labels, svm->label[r]);
    }
    l->chunk.values += svm->n;
    chunk->start[rows] = l->chunk.values;
    chunk->rows = rows;
    ds->n += svm->rows;
    ds->d = svm->columns > ds->d ? svm->columns : ds->d;
    return STATUS_OK;
}

enum status dataset_check_sparse(const struct roles_options *o, bool classes, struct err *err)
{
    if (strcmp(o->target, "label") != 0) {
        err_data(err, "the target of svmlight rows is their first field, 'label'");
        return err_because(err, ERR_SPARSE_TARGET, NULL);
    }
    if (!classes)
        return err_data(err, "svmlight rows are supported for class labels only");
    if (o->features != NULL || o->exclude != NULL || o->weights != NULL || o->offset != NULL)
        return err_data(err, "svmlight rows have no columns to select, exclude, weight by or offset by");
    if (o->categorical != NULL)
        return err_data(err, "svmlight rows have no categorical columns");
    return STATUS_OK;
}

/* The features are the indexes that occur: renumbers them in ascending order and names them. */
static void number_features(struct dataset *ds)
{
    struct rank used;
    rank_new(&used, ds->d);
    for (size_t c = 0; c < ds->chunks; c++)
        for (size_t i = 0; i < ds->chunk[c].start[ds->chunk[c].rows]; i++)
            rank_add(&used, ds->chunk[c].index[i]);
    size_t n = 0, d = rank_finish(&used);
    ds->features = mem_alloc(d, sizeof *ds->features);
    for (size_t index = 0; n < d; index++)
        if (rank_has(&used, index))
            ds->features[n++] = mem_format("%zu", index + 1);
    for (size_t c = 0; d < ds->d && c < ds->chunks; c++)
        for (size_t i = 0; i < ds->chunk[c].start[ds->chunk[c].rows]; i++)
            ds->chunk[c].index[i] = rank_of(&used, ds->chunk[c].index[i]);
    ds->d = d;
    rank_free(&used);
}

enum status dataset_load_sparse(struct dataset *ds, struct table *table, const struct dataset_options *o,
                                struct err *err)
{
    struct dataset_sparse_loader loader = {.dataset = ds, .labels = dict_new()};
    struct svm_fold fold = {.reduce = dataset_sparse_reduce};
    ds->sparse = true;
    enum status status = dataset_check_sparse(&o->roles, o->classes, err);
    if (status == STATUS_OK)
        status = svm_fold(table, &fold, &loader, o->threads, err);
    if (status == STATUS_OK && ds->d == 0)
        status = err_data(err, "no row has a feature");
    if (status == STATUS_OK) {
        dataset_number_classes(ds, loader.labels);
        ds->weight_sum = ds->cases = ds->counted = (double)ds->n;
        ds->target = mem_copy_text("label");
        number_features(ds);
    }
    dict_free(loader.labels);
    return status == STATUS_OK || err->file[0] != '\0' ? status : err_at(err, table_file(table), 0);
}
