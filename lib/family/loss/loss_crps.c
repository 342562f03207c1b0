/* Continuous ranked probability score of a Gaussian with a predicted mean and standard deviation. */
#include "family/loss/loss.h"

#include "math/special.h"

#include <math.h>

/* With z = (y - m) / s: s (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)) (T. Gneiting and A. E. Raftery, Strictly Proper
 * Scoring Rules, Prediction, and Estimation, J. Am. Stat. Assoc. 102 (2007), eq. 21). */
static void loss_crps_evaluate(const struct loss_batch *b, double *value, double *gradient, double *curvature)
{
    static const double inverse_root_pi = 0.56418958354775628695;
    (void)curvature;
    for (size_t i = 0; i < b->rows; i++) {
        double sd = b->prediction[2 * i + 1], z = fabs(b->target[i] - b->prediction[2 * i]) / sd;
        double inside = 1 - special_normal_two_sided(z); /* 2 Phi(|z|) - 1; the score is even in z */
        double peak = 2 * exp(-0.5 * (special_log_two_pi + z * z)) - inverse_root_pi;
        if (value != NULL)
            value[i] = sd * (z * inside + peak);
        if (gradient != NULL) {
            gradient[2 * i] = b->target[i] > b->prediction[2 * i] ? -inside : inside;
            gradient[2 * i + 1] = peak;
        }
    }
}

const struct loss loss_crps = {
    .name = "crps",
    .help = "CRPS of a Gaussian of predicted mean and sd",
    .formula = "s (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)), z = (y - m) / s",
    .likelihood = "",
    .prediction = LOSS_MEAN_SD,
    .unit = LOSS_TARGET,
    .evaluate = loss_crps_evaluate,
};
