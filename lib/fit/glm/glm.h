#ifndef LIKELY_FIT_GLM_GLM_H
#define LIKELY_FIT_GLM_GLM_H

#include "base/err.h"
#include "data/dataset/dataset.h"
#include "family/loss/loss.h"
#include "math/relations.h"
#include "optim/objective.h"

#include <stdbool.h>
#include <stddef.h>

/* Logistic and softmax regression over a dataset. The objective is
 *
 *     (1 / sum w) sum w_i loss(scores_i) + l1 |theta|_1 + l2 / 2 |theta|^2,   scores_i = intercept + x_i'theta +
 * offset_i,
 *
 * with offsets for one score only. The penalties leave the intercepts out; they are on coefficients of the columns as
 * they are or, with `standardize`, of columns of unit sd.
 *
 * The optimiser works on columns of mean 0 and sd 1 (weighted, 1/n), so that scale decides neither convergence nor
 * accuracy; coefficients are of the columns as they are. Each score has a block of width = 1 + d parameters, the
 * intercept first; a class whose score is fixed at 0 (the reference) has none. Columns that are constant or, without
 * a penalty, linear combinations of earlier ones are aliased: their parameters stay 0. */

#define GLM_SYMMETRIC ((size_t)-1)

struct glm_options {
    const struct loss *loss; /* of a logit or a probability: two classes, one score; of logits: a score per class */
    size_t positive;         /* the class that counts as 1, for one score */
    size_t reference;        /* the class of score 0, or GLM_SYMMETRIC: a block per class, intercepts summing to 0 */
    double l1, l2;
    bool standardize;
    bool needs_rows; /* more coefficients than rows are an error without a penalty */
    size_t threads;
};

struct glm {
    struct dataset *data; /* not owned; its features are standardised in place */
    struct glm_options options;
    size_t d, width;
    size_t scores;          /* per row: 1 or classes */
    size_t blocks;          /* of parameters: scores, less the reference */
    double *center, *scale; /* d: x = center + scale * column */
    double *magnitude;      /* d: the largest of the column */
    double *penalty;        /* d: the factor of theta^2 / 2 */
    double *l1;             /* blocks x width: that of |theta|; NULL = none */
    double *diagonal;       /* blocks x width: the rough size of the Hessian's */
    bool *aliased;          /* d */
    size_t n_aliased;
    struct relations relations;      /* of aliased columns to the others; empty with a penalty */
    struct glm_sums *sums;           /* the total and one per thread */
    double *theta;                   /* scores x width: the point evaluated last, whose sums … */
    bool has_sums;                   /* … are at hand */
    double *irls_weights;            /* rows x scores, at that point (glm_product.h); NULL = not wanted */
    size_t *first_row;               /* chunks: how many rows are before them */
    size_t every_chunk, every_block; /* evaluations are over each every_chunk-th chunk, and each every_block-th block of
                                        its rows; 1 = all */
    double weight_sum;               /* of the rows in the sums */
};

/* Standardises the features of `data` in place: the glm borrows the dataset, whose numbers have no other use from
 * then on. Errors: fewer than two classes with weight, weights that sum to 0, a column that cannot be scaled, more
 * coefficients than rows. */
enum status glm_new_in_place(struct glm **glm, struct dataset *data, const struct glm_options *options,
                             struct err *err);
void glm_free(struct glm *glm);

/* n = blocks * width; valid as long as the glm. To evaluate the last point again costs nothing. */
struct objective glm_objective(struct glm *glm);

/* theta (blocks x width): becomes the optimum of intercepts alone, as nearly as it is known without a pass over the
 * rows (without offsets exactly), and 0 for all columns. For convex losses. */
void glm_start_intercepts(const struct glm *glm, double *theta);

/* theta (blocks x width): any, then a start near the optimum from a sample of the rows, which saves passes over all of
 * them. Left alone where there are too few rows, or the sample has no optimum. For convex losses, whose optimum does
 * not depend on the start. */
void glm_start(struct glm *glm, double *theta);

/* The mean loss without the penalty, also of another loss of the same kind of score. */
double glm_mean_loss(struct glm *glm, const struct loss *loss, const double *theta);

/* Under l1 alone the optimum of several classes is not unique: the coefficients of a column can be shifted together
 * as long as no more than half of them get either sign. Moves theta to the optimum of least sum of squares, the limit
 * of that of a vanishing l2. */
void glm_center(const struct glm *glm, double *theta);

/* coefficients: scores x width, of the columns as they are; the reference's are 0, and so are those of aliased
 * columns. */
void glm_coefficients(const struct glm *glm, const double *theta, double *coefficients);

/* The parameters (blocks x width) that have these coefficients (scores x width, of the columns as they are), as far
 * as aliased columns allow. */
void glm_parameters(const struct glm *glm, const double *coefficients, double *theta);

/* Whether each class has a block, so that a shift of all of them changes no probability. */
static inline bool glm_is_symmetric(const struct glm *glm)
{
    return glm->scores > 1 && glm->blocks == glm->scores;
}

/* The score to which a block of parameters belongs. */
size_t glm_block_score(const struct glm *glm, size_t block);

/* full (scores x width): the parameters, those of the reference being 0. */
void glm_expand(const struct glm *glm, const double *theta, double *full);

/* The log-likelihood (nats, weighted) of intercepts alone: sum over classes of W_k log(W_k / W); with offsets, the
 * maximum over the intercept. */
double glm_loglik_null(const struct glm *glm);

#endif
