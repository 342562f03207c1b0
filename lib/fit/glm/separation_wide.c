/* Searches a direction of separation by products with the Hessian alone, for models whose Hessian would be too large.
 *
 *  1. search minimises the objective plus a slight penalty by optim_newton_cg. A direction of separation makes the
 *     rows that it moves as good as sure (log-odds above `sure`).
 *  2. widen_border: rows that stay unsure lie on the border of any such direction, which changes none of their
 *     scores. Their scores are held equal (hold_scores) from now on, by a penalty of `stiffness` on changes of them.
 *  3. The next optimum is projected on the directions that change no score of the border (project: conjugate
 *     gradients on the sum of squared changes) and verified. Rows that speak against it join the border.
 *  4. Repeat from 1 until the direction separates, no row is moved, or all scores are held.
 *
 * The border is kept in the form of IRLS weights, so that glm_product_with makes the products with it. Memory: scores
 * numbers per row, 4 n, and those of optim_newton_cg, n being the parameters. */

#include "fit/glm/separation_wide.h"

#include "base/mem.h"
#include "fit/glm/glm_product.h"
#include "fit/glm/glm_sums.h"
#include "fit/glm/separation_verify.h"
#include "math/dense.h"
#include "optim/optim.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double penalty = 1e-10;   /* on directions */
static const double stiffness = 1e3;   /* of the border */
static const double sure = 4.6;        /* log-odds of 0.99 */
static const double negligible = 1e-3; /* of the largest margin: a direction moves a row only by more */

struct separation_wide {
    struct glm *glm;
    struct objective whole;
    double *border; /* rows x scores, as IRLS weights: one score: 0 or the weight; several: which scores stay equal */
    bool has_border, is_open;                     /* open: not all scores of all rows are held */
    double *diagonal, *residual, *step, *product; /* n */
};

/* ---- the objective on the way ---- */

static double separation_wide_evaluate(void *context, const double *u, double *gradient, double *hessian)
{
    struct separation_wide *w = context;
    size_t n = w->whole.n;
    double value = w->whole.evaluate(w->whole.context, u, gradient, hessian) + penalty / 2 * dense_dot(n, u, u);
    if (gradient != NULL)
        dense_add(n, penalty, u, gradient);
    if (!w->has_border)
        return value;
    glm_product_with(w->glm, w->border, u, w->product);
    if (gradient != NULL)
        dense_add(n, stiffness, w->product, gradient);
    return value + stiffness / 2 * dense_dot(n, u, w->product);
}

static void separation_wide_multiply(void *context, const double *direction, double *product)
{
    struct separation_wide *w = context;
    w->whole.multiply(w->whole.context, direction, product);
    dense_add(w->whole.n, penalty, direction, product);
    if (!w->has_border)
        return;
    glm_product_with(w->glm, w->border, direction, w->product);
    dense_add(w->whole.n, stiffness, w->product, product);
}

static void separation_wide_curvatures(void *context, double *diagonal)
{
    struct separation_wide *w = context;
    w->whole.curvatures(w->whole.context, diagonal);
    for (size_t i = 0; i < w->whole.n; i++)
        diagonal[i] += penalty;
    if (!w->has_border)
        return;
    glm_product_with(w->glm, w->border, NULL, w->product);
    dense_add(w->whole.n, stiffness, w->product, diagonal);
}

/* ---- the border ---- */

/* residual' D^-1 residual, D being the diagonal; step = beta step - D^-1 residual. */
static double turn_step(struct separation_wide *w, double last)
{
    double size = 0;
    for (size_t i = 0; i < w->whole.n; i++)
        size += w->residual[i] * (w->residual[i] / w->diagonal[i]);
    for (size_t i = 0; i < w->whole.n; i++)
        w->step[i] = (last > 0 ? size / last * w->step[i] : 0) - w->residual[i] / w->diagonal[i];
    return size;
}

/* Whether the step changes scores on the border by more than rounding; product: of the step. */
static bool is_felt(const struct separation_wide *w, double curvature)
{
    double scale = 0;
    for (size_t i = 0; i < w->whole.n; i++)
        scale += w->step[i] * w->step[i] * w->diagonal[i];
    return curvature > 1e-13 * scale;
}

/* Projects the direction on those that change no score of the border: conjugate gradients, preconditioned by the
 * diagonal, on half the sum of squared changes of these scores. */
