/* Aliased columns of a glm, by the rule that all trainers share (math/alias.h), and their relations.
 *
 *  1. The Gram matrix, which costs a small part of a Newton step, is factored by Cholesky (factor). It has half of the
 *     digits: it tells columns that are clearly independent from columns that are in doubt, which it leaves out, and
 *     gives rough combinations of columns before for the latter.
 *  2. Passes over the rows make the combinations exact (glm_combination.c). If all of them leave no more than rounding,
 *     all columns in doubt are aliased, and the combinations are their relations (are_aliased).
 *  3. Else a column in doubt may be nearly collinear. fold_rows makes the triangular factor of [1, columns] from the
 *     rows by QR, which costs 2 rows d^2 operations, and alias_drop decides (judge).
 *
 * Memory: 2 d^2 numbers, in the third case 3 (1 + d)^2 and (1 + d) GLM_ROWS. One thread. */

#include "fit/glm/glm_alias.h"

#include "base/mem.h"
#include "fit/glm/glm_combination.h"
#include "fit/glm/glm_relations.h"
#include "fit/glm/glm_sums.h"
#include "math/alias.h"
#include "math/dense.h"
#include "math/tsqr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A relative error of the products of eps changes the squared pivot of a column by up to eps (sum |b_k| |x_k|)^2, b
 * being the combination that leaves it. A column is in doubt if this sum is more than the first number of times the
 * pivot, or if the rounding is more than the second part of its bound. */
static const double large_sum = 1e6, large_rounding = 1e-2;

struct glm_alias {
    struct glm *glm;
    bool *constant, *doubtful; /* d */
    double *size;              /* d: the norm of each column as it was read, in units of its scale */
    size_t judged;             /* columns that are not constant, and the intercept */
    double *factor;            /* d x d: L of the Cholesky factorisation; rows of columns in doubt have L^-1 g */
    double *inverse;           /* d x d: of L */
    struct glm_gram gram;
    struct glm_combination *combination; /* of the columns in doubt */
    size_t n;
};

static void find_sizes(struct glm_alias *a)
{
    const struct glm *glm = a->glm;
    double root = sqrt(glm->data->weight_sum);
    a->size = mem_alloc(glm->d, sizeof *a->size);
    a->judged = 1;
    for (size_t j = 0; j < glm->d; j++) {
        a->size[j] = root * hypot(glm->center[j] / glm->scale[j], 1);
        a->judged += !a->constant[j];
    }
}

/* Row i of L and of its inverse, which tells how the rounding of the columns before adds up in column i. */
static void factor_column(struct glm_alias *a, size_t i)
{
    size_t d = a->glm->d;
    double *row = a->factor + i * d, *inverse_row = a->inverse + i * d, sum = 0, norm = 0;
    memcpy(row, a->gram.product + i * d, (i + 1) * sizeof *row);
    for (size_t j = 0; j < i; j++) {
        bool is_out = a->constant[j] || a->doubtful[j];
        row[j] = is_out ? 0 : (row[j] - dense_dot(j, row, a->factor + j * d)) / a->factor[j * d + j];
    }
    double left = row[i] - dense_dot(i, row, row);
    a->doubtful[i] = !(left > 0);
    if (a->doubtful[i])
        return;
    row[i] = sqrt(left);
    for (size_t j = 0; j < i; j++)
        if (row[j] != 0)
            dense_add(j + 1, -row[j] / row[i], a->inverse + j * d, inverse_row);
    inverse_row[i] = 1 / row[i];
    for (size_t j = 0; j <= i; j++) {
        sum += fabs(inverse_row[j]) * a->size[j];
        norm += fabs(inverse_row[j]) * hypot(a->gram.mean[j], 1);
    }
    norm *= sqrt(a->glm->data->weight_sum);
    a->doubtful[i] = !(norm <= large_sum) || !(alias_rounding(a->judged, sum) <= large_rounding);
}

/* The rough combination of the columns before that gives column i: L'^-1 L^-1 g. */
static void combine(struct glm_alias *a, size_t i)
{
    size_t d = a->glm->d;
    double *b = mem_zero(d, sizeof *b);
    const double *row = a->factor + i * d;
    for (size_t j = 0; j < i; j++)
        if (row[j] != 0)
            dense_add(j + 1, row[j], a->inverse + j * d, b);
    glm_combination_init(&a->combination[a->n++], &a->gram, d, i, b);
    free(b);
}

/* Whether there are columns in doubt. */
static bool factor(struct glm_alias *a)
{
    size_t d = a->glm->d, n = 0;
    a->factor = mem_alloc(d * d, sizeof *a->factor);
    a->inverse = mem_zero(d * d, sizeof *a->inverse);
    for (size_t i = 0; i < d; i++) {
        if (!a->constant[i])
            factor_column(a, i);
        n += a->doubtful[i];
    }
    a->combination = mem_alloc(n, sizeof *a->combination);
    for (size_t i = 0; i < d; i++)
        if (a->doubtful[i])
            combine(a, i);
    return n > 0;
}

