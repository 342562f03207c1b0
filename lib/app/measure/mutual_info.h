#ifndef LIKELY_APP_MEASURE_MUTUAL_INFO_H
#define LIKELY_APP_MEASURE_MUTUAL_INFO_H

#include "cli/command.h"
#include "cli/unit.h"

#include <stdbool.h>
#include <stddef.h>

enum mutual_info_estimate { MUTUAL_INFO_ML, MUTUAL_INFO_MILLER_MADOW, MUTUAL_INFO_KNN, MUTUAL_INFO_GAUSS };

/* What the normalised mutual information is divided by. */
enum mutual_info_normalize {
    MUTUAL_INFO_BY_MEAN,
    MUTUAL_INFO_BY_ROOT,
    MUTUAL_INFO_BY_LEAST,
    MUTUAL_INFO_BY_GREATEST,
    MUTUAL_INFO_BY_JOINT,
    MUTUAL_INFO_BY_X,
    MUTUAL_INFO_BY_Y
};

struct mutual_info_settings {
    const char *columns, *target, *given, *group, *weights, *aweights;
    size_t memory;
    size_t bins, permutations;
    const char *estimate, *categorical;
    int binning;   /* enum codes_binning */
    int normalize; /* enum mutual_info_normalize */
    bool matrix, se;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* What mutual-info does, from reading its operands to writing its result. */
enum status mutual_info_run(const struct mutual_info_settings *settings, const struct invocation *run, struct err *err);

#endif
