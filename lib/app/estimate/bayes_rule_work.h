#ifndef LIKELY_APP_ESTIMATE_BAYES_RULE_WORK_H
#define LIKELY_APP_ESTIMATE_BAYES_RULE_WORK_H

#include "app/estimate/bayes_rule.h"
#include "family/dist/posterior.h"

#include <stdint.h>

/* The columns of an output, which an input may have from an earlier run. */
enum bayes_rule_made {
    BAYES_RULE_POSTERIOR,
    BAYES_RULE_LOG_POSTERIOR,
    BAYES_RULE_MAP,
    BAYES_RULE_LOG_EVIDENCE,
    BAYES_RULE_MADE
};

extern const char *const bayes_rule_made[BAYES_RULE_MADE];

#define BAYES_RULE_ABSENT SIZE_MAX

/* What the files of posterior share. */
struct bayes_rule {
    const struct bayes_rule_settings *settings;
    struct table *table;
    size_t prior, log_prior, evidence; /* columns, or BAYES_RULE_ABSENT */
    size_t *likelihoods, n_likelihoods;
    size_t *kept, n_kept; /* columns that are written again */
    size_t prior_slot, log_prior_slot, evidence_slot, likelihood_slot;
    size_t n;    /* hypotheses */
    char **cell; /* n x n_kept; NULL = missing */
    struct posterior_product *joint;
    double *prior_value;
    size_t cells_capacity, joint_capacity, prior_capacity;
    double evidence_before;
};

/* Finds the columns of the prior, the likelihoods and the evidence, and those to write again. */
enum status bayes_rule_find_columns(struct bayes_rule *w, struct err *err);

/* Reads the rows: the product of prior and likelihoods of each hypothesis, and the cells to write again. */
enum status bayes_rule_read(struct bayes_rule *w, struct err *err);

#endif
