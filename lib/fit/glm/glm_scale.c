/* Standardises the columns of a glm's dataset in place, and finds aliased ones.
 *
 *  1. glm_standardize measures sums, squares and ranges per column about the first row (of sparse rows about 0), in
 *     one pass (glm_scale_measure).
 *  2. find_scale sets center and scale to mean and sd (weighted, 1/n). Sparse columns are not centred, which would
 *     fill them, and are divided by their root mean square.
 *  3. A second pass standardises the numbers where they are and, without a penalty, adds up the Gram matrix of the
 *     result (glm_scale_apply).
 *  4. glm_alias_find finds columns that are combinations of those before, and which. clear_aliased sets them to 0, so
 *     that nothing depends on their parameters.
 *
 * Sums of squares about the first row lose digits where it is far from the mean in units of the sd. This changes the
 * scale that the optimiser works on, not the optimum: coefficients are scaled back by the same numbers. Memory: 5 d
 * numbers and, without a penalty, d^2 per thread. Threads: by chunks, merged in order. */

#include "fit/glm/glm_scale.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "fit/glm/glm_alias.h"
#include "fit/glm/glm_sparse.h"
#include "fit/glm/glm_sums.h"
#include "fit/summary/freedom.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sparse tables of more columns are not searched for aliased ones, which takes a Gram matrix per thread (32 MB). */
enum { SPARSE_GRAM_MAX = 2000 };

/* Per column, about the first row (of sparse rows, about 0): weighted sum, sum of squares, least and largest value. */
struct glm_moments {
    double *sum, *squares, *least, *largest;
    double *count; /* of sparse rows: stored values */
    double *gram;  /* d x d of the standardised columns; NULL = not wanted */
};

struct glm_scaling {
    struct glm *glm;
    const double *origin;
    struct glm_moments *of; /* the total, then one per thread */
};

static void moments_init(struct glm_moments *m, size_t d)
{
    double *p = mem_alloc(d, 5 * sizeof *p);
    *m = (struct glm_moments){.sum = p, .squares = p + d, .least = p + 2 * d, .largest = p + 3 * d, .count = p + 4 * d};
}

static void moments_clear(struct glm_moments *m, size_t d)
{
    for (size_t j = 0; j < d; j++) {
        m->sum[j] = m->squares[j] = m->count[j] = 0;
        m->least[j] = (double)INFINITY;
        m->largest[j] = -(double)INFINITY;
    }
    if (m->gram != NULL)
        memset(m->gram, 0, d * d * sizeof *m->gram);
}

static void moments_free(struct glm_moments *m)
{
    free(m->sum);
    free(m->gram);
}

static void measure_sparse(struct glm_moments *m, const struct dataset_chunk *chunk)
{
    for (size_t i = 0; i < chunk->start[chunk->rows]; i++) {
        double x = chunk->x[i];
        uint32_t j = chunk->index[i];
        m->sum[j] += x;
        m->squares[j] += x * x;
        m->count[j]++;
        m->least[j] = x < m->least[j] ? x : m->least[j];
        m->largest[j] = x > m->largest[j] ? x : m->largest[j];
    }
}

static void glm_scale_measure(void *context, size_t worker, size_t index)
{
    const struct glm_scaling *s = context;
    const struct dataset_chunk *chunk = &s->glm->data->chunk[index];
    struct glm_moments *m = &s->of[1 + worker];
    moments_clear(m, s->glm->d);
    if (s->glm->data->sparse) {
        measure_sparse(m, chunk);
        return;
    }
    for (size_t r = 0; r < chunk->rows; r++) {
        const double *x = chunk->x + r * chunk->ld;
        double w = glm_weight(chunk, r);
        if (!(w > 0))
            continue;
        for (size_t j = 0; j < s->glm->d; j++) {
            double y = x[j] - s->origin[j];
            m->sum[j] += w * y;
            m->squares[j] += w * y * y;
            m->least[j] = y < m->least[j] ? y : m->least[j];
            m->largest[j] = y > m->largest[j] ? y : m->largest[j];
        }
    }
}

