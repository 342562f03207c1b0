#include "family/loss.h"
#include "math/special.h"

static void evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    if (b->width == 1) {
        loss_log_logit.evaluate(b, value, gradient, curvature);
        return;
    }
    for (size_t i = 0; i < b->rows; i++) {
        const double *score = b->prediction + i * b->width;
        double own = score[b->label[i]], log_sum;
        if (gradient != NULL) {
            double *g = gradient + i * b->width;
            log_sum = special_softmax(b->width, score, g);
            g[b->label[i]] -= 1;
        } else {
            log_sum = special_log_sum_exp(b->width, score);
        }
        if (value != NULL)
            value[i] = log_sum - own;
    }
}

const struct loss loss_ce_logits = {
    .name = "ce-logits",
    .help = "cross-entropy of class scores, by softmax",
    .formula = "log(sum of e^s[k] over classes k) - s[y], in nats",
    .likelihood = "categorical",
    .prediction = LOSS_LOGITS,
    .evaluate = evaluate,
};
