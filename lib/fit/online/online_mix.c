/* The mix of two learners; the recursion is in online_mix.h. With d the difference of the scores and p the
 * probabilities, the derivatives of a row's loss by the share are g = sum (p_k - y_k) d_k and h = sum p_k d_k^2 -
 * (sum p_k d_k)^2. */

#include "fit/online/online_mix.h"

static const double damping = 20; /* chosen by trial */

struct online_mix online_mix_start(void)
{
    return (struct online_mix){.share = 0.5};
}

void online_mix_scores(const struct online_mix *mix, size_t n, const double *first, const double *second, double offset,
                       double *mixed)
{
    for (size_t k = 0; k < n; k++)
        mixed[k] = offset + second[k] + mix->share * (first[k] - second[k]);
}

void online_mix_update(struct online_mix *mix, size_t n, bool several, uint32_t label, const double *first,
                       const double *second, const double *p, double weight, double before)
{
    double gradient = 0, mean = 0, square = 0, kept = before / (before + weight);
    for (size_t k = 0; k < n; k++) {
        double difference = first[k] - second[k];
        gradient += (p[k] - (several ? k == label : label == 1)) * difference;
        mean += p[k] * difference;
        square += p[k] * difference * difference;
    }
    mix->curvature = mix->curvature * (kept * kept * kept * kept) + weight * (square - mean * mean);
    mix->share -= weight * gradient / (mix->curvature + damping);
}
