/* The log-likelihood of intercepts alone, to which a fit is compared.
 *
 * Without offsets it is sum over classes of W_k log(W_k / W). With offsets beside_offsets finds the intercept: the
 * maximum lies between the intercepts that the least and the largest offset alone would have; Newton's method, and
 * bisection where a step leaves these bounds or is of little use, until another step would not change the value. The
 * bounds close in, so that no limit on the steps is needed. One pass over the rows per step; one thread. */

#include "base/mem.h"
#include "fit/glm/glm.h"
#include "fit/glm/glm_sums.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

/* Weights of the positive class and of all, and the range of the offsets. */
struct glm_null_ends {
    double positive, total, least, largest;
};

static struct glm_null_ends find_ends(const struct glm *glm)
{
    struct glm_null_ends e = {0, 0, (double)INFINITY, -(double)INFINITY};
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            double weight = glm_weight(chunk, r), offset = chunk->offset[r * chunk->ld];
            if (!(weight > 0))
                continue;
            e.total += weight;
            e.positive += chunk->label[r] == glm->options.positive ? weight : 0;
            e.least = fmin(e.least, offset);
            e.largest = fmax(e.largest, offset);
        }
    }
    return e;
}

/* The log-likelihood of an intercept beside the offsets, its derivative and the negative of the second one. */
static double loglik_at(const struct glm *glm, double intercept, double *slope, double *curvature)
{
    double sum = 0;
    *slope = *curvature = 0;
    for (size_t c = 0; c < glm->data->chunks; c++) {
        const struct dataset_chunk *chunk = &glm->data->chunk[c];
        for (size_t r = 0; r < chunk->rows; r++) {
            double weight = glm_weight(chunk, r), score = intercept + chunk->offset[r * chunk->ld];
            bool is_positive = chunk->label[r] == glm->options.positive;
            if (!(weight > 0))
                continue;
            sum -= weight * special_log1p_exp(is_positive ? -score : score);
            *slope += weight * (is_positive ? special_sigmoid(-score) : -special_sigmoid(score));
            *curvature += weight * special_sigmoid(score) * special_sigmoid(-score);
        }
    }
    return sum;
}

/* Newton's method between the intercepts that the least and the largest offset alone would have, with bisection where a
 * step leaves these bounds or after one that left more than half of the slope. */
static double beside_offsets(const struct glm *glm)
{
    static const double negligible = 1e-20; /* the decrement in parts of the log-likelihood */
    struct glm_null_ends e = find_ends(glm);
    double logit = log(e.positive / (e.total - e.positive)), low = logit - e.largest, high = logit - e.least;
    double at = low + (high - low) / 2, before = (double)INFINITY, slope, curvature;
    double value = loglik_at(glm, at, &slope, &curvature);
    while (slope * slope > negligible * fabs(value) * curvature) {
        *(slope > 0 ? &low : &high) = at;
        double next = at + slope / curvature;
        if (!(next > low && next < high) || fabs(slope) > before / 2)
            next = low + (high - low) / 2;
        if (next == at)
            break;
        at = next;
        before = fabs(slope);
        value = loglik_at(glm, at, &slope, &curvature);
    }
    return value;
}

double glm_loglik_null(const struct glm *glm)
{
    const struct dataset *data = glm->data;
    if (data->offset != NULL)
        return beside_offsets(glm);
    double *weights = mem_alloc(data->classes, sizeof *weights), sum = 0;
    dataset_class_weights(data, weights);
    for (size_t k = 0; k < data->classes; k++)
        sum += special_xlogy(weights[k], weights[k] / data->weight_sum);
    free(weights);
    return sum;
}