static void project(struct separation_wide *w, double *direction)
{
    enum { PRODUCTS = 500, STARTS = 3 };
    size_t n = w->whole.n;
    double first = 0;
    glm_product_with(w->glm, w->border, NULL, w->diagonal);
    for (size_t i = 0; i < n; i++)
        w->diagonal[i] = w->diagonal[i] > 0 ? w->diagonal[i] : 1;
    for (int start = 0; start < STARTS; start++) {
        double size = 0;
        glm_product_with(w->glm, w->border, direction, w->residual);
        for (int k = 0; k < PRODUCTS; k++) {
            size = turn_step(w, k > 0 ? size : 0);
            first = first > 0 ? first : size;
            if (!(size > DBL_EPSILON * DBL_EPSILON * first))
                break;
            glm_product_with(w->glm, w->border, w->step, w->product);
            double curvature = dense_dot(n, w->step, w->product);
            if (!is_felt(w, curvature))
                break;
            dense_add(n, size / curvature, w->step, direction);
            dense_add(n, size / curvature, w->product, w->residual);
        }
    }
}

/* Adds scores of a row to those that stay equal: that of each own class, and those that do not lie below it by `least`.
 * True: some were new. */
static bool hold_scores(struct separation_wide *w, const struct dataset_chunk *chunk, size_t row, const double *score,
                        double least, double *border)
{
    size_t k = w->glm->scores, before = 0, now = 0;
    if (k == 1) {
        double margin = chunk->label[row] == w->glm->options.positive ? *score : -*score;
        bool is_new = *border == 0 && margin < least;
        *border = is_new ? glm_weight(chunk, row) : *border;
        w->is_open |= *border == 0;
        return is_new;
    }
    for (size_t c = 0; c < k; c++)
        before += border[c] > 0;
    for (size_t own = 0; own < k; own++) {
        for (size_t other = 0; other < k && dataset_probability(chunk, row, own) > 0; other++)
            if (other != own && score[own] - score[other] < least)
                border[own] = border[other] = 1;
    }
    for (size_t c = 0; c < k; c++)
        now += border[c] > 0;
    for (size_t c = 0; c < k; c++)
        border[c] = border[c] > 0 ? 1 / (double)now : 0;
    w->is_open |= now < k;
    return now > before;
}

/* Adds the rows to the border that the direction moves by less than `least`, offsets being part of the scores if asked
 * for. True: there were such rows. */
static bool widen_border(struct separation_wide *w, const double *direction, double least, bool with_offsets)
{
    struct glm *glm = w->glm;
    size_t k = glm->scores;
    double *full = mem_alloc(k * glm->width, sizeof *full), *scores = mem_alloc(GLM_ROWS * k, sizeof *scores);
    bool found = false;
    w->is_open = false;
    glm_expand(glm, direction, full);
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        double *border = w->border + glm->first_row[c] * k;
        for (size_t r = 0; r < chunk->rows; r++) {
            if (r % GLM_ROWS == 0)
                glm_scores(glm, chunk, r, chunk->rows - r < GLM_ROWS ? chunk->rows - r : GLM_ROWS, full, scores);
            double *score = scores + r % GLM_ROWS * k;
            if (with_offsets && chunk->offset != NULL)
                *score += chunk->offset[r * chunk->ld];
            if (glm_weight(chunk, r) > 0 && hold_scores(w, chunk, r, score, least, border + r * k))
                found = true;
        }
    }
    free(full);
    free(scores);
    return found;
}

/* ---- the search ---- */

static enum separation_kind search(struct separation_wide *w, double *direction)
{
    enum { ROUNDS = 20, PASSES = 20000 }; /* over the rows; the round that reaches them is the last */
    struct objective objective = {.n = w->whole.n,
                                  .context = w,
                                  .evaluate = separation_wide_evaluate,
                                  .multiply = separation_wide_multiply,
                                  .curvatures = separation_wide_curvatures};
    struct optim_options options = {.max_iterations = 30, .tolerance = 1e-3 * sqrt(penalty)};
    struct optim_result result;
    size_t passes = 0;
    for (int i = 0; i < ROUNDS && passes < PASSES; i++) {
        optim_newton_cg.run(&objective, &options, direction, &result);
        passes += result.evaluations;
        if (w->has_border)
            project(w, direction);
        enum separation_kind kind = separation_verify(w->glm, direction);
        double largest = separation_margin(w->glm, direction).largest;
        if (kind != SEPARATION_NONE)
            return kind;
        if (!(largest > 1) ||
            !widen_border(w, direction, w->has_border ? negligible * largest : sure, !w->has_border) || !w->is_open)
            break;
        w->has_border = true;
        memset(direction, 0, objective.n * sizeof *direction);
    }
    return SEPARATION_NONE;
}

enum separation_kind separation_search_wide(struct glm *glm, double *direction)
{
    struct separation_wide w = {.glm = glm, .whole = glm_objective(glm)};
    size_t n = w.whole.n;
    double *memory = mem_alloc(n, 4 * sizeof *memory);
    w.border = mem_zero(glm->data->n * glm->scores, sizeof *w.border);
    w.diagonal = memory;
    w.residual = memory + n;
    w.step = memory + 2 * n;
    w.product = memory + 3 * n;
    enum separation_kind kind = search(&w, direction);
    free(w.border);
    free(memory);
    return kind;
}
