/* The relations of the aliased columns of a glm to the others, which decide whether a new row can be predicted
 * (math/relations.h).
 *
 * glm_relations_of_combinations builds the triangular factor [K B; 0 E] that math/relations.c needs without a pass
 * over the rows: K is that of the independent columns, which their Gram matrix gives as accurately as bounds of
 * rounding need, B = K b has the combinations b, and E, diagonal, has the most that each leaves in a row.
 *
 * Memory: (1 + d)^2 numbers. Time: d^2 per combination. */

#include "fit/glm/glm_relations.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

void glm_relations_of_factor(struct glm *glm, size_t order, const double *r, const size_t *column)
{
    struct relations_matrix matrix = {
        .d = glm->d,
        .aliased = glm->aliased,
        .center = glm->center,
        .scale = glm->scale,
        .order = order,
        .r = r,
        .first = order > 1,
        .column = column,
    };
    relations_find(&glm->relations, &matrix);
}

struct glm_relations {
    const struct glm *glm;
    size_t order, *column; /* of the factor */
    double *r;
};

/* Independent columns, then those of combinations. */
static void place_columns(struct glm_relations *w, const bool *constant)
{
    w->order = 1;
    w->column = mem_zero(w->glm->d, sizeof *w->column);
    for (int aliased = 0; aliased < 2; aliased++)
        for (size_t j = 0; j < w->glm->d; j++)
            if (!constant[j] && w->glm->aliased[j] == (aliased != 0))
                w->column[j] = w->order++;
}

static void set_independent(struct glm_relations *w, const struct glm_gram *gram, const double *cholesky)
{
    size_t d = w->glm->d;
    double root = sqrt(w->glm->data->weight_sum);
    w->r[0] = root;
    for (size_t j = 0; j < d; j++) {
        if (w->glm->aliased[j])
            continue;
        w->r[w->column[j]] = root * gram->mean[j];
        for (size_t k = 0; k <= j; k++)
            if (!w->glm->aliased[k])
                w->r[w->column[k] * w->order + w->column[j]] = cholesky[j * d + k];
    }
}

static void set_combination(struct glm_relations *w, const struct glm_combination *c)
{
    size_t at = w->column[c->column];
    double root = sqrt(w->glm->data->weight_sum);
    w->r[at] = root * c->b[0];
    for (size_t i = 0; i < c->n; i++)
        for (size_t row = 0; row <= w->column[c->term[i]]; row++)
            w->r[row * w->order + at] += c->b[1 + i] * w->r[row * w->order + w->column[c->term[i]]];
    w->r[at * w->order + at] = root * fmax(c->residual, c->largest);
}

void glm_relations_of_combinations(struct glm *glm, const bool *constant, const struct glm_gram *gram,
                                   const double *cholesky, const struct glm_combination *combination, size_t n)
{
    struct glm_relations w = {.glm = glm};
    place_columns(&w, constant);
    w.r = mem_zero(w.order, w.order * sizeof *w.r);
    set_independent(&w, gram, cholesky);
    for (size_t k = 0; k < n; k++)
        set_combination(&w, &combination[k]);
    glm_relations_of_factor(glm, w.order, w.r, w.column);
    free(w.r);
    free(w.column);
}
