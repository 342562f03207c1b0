#ifndef LIKELY_FIT_GLM_GLM_SUMS_H
#define LIKELY_FIT_GLM_GLM_SUMS_H

#include "fit/glm/glm.h"

/* Weighted sums over rows of a loss and its derivatives in the scores' parameters: a state with add and merge. */
struct glm_sums {
    double value;
    double pearson;   /* with the Hessian of one score: Pearson's chi-squared, where the loss is that of a logit */
    double *gradient; /* scores x width */
    double *
        hessian; /* matrices of width x width, lower triangle: one, or one per pair of classes a < b (see glm_sums.c) */
    size_t matrices;
    double *irls_weights; /* rows of a chunk x scores, to be filled for products with the Hessian; NULL = none */
    struct glm_scratch *scratch;
    const struct loss *loss;
    bool want_gradient, want_hessian;
};

void glm_sums_init(struct glm_sums *sums, const struct glm *glm);
void glm_sums_free(struct glm_sums *sums);
/* Makes room for the Hessian where it is wanted, and sets all to 0. */
void glm_sums_clear(struct glm_sums *sums, const struct glm *glm, const struct loss *loss, bool gradient, bool hessian);
/* The sums of rows first .. end of a chunk. */
void glm_sums_add(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk, size_t first,
                  size_t end);
/* Adds to the gradient's place the product of the Hessian with a direction (scores x width), or the Hessian's
 * diagonal, from the irls_weights that glm_sums_add filled with the gradient: for one score the weighted curvature of
 * each row, for several the fitted probabilities. */
void glm_sums_add_product(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk,
                          const double *irls_weights, const double *direction);
void glm_sums_add_diagonal(struct glm_sums *sums, const struct glm *glm, const struct dataset_chunk *chunk,
                           const double *irls_weights);
void glm_sums_merge(struct glm_sums *sums, const struct glm *glm, const struct glm_sums *other);

/* The scores (rows x glm->scores) of consecutive rows under theta (scores x width), without offsets. */
void glm_scores(const struct glm *glm, const struct dataset_chunk *chunk, size_t first, size_t rows,
                const double *theta, double *scores);

enum { GLM_ROWS = 256 }; /* at a time, to stay in cache */

static inline double glm_weight(const struct dataset_chunk *chunk, size_t row)
{
    return dataset_weight(chunk, row);
}

#endif
