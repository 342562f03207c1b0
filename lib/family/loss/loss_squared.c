/* Squared error of a probability, the Brier score (square.c). */
#include "family/loss/square.h"

const struct loss loss_squared = {
    .name = "squared",
    .aliases = (const char *const[]){"brier", NULL},
    .help = "squared error of a probability (Brier)",
    .formula = "(p - t)^2, where t is 1 if the target is positive, else 0",
    .likelihood = "",
    .prediction = LOSS_PROBABILITY,
    .of_classes = "brier-multi",
    .evaluate = square_evaluate,
};
