/* Cross-entropy of class scores, in nats: log-sum-exp relative to the greatest score, so that no score overflows. The
 * exponentials of all rows are computed at once, in the place of the gradients.
 *
 * Where the greatest score is that of the label, and far above the others, the loss is log(1 + rest) and its derivative
 * -rest / (1 + rest), rest being the sum of the others' exponentials: neither is computed as a difference from 1, so
 * that both keep all digits however sure the row is. */
#include "family/loss/loss.h"
#include "math/dense.h"
#include "math/special.h"
#include "math/vexp.h"

#include <math.h>

static const double small_rest = 0.1; /* from which on a difference from 1 is accurate */

/* Sum of the exponentials of the other scores, relative to the greatest. */
static double sum_others(size_t n, const double *score, size_t greatest)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += k != greatest ? exp(score[k] - score[greatest]) : 0;
    return sum;
}

static void evaluate_values(const struct loss_batch *b, double *value)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *score = b->prediction + i * b->width;
        size_t label = b->label[i];
        value[i] = special_log_sum_exp(b->width, score) - score[label];
        if (value[i] < small_rest && special_argmax(b->width, score) == label && isfinite(score[label]))
            value[i] = log1p(sum_others(b->width, score, label));
    }
}

/* Targets q: the losses of the classes, weighted by their probabilities. */
static void evaluate_soft(const struct loss_batch *b, double *value, double *gradient)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *score = b->prediction + i * b->width, *q = b->target_probability + i * b->width;
        size_t top = special_argmax(b->width, score);
        double rest = sum_others(b->width, score, top), whole = log1p(rest), sum = 0, total = 0, others = 0;
        for (size_t k = 0; k < b->width; k++) {
            sum += q[k] == 0 ? 0 : q[k] * (whole + (score[top] - score[k]));
            total += q[k];
            others += k != top ? q[k] : 0;
        }
        for (size_t k = 0; gradient != NULL && k < b->width; k++)
            gradient[i * b->width + k] =
                k == top ? others - total * (rest / (1 + rest)) : total * exp(score[k] - score[top] - whole) - q[k];
        if (value != NULL)
            value[i] = sum;
    }
}

/* Fills value and gradient; the gradients first hold the exponentials. */
static void loss_ce_logits_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    if (b->width == 1) {
        loss_log_logit.evaluate(b, value, gradient, curvature);
        return;
    }
    if (b->target_probability != NULL) {
        evaluate_soft(b, value, gradient);
        return;
    }
    if (gradient == NULL) {
        if (value != NULL)
            evaluate_values(b, value);
        return;
    }
    for (size_t i = 0; i < b->rows; i++) {
        const double *score = b->prediction + i * b->width;
        double greatest = special_greatest(b->width, score);
        dense_shift(b->width, greatest, score, gradient + i * b->width);
        if (value != NULL)
            value[i] = greatest - score[b->label[i]];
    }
    vexp_exp(b->rows * b->width, gradient, gradient);
    for (size_t i = 0; i < b->rows; i++) {
        double *g = gradient + i * b->width, sum = dense_sum(b->width, g), rest = 0;
        bool is_sure = g[b->label[i]] == 1 && sum < 1 + small_rest;
        for (size_t k = 0; is_sure && k < b->width; k++)
            rest += k != b->label[i] ? g[k] : 0;
        dense_divide(b->width, sum, g);
        g[b->label[i]] = is_sure ? -rest / sum : g[b->label[i]] - 1;
        if (value != NULL)
            value[i] += is_sure ? log1p(rest) : log(sum);
    }
}

const struct loss loss_ce_logits = {
    .name = "ce-logits",
    .help = "cross-entropy of class scores (softmax)",
    .formula = "log(sum of e^s[k]) - s[y], in nats; if the target is class probabilities q, log(sum of e^s[k]) - sum "
               "of q[k] s[k]",
    .likelihood = "categorical",
    .prediction = LOSS_LOGITS,
    .unit = LOSS_NATS,
    .soft = true,
    .evaluate = loss_ce_logits_evaluate,
};
