#ifndef LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_H
#define LIKELY_FIT_ONLINE_ONLINE_DIAGONAL_H

#include "fit/online/online.h"
#include "fit/online/online_mix.h"

/* Logistic and softmax regression learnt from rows that are seen once, in memory that grows with the features that
 * occur: what online.h does, with a number for each coefficient where that has a matrix. For sparse rows, and for more
 * coefficients than online.h takes.
 *
 * A row of weight w moves the coefficients theta of all scores to the minimum of
 *     sum of q_jk (theta_jk - theta_jk before)^2 / 2 + w loss(row)
 * (an implicit step; Kulis and Bartlett, Implicit online learning, ICML 2010), which stands at theta - w g_k x / q, g_k
 * being the slope of the loss by score k there (online_step.h): no step can overshoot. With c_jk, the sum of w (p_k -
 * y_k)^2 x_j^2 of the rows so far and this one, and the feature's own scale s_j, the mean square of its values, q_jk =
 * s_j max(1/2, sqrt(m) / 2) (1/5 + sqrt(c_jk / s_j)) / pace (the root: Duchi, Hazan and Singer, JMLR 12, 2011), where m
 * is how many features a row has on average, all of which move at once; the factors are what did well on made data and
 * on text. Steps of that length keep theta moving about. What is learnt is its average over the rows, of which a row
 * counts as the weight of all up to it (Polyak and Juditsky, SIAM J. Control Optim. 30, 1992; Shamir and Zhang, ICML
 * 2013): that is as good as steps by the inverse of the whole Hessian in the long run, however features go together. A
 * coefficient that does not move is averaged when its feature is seen again. How far steps should go depends on how
 * much there is to know beside noise, so there are two paces, 1 and 1/4, whose averages are mixed (online_mix.h).
 *
 * When s_j turns out to be another, coefficients follow as if it had been known. The penalty of the weight that has
 * gone by pulls at a coefficient when its feature is seen again, and in the end: l2 for each row, and 1 / prior_sd^2
 * over the weight so far. */
struct online_diagonal;

enum { ONLINE_CLASSES_MAX = 65536 };

/* centered: every row has all of the features, and what is learnt from is what they differ from their means so far.
 * several: a score per class, of which there are none yet, with room for so many `classes` without waste; else one
 * score, the log-odds of class 1. */
struct online_diagonal *online_diagonal_new(bool centered, bool several, size_t classes,
                                            const struct online_prior *prior);
void online_diagonal_free(struct online_diagonal *online);

/* One more class, of score 0 so far; false where there are ONLINE_CLASSES_MAX. Only with `several`. */
bool online_diagonal_add_class(struct online_diagonal *online);
size_t online_diagonal_scores(const struct online_diagonal *online);

/* Lets a new one that is centered and has the scores of several classes go on with what a full recursion knows of d
 * columns: its coefficients, and for information the diagonal of half its quadratic, which is twice p (1 - p), about
 * the means. */
void online_diagonal_adopt(struct online_diagonal *online, size_t d, const struct online_state *state);

/* Returns the row's weighted loss (nats) under the coefficients before; NaN, which leaves no use for the rest, if
 * values are so large that their squares overflow. */
double online_diagonal_update(struct online_diagonal *online, const struct online_row *row);

/* What has been learnt, as numbers that can be kept and gone on with. */
enum { ONLINE_DIAGONAL_WARM = 5, ONLINE_DIAGONAL_MOMENTS }; /* rows of numbers */
struct online_diagonal_state {
    size_t n;
    double weight, values; /* of the rows; times their features */
    double earlier;        /* of those that a start stood for */
    const uint32_t *index; /* n */
    const double *numbers; /* online_diagonal_rows x (1 + n), of the intercept and each feature: weight of the rows that
                              have it, sums of its weighted values and squares, mean, weight of all rows when it was
                              last seen, whether it began at a coefficient that was given; by score coefficients of each
                              pace, averages of each, curvatures */
    struct online_mix mix;
};
size_t online_diagonal_rows(size_t scores);
bool online_diagonal_is_sound(const struct online_diagonal_state *state,
                              size_t scores); /* weights, squares and curvatures can be such */
void online_diagonal_totals(const struct online_diagonal *online,
                            struct online_diagonal_state *state); /* sets weights, values and mix */
void online_diagonal_save(const struct online_diagonal *online, size_t n, const uint32_t *index,
                          double *numbers /* zeroed */);
void online_diagonal_restore(struct online_diagonal *online,
                             const struct online_diagonal_state *state); /* into a new one that has the scores */

/* Lets a new one that has the scores begin at coefficients of the features of these indexes, scores x (1 + n), of the
 * values as they are. They are as sure as earlier rows of that weight would make them that have the features as often
 * as the rows to come, and are predicted as well. */
void online_diagonal_start(struct online_diagonal *online, size_t n, const uint32_t *index, const double *coefficients,
                           double weight);

/* The features that have occurred or been given: how many, and their indexes, ascending. */
size_t online_diagonal_count(const struct online_diagonal *online);
void online_diagonal_indexes(const struct online_diagonal *online, uint32_t *index);

/* scores x (1 + n): the intercept, and a coefficient for each of these indexes. Those of classes sum to 0. */
void online_diagonal_coefficients(const struct online_diagonal *online, size_t n, const uint32_t *index,
                                  double *coefficients);

bool online_diagonal_is_constant(const struct online_diagonal *online,
                                 uint32_t index); /* its coefficients are 0 then */

#endif
