#include "fit/glm/glm.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "fit/glm/glm_product.h"
#include "fit/glm/glm_scale.h"
#include "fit/glm/glm_sums.h"
#include "math/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sums of weights per class. */
static double *class_weights(const struct dataset *data)
{
    double *weights = mem_alloc(data->classes, sizeof *weights);
    dataset_class_weights(data, weights);
    return weights;
}

static enum status check_classes(const struct dataset *data, const struct glm_options *options, struct err *err)
{
    char name[ERR_ECHO], label[ERR_ECHO];
    err_echo(name, slice_of(data->target));
    if (data->classes < 2)
        return err_data(err, "every row has the same class '%s' in the target column '%s'; there is nothing to learn",
                        err_echo(label, slice_of(data->labels[0])), name);
    if (options->loss->prediction != LOSS_LOGITS && data->classes > 2)
        return err_data(
            err, "the target column '%s' has %zu classes; logistic regression takes two, softmax-train any number",
            name, data->classes);
    double *weights = class_weights(data);
    enum status status = STATUS_OK;
    if (!(data->weight_sum > 0) || !isfinite(data->weight_sum))
        status = err_data(err, data->weight_sum > 0 ? "the weights are too large to add" : "all weights are 0");
    for (size_t k = 0; k < data->classes && status == STATUS_OK; k++)
        if (!(weights[k] > 0))
            status = err_data(err, "all rows of class '%s' have weight 0", err_echo(label, slice_of(data->labels[k])));
    free(weights);
    return status;
}

/* The curvature of the loss in a column of unit sd, and that of the penalty, which is large for columns of small sd:
 * L-BFGS needs thousands of iterations to find that out for itself. The loss's is about 1/4 at 0 and falls as the fit
 * gets better; what counts is that it be small. */
static void estimate_diagonal(struct glm *glm)
{
    static const double curvature = 1e-3;
    glm->diagonal = mem_alloc(glm->blocks * glm->width, sizeof *glm->diagonal);
    for (size_t i = 0; i < glm->blocks * glm->width; i++)
        glm->diagonal[i] = curvature + (i % glm->width > 0 ? glm->penalty[i % glm->width - 1] : 0);
}

static void set_penalties(struct glm *glm)
{
    const struct glm_options *o = &glm->options;
    if (o->l1 > 0)
        glm->l1 = mem_zero(glm->blocks * glm->width, sizeof *glm->l1);
    for (size_t j = 0; j < glm->d; j++) {
        double unit = o->standardize ? 1 : glm->scale[j];
        glm->penalty[j] = o->l2 / unit / unit;
        for (size_t b = 0; b < glm->blocks && o->l1 > 0; b++)
            glm->l1[b * glm->width + 1 + j] = o->l1 / unit;
    }
}

enum status glm_new(struct glm **out, struct dataset *data, const struct glm_options *options, struct err *err)
{
    enum status status = check_classes(data, options, err);
    if (status != STATUS_OK)
        return status;
    struct glm *glm = mem_zero(1, sizeof *glm);
    size_t d = data->d;
    *glm = (struct glm){.data = data,
                        .options = *options,
                        .d = d,
                        .width = d + 1,
                        .every_chunk = 1,
                        .every_block = 1,
                        .weight_sum = data->weight_sum};
    if (options->threads == 0 || data->n * d < 50000)
        glm->options.threads = 1;
    glm->scores = options->loss->prediction == LOSS_LOGITS ? data->classes : 1;
    glm->blocks = glm->scores > 1 && options->reference != GLM_SYMMETRIC ? glm->scores - 1 : glm->scores;
    glm->center = mem_zero(d, 4 * sizeof *glm->center);
    glm->scale = glm->center + d;
    glm->reach = glm->center + 2 * d;
    glm->penalty = glm->center + 3 * d;
    glm->aliased = mem_zero(d, sizeof *glm->aliased);
    glm->theta = mem_alloc(glm->scores * glm->width, sizeof *glm->theta);
    glm->sums = mem_zero(1 + glm->options.threads, sizeof *glm->sums);
    for (size_t i = 0; i <= glm->options.threads; i++)
        glm_sums_init(&glm->sums[i], glm);
    glm->first_row = mem_zero(data->chunks, sizeof *glm->first_row);
    for (size_t c = 1; c < data->chunks; c++)
        glm->first_row[c] = glm->first_row[c - 1] + data->chunk[c - 1].rows;
    status = glm_standardize(glm, err);
    set_penalties(glm);
    estimate_diagonal(glm);
    if (status != STATUS_OK)
        glm_free(glm);
    else
        *out = glm;
    return status;
}

