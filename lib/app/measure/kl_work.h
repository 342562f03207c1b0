#ifndef LIKELY_APP_MEASURE_KL_WORK_H
#define LIKELY_APP_MEASURE_KL_WORK_H

#include "app/measure/kl.h"
#include "fit/summary/weight_pairs.h"

/* What the files of kl share. */
struct kl {
    const struct kl_settings *settings;
    const struct invocation *run;
    struct unit unit;
};

/* Read the pairs of weights, one of each side, of the symbols: from two columns of one table; from how often bytes,
 * tokens or lines occur in two files; from two tables, matched by key columns. */
enum status kl_read_columns(const struct kl *w, struct weight_pairs *pairs, struct err *err);
enum status kl_count_streams(const struct kl *w, struct weight_pairs *pairs, struct err *err);
enum status kl_read_keyed(const struct kl *w, struct weight_pairs *pairs, struct err *err);

/* Reads the Gaussians of two tables of mle-gauss, and writes the divergences of each pair of them. */
enum status kl_compare_gaussians(const struct kl *w, struct err *err);

/* Compares the targets of each row with the softmax of its scores, and writes a row of result for each. Errors: not as
 * many columns of targets as of scores; targets that are no probabilities or do not sum to 1; scores of which none is
 * finite. */
enum status kl_compare_scores(const struct kl *w, struct err *err);

#endif
