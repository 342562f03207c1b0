/* Squared error (square.c). */
#include "family/loss/square.h"

const struct loss loss_mse = {
    .name = "mse",
    .help = "squared error",
    .formula = "(y - m)^2",
    .likelihood = "Gaussian of variance 1/2, up to a constant",
    .prediction = LOSS_MEAN,
    .unit = LOSS_TARGET_SQUARED,
    .evaluate = square_evaluate,
};
