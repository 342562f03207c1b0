/* Logistic and softmax regression: the struct that all files glm_*.c work on, from its making to coefficients.
 *
 *  1. glm_new_in_place checks classes and weights, standardises the dataset's columns (glm_scale.c), and makes room
 *     for sums.
 *  2. The optimiser works on theta, blocks x width: parameters of standardised columns, a block per score but the
 *     reference's. The objective is in glm_objective.c, a start from a sample in glm_start.c, stochastic descent in
 *     glm_sgd.c.
 *  3. glm_coefficients turns theta into coefficients of the columns as they are (glm_expand, then b_j = theta_j /
 *     scale_j and b_0 = theta_0 - sum b_j center_j); glm_parameters is the way back, for --init.
 *
 * Memory: the dataset's own; per thread and once for the total a gradient (scores x width) and, with Newton's method,
 * the matrices of the Hessian (width^2, per pair of classes). Threads: by chunks of rows, merged in order. */

#include "fit/glm/glm.h"

#include "base/mem.h"
#include "fit/glm/glm_scale.h"
#include "fit/glm/glm_sums.h"
#include "text/number.h"

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

/* Whether the labels may be proportions or counts. */
static bool are_numbers(const struct dataset *data)
{
    double value;
    for (size_t k = 0; k < data->classes; k++)
        if (!number_parse(slice_of(data->labels[k]), &value) || value < 0)
            return false;
    return true;
}

static enum status check_classes(const struct dataset *data, const struct glm_options *options, struct err *err)
{
    char name[ERR_ECHO], label[ERR_ECHO];
    err_echo(name, slice_of(data->target));
    if (data->classes < 2)
        return err_data(err, "every row has the same class '%s' in the target column '%s'",
                        err_echo(label, slice_of(data->labels[0])), name);
    if (options->loss->prediction != LOSS_LOGITS && data->classes > 2) {
        err_data(err, "the target column '%s' has %zu classes; logistic regression takes two", name, data->classes);
        return err_because(err, are_numbers(data) ? ERR_MANY_NUMBERS : ERR_MANY_CLASSES, NULL);
    }
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

/* A rough diagonal of the Hessian for L-BFGS, which needs thousands of iterations to find it: the curvature of the loss
 * in a column of unit sd plus that of the penalty, which is large for columns of small sd. The loss's is about 1/4 at 0
 * and falls as the fit improves; it only has to be small beside large penalties. */
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

enum status glm_new_in_place(struct glm **out, struct dataset *data, const struct glm_options *options, struct err *err)
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
    glm->magnitude = glm->center + 2 * d;
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
    relations_free(&glm->relations);
    free(glm->diagonal);
    free(glm->l1);
    free(glm->irls_weights);
    free(glm->first_row);
    free(glm->center);
    free(glm);
}

size_t glm_block_score(const struct glm *glm, size_t block)
{
    return glm->blocks < glm->scores && block >= glm->options.reference ? block + 1 : block;
}

void glm_expand(const struct glm *glm, const double *theta, double *full)
{
    memset(full, 0, glm->scores * glm->width * sizeof *full);
    for (size_t b = 0; b < glm->blocks; b++)
        memcpy(full + glm_block_score(glm, b) * glm->width, theta + b * glm->width, glm->width * sizeof *full);
}

/* ---- results ---- */

static int compare_coefficients(const void *a, const void *b)
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
        qsort(sorted, k, sizeof *sorted, compare_coefficients);
        double shift = fmax(sorted[(k - 1) / 2], fmin(sorted[k / 2], mean));
        for (size_t b = 0; b < k; b++)
            theta[b * width + i] -= shift;
    }
    free(sorted);
}

/* Without an L1 the coefficients of a column sum to 0 over the classes but for rounding, which is removed. Intercepts
 * that sum to 0 on centred columns do so on the columns as they are only if the slopes do, which an L1 does not ensure:
 * they are centred in any case. */
static void center_classes(const struct glm *glm, double *coefficients)
{
    for (size_t i = 0; i < (glm->options.l1 > 0 ? 1 : glm->width); i++) {
        double mean = 0;
        for (size_t k = 0; k < glm->scores; k++)
            mean += coefficients[k * glm->width + i] / (double)glm->scores;
        for (size_t k = 0; k < glm->scores; k++)
            coefficients[k * glm->width + i] -= mean;
    }
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
    if (glm_is_symmetric(glm) || (glm->options.l1 > 0 && glm->scores > 1))
        center_classes(glm, coefficients);
}

void glm_parameters(const struct glm *glm, const double *coefficients, double *theta)
{
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
    for (size_t b = 0; b < glm->blocks && glm_is_symmetric(glm); b++)
        theta[b * glm->width] -= mean;
}