void glm_free(struct glm *glm)
{
    if (glm == NULL)
        return;
    for (size_t i = 0; i <= glm->options.threads; i++)
        glm_sums_free(&glm->sums[i]);
    free(glm->sums);
    free(glm->theta);
    free(glm->aliased);
    free(glm->diagonal);
    free(glm->l1);
    free(glm->held);
    free(glm->first_row);
    free(glm->center);
    free(glm);
}

size_t glm_block_score(const struct glm *glm, size_t block)
{
    return glm->blocks < glm->scores && block >= glm->options.reference ? block + 1 : block;
}

/* ---- the objective ---- */

void glm_expand(const struct glm *glm, const double *theta, double *full)
{
    memset(full, 0, glm->scores * glm->width * sizeof *full);
    for (size_t b = 0; b < glm->blocks; b++)
        memcpy(full + glm_block_score(glm, b) * glm->width, theta + b * glm->width, glm->width * sizeof *full);
}

bool glm_next_sampled(const struct glm *glm, size_t chunk, size_t *first, size_t *end)
{
    size_t rows = glm->data->chunk[chunk].rows;
    for (*first = *end; *first < rows; *first += GLM_ROWS) {
        *end = rows - *first < GLM_ROWS ? rows : *first + GLM_ROWS;
        if ((glm->first_row[chunk] + *first) / GLM_ROWS % glm->every_block == 0)
            return true;
    }
    return false;
}

static void add_chunk(void *context, size_t worker, size_t job)
{
    struct glm *glm = context;
    size_t index = job * glm->every_chunk;
    const struct dataset_chunk *chunk = &glm->data->chunk[index];
    struct glm_sums *total = &glm->sums[0], *mine = &glm->sums[1 + worker];
    glm_sums_clear(mine, glm, total->loss, total->want_gradient, total->want_hessian);
    mine->held = glm->held != NULL && total->want_gradient ? glm->held + glm->first_row[index] * glm->scores : NULL;
    if (glm->every_block == 1)
        glm_sums_add(mine, glm, chunk, 0, chunk->rows);
    else
        for (size_t first, end = 0; glm_next_sampled(glm, index, &first, &end);)
            glm_sums_add(mine, glm, chunk, first, end);
}

static void merge_chunk(void *context, size_t worker, size_t index)
{
    struct glm *glm = context;
    (void)index;
    glm_sums_merge(&glm->sums[0], glm, &glm->sums[1 + worker]);
}

static bool has_sums(const struct glm *glm, const struct loss *loss, const double *theta, bool gradient, bool hessian)
{
    const struct glm_sums *sums = &glm->sums[0];
    if (!glm->has_sums || sums->loss != loss || sums->want_gradient < gradient || sums->want_hessian < hessian)
        return false;
    for (size_t b = 0; b < glm->blocks; b++)
        if (memcmp(glm->theta + glm_block_score(glm, b) * glm->width, theta + b * glm->width,
                   glm->width * sizeof *theta) != 0)
            return false;
    return true;
}

static void sum_all(struct glm *glm, const struct loss *loss, const double *theta, bool gradient, bool hessian)
{
    if (has_sums(glm, loss, theta, gradient, hessian))
        return;
    glm_expand(glm, theta, glm->theta);
    glm_sums_clear(&glm->sums[0], glm, loss, gradient, hessian);
    parallel_reduce((glm->data->chunks + glm->every_chunk - 1) / glm->every_chunk, glm->options.threads, glm, add_chunk,
                    merge_chunk);
    glm->has_sums = true;
}

/* Adds factor * matrix (lower triangle, width x width) to block (a, b), a >= b, of the Hessian. */
static void add_block(const struct glm *glm, double *hessian, size_t a, size_t b, double factor, const double *matrix)
{
    size_t width = glm->width, n = glm->blocks * width;
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j < width; j++) {
            double entry = i >= j ? matrix[i * width + j] : matrix[j * width + i];
            hessian[(a * width + i) * n + b * width + j] += factor * entry;
        }
}

static size_t score_block(const struct glm *glm, size_t score)
{
    if (glm->blocks == glm->scores)
        return score;
    return score == glm->options.reference ? GLM_SYMMETRIC : score - (score > glm->options.reference);
}

