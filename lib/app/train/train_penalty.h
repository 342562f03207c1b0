#ifndef LIKELY_APP_TRAIN_TRAIN_PENALTY_H
#define LIKELY_APP_TRAIN_TRAIN_PENALTY_H

#include "cli/command.h"
#include "text/buffer.h"

#include <stdbool.h>

/* The penalty of a regression. */
struct train_penalty {       /* rows: OPT_PENALTY_ROWS(struct settings, penalty), and one for the prior */
    double l1, l2, prior_sd; /* 0 = not given */
    bool standardize;
};

bool train_penalty_is_given(const struct train_penalty *penalty);

/* Adds the terms of the objective, with this l2 and number of digits: " + 0.1 sum |theta|" and so on. */
void train_penalty_add_text(const struct train_penalty *penalty, double l2, int digits, struct buffer *text);

/* clang-format off */
#define OPT_PENALTY_ROWS(settings, field) \
    { REAL(settings, field.l1), .name = "l1", .arg = "LAMBDA", .min = 0, .max = 1e300, .group = OPT_MODEL_GROUP, \
      .help = "add LAMBDA times the sum of absolute coefficients to the mean loss, which sets some of them to 0" }, \
    { REAL(settings, field.l2), .name = "l2", .arg = "LAMBDA", .min = 0, .max = 1e300, .group = OPT_MODEL_GROUP, \
      .help = "add LAMBDA/2 times the sum of squared coefficients to the mean loss" }, \
    { FLAG(settings, field.standardize), .name = "standardize", .group = OPT_MODEL_GROUP, \
      .help = "apply the penalty to the coefficients of columns scaled to standard deviation 1" }

#define OPT_PENALTY_RULES \
    OPT_EXCLUDES("--l2>0", "--prior-sd"), \
    OPT_REQUIRES("--standardize", "--l1>0|--l2>0|--prior-sd"), \
    OPT_EXCLUDES_HINT("--l1>0", "--prior-sd", "; use --l2")
/* clang-format on */

#endif