static void glm_scale_merge_moments(void *context, size_t worker, size_t index)
{
    const struct glm_scaling *s = context;
    struct glm_moments *m = &s->of[0], *other = &s->of[1 + worker];
    (void)index;
    for (size_t j = 0; j < s->glm->d; j++) {
        m->sum[j] += other->sum[j];
        m->squares[j] += other->squares[j];
        m->count[j] += other->count[j];
        m->least[j] = fmin(m->least[j], other->least[j]);
        m->largest[j] = fmax(m->largest[j], other->largest[j]);
    }
}

static void find_sparse_scale(struct glm_scaling *s)
{
    struct glm *glm = s->glm;
    const struct glm_moments *m = &s->of[0];
    for (size_t j = 0; j < glm->d; j++) {
        bool everywhere = m->count[j] == (double)glm->data->n;
        double largest = m->count[j] > 0 ? fmax(fabs(m->least[j]), fabs(m->largest[j])) : 0;
        glm->aliased[j] = largest == 0 || (everywhere && m->least[j] == m->largest[j]);
        glm->center[j] = glm->aliased[j] && everywhere ? m->least[j] : 0;
        glm->scale[j] = glm->aliased[j] ? 1 : sqrt(m->squares[j] / (double)glm->data->n);
        glm->magnitude[j] = largest / glm->scale[j];
    }
}

static enum status find_scale(struct glm_scaling *s, struct err *err)
{
    struct glm *glm = s->glm;
    const struct glm_moments *m = &s->of[0];
    double total = glm->data->weight_sum;
    if (glm->data->sparse)
        find_sparse_scale(s);
    for (size_t j = 0; !glm->data->sparse && j < glm->d; j++) {
        double mean = m->sum[j] / total, variance = m->squares[j] / total - mean * mean;
        char echo[ERR_ECHO];
        glm->center[j] = s->origin[j] + mean;
        glm->scale[j] = variance > 0 ? sqrt(variance) : m->largest[j] - m->least[j];
        if (!isfinite(glm->scale[j]) || !isfinite(glm->center[j]))
            return err_data(err, "the values of column '%s' are too large to compute with",
                            err_echo(echo, slice_of(glm->data->features[j])));
        glm->aliased[j] = m->least[j] == m->largest[j];
        if (glm->aliased[j])
            glm->scale[j] = 1;
        glm->magnitude[j] = fmax(fabs(m->least[j] - mean), fabs(m->largest[j] - mean)) / glm->scale[j];
    }
    return STATUS_OK;
}

/* Whether the rows can determine a coefficient of every column that is not constant. */
static enum status check_freedom(const struct glm *glm, struct err *err)
{
    size_t terms = 1;
    if (!glm->options.needs_rows)
        return STATUS_OK;
    for (size_t j = 0; j < glm->d; j++)
        terms += !glm->aliased[j];
    return freedom_check(glm->data->counted, terms, glm->scores > 1 ? " per class" : "",
                         glm->data->sparse ? ERR_FEW_SPARSE_ROWS : ERR_FEW_ROWS, err);
}

static void apply_sparse(const struct glm *glm, struct glm_moments *m, struct dataset_chunk *chunk)
{
    for (size_t i = 0; i < chunk->start[chunk->rows]; i++)
        chunk->x[i] = glm->aliased[chunk->index[i]] ? 0 : chunk->x[i] / glm->scale[chunk->index[i]];
    double one = 1;
    for (size_t r = 0; m->gram != NULL && r < chunk->rows; r++)
        glm_sparse_gram_add(chunk, r, 1, &one, false, glm->d, m->gram);
}

/* Turns products about 0 into products about the means, which an intercept makes of them. */
static void center_gram(const struct glm_scaling *s)
{
    size_t d = s->glm->d;
    const struct glm_moments *m = &s->of[0];
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j <= i; j++)
            m->gram[i * d + j] -=
                (m->sum[i] / s->glm->scale[i]) * (m->sum[j] / s->glm->scale[j]) / (double)s->glm->data->n;
}

