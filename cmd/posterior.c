#include "base/mem.h"
#include "cli/command.h"
#include "cli/out.h"
#include "data/table/columns.h"
#include "family/dist/information.h"
#include "family/dist/posterior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *prior, *likelihood;
    bool flat, normalise, log;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct settings, likelihood), .letter = 'l', .name = "likelihood", .arg = "COLUMNS", .fallback = "likelihood",
     .completes = OPT_COMPLETES_COLUMNS, .help = "the likelihoods of independent observations under each hypothesis"},
    {TEXT(struct settings, prior), .letter = 'p', .name = "prior", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "the prior probabilities; without it the column 'posterior', if there is one, else 'prior'"},
    {FLAG(struct settings, flat), .name = "flat", .help = "take all hypotheses as equally probable beforehand"},
    {FLAG(struct settings, normalise), .name = "normalise", .help = "divide the priors by their sum, which need not be 1 then"},
    {FLAG(struct settings, log), .name = "log", .help = "the likelihood columns hold natural logarithms of likelihoods"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

/* The columns of an output, which an input may have from an earlier run. */
enum made { POSTERIOR, LOG_POSTERIOR, MAP, LOG_EVIDENCE, MADE };
static const char *const made_names[MADE] = {"posterior", "log_posterior_nats", "map", "log_evidence_nats"};

#define ABSENT SIZE_MAX

struct work {
    const struct settings *settings;
    struct table *table;
    size_t prior, log_prior, evidence; /* columns, or ABSENT */
    size_t *likelihoods, n_likelihoods;
    size_t *kept, n_kept; /* columns that are written again */
    size_t prior_slot, log_prior_slot, evidence_slot, likelihood_slot;
    size_t n;    /* hypotheses */
    char **cell; /* n x n_kept; NULL = missing */
    struct product *joint;
    double *prior_value;
    size_t cells_capacity, joint_capacity, prior_capacity;
    double evidence_before;
};

/* ---- columns ---- */

static size_t find_exactly(const struct work *w, const char *name)
{
    for (size_t c = 0; c < table_width(w->table); c++)
        if (strcmp(table_name(w->table, c), name) == 0)
            return c;
    return ABSENT;
}

static enum status find_prior(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    w->prior = w->log_prior = w->evidence = ABSENT;
    if (s->flat)
        return STATUS_OK;
    if (s->prior != NULL)
        return columns_find_one(table_names(w->table), table_width(w->table), s->prior, &w->prior, err);
    w->prior = find_exactly(w, made_names[POSTERIOR]);
    if (w->prior != ABSENT) {
        w->log_prior = find_exactly(w, made_names[LOG_POSTERIOR]);
        w->evidence = find_exactly(w, made_names[LOG_EVIDENCE]);
        return STATUS_OK;
    }
    w->prior = find_exactly(w, "prior");
    return w->prior != ABSENT ? STATUS_OK
                              : err_data(err, "no column 'prior'; --prior names another, --flat does without");
}

static enum status find_columns(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    size_t width = table_width(w->table);
    enum status status = find_prior(w, err);
    if (status == STATUS_OK)
        status = columns_find(table_names(w->table), width, s->likelihood, &w->likelihoods, &w->n_likelihoods, err);
    if (status != STATUS_OK)
        return err_at(err, table_file(w->table), 0);
    if (w->prior != ABSENT)
        w->prior_slot = table_want_number(w->table, w->prior);
    if (w->log_prior != ABSENT)
        w->log_prior_slot = table_want_number(w->table, w->log_prior);
    if (w->evidence != ABSENT)
        w->evidence_slot = table_want_number(w->table, w->evidence);
    for (size_t i = 0; i < w->n_likelihoods; i++) {
        size_t slot = table_want_number(w->table, w->likelihoods[i]);
        w->likelihood_slot = i == 0 ? slot : w->likelihood_slot;
    }
    w->kept = mem_alloc(width, sizeof *w->kept);
    for (size_t c = 0; c < width; c++) {
        bool made = false;
        for (size_t i = 0; i < MADE; i++)
            made |= strcmp(table_name(w->table, c), made_names[i]) == 0;
        if (!made) {
            table_want_text(w->table, c);
            w->kept[w->n_kept++] = c;
        }
    }
    return STATUS_OK;
}

/* ---- rows ---- */

static double number(const struct block *b, size_t row, size_t slot)
{
    return b->numbers[row * b->row_step + slot * b->column_step];
}

/* The prior as a factor. What an earlier posterior has lost below the range of numbers, its logarithm still has. */
static enum status read_prior(struct work *w, const struct block *b, size_t row, struct product *joint, struct err *err)
{
    double p = 1;
    if (w->prior != ABSENT) {
        p = number(b, row, w->prior_slot);
        if (isnan(p))
            return block_number_error(b, row, w->prior_slot, err, "the prior is missing");
        if (p < 0)
            return block_number_error(b, row, w->prior_slot, err, "the prior is negative");
        if (p > 1 && !(w->settings->normalise && isfinite(p)))
            return block_number_error(b, row, w->prior_slot, err, "the prior is greater than 1");
    }
    double log_p = w->log_prior != ABSENT && p < 1e-290 ? number(b, row, w->log_prior_slot) : NAN;
    if (log_p < -600)
        posterior_multiply_exp(joint, log_p);
    else
        posterior_multiply(joint, p);
    w->prior_value = mem_grow(w->prior_value, &w->prior_capacity, w->n + 1, sizeof *w->prior_value);
    w->prior_value[w->n] = p;
    return STATUS_OK;
}

static enum status read_likelihoods(const struct work *w, const struct block *b, size_t row, struct product *joint,
                                    struct err *err)
{
    for (size_t i = 0; i < w->n_likelihoods; i++) {
        size_t slot = w->likelihood_slot + i;
        double v = number(b, row, slot);
        if (isnan(v))
            return block_number_error(b, row, slot, err, "the likelihood is missing");
        if (v == INFINITY)
            return block_number_error(b, row, slot, err, "the likelihood is infinite");
        if (v < 0 && !w->settings->log)
            return block_number_error(b, row, slot, err, "the likelihood is negative; --log takes logarithms");
        if (w->settings->log)
            posterior_multiply_exp(joint, v);
        else
            posterior_multiply(joint, v);
    }
    return STATUS_OK;
}

static void keep_cells(struct work *w, const struct block *b, size_t row)
{
    w->cell = mem_grow(w->cell, &w->cells_capacity, (w->n + 1) * w->n_kept, sizeof *w->cell);
    for (size_t k = 0; k < w->n_kept; k++) {
        struct slice text = b->texts[k][row];
        w->cell[w->n * w->n_kept + k] = text.p != NULL ? mem_copy(text.p, text.n) : NULL;
    }
}

static enum status keep_block(void *context, void *state, struct block *b, struct err *err)
{
    struct work *w = context;
    enum status status = STATUS_OK;
    (void)state;
    for (size_t row = 0; row < b->rows && status == STATUS_OK; row++) {
        struct product joint = posterior_product();
        if (w->n == 0 && w->evidence != ABSENT)
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

/* *sum: of the priors. */
static enum status check_priors(const struct work *w, double *sum, struct err *err)
{
    *sum = information_sum(w->prior_value, w->n);
    if (w->n == 0)
        err_data(err, "there is no hypothesis");
    else if (*sum == 0)
        err_data(err, "all priors are 0");
    else if (isinf(*sum))
        err_data(err, "the sum of the priors is too large");
    else if (!w->settings->normalise && !w->settings->flat && !(fabs(*sum - 1) <= 1e-9 * (double)w->n))
        err_data(err, "the priors sum to %.12g, not to 1; --normalise divides them by their sum", *sum);
    else
        return STATUS_OK;
    return err_at(err, table_file(w->table), 0);
}

/* ---- results ---- */

static enum status write_result(const struct work *w, const double *posterior, const double *log_posterior,
                                double log_evidence, struct err *err)
{
    const char **names = mem_alloc(w->n_kept + MADE, sizeof *names);
    double greatest = -INFINITY;
    for (size_t k = 0; k < w->n_kept; k++)
        names[k] = table_name(w->table, w->kept[k]);
    for (size_t i = 0; i < MADE; i++)
        names[w->n_kept + i] = made_names[i];
    for (size_t i = 0; i < w->n; i++)
        greatest = fmax(greatest, log_posterior[i]);
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, w->n_kept + MADE, names, err);
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

static enum status update(const struct work *w, struct err *err)
{
    double sum;
    enum status status = check_priors(w, &sum, err);
    if (status != STATUS_OK)
        return status;
    double *posterior = mem_alloc(w->n, sizeof *posterior), *log_posterior = mem_alloc(w->n, sizeof *log_posterior);
    double log_evidence = posterior_normalise(w->joint, w->n, posterior, log_posterior);
    if (w->settings->flat || w->settings->normalise)
        log_evidence -= log(sum);
    if (log_evidence == -INFINITY) {
        err_data(err, "the evidence is 0: no hypothesis that has a prior gives the observations a likelihood above 0");
        status = err_at(err, table_file(w->table), 0);
    } else {
        status = write_result(w, posterior, log_posterior, w->evidence_before + log_evidence, err);
    }
    free(posterior);
    free(log_posterior);
    return status;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings};
    if (w.settings->flat && w.settings->prior != NULL)
        return err_usage(err, "--flat and --prior exclude each other");
    enum status status = command_open_table(&w.table, &w.settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = find_columns(&w, err);
    if (status == STATUS_OK)
        status = table_fold(w.table, &(struct fold){.reduce = keep_block}, &w, w.settings->general.threads, err);
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

/* clang-format off */
const struct command command = {
    .name = "posterior",
    .purpose = "Turn priors and likelihoods of hypotheses into posterior probabilities by Bayes' rule",
    .operands = "[FILE...]",
    .example = "posterior --likelihood seen,heard hypotheses.csv",
    .see_also = "softmax,entropy,kl,mle-categorical",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
