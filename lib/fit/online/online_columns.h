#ifndef LIKELY_FIT_ONLINE_ONLINE_COLUMNS_H
#define LIKELY_FIT_ONLINE_ONLINE_COLUMNS_H

#include "fit/online/online_fit.h"

/* Finds the columns of the options in a table of columns, in the order of the start where there is one; sets d,
 * features, target and offset of the fit and asks the table for them. */
enum status online_columns_want(struct roles_slots *slots, struct online_fit *fit, struct table *table,
                                const struct online_fit_options *options, struct err *err);

/* Sets d, index and features of a fit of svmlight text to the features that have occurred, whose names are their
 * numbers. */
void online_columns_name_sparse(struct online_fit *fit);

#endif
