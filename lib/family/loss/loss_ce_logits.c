/* Cross-entropy of class scores, in nats: log-sum-exp relative to the greatest score, so that no score
 * overflows. The exponentials of all rows are computed at once, in the place of the gradients. */
#include "family/loss/loss.h"
#include "math/special.h"
#include "math/vexp.h"

static void evaluate_values(const struct loss_batch *b, double *value)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *score = b->prediction + i * b->width;
        value[i] = special_log_sum_exp(b->width, score) - score[b->label[i]];
    }
}

/* Targets q: the losses of the classes, weighted by their probabilities. */
static void evaluate_soft(const struct loss_batch *b, double *value, double *gradient)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *score = b->prediction + i * b->width, *q = b->target_probability + i * b->width;
        double whole = special_log_sum_exp(b->width, score), sum = 0, total = 0;
        for (size_t k = 0; k < b->width; k++) {
            sum += q[k] == 0 ? 0 : q[k] * (whole - score[k]);
            total += q[k];
        }
        for (size_t k = 0; gradient != NULL && k < b->width; k++)
            gradient[i * b->width + k] = total * exp(score[k] - whole) - q[k];
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
        for (size_t k = 0; k < b->width; k++)
            gradient[i * b->width + k] = score[k] - greatest;
        if (value != NULL)
            value[i] = greatest - score[b->label[i]];
    }
    vexp_exp(b->rows * b->width, gradient, gradient);
    for (size_t i = 0; i < b->rows; i++) {
        double *g = gradient + i * b->width, sum = 0;
        for (size_t k = 0; k < b->width; k++)
            sum += g[k];
        for (size_t k = 0; k < b->width; k++)
            g[k] /= sum;
        g[b->label[i]] -= 1;
        if (value != NULL)
            value[i] += log(sum);
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
