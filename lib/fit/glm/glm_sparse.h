#ifndef LIKELY_FIT_GLM_GLM_SPARSE_H
#define LIKELY_FIT_GLM_GLM_SPARSE_H

#include "data/dataset/dataset.h"

/* The products that sums over rows are made of, for `rows` sparse rows of a chunk from row `first` on. Blocks of
 * parameters have `width` entries, the intercept first. */

/* scores (rows x k) = theta (k x width) times (1, x). */
void glm_sparse_scores(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                       const double *theta, double *scores);

/* gradient (k x width) += slopes (rows x k)' (0, x): the intercepts' entries are left alone. */
void glm_sparse_gradient_add(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                             const double *slopes, double *gradient);

/* The same of (0, x^2). */
void glm_sparse_squares_add(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                            const double *slopes, double *gradient);

/* Lower triangle of gram (n x n) += sum of factor[row] z z', where z is (1, x) with `intercept`, n = 1 + d, and else
 * x, n = d. */
void glm_sparse_gram_add(const struct dataset_chunk *chunk, size_t first, size_t rows, const double *factor,
                         bool intercept, size_t n, double *gram);

#endif