static void collect_hessian(const struct glm *glm, double *hessian)
{
    size_t n = glm->blocks * glm->width, k = glm->scores;
    double factor = 1 / glm->weight_sum;
    const double *matrix = glm->sums[0].hessian;
    memset(hessian, 0, n * n * sizeof *hessian);
    if (k == 1)
        add_block(glm, hessian, 0, 0, factor, matrix);
    for (size_t a = 0; a < k; a++) {
        for (size_t b = a + 1; b < k; b++, matrix += glm->width * glm->width) {
            size_t at = score_block(glm, a), bt = score_block(glm, b);
            if (at != GLM_SYMMETRIC)
                add_block(glm, hessian, at, at, factor, matrix);
            if (bt != GLM_SYMMETRIC)
                add_block(glm, hessian, bt, bt, factor, matrix);
            if (at != GLM_SYMMETRIC && bt != GLM_SYMMETRIC)
                add_block(glm, hessian, bt, at, -factor, matrix);
        }
    }
    dense_mirror(n, hessian);
}

/* The penalty, and a diagonal for parameters that do nothing. */
static double penalize(const struct glm *glm, const double *theta, double *gradient, double *hessian)
{
    size_t width = glm->width, n = glm->blocks * width;
    double value = 0;
    for (size_t b = 0; b < glm->blocks; b++) {
        for (size_t j = 0; j < glm->d; j++) {
            size_t i = b * width + 1 + j;
            double factor = glm->aliased[j] ? 1 : glm->penalty[j];
            value += factor * theta[i] * theta[i] / 2;
            if (gradient != NULL)
                gradient[i] += factor * theta[i];
            if (hessian != NULL)
                hessian[i * n + i] += factor;
        }
    }
    return value;
}

/* A common shift of all intercepts changes no probability: (sum of intercepts)^2 / 2 picks the shift of sum 0. */
static double pin_intercepts(const struct glm *glm, const double *theta, double *gradient, double *hessian)
{
    size_t width = glm->width, n = glm->blocks * width;
    double sum = 0;
    for (size_t b = 0; b < glm->blocks; b++)
        sum += theta[b * width];
    for (size_t a = 0; a < glm->blocks; a++) {
        if (gradient != NULL)
            gradient[a * width] += sum;
        for (size_t b = 0; hessian != NULL && b < glm->blocks; b++)
            hessian[a * width * n + b * width] += 1;
    }
    return sum * sum / 2;
}

static double evaluate(void *context, const double *theta, double *gradient, double *hessian)
{
    struct glm *glm = context;
    double total = glm->weight_sum;
    sum_all(glm, glm->options.loss, theta, gradient != NULL, hessian != NULL);
    double value = glm->sums[0].value / total;
    for (size_t b = 0; gradient != NULL && b < glm->blocks; b++)
        for (size_t i = 0; i < glm->width; i++)
            gradient[b * glm->width + i] = glm->sums[0].gradient[glm_block_score(glm, b) * glm->width + i] / total;
    if (hessian != NULL)
        collect_hessian(glm, hessian);
    value += penalize(glm, theta, gradient, hessian);
    if (glm->scores > 1 && glm->blocks == glm->scores)
        value += pin_intercepts(glm, theta, gradient, hessian);
    return value;
}

/* The gradient of a quadratic penalty at a direction is its Hessian's product with it. */
static void multiply(void *context, const double *direction, double *product)
{
    struct glm *glm = context;
    glm_product(glm, direction, product);
    penalize(glm, direction, product, NULL);
    if (glm->scores > 1 && glm->blocks == glm->scores)
        pin_intercepts(glm, direction, product, NULL);
}

static void curvatures(void *context, double *diagonal)
{
    struct glm *glm = context;
    bool is_pinned = glm->scores > 1 && glm->blocks == glm->scores;
    glm_product_diagonal(glm, diagonal);
    for (size_t i = 0; i < glm->blocks * glm->width; i++) {
        size_t j = i % glm->width;
        diagonal[i] += j == 0 ? is_pinned : glm->aliased[j - 1] ? 1 : glm->penalty[j - 1];
    }
}

struct objective glm_objective(struct glm *glm)
{
    return (struct objective){.n = glm->blocks * glm->width,
                              .context = glm,
                              .evaluate = evaluate,
                              .multiply = multiply,
                              .curvatures = curvatures,
                              .l1 = glm->l1};
}

double glm_mean_loss(struct glm *glm, const struct loss *loss, const double *theta)
{
    sum_all(glm, loss, theta, false, false);
    return glm->sums[0].value / glm->weight_sum;
}

/* ---- results ---- */

