#ifndef LIKELY_APP_MEASURE_MUTUAL_INFO_WORK_H
#define LIKELY_APP_MEASURE_MUTUAL_INFO_WORK_H

#include "app/measure/mutual_info.h"
#include "fit/summary/codes.h"
#include "fit/summary/dependence.h"
#include "fit/summary/grouping.h"

/* What the files of mutual-info share. */
struct mutual_info {
    const struct mutual_info_settings *settings;
    const struct invocation *run;
    struct table *table;
    struct grouping by;                  /* the group and the weight alone */
    size_t *columns, n_columns, n_given; /* those compared, the target last of them, then those given */
    struct codes *codes;
    struct dependence_pair *pairs;
    struct dependence *result; /* groups x n_pairs */
    size_t n_pairs;
};

/* Finds the columns that the settings name; without --columns all that have no other role. */
enum status mutual_info_choose_columns(struct mutual_info *w, struct err *err);

/* Write the results of all pairs: a row per group and pair, or a matrix of one group. */
enum status mutual_info_write_pairs(const struct mutual_info *w, struct err *err);
enum status mutual_info_write_matrix(const struct mutual_info *w, struct err *err);

#endif
