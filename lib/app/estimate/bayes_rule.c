/* Bayes' rule over the hypotheses of a table.
 *
 * 1. bayes_rule_find_columns, bayes_rule_read: prior times likelihoods of each hypothesis (bayes_rule_read.c).
 * 2. check_priors: they are finite and, unless normalised here, sum to 1.
 * 3. posterior_normalise: divided by their sum, the evidence, whose logarithm adds to that of an earlier run.
 * 4. write_result: the rows again, with what is known now. */
#include "app/estimate/bayes_rule_work.h"

#include "base/mem.h"
#include "cli/out.h"
#include "cli/usage.h"
#include "family/dist/information.h"

#include <math.h>
#include <stdlib.h>

/* *sum: of the priors. */
static enum status check_priors(const struct bayes_rule *w, double *sum, struct err *err)
{
    *sum = information_sum(w->prior_value, w->n);
    if (w->n == 0)
        err_data(err, "the input has no hypotheses");
    else if (*sum == 0)
        err_data(err, "all priors are 0");
    else if (isinf(*sum))
        err_data(err, "the sum of the priors is too large");
    else if (!w->settings->normalize && !w->settings->flat && !(fabs(*sum - 1) <= 1e-9 * (double)w->n))
        err_data(err, "the priors sum to %.12g, not to 1; use --normalize to divide them by their sum", *sum);
    else
        return STATUS_OK;
    return err_at(err, table_file(w->table), 0);
}

static enum status write_result(const struct bayes_rule *w, const double *posterior, const double *log_posterior,
                                double log_evidence, struct err *err)
{
    const char **names = mem_alloc(w->n_kept + BAYES_RULE_MADE, sizeof *names);
    double greatest = -INFINITY;
    for (size_t k = 0; k < w->n_kept; k++)
        names[k] = table_name(w->table, w->kept[k]);
    for (size_t i = 0; i < BAYES_RULE_MADE; i++)
        names[w->n_kept + i] = bayes_rule_made[i];
    for (size_t i = 0; i < w->n; i++)
        greatest = fmax(greatest, log_posterior[i]);
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, w->n_kept + BAYES_RULE_MADE, names, err);
    free(names);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->n; i++) {
        for (size_t k = 0; k < w->n_kept; k++) {
            const char *text = w->cell[i * w->n_kept + k];
            out_text(out, text != NULL ? slice_of(text) : (struct slice){NULL, 0});
        }
        out_number(out, posterior[i]);
        out_number(out, log_posterior[i]);
        out_count(out, log_posterior[i] == greatest);
        out_number(out, log_evidence);
        out_end_row(out);
    }
    return out_close(out, err);
}

static enum status update(const struct bayes_rule *w, struct err *err)
{
    double sum;
    enum status status = check_priors(w, &sum, err);
    if (status != STATUS_OK)
        return status;
    double *posterior = mem_alloc(w->n, sizeof *posterior), *log_posterior = mem_alloc(w->n, sizeof *log_posterior);
    double log_evidence = posterior_normalise(w->joint, w->n, posterior, log_posterior);
    if (w->settings->flat || w->settings->normalize)
        log_evidence -= log(sum);
    if (log_evidence == -INFINITY) {
        err_data(err, "the evidence is 0: the prior or the likelihood of every hypothesis is 0");
        status = err_at(err, table_file(w->table), 0);
    } else {
        status = write_result(w, posterior, log_posterior, w->evidence_before + log_evidence, err);
    }
    free(posterior);
    free(log_posterior);
    return status;
}

enum status bayes_rule_run(const struct bayes_rule_settings *settings, const struct invocation *run, struct err *err)
{
    struct bayes_rule w = {.settings = settings};
    enum status status = command_open_table(&w.table, &settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = bayes_rule_find_columns(&w, err);
    if (status == STATUS_OK)
        status = bayes_rule_read(&w, err);
    if (status == STATUS_OK)
        status = update(&w, err);
    for (size_t i = 0; i < w.n * w.n_kept; i++)
        free(w.cell[i]);
    free(w.cell);
    free(w.joint);
    free(w.prior_value);
    free(w.likelihoods);
    free(w.kept);
    table_close(w.table);
    return status;
}