static int compare(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

void glm_center(const struct glm *glm, double *theta)
{
    size_t k = glm->blocks, width = glm->width;
    if (glm->options.l1 == 0 || glm->options.l2 > 0 || k == 1 || k < glm->scores)
        return;
    double *sorted = mem_alloc(k, sizeof *sorted);
    for (size_t i = 1; i < width; i++) {
        double mean = 0;
        for (size_t b = 0; b < k; b++) {
            sorted[b] = theta[b * width + i];
            mean += sorted[b] / (double)k;
        }
        qsort(sorted, k, sizeof *sorted, compare);
        double shift = fmax(sorted[(k - 1) / 2], fmin(sorted[k / 2], mean));
        for (size_t b = 0; b < k; b++)
            theta[b * width + i] -= shift;
    }
    free(sorted);
}

/* Where slopes do not sum to 0 over the classes, as those of an l1 do not, intercepts that do on centred columns do not
 * on others. */
static void center_intercepts(const struct glm *glm, double *coefficients)
{
    double mean = 0;
    for (size_t k = 0; k < glm->scores; k++)
        mean += coefficients[k * glm->width] / (double)glm->scores;
    for (size_t k = 0; k < glm->scores; k++)
        coefficients[k * glm->width] -= mean;
}

void glm_coefficients(const struct glm *glm, const double *theta, double *coefficients)
{
    glm_expand(glm, theta, coefficients);
    for (size_t k = 0; k < glm->scores; k++) {
        double *row = coefficients + k * glm->width;
        for (size_t j = 0; j < glm->d; j++) {
            row[j + 1] = glm->aliased[j] ? 0 : row[j + 1] / glm->scale[j];
            row[0] -= row[j + 1] * glm->center[j];
        }
    }
    if (glm->options.l1 > 0 && glm->scores > 1)
        center_intercepts(glm, coefficients);
}

void glm_parameters(const struct glm *glm, const double *coefficients, double *theta)
{
    bool is_symmetric = glm->blocks == glm->scores && glm->scores > 1;
    const double *reference = glm->blocks < glm->scores ? coefficients + glm->options.reference * glm->width : NULL;
    double mean = 0;
    for (size_t b = 0; b < glm->blocks; b++) {
        const double *row = coefficients + glm_block_score(glm, b) * glm->width;
        double *to = theta + b * glm->width;
        to[0] = row[0] - (reference != NULL ? reference[0] : 0);
        for (size_t j = 0; j < glm->d; j++) {
            double slope = row[1 + j] - (reference != NULL ? reference[1 + j] : 0);
            to[0] += slope * glm->center[j];
            to[1 + j] = glm->aliased[j] ? 0 : slope * glm->scale[j];
        }
        mean += to[0] / (double)glm->blocks;
    }
    for (size_t b = 0; b < glm->blocks && is_symmetric; b++)
        theta[b * glm->width] -= mean;
}

double glm_step_bound(const struct glm *glm, const double *step)
{
    double bound = 0;
    for (size_t b = 0; b < glm->blocks; b++) {
        const double *row = step + b * glm->width;
        double sum = fabs(row[0]);
        for (size_t j = 0; j < glm->d; j++)
            sum += fabs(row[j + 1]) * glm->reach[j];
        bound = fmax(bound, sum);
    }
    return bound;
}

static void widen(struct glm_margin *margin, double x)
{
    margin->least = fmin(margin->least, x);
    margin->largest = fmax(margin->largest, x);
}

struct glm_margin glm_margin(const struct glm *glm, const double *direction)
{
    size_t k = glm->scores;
    double *full = mem_alloc(k * glm->width, sizeof *full), *scores = mem_alloc(GLM_ROWS * k, sizeof *scores);
    struct glm_margin margin = {(double)INFINITY, -(double)INFINITY};
    glm_expand(glm, direction, full);
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            if (r % GLM_ROWS == 0)
                glm_scores(glm, chunk, r, chunk->rows - r < GLM_ROWS ? chunk->rows - r : GLM_ROWS, full, scores);
            if (!(glm_weight(chunk, r) > 0))
                continue;
            const double *row = scores + r % GLM_ROWS * k;
            if (k == 1)
                widen(&margin, chunk->label[r] == glm->options.positive ? row[0] : -row[0]);
            for (size_t own = 0; own < k && k > 1; own++)
                for (size_t other = 0; other < k && dataset_share(chunk, r, own) > 0; other++)
                    if (other != own)
                        widen(&margin, row[own] - row[other]);
        }
    }
    free(full);
    free(scores);
    return margin;
}