static size_t count_rows(const struct glm *glm)
{
    size_t count = 0;
    for (size_t c = 0; c < glm->data->chunks; c++)
        for (size_t row = 0; row < glm->data->chunk[c].rows; row++)
            count += glm_weight(&glm->data->chunk[c], row) > 0;
    return count;
}

/* Whether each combination leaves no more than rounding. */
static bool glm_alias_is_exact(const void *context)
{
    const struct glm_alias *a = context;
    for (size_t k = 0; k < a->n; k++) {
        const struct glm_combination *c = &a->combination[k];
        double sum = a->size[c->column];
        for (size_t i = 0; i < c->n; i++)
            sum += fabs(c->b[1 + i]) * a->size[c->term[i]];
        if (alias_rounding(a->judged, sum / (c->residual * sqrt(a->glm->data->weight_sum))) < 1)
            return false;
    }
    return true;
}

static bool are_aliased(struct glm_alias *a)
{
    if (a->judged - a->n > count_rows(a->glm) ||
        !glm_combinations_refine(a->glm, &a->gram, a->combination, a->n, glm_alias_is_exact, a))
        return false;
    for (size_t j = 0; j < a->glm->d; j++)
        a->glm->aliased[j] = a->constant[j] || a->doubtful[j];
    return true;
}

/* ---- by QR ---- */

/* room: n x GLM_ROWS, by columns. column (d): the place of each in the factor, 0 for none. */
static void put_row(const struct glm *glm, const struct dataset_chunk *chunk, size_t row, const size_t *column,
                    double *room)
{
    bool sparse = glm->data->sparse;
    double root = sqrt(glm_weight(chunk, row));
    size_t first = sparse ? chunk->start[row] : row * chunk->ld;
    size_t n = sparse ? chunk->start[row + 1] - first : glm->d;
    room[0] = root;
    for (size_t i = 0; i < n; i++) {
        size_t at = column[sparse ? chunk->index[first + i] : i];
        if (at > 0)
            room[at * GLM_ROWS] = root * chunk->x[first + i];
    }
}

/* r (n x n): the factor of the weighted rows. */
static void fold_rows(const struct glm *glm, const size_t *column, size_t n, double *r)
{
    double *room = mem_zero(n * GLM_ROWS, sizeof *room);
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t first = 0; first < chunk->rows; first += GLM_ROWS) {
            size_t rows = chunk->rows - first < GLM_ROWS ? chunk->rows - first : GLM_ROWS;
            memset(room, 0, n * GLM_ROWS * sizeof *room);
            for (size_t row = 0; row < rows; row++)
                put_row(glm, chunk, first + row, column, room + row);
            tsqr_fold(n, r, rows, room, GLM_ROWS);
        }
    }
    free(room);
}

static void judge(struct glm_alias *a)
{
    struct glm *glm = a->glm;
    size_t n = a->judged, *columns = mem_zero(n, sizeof *columns), *place = mem_zero(glm->d, sizeof *place), last = 0;
    double *sizes = mem_zero(1 + glm->d, sizeof *sizes), *r = mem_zero(n * n, sizeof *r);
    for (size_t j = 0; j < glm->d; j++) {
        if (a->constant[j])
            continue;
        place[j] = ++last;
        columns[last] = 1 + j;
    }
    fold_rows(glm, place, n, r);
    struct alias alias = {.n = n, .kept = n, .columns = columns, .r = mem_alloc(n * n, sizeof(double))};
    memcpy(alias.r, r, n * n * sizeof *r);
    memcpy(sizes + 1, a->size, glm->d * sizeof *sizes);
    alias_drop(&alias, 1, sizes, count_rows(glm));
    memset(glm->aliased, true, glm->d * sizeof *glm->aliased);
    for (size_t k = 1; k < alias.kept; k++)
        glm->aliased[columns[k] - 1] = false;
    glm_relations_of_factor(glm, n, r, place);
    free(alias.r);
    free(alias.inverse);
    free(columns);
    free(place);
    free(sizes);
    free(r);
}

/* ---- the whole ---- */

void glm_alias_find_constant(struct glm *glm)
{
    double one = 1;
    size_t *column = mem_zero(glm->d, sizeof *column);
    glm_relations_of_factor(glm, 1, &one, column);
    free(column);
}

void glm_alias_find(struct glm *glm, double *gram, const double *mean)
{
    size_t d = glm->d;
    struct glm_alias a = {.glm = glm, .constant = mem_alloc(d, sizeof(bool)), .doubtful = mem_zero(d, sizeof(bool))};
    memcpy(a.constant, glm->aliased, d * sizeof *glm->aliased);
    dense_mirror(d, gram);
    a.gram = (struct glm_gram){.product = gram, .mean = mean};
    find_sizes(&a);
    if (!factor(&a))
        glm_alias_find_constant(glm);
    else if (are_aliased(&a))
        glm_relations_of_combinations(glm, a.constant, &a.gram, a.factor, a.combination, a.n);
    else
        judge(&a);
    for (size_t k = 0; k < a.n; k++)
        glm_combination_release(&a.combination[k]);
    free(a.combination);
    free(a.constant);
    free(a.doubtful);
    free(a.size);
    free(a.factor);
    free(a.inverse);
}
