/* Log loss of log-odds, in nats, exact in both tails. Rows are processed in tiles of 64, so that the
 * exponentials are computed by vexp.c. */
#include "family/loss/loss.h"
#include "math/vexp.h"

#include <math.h>

enum { TILE = 64 };

/* Up to TILE rows from `first` on. One exponential per row, e = e^-|score|, gives all: the class with the sign
 * of the score has probability 1 / (1 + e), the other e / (1 + e). */
static void evaluate_tile(const struct loss_batch *b, size_t first, size_t rows, double *value, double *gradient,
                          double *curvature)
{
    double e[TILE] = {0}, log1p_e[TILE];
    const double *score = b->prediction + first;
    for (size_t i = 0; i < rows; i++)
        e[i] = -fabs(score[i]);
    vexp_exp(rows, e, e);
    if (value != NULL)
        vexp_log1p(rows, e, log1p_e);
    for (size_t i = 0; i < rows; i++) {
        bool positive = b->target != NULL ? b->target[first + i] != 0 : b->label[first + i] != 0;
        bool agrees = positive == (score[i] >= 0);
        double likely = 1 / (1 + e[i]), unlikely = e[i] * likely, miss = agrees ? unlikely : likely;
        if (value != NULL)
            value[first + i] = agrees ? log1p_e[i] : log1p_e[i] + fabs(score[i]);
        if (gradient != NULL)
            gradient[first + i] = positive ? -miss : miss;
        if (curvature != NULL)
            curvature[first + i] = likely * unlikely;
    }
}

static void loss_log_logit_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    for (size_t first = 0; first < b->rows; first += TILE)
        evaluate_tile(b, first, b->rows - first < TILE ? b->rows - first : TILE, value, gradient, curvature);
}

const struct loss loss_log_logit = {
    .name = "log-logit",
    .aliases = (const char *const[]){"bce-logits", NULL},
    .help = "log loss of a logit",
    .formula = "log(1 + e^-s) if the target is positive, else log(1 + e^s), in nats",
    .likelihood = "Bernoulli",
    .prediction = LOSS_LOGIT,
    .unit = LOSS_NATS,
    .of_classes = "ce-logits",
    .evaluate = loss_log_logit_evaluate,
};
