/* Products of sparse rows (compressed rows: indexes ascending within each) with dense parameters: the inner loops of
 * glm_sums.c for svmlight text. Time is proportional to the numbers that are there, of a Gram matrix to their squares
 * per row. Sums run in the order of the rows, whatever their blocks are. */

#include "fit/glm/glm_sparse.h"

void glm_sparse_scores(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                       const double *theta, double *scores)
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

/* Adds slopes times the numbers of the rows, or times their squares. */
static inline void add(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                       const double *slopes, bool squared, double *gradient)
{
    for (size_t r = 0; r < rows; r++) {
        size_t begin = chunk->start[first + r], end = chunk->start[first + r + 1];
        for (size_t c = 0; c < k; c++) {
            double slope = slopes[r * k + c], *to = gradient + c * width + 1;
            for (size_t i = begin; i < end; i++)
                to[chunk->index[i]] += slope * (squared ? chunk->x[i] * chunk->x[i] : chunk->x[i]);
        }
    }
}

void glm_sparse_gradient_add(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                             const double *slopes, double *gradient)
{
    add(chunk, first, rows, k, width, slopes, false, gradient);
}

void glm_sparse_squares_add(const struct dataset_chunk *chunk, size_t first, size_t rows, size_t k, size_t width,
                            const double *slopes, double *gradient)
{
    add(chunk, first, rows, k, width, slopes, true, gradient);
}

/* Two rows of the matrix at a time share the reads of the row of data and halve the number of inner loops, whose
 * lengths the processor cannot predict. */
void glm_sparse_gram_add(const struct dataset_chunk *chunk, size_t first, size_t rows, const double *factor,
                         bool intercept, size_t n, double *gram)
{
    size_t shift = intercept;
    for (size_t r = 0; r < rows; r++) {
        size_t begin = chunk->start[first + r], m = chunk->start[first + r + 1] - begin, i = 0;
        const uint32_t *index = chunk->index + begin;
        const double *x = chunk->x + begin;
        if (!(factor[r] != 0))
            continue;
        if (intercept)
            gram[0] += factor[r];
        for (size_t k = 0; intercept && k < m; k++)
            gram[(1 + index[k]) * n] += factor[r] * x[k];
        for (; i + 2 <= m; i += 2) {
            double f = factor[r] * x[i], g = factor[r] * x[i + 1];
            double *to = gram + (index[i] + shift) * n + shift, *below = gram + (index[i + 1] + shift) * n + shift;
            for (size_t j = 0; j <= i; j++) {
                to[index[j]] += f * x[j];
                below[index[j]] += g * x[j];
            }
            below[index[i + 1]] += g * x[i + 1];
        }
        for (size_t j = 0; i < m && j <= i; j++)
            gram[(index[i] + shift) * n + shift + index[j]] += factor[r] * x[i] * x[j];
    }
}
