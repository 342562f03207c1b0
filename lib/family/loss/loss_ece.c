#include "base/mem.h"
#include "family/loss/calibration.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

/* The probability, and whether it came true: of the positive class, or of several the greatest, the first of
 * equal ones. */
static void part(const struct loss_batch *b, double *value, double *reference)
{
    for (size_t i = 0; i < b->rows; i++) {
        const double *p = b->prediction + i * b->width;
        size_t best = special_argmax(b->width, p);
        value[i] = p[best];
        reference[i] = b->width == 1 ? b->label[i] : b->label[i] == best;
    }
}

static double whole(struct loss_sample *sample, double *se)
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
    .formula = "mean over rows of |mean p - share that came true| of the row's bin; of several p the greatest",
    .likelihood = "",
    .prediction = LOSS_PROBABILITIES,
    .parameter = "BINS",
    .fallback = 10,
    .min = 1,
    .max = 10000,
    .whole_parameter = true,
    .metric = true,
    .part = part,
    .whole = whole,
};
