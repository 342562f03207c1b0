/* The results of a pass, at its end or in a snapshot: all are the learner's, which no caller knows by kind but to write
 * its state. */

#include "fit/online/online_batches.h"
#include "fit/online/online_diagonal_learner.h"
#include "fit/online/online_fit.h"

#include <stdlib.h>

bool online_fit_is_ready(const struct online_fit *fit)
{
    size_t classes = 0;
    if (fit->sparse && fit->d == 0)
        return false;
    for (size_t k = 0; k < dict_count(fit->labels); k++)
        classes += fit->class_weight[k] > 0;
    return classes >= 2 || fit->is_started;
}

double online_fit_loss(const struct online_fit *fit)
{
    return (fit->loss_sum + fit->ahead_loss) / fit->weight_sum;
}

size_t online_fit_scores(const struct online_fit *fit)
{
    return fit->learner->scores(fit->state);
}

void online_fit_coefficients(const struct online_fit *fit, double *coefficients)
{
    fit->learner->coefficients(fit->state, fit->d, fit->index, coefficients);
}

bool online_fit_is_constant(const struct online_fit *fit, size_t column)
{
    return fit->learner->is_constant(fit->state, fit->index[column]);
}

const struct online_batches *online_fit_batches(const struct online_fit *fit)
{
    return fit->learner == &online_batches_learner ? fit->state : NULL;
}

const struct online_diagonal *online_fit_diagonal(const struct online_fit *fit)
{
    return fit->learner == &online_diagonal_learner ? fit->state : NULL;
}

void online_fit_free(struct online_fit *fit)
{
    if (fit == NULL)
        return;
    for (size_t j = 0; fit->features != NULL && j < fit->d; j++)
        free(fit->features[j]);
    free(fit->features);
    free(fit->target);
    free(fit->offset);
    dict_free(fit->labels);
    free(fit->class_weight);
    if (fit->learner != NULL)
        fit->learner->free(fit->state);
    free(fit->index);
    free(fit);
}
