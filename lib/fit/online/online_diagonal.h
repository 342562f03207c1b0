#ifndef LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_H
#define LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_H

#include "fit/online/online.h"
#include "fit/online/online_mix.h"

/* Logistic and softmax regression from rows that are seen once, with a number per coefficient where online.h has a
 * matrix: for sparse rows, and for more coefficients than online.h has room for. Memory grows with the features that
 * occur.
 *
 * A row of weight w moves the coefficients theta of all scores to the minimum of
 *
 *     sum of q_jk (theta_jk - theta_jk before)^2 / 2 + w loss(row),
 *
 * an implicit step, which cannot overshoot (B. Kulis and P. Bartlett, Implicit online learning, ICML 2010): theta
 * moves by -w g_k x_j / q_jk, g_k being the slope of the loss by score k at the end of the step (online_step.h). The
 * stiffness is
 *
 *     q_jk = s_j max(1/2, sqrt(m) / 2) (1/5 + sqrt(c_jk / s_j)) / rate factor,
 *
 * c_jk being the sum of w (p_k - y_k)^2 x_j^2 of the rows up to this one (the root: J. Duchi, E. Hazan and Y. Singer,
 * JMLR 12 (2011), 2121), s_j the mean square of the feature's values, and m the mean number of features in a row, all
 * of which move at once.
 *
 * Steps of that length keep theta moving about. The estimate is its average over the rows, in which a row counts as
 * the weight of all up to it (B. Polyak and A. Juditsky, SIAM J. Control Optim. 30 (1992), 838; O. Shamir and T.
 * Zhang, ICML 2013): in the long run as good as steps by the inverse of the whole Hessian. A coefficient that does
 * not move is averaged when its feature is seen again. The best length of steps depends on signal and noise, so that
 * there are two rate factors, 1 and 1/4, whose averages are mixed (online_mix.h).
 *
 * When s_j changes, coefficients are scaled as if it had been known. The penalty of the weight since a feature was
 * last seen is applied when it is seen again, and in the end: l2 for each row, and 1 / prior_sd^2 over the weight so
 * far. */
struct online_diagonal;

enum { ONLINE_CLASSES_MAX = 65536 };

/* centered: every row has all of the features, and learning is from their deviations from the means so far. several:
 * a score per class, of which there are none yet, with room for so many `classes`; else one score, the log-odds of
 * class 1. */
struct online_diagonal *online_diagonal_new(bool centered, bool several, size_t classes,
                                            const struct online_prior *prior);
void online_diagonal_free(struct online_diagonal *online);

/* One more class, of score 0 so far; false where there are ONLINE_CLASSES_MAX. Only with `several`. */
bool online_diagonal_add_class(struct online_diagonal *online);
size_t online_diagonal_scores(const struct online_diagonal *online);

/* Makes a new one that is centered and has the scores of several classes continue a full recursion of d columns: its
 * coefficients, and as curvatures the diagonal of half its quadratic, which is of 2 p (1 - p), about the means. */
void online_diagonal_adopt(struct online_diagonal *online, size_t d, const struct online_state *state);

/* Returns the row's weighted loss (nats) under the coefficients before. NaN: values are so large that their squares
 * overflow, and the state is undefined. */
double online_diagonal_update(struct online_diagonal *online, const struct online_row *row);

/* All that is known, as numbers that can be written and resumed from. */
enum { ONLINE_DIAGONAL_WARM = 5, ONLINE_DIAGONAL_MOMENTS }; /* rows of numbers */
struct online_diagonal_state {
    size_t n;
    double weight, values; /* of the rows; times their features */
    double earlier;        /* of those that a warm start stands for */
    const uint32_t *index; /* n */
    const double *numbers; /* online_diagonal_rows x (1 + n), of the intercept and each feature: weight of the rows that
                              have it, sums of its weighted values and squares, mean, weight of all rows when it was
                              last seen, whether it is of a warm start; by score coefficients at each rate, averages of
                              each, curvatures */
    struct online_mix mix;
};
size_t online_diagonal_rows(size_t scores);
bool online_diagonal_is_sound(const struct online_diagonal_state *state,
                              size_t scores); /* weights, squares and curvatures are possible ones */
void online_diagonal_totals(const struct online_diagonal *online,
                            struct online_diagonal_state *state); /* sets weights, values and mix */
void online_diagonal_save(const struct online_diagonal *online, size_t n, const uint32_t *index,
                          double *numbers /* zeroed */);
void online_diagonal_restore(struct online_diagonal *online,
                             const struct online_diagonal_state *state); /* into a new one that has the scores */

/* Warm start of a new one that has the scores, at coefficients of the features of these indexes, scores x (1 + n), of
 * the values as they are. They are as certain as earlier rows of that weight would make them that have the features
 * as often as the rows to come, and are predicted as well. */
void online_diagonal_start(struct online_diagonal *online, size_t n, const uint32_t *index, const double *coefficients,
                           double weight);

/* The features that have occurred or are of a warm start: their number, and their indexes, ascending. */
size_t online_diagonal_count(const struct online_diagonal *online);
void online_diagonal_indexes(const struct online_diagonal *online, uint32_t *index);

/* scores x (1 + n): the intercept, and a coefficient for each of these indexes. Those of classes sum to 0. */
void online_diagonal_coefficients(const struct online_diagonal *online, size_t n, const uint32_t *index,
                                  double *coefficients);

bool online_diagonal_is_constant(const struct online_diagonal *online,
                                 uint32_t index); /* its coefficients are 0 then */

#endif
