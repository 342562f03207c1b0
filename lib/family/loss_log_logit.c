#include "family/loss.h"
#include "math/special.h"

static void evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t i = 0; i < b->rows; i++) {
        bool positive = b->target != NULL ? b->target[i] != 0 : b->label[i] != 0;
        double score = b->prediction[i];
        /* One exponential serves all: e = e^-|score|, p = 1 / (1 + e^-score). */
        double e = exp(-fabs(score)), p = (score >= 0 ? 1 : e) / (1 + e);
        if (value != NULL)
            value[i] = log1p(e) + (positive == (score >= 0) ? 0 : fabs(score));
        if (gradient != NULL)
            gradient[i] = positive ? -(score >= 0 ? e : 1) / (1 + e) : p;
        if (curvature != NULL)
            curvature[i] = e / ((1 + e) * (1 + e));
    }
}

const struct loss loss_log_logit = {
    .name = "log-logit",
    .help = "log loss of a logit",
    .formula = "log(1 + e^-s) if the target is positive, else log(1 + e^s), in nats",
    .likelihood = "Bernoulli",
    .prediction = LOSS_LOGIT,
    .evaluate = evaluate,
};
