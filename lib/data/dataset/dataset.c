/* The memory of a dataset: the choice between memory and the temporary file, and the number by which
 * a resumed fit recognises the rows it began with. */

#include "data/dataset/dataset_state.h"

#include "base/hash.h"
#include "base/mem.h"
#include "data/keys/spool.h"

#include <stdlib.h>

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

/* ---- memory or file ---- */

bool dataset_fits(const struct dataset *ds, const struct dataset_options *o, size_t bytes, size_t count)
{
    return ds->spool == NULL && (o->memory == 0 || bytes + count * sizeof(double) <= o->memory);
}

enum status dataset_spool(struct dataset *ds, const struct dataset_options *o, size_t count, double **room,
                          struct err *err)
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

/* ---- identity ---- */

static uint64_t digest_number(uint64_t digest, const double *number, uint64_t odd)
{
    return hash_mix(digest ^ hash_bytes((struct slice){(const char *)number, sizeof *number}), odd);
}

static uint64_t digest_row(const struct dataset *dataset, const struct dataset_chunk *chunk, size_t r)
{
    size_t first = chunk->start != NULL ? chunk->start[r] : r * chunk->ld;
    size_t n = chunk->start != NULL ? chunk->start[r + 1] - first : dataset->d;
    struct slice features = chunk->single != NULL
                                ? (struct slice){(const char *)(chunk->single + r * dataset->d), n * sizeof(float)}
                                : (struct slice){(const char *)(chunk->x + first), n * sizeof(double)};
    uint64_t digest = hash_bytes(features);
    if (chunk->weight != NULL)
        digest = digest_number(digest, chunk->weight + r * chunk->ld, 3);
    for (size_t k = 0; chunk->target != NULL && k < dataset->n_targets; k++)
        digest = digest_number(digest, chunk->target + r * chunk->ld + k, 5);
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
