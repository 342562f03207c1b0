#include "app/estimate/summary.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/out.h"
#include "cli/unit.h"
#include "family/dist/dist_gauss.h"
#include "family/dist/gaussians.h"
#include "fit/summary/gauss.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    struct summary_settings columns;
    const char *prior, *given;
    double known_variance;
    bool covariance, joint;
    struct unit_settings unit;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    OPT_SUMMARY_ROWS(struct settings, columns, "all numeric ones"),
    {FLAG(struct settings, covariance), .name = "cov", .help = "covariance and correlation of each pair of columns"},
    {FLAG(struct settings, joint), .name = "joint",
     .help = "log-likelihood of all columns as one Gaussian of several variables"},
    {TEXT(struct settings, prior), .name = "prior", .arg = "MEAN,SD", .group = OPT_MODEL_GROUP,
     .help = "Gaussian prior of the mean: its most probable value and posterior standard deviation are added"},
    {REAL(struct settings, known_variance), .name = "known-variance", .arg = "V", .min = 5e-324, .max = 1e300,
     .group = OPT_MODEL_GROUP, .help = "variance of the data for --prior; without it the variance is estimated too"},
    {TEXT(struct settings, given), .name = "given", .arg = "MEAN,VARIANCE", .group = OPT_MODEL_GROUP,
     .help = "add the negative log-likelihood of the data under this Gaussian"},
    OPT_UNIT_ROWS(struct settings, unit, "nats"),
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

/* What run() works with. */
struct work {
    const struct settings *settings;
    const struct invocation *run;
    struct table *table;
    struct gauss_options fit_options;
    struct gauss_fit *fit;
    struct unit unit;
    double prior_mean, prior_sd, given_mean, given_variance;
};

/* "A,B" */
static enum status parse_pair(const char *option, const char *text, double *a, double *b, const char *second,
                              struct err *err)
{
    const char *comma = strchr(text, ',');
    char echo[ERR_ECHO];
    if (comma == NULL || !number_parse((struct slice){text, (size_t)(comma - text)}, a) ||
        !number_parse(slice_of(comma + 1), b))
        return err_usage(err, "--%s: '%s' is not two numbers with a comma between them", option,
                         err_echo(echo, slice_of(text)));
    if (!isfinite(*a) || !isfinite(*b) || *b <= 0)
        return err_usage(err, "--%s: the %s must be a number greater than 0", option, second);
    return STATUS_OK;
}

static enum status parse_settings(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    enum status status = STATUS_OK;
    if (s->prior != NULL)
        status = parse_pair("prior", s->prior, &w->prior_mean, &w->prior_sd, "standard deviation", err);
    if (status == STATUS_OK && s->given != NULL)
        status = parse_pair("given", s->given, &w->given_mean, &w->given_variance, "variance", err);
    if (status == STATUS_OK && s->known_variance > 0 && s->prior == NULL)
        status = err_usage(err, "--known-variance says nothing without --prior");
    if (status == STATUS_OK && s->covariance && s->joint)
        status = err_usage(err, "--cov and --joint exclude each other");
    if (status == STATUS_OK && (s->covariance || s->joint) && (s->prior != NULL || s->given != NULL))
        status = err_usage(err, "--%s goes with neither --prior nor --given", s->joint ? "joint" : "cov");
    return status;
}

/* ---- results ---- */

static void write_fit(const struct work *w, struct out *out, const struct moments *m, size_t missing)
{
    const struct settings *s = w->settings;
    bool empty = m->weight.high == 0;
    double variance = moments_variance(m), sample = moments_sample_variance(m);
    out_count(out, m->n);
    out_count(out, missing);
    if (s->columns.weights != NULL)
        out_number(out, m->weight.high);
    out_number(out, moments_mean(m));
    out_number(out, variance);
    out_number(out, sqrt(variance));
    out_number(out, sample);
    out_number(out, sqrt(sample));
    out_number(out, sqrt(sample / m->weight.high));
    out_number(out, empty ? NAN : dist_gauss_loglik(m) * w->unit.per_nat);
    if (s->prior != NULL) {
        struct gauss_map map = {w->prior_mean, w->prior_sd, NAN};
        if (!empty)
            map = dist_gauss_map(m, w->prior_mean, w->prior_sd, s->known_variance);
        out_number(out, map.mean);
        out_number(out, map.sd);
        out_number(out, map.variance);
    }
    if (s->given != NULL)
        out_number(out, empty ? 0 : dist_gauss_nll(m, w->given_mean, w->given_variance) * w->unit.per_nat);
}

