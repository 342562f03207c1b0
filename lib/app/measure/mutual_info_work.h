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
    enum mutual_info_estimate estimate;
    size_t neighbours; /* of MUTUAL_INFO_KNN */
    struct table *table;
    struct grouping by;                  /* the group and the weight alone */
    size_t *columns, n_columns, n_given; /* those compared, the target last of them, then those given */
    struct codes *codes;
    bool *has_notice; /* per column: that its values are not continuous has been reported */
    bool has_few_notice, has_alone_notice;
    struct dependence_pair *pairs;
    struct dependence *result; /* groups x n_pairs */
    size_t n_pairs;
};

/* Whether an estimate is one of numbers as they are, not of symbols. */
static inline bool mutual_info_is_of_numbers(const struct mutual_info *w)
{
    return w->estimate == MUTUAL_INFO_KNN || w->estimate == MUTUAL_INFO_GAUSS;
}

/* Measures all pairs of a group by such an estimate; only n, rows and mutual of the results are set. */
void mutual_info_measure_numbers(struct mutual_info *w, size_t group, struct dependence *result);

/* Which of the columns stay numbers for such an estimate; the caller frees it. Errors: --categorical names a column
 * that is not compared; --estimate gauss with a column of text. */
enum status mutual_info_choose_numbers(const struct mutual_info *w, bool **stays_number, struct err *err);

/* Finds the columns that the settings name; without --columns all that have no other role. */
enum status mutual_info_choose_columns(struct mutual_info *w, struct err *err);

/* Write the results of all pairs: a row per group and pair, or a matrix of one group. */
enum status mutual_info_write_pairs(const struct mutual_info *w, struct err *err);
enum status mutual_info_write_matrix(const struct mutual_info *w, struct err *err);

#endif
