/* Scores to probabilities, jointly (softmax) or one by one (sigmoid), with a temperature; exact in both tails:
 * the probability of the greatest score is computed from the sum of the others by log1p. */
#include "family/layer/softmax.h"

#include "math/special.h"

#include <math.h>

/* (x - greatest) / temperature, even if the difference is beyond the range of a double. */
static double shifted(double x, double greatest, double temperature)
{
    double difference = x - greatest;
    return isfinite(difference) ? difference / temperature : x / temperature - greatest / temperature;
}

void softmax_joint(const double *x, size_t n, double temperature, bool log, double *out)
{
    size_t greatest = special_argmax(n, x);
    double others = 0; /* the sum of e^z without the greatest, which is 1 */
    for (size_t i = 0; i < n; i++) {
        double z = shifted(x[i], x[greatest], temperature), e = exp(z);
        others += i == greatest ? 0 : e;
        out[i] = log ? z : e;
    }
    double log_sum = log1p(others);
    for (size_t i = 0; i < n; i++)
        out[i] = log ? out[i] - log_sum : out[i] / (1 + others);
}

void softmax_single(const double *x, size_t n, double temperature, bool log, double *out)
{
    for (size_t i = 0; i < n; i++) {
        double z = x[i] / temperature;
        out[i] = log ? 0 - special_log1p_exp(-z) : special_sigmoid(z);
    }
}