static void glm_scale_apply(void *context, size_t worker, size_t index)
{
    const struct glm_scaling *s = context;
    const struct glm *glm = s->glm;
    struct dataset_chunk *chunk = &glm->data->chunk[index];
    struct glm_moments *m = &s->of[1 + worker];
    size_t d = glm->d;
    moments_clear(m, d);
    if (glm->data->sparse) {
        apply_sparse(glm, m, chunk);
        return;
    }
    for (size_t first = 0; first < chunk->rows; first += GLM_ROWS) {
        size_t rows = chunk->rows - first < GLM_ROWS ? chunk->rows - first : GLM_ROWS;
        double *x = chunk->x + first * chunk->ld;
        dense_standardize(rows, d, glm->center, glm->scale, x, chunk->ld);
        if (m->gram == NULL)
            continue;
        bool weighted = chunk->weight != NULL || chunk->class_factor != NULL;
        double weight[GLM_ROWS];
        for (size_t r = 0; weighted && r < rows; r++)
            weight[r] = glm_weight(chunk, first + r);
        dense_gram_add(rows, d, weighted ? weight : NULL, x, chunk->ld, m->gram, d);
    }
}

static void glm_scale_merge_gram(void *context, size_t worker, size_t index)
{
    const struct glm_scaling *s = context;
    (void)index;
    if (s->of[0].gram != NULL)
        dense_add(s->glm->d * s->glm->d, 1, s->of[1 + worker].gram, s->of[0].gram);
}

static void find_aliased(const struct glm_scaling *s)
{
    struct glm *glm = s->glm;
    double *mean = mem_zero(glm->d, sizeof *mean);
    for (size_t j = 0; j < glm->d && glm->data->sparse; j++)
        mean[j] = s->of[0].sum[j] / glm->scale[j] / (double)glm->data->n;
    if (glm->data->sparse)
        center_gram(s);
    glm_alias_find(glm, s->of[0].gram, mean);
    free(mean);
}

static void clear_aliased(struct glm *glm)
{
    for (size_t j = 0; j < glm->d; j++) {
        if (!glm->aliased[j])
            continue;
        glm->n_aliased++;
        glm->magnitude[j] = 0;
        for (size_t c = 0; !glm->data->sparse && c < glm->data->chunks; c++)
            for (size_t r = 0; r < glm->data->chunk[c].rows; r++)
                glm->data->chunk[c].x[r * glm->data->chunk[c].ld + j] = 0;
    }
    for (size_t c = 0; glm->data->sparse && c < glm->data->chunks; c++) {
        struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t i = 0; i < chunk->start[chunk->rows]; i++)
            if (glm->aliased[chunk->index[i]])
                chunk->x[i] = 0;
    }
}

enum status glm_standardize(struct glm *glm, struct err *err)
{
    size_t threads = glm->options.threads;
    bool sparse = glm->data->sparse, penalised = glm->options.l1 > 0 || glm->options.l2 > 0;
    bool gram = !penalised && (!sparse || glm->d <= SPARSE_GRAM_MAX);
    double *origin = mem_zero(glm->d, sizeof *origin);
    struct glm_scaling s = {.glm = glm, .origin = origin, .of = mem_alloc(1 + threads, sizeof *s.of)};
    if (!sparse)
        memcpy(origin, glm->data->chunk[0].x, glm->d * sizeof *origin);
    for (size_t i = 0; i <= threads; i++)
        moments_init(&s.of[i], glm->d);
    moments_clear(&s.of[0], glm->d);
    parallel_reduce(glm->data->chunks, threads, &s, glm_scale_measure, glm_scale_merge_moments);
    enum status status = find_scale(&s, err);
    if (status == STATUS_OK && !penalised)
        status = check_freedom(glm, err);
    if (status == STATUS_OK) {
        for (size_t i = 0; i <= threads && gram; i++)
            s.of[i].gram = mem_zero(glm->d, glm->d * sizeof *s.of[i].gram);
        parallel_reduce(glm->data->chunks, threads, &s, glm_scale_apply, glm_scale_merge_gram);
        if (gram)
            find_aliased(&s);
        else if (!penalised)
            glm_alias_find_constant(glm);
        clear_aliased(glm);
    }
    for (size_t i = 0; i <= threads; i++)
        moments_free(&s.of[i]);
    free(s.of);
    free(origin);
    return status;
}
