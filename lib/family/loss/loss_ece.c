/* Expected calibration error: the mean gap between predicted probability and observed frequency (calibration.c). */
#include "base/mem.h"
#include "family/loss/calibration.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

/* The probability and whether its event came true: that of the positive class or, of several classes, of the
 * most probable one, the first of equals. */
static void loss_ece_part(const struct loss_batch *b, double *value, double *reference)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        size_t best = special_argmax(b->width, p);
        value[i] = p[best];
        reference[i] = b->width == 1 ? b->label[i] : b->label[i] == best;
    }
}

static double loss_ece_whole(struct loss_sample *sample, double *se)
{
    size_t bins = (size_t)sample->parameter;
    struct calibration_bin *bin = mem_zero(bins, sizeof *bin);
    calibration_count(sample, bins, bin);
    double error = calibration_error(bin, bins);
    free(bin);
    *se = NAN;
    return error;
}

const struct loss loss_ece = {
    .name = "ece",
    .help = "expected calibration error over BINS of equal width",
    .formula =
        "mean over rows of |mean p - observed frequency| in the bin of the row; of several classes, p is the greatest",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .parameter = "BINS",
    .fallback = 10,
    .min = 1,
    .max = 10000,
    .whole_parameter = true,
    .metric = true,
    .part = loss_ece_part,
    .whole = loss_ece_whole,
};
