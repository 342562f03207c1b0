#include "fit/glm_sparse.h"

void glm_sparse_scores(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width, const double *theta,
                       double *scores)
{
    for (size_t r = 0; r < rows; r++) {
        size_t begin = chunk->start[first + r], end = chunk->start[first + r + 1];
        for (size_t c = 0; c < k; c++) {
            const double *weights = theta + c * width + 1;
            double sum = theta[c * width];
            for (size_t i = begin; i < end; i++)
                sum += weights[chunk->index[i]] * chunk->x[i];
            scores[r * k + c] = sum;
        }
    }
}

void glm_sparse_gradient_add(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                             const double *slopes, double *gradient)
{
    for (size_t r = 0; r < rows; r++) {
        size_t begin = chunk->start[first + r], end = chunk->start[first + r + 1];
        for (size_t c = 0; c < k; c++) {
            double slope = slopes[r * k + c], *to = gradient + c * width + 1;
            for (size_t i = begin; i < end; i++)
                to[chunk->index[i]] += slope * chunk->x[i];
        }
    }
}

void glm_sparse_squares_add(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                            const double *slopes, double *gradient)
{
    for (size_t r = 0; r < rows; r++) {
        size_t begin = chunk->start[first + r], end = chunk->start[first + r + 1];
        for (size_t c = 0; c < k; c++) {
            double slope = slopes[r * k + c], *to = gradient + c * width + 1;
            for (size_t i = begin; i < end; i++)
                to[chunk->index[i]] += slope * (chunk->x[i] * chunk->x[i]);
        }
    }
}

void glm_sparse_gram_add(const struct dataset_chunk *chunk, size_t first, size_t rows, const double *factor, bool intercept,
                         size_t n, double *gram)
{
    for (size_t r = 0; r < rows; r++) {
        size_t begin = chunk->start[first + r], end = chunk->start[first + r + 1];
        if (!(factor[r] != 0))
            continue;
        if (intercept)
            gram[0] += factor[r];
        for (size_t i = begin; i < end; i++) {
            double f = factor[r] * chunk->x[i], *row = gram + (chunk->index[i] + (size_t)intercept) * n;
            if (intercept)
                row[0] += f;
            for (size_t j = begin; j <= i; j++)
                row[chunk->index[j] + (size_t)intercept] += f * chunk->x[j];
        }
    }
}
