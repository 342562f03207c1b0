#ifndef LIKELY_FIT_GLM_GLM_COMBINATION_H
#define LIKELY_FIT_GLM_GLM_COMBINATION_H

#include "fit/glm/glm.h"

/* A standardised column as a combination of few others: b[0] + sum of b[1 + i] column term[i]. */
struct glm_combination {
    size_t column;
    size_t n, *term;
    double *b;       /* 1 + n */
    double residual; /* the root mean square of what it leaves, by weight */
    double largest;  /* of the residuals of rows of weight above 0 */
};
void glm_combination_release(struct glm_combination *combination);

/* The columns of a glm by their centred Gram matrix. */
struct glm_gram {
    const double *product; /* d x d, both triangles */
    const double *mean;    /* d */
};

/* b (d, 0 for columns that are not wanted): a rough combination that gives the column. Summands that may be rounding
 * are left out. */
void glm_combination_init(struct glm_combination *combination, const struct glm_gram *gram, size_t d, size_t column,
                          const double *b);

/* Measures what combinations leave and, if the test of that fails, makes them those of least squares and repeats both.
 * Returns whether the test succeeded. */
typedef bool glm_combinations_test(const void *context);
bool glm_combinations_refine(const struct glm *glm, const struct glm_gram *gram, struct glm_combination *combination,
                             size_t n, glm_combinations_test *is_exact, const void *context);

#endif
