/* The hypotheses of posterior, one a row: which columns hold what, and the product of prior and likelihoods of each,
 * whose logarithm and exponent are stored separately so that nothing underflows (family/dist/posterior.c). */
#include "app/estimate/bayes_rule_work.h"

#include "base/mem.h"
#include "data/table/columns.h"

#include <math.h>
#include <string.h>

const char *const bayes_rule_made[BAYES_RULE_MADE] = {"posterior", "log_posterior_nats", "map", "log_evidence_nats"};

static size_t find_exactly(const struct bayes_rule *w, const char *name)
{
    for (size_t c = 0; c < table_width(w->table); c++)
        if (strcmp(table_name(w->table, c), name) == 0)
            return c;
    return BAYES_RULE_ABSENT;
}

static enum status find_prior(struct bayes_rule *w, struct err *err)
{
    const struct bayes_rule_settings *s = w->settings;
    w->prior = w->log_prior = w->evidence = BAYES_RULE_ABSENT;
    if (s->flat)
        return STATUS_OK;
    if (s->prior != NULL)
        return columns_find_one(table_names(w->table), table_width(w->table), s->prior, &w->prior, err);
    w->prior = find_exactly(w, bayes_rule_made[BAYES_RULE_POSTERIOR]);
    if (w->prior != BAYES_RULE_ABSENT) {
        w->log_prior = find_exactly(w, bayes_rule_made[BAYES_RULE_LOG_POSTERIOR]);
        w->evidence = find_exactly(w, bayes_rule_made[BAYES_RULE_LOG_EVIDENCE]);
        return STATUS_OK;
    }
    w->prior = find_exactly(w, "prior");
    return w->prior != BAYES_RULE_ABSENT
               ? STATUS_OK
               : err_data(err, "no column 'prior'; use --prior to name the column, or --flat for equal priors");
}

enum status bayes_rule_find_columns(struct bayes_rule *w, struct err *err)
{
    const struct bayes_rule_settings *s = w->settings;
    size_t width = table_width(w->table);
    enum status status = find_prior(w, err);
    if (status == STATUS_OK)
        status = columns_find(table_names(w->table), width, s->likelihood, &w->likelihoods, &w->n_likelihoods, err);
    if (status != STATUS_OK)
        return err_at(err, table_file(w->table), 0);
    if (w->prior != BAYES_RULE_ABSENT)
        w->prior_slot = table_want_number(w->table, w->prior);
    if (w->log_prior != BAYES_RULE_ABSENT)
        w->log_prior_slot = table_want_number(w->table, w->log_prior);
    if (w->evidence != BAYES_RULE_ABSENT)
        w->evidence_slot = table_want_number(w->table, w->evidence);
    for (size_t i = 0; i < w->n_likelihoods; i++) {
        size_t slot = table_want_number(w->table, w->likelihoods[i]);
        w->likelihood_slot = i == 0 ? slot : w->likelihood_slot;
    }
    w->kept = mem_alloc(width, sizeof *w->kept);
    for (size_t c = 0; c < width; c++) {
        bool made = false;
        for (size_t i = 0; i < BAYES_RULE_MADE; i++)
            made |= strcmp(table_name(w->table, c), bayes_rule_made[i]) == 0;
        if (!made) {
            table_want_text(w->table, c);
            w->kept[w->n_kept++] = c;
        }
    }
    return STATUS_OK;
}

static double number(const struct block *b, size_t row, size_t slot)
{
    return b->numbers[row * b->row_step + slot * b->column_step];
}

/* The prior as a factor. What an earlier posterior has lost below the range of numbers, its logarithm still has. */
static enum status read_prior(struct bayes_rule *w, const struct block *b, size_t row, struct posterior_product *joint,
                              struct err *err)
{
    double p = 1;
    if (w->prior != BAYES_RULE_ABSENT) {
        p = number(b, row, w->prior_slot);
        if (isnan(p))
            return block_number_error(b, row, w->prior_slot, err, "the prior is missing");
        if (p < 0)
            return block_number_error(b, row, w->prior_slot, err, "the prior is negative");
        if (p > 1 && !(w->settings->normalize && isfinite(p)))
            return block_number_error(b, row, w->prior_slot, err, "the prior is greater than 1");
    }
    double log_p = w->log_prior != BAYES_RULE_ABSENT && p < 1e-290 ? number(b, row, w->log_prior_slot) : NAN;
    if (log_p < -600)
        posterior_multiply_exp(joint, log_p);
    else
        posterior_multiply(joint, p);
    w->prior_value = mem_grow(w->prior_value, &w->prior_capacity, w->n + 1, sizeof *w->prior_value);
    w->prior_value[w->n] = p;
    return STATUS_OK;
}

static enum status read_likelihoods(const struct bayes_rule *w, const struct block *b, size_t row,
                                    struct posterior_product *joint, struct err *err)
{
    for (size_t i = 0; i < w->n_likelihoods; i++) {
        size_t slot = w->likelihood_slot + i;
        double v = number(b, row, slot);
        if (isnan(v))
            return block_number_error(b, row, slot, err, "the likelihood is missing");
        if (v == INFINITY)
            return block_number_error(b, row, slot, err, "the likelihood is infinite");
        if (v < 0 && !w->settings->log)
            return block_number_error(b, row, slot, err, "the likelihood is negative; use --log for logarithms");
        if (w->settings->log)
            posterior_multiply_exp(joint, v);
        else
            posterior_multiply(joint, v);
    }
    return STATUS_OK;
}

static void keep_cells(struct bayes_rule *w, const struct block *b, size_t row)
{
    w->cell = mem_grow(w->cell, &w->cells_capacity, (w->n + 1) * w->n_kept, sizeof *w->cell);
    for (size_t k = 0; k < w->n_kept; k++) {
        struct slice text = b->texts[k][row];
        w->cell[w->n * w->n_kept + k] = text.p != NULL ? mem_copy(text.p, text.n) : NULL;
    }
}

static enum status keep_block(void *context, void *state, struct block *b, struct err *err)
{
    struct bayes_rule *w = context;
    enum status status = STATUS_OK;
    (void)state;
    for (size_t row = 0; row < b->rows && status == STATUS_OK; row++) {
        struct posterior_product joint = posterior_product();
        if (w->n == 0 && w->evidence != BAYES_RULE_ABSENT)
            w->evidence_before = number(b, row, w->evidence_slot);
        if (w->n == 0 && !isfinite(w->evidence_before))
            return block_number_error(b, row, w->evidence_slot, err, "the earlier evidence is not a finite number");
        status = read_prior(w, b, row, &joint, err);
        if (status == STATUS_OK)
            status = read_likelihoods(w, b, row, &joint, err);
        if (status != STATUS_OK)
            break;
        w->joint = mem_grow(w->joint, &w->joint_capacity, w->n + 1, sizeof *w->joint);
        w->joint[w->n] = joint;
        keep_cells(w, b, row);
        w->n++;
    }
    return status;
}

enum status bayes_rule_read(struct bayes_rule *w, struct err *err)
{
    return table_fold(w->table, &(struct table_fold){.reduce = keep_block}, w, w->settings->general.threads, err);
}
