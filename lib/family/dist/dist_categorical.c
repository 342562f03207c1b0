/* The categorical distribution from counts: estimates, negative log-likelihood and the standard error of the
 * entropy. Sums over levels are in double-double; logarithms of probabilities near 1 are computed by log1p. */
#include "family/dist/dist_categorical.h"

#include "math/dd.h"

#include <math.h>

struct dist_categorical dist_categorical_fit(double count, double total)
{
    double p = count / total, q = (total - count) / total;
    return (struct dist_categorical){p, sqrt(p * q / total)};
}

double dist_categorical_map(double count, size_t levels, double total, double pseudo)
{
    return (count + pseudo) / (total + (double)levels * pseudo);
}

/* log(a / b), 0 < a <= b, which keeps its digits if the quotient is near 1. */
static double log_quotient(double a, double b)
{
    return 2 * a > b ? log1p((a - b) / b) : log(a / b);
}

double dist_categorical_nll(const double *count, size_t levels, double total, double pseudo)
{
    struct dd sum = {0};
    for (size_t k = 0; k < levels; k++)
        if (count[k] > 0)
            sum = dd_add_double(sum, -count[k] * log_quotient(count[k] + pseudo, total + (double)levels * pseudo));
    return sum.high + 0.0;
}

double dist_categorical_entropy_se(const double *count, size_t levels, double total)
{
    double mean = -dist_categorical_nll(count, levels, total, 0) / total;
    struct dd sum = {0};
    for (size_t k = 0; k < levels; k++) {
        double deviation = count[k] > 0 ? log_quotient(count[k], total) - mean : 0;
        sum = dd_add_double(sum, count[k] / total * deviation * deviation);
    }
    return sqrt(sum.high / total);
}
