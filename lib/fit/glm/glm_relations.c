/* The relations of the aliased columns of a glm to the others, which decide whether a new row can be predicted.
 *
 * The Gram matrix that finds aliased columns determines the relations to half of the digits only, so the rows are
 * folded into a triangular factor (math/tsqr), those of weight 0 left out. This costs a pass of 2 rows d^2 operations,
 * on one thread, and happens only if a column is aliased and not constant. Memory: d^2 + 256 d numbers. */

#include "fit/glm/glm_relations.h"

#include "base/mem.h"
#include "fit/glm/glm_sums.h"
#include "math/tsqr.h"

#include <stdlib.h>

struct glm_relations {
    const struct glm *glm;
    size_t *column; /* d: of the factor */
    size_t order;   /* 1 + columns in the factor */
    double *r, *a;  /* order x order; GLM_ROWS x order, by columns */
    size_t rows;    /* in a */
};

static void flush(struct glm_relations *w)
{
    tsqr_fold(w->order, w->r, w->rows, w->a, GLM_ROWS);
    w->rows = 0;
}

static void add_row(struct glm_relations *w, const struct dataset_chunk *chunk, size_t row)
{
    const struct glm *glm = w->glm;
    if (!(glm_weight(chunk, row) > 0))
        return;
    double *to = w->a + w->rows++;
    to[0] = 1;
    for (size_t k = 1; k < w->order; k++)
        to[k * GLM_ROWS] = 0;
    size_t first = glm->data->sparse ? chunk->start[row] : row * chunk->ld;
    size_t n = glm->data->sparse ? chunk->start[row + 1] - first : glm->d;
    for (size_t i = 0; i < n; i++) {
        size_t column = w->column[glm->data->sparse ? chunk->index[first + i] : i];
        if (column > 0)
            to[column * GLM_ROWS] = chunk->x[first + i];
    }
    if (w->rows == GLM_ROWS)
        flush(w);
}

/* Whether a factor is wanted: else all aliased columns are constant. */
static bool choose_columns(struct glm_relations *w, const bool *constant)
{
    const struct glm *glm = w->glm;
    bool is_wanted = false;
    for (size_t j = 0; j < glm->d; j++)
        is_wanted |= glm->aliased[j] && !constant[j];
    w->order = 1;
    w->column = mem_zero(glm->d, sizeof *w->column);
    for (size_t j = 0; j < glm->d && is_wanted; j++)
        if (!constant[j])
            w->column[j] = w->order++;
    return is_wanted;
}

void glm_relations_find(struct glm *glm, const bool *constant)
{
    struct glm_relations w = {.glm = glm};
    bool is_wanted = choose_columns(&w, constant);
    w.r = mem_zero(w.order, w.order * sizeof *w.r);
    w.a = mem_alloc(w.order, GLM_ROWS * sizeof *w.a);
    for (size_t c = 0; c < glm->data->chunks && is_wanted; c++)
        for (size_t row = 0; row < glm->data->chunk[c].rows; row++)
            add_row(&w, &glm->data->chunk[c], row);
    flush(&w);
    struct relations_matrix matrix = {
        .d = glm->d,
        .aliased = glm->aliased,
        .center = glm->center,
        .scale = glm->scale,
        .order = w.order,
        .r = w.r,
        .first = is_wanted,
        .column = w.column,
    };
    relations_find(&glm->relations, &matrix);
    free(w.column);
    free(w.r);
    free(w.a);
}
