/* F1 score of the positive class, or its mean over classes (macro average), by weighted counts. */
#include "base/mem.h"
#include "family/loss/loss.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

/* The predicted class and the row's own. */
static void loss_f1_part(const struct loss_batch *b, double *value, double *reference)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        size_t best = b->width == 1 ? p[0] >= b->parameter : special_argmax(b->width, p);
        value[i] = (double)best;
        reference[i] = b->label[i];
    }
}

struct loss_f1_counts {
    double both, predicted, own;
};

/* Classes that no row has and none is predicted to have are left out of the mean; NaN if no class is left. */
static double loss_f1_whole(struct loss_sample *sample, double *se)
{
    size_t classes = sample->width == 1 ? 2 : sample->width, seen = 0;
    struct loss_f1_counts *count = mem_zero(classes, sizeof *count);
    double sum = 0;
    for (size_t i = 0; i < sample->n; i++) {
        const struct loss_point *p = &sample->point[i];
        count[(size_t)p->value].predicted += p->weight;
        count[(size_t)p->reference].own += p->weight;
        if (p->value == p->reference)
            count[(size_t)p->value].both += p->weight;
    }
    for (size_t k = sample->width == 1; k < classes; k++) {
        if (!(count[k].predicted + count[k].own > 0))
            continue;
        sum += 2 * count[k].both / (count[k].predicted + count[k].own);
        seen++;
    }
    free(count);
    *se = NAN;
    return seen == 0 ? NAN : sum / (double)seen;
}

const struct loss loss_f1 = {
    .name = "f1",
    .help = "F1 of the positive class, or its mean over classes",
    .formula = "2 TP / (2 TP + FP + FN); a single probability is positive from the threshold on",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .fallback = 0.5,
    .metric = true,
    .part = loss_f1_part,
    .whole = loss_f1_whole,
    .undefined = "no row is of the class, nor predicted to be",
};