static enum status write_fits(const struct work *w, struct err *err)
{
    char loglik[UNIT_COLUMN], nll[UNIT_COLUMN];
    const char *const always[] = {"column",
                                  "n",
                                  "missing",
                                  "weight",
                                  "mean",
                                  "variance",
                                  "sd",
                                  "sample_variance",
                                  "sample_sd",
                                  "se_mean",
                                  unit_column(loglik, "loglik", &w->unit),
                                  "map_mean",
                                  "map_sd",
                                  "map_variance",
                                  unit_column(nll, "nll_given", &w->unit)};
    const struct settings *s = w->settings;
    const char *names[16];
    size_t n = 0;
    if (s->columns.group != NULL)
        names[n++] = table_name(w->table, w->fit_options.by.group);
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
        bool absent = (strcmp(always[i], "weight") == 0 && s->columns.weights == NULL) ||
                      (strncmp(always[i], "map_", 4) == 0 && s->prior == NULL) ||
                      (always[i] == nll && s->given == NULL);
        if (!absent)
            names[n++] = always[i];
    }
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (uint32_t g = 0; g < w->fit->groups; g++) {
        for (size_t c = 0; c < w->fit->columns; c++) {
            size_t i = g * w->fit->columns + c;
            if (s->columns.group != NULL)
                out_text(out, dict_text(w->fit->names, g));
            out_word(out, table_name(w->table, w->fit_options.by.columns[c]));
            write_fit(w, out, &w->fit->moments[i], w->fit->missing[i]);
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

static void write_pair(const struct work *w, struct out *out, uint32_t group, size_t i, size_t j)
{
    struct gauss_pair pair = gauss_pair(w->fit, group, i, j);
    const struct moments *moments = w->fit->moments + group * w->fit->columns;
    if (w->settings->columns.group != NULL)
        out_text(out, dict_text(w->fit->names, group));
    out_word(out, table_name(w->table, w->fit_options.by.columns[i]));
    out_word(out, table_name(w->table, w->fit_options.by.columns[j]));
    out_count(out, moments[i].n);
    out_number(out, moments_mean(&moments[i]));
    out_number(out, moments_mean(&moments[j]));
    out_number(out, pair.covariance);
    out_number(out, pair.sample_covariance);
    out_number(out, pair.correlation);
    out_end_row(out);
}

static enum status write_covariances(const struct work *w, struct err *err)
{
    const char *names[] = {"", "x", "y", "n", "mean_x", "mean_y", "covariance", "sample_covariance", "correlation"};
    size_t first = w->settings->columns.group == NULL;
    if (first == 0)
        names[0] = table_name(w->table, w->fit_options.by.group);
    struct out *out;
    enum status status =
        out_open(&out, &w->settings->output, sizeof names / sizeof names[0] - first, names + first, err);
    if (status != STATUS_OK)
        return status;
    for (uint32_t g = 0; g < w->fit->groups; g++)
        for (size_t i = 0; i < w->fit->columns; i++)
            for (size_t j = i; j < w->fit->columns; j++)
                write_pair(w, out, g, i, j);
    return out_close(out, err);
}

/* The log-likelihood at the estimates is -n times the differential entropy of the fit; inf where the fit is singular.
 */
static double joint_entropy(const struct work *w, uint32_t group)
{
    size_t n = w->fit->columns;
    double *covariance = mem_alloc(n * n, sizeof *covariance), nats;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            covariance[i * n + j] = covariance[j * n + i] = gauss_pair(w->fit, group, i, j).covariance;
    if (!gaussians_entropy(n, covariance, &nats))
        nats = -INFINITY;
    free(covariance);
    return nats;
}

static enum status write_joint(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    char entropy[UNIT_COLUMN], loglik[UNIT_COLUMN];
    const char *names[6];
    size_t n = 0;
    if (s->columns.group != NULL)
        names[n++] = table_name(w->table, w->fit_options.by.group);
    names[n++] = "columns";
    names[n++] = "n";
    if (s->columns.weights != NULL)
        names[n++] = "weight";
    names[n++] = unit_column(entropy, "h", &w->unit);
    names[n++] = unit_column(loglik, "loglik", &w->unit);
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (uint32_t g = 0; g < w->fit->groups; g++) {
        const struct moments *m = w->fit->moments + g * w->fit->columns;
        double h = m->weight.high > 0 ? joint_entropy(w, g) * w->unit.per_nat : NAN;
        if (s->columns.group != NULL)
            out_text(out, dict_text(w->fit->names, g));
        out_count(out, w->fit->columns);
        out_count(out, m->n);
        if (s->columns.weights != NULL)
            out_number(out, m->weight.high);
        out_number(out, h);
        out_number(out, -m->weight.high * h);
        out_end_row(out);
    }
    return out_close(out, err);
}

static void tell_what_is_left_out(const struct work *w)
{
    summary_tell_ungrouped(&w->fit_options.by, w->table, w->fit->ungrouped, w->run);
    if (w->fit->incomplete > 0)
        notice(w->run, "rows with missing values, left out: %zu", w->fit->incomplete);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings, .run = run};
    w.unit = unit_of(&w.settings->unit);
    enum status status = parse_settings(&w, err);
    if (status == STATUS_OK)
        status = command_open_table(&w.table, &w.settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = summary_choose(&w.fit_options.by, &w.settings->columns, w.table, COLUMN_NUMBER, run, err);
    w.fit_options.cross = w.settings->covariance || w.settings->joint;
    w.fit_options.threads = w.settings->general.threads;
    if (status == STATUS_OK)
        status = gauss_fit(&w.fit, w.table, &w.fit_options, err);
    if (status == STATUS_OK) {
        tell_what_is_left_out(&w);
        if (w.settings->joint)
            status = write_joint(&w, err);
        else
            status = w.settings->covariance ? write_covariances(&w, err) : write_fits(&w, err);
    }
    gauss_free(w.fit);
    free(w.fit_options.by.columns);
    table_close(w.table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "mle-gauss",
    .purpose = "Fit a Gaussian to each column of a table by maximum likelihood",
    .operands = "[FILE...]",
    .example = "mle-gauss --by species iris.csv",
    .see_also = "entropy,kl,mle-categorical,mle-laplace,mle-location,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
