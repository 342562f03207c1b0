/* The results of mle-gauss: Gaussians of single columns; covariances and correlations of pairs; one Gaussian of all
 * columns, whose log-likelihood at the estimates is -n times its differential entropy. */
#include "app/estimate/mle_gauss_work.h"

#include "base/mem.h"
#include "cli/out.h"
#include "family/dist/dist_gauss.h"
#include "family/dist/gaussians.h"

#include <math.h>
#include <stdlib.h>

static void write_fit(const struct mle_gauss *w, struct out *out, const struct moments *m, size_t missing, double total)
{
    const struct mle_gauss_settings *s = w->settings;
    bool empty = m->weight.high == 0;
    struct dist_gauss fit = dist_gauss_fit(m);
    double sample = moments_sample_variance(m);
    out_count(out, m->n);
    out_count(out, missing);
    if (w->fit_options.by.weighted)
        out_total(out, total);
    if (w->fit_options.by.importances)
        out_number(out, m->weight.high);
    out_number(out, fit.mean);
    out_number(out, fit.variance);
    out_number(out, sqrt(fit.variance));
    out_number(out, sample);
    out_number(out, sqrt(sample));
    out_number(out, fit.se_mean);
    out_number(out, fit.loglik * w->unit.per_nat);
    if (s->prior != NULL) {
        struct dist_gauss_map map = {w->prior_mean, w->prior_sd, NAN};
        if (!empty)
            map = dist_gauss_map(m, w->prior_mean, w->prior_sd, s->known_variance);
        out_number(out, map.mean);
        out_number(out, map.sd);
        out_number(out, map.variance);
    }
    if (s->parameters != NULL)
        out_number(out, empty ? 0 : dist_gauss_nll(m, w->given_mean, w->given_variance) * w->unit.per_nat);
}

enum status mle_gauss_write_fits(const struct mle_gauss *w, struct err *err)
{
    static const char *const estimates[] = {"mean", "variance", "sd", "sample_variance", "sample_sd", "se_mean"};
    const struct mle_gauss_settings *s = w->settings;
    const struct grouping *by = &w->fit_options.by;
    char loglik[UNIT_COLUMN], nll[UNIT_COLUMN];
    const char *names[16];
    size_t n = summary_names(names, by, w->table);
    for (size_t i = 0; i < sizeof estimates / sizeof estimates[0]; i++)
        names[n++] = estimates[i];
    names[n++] = unit_column(loglik, "loglik", &w->unit);
    if (s->prior != NULL) {
        names[n++] = "map_mean";
        names[n++] = "map_sd";
        names[n++] = "map_variance";
    }
    if (s->parameters != NULL)
        names[n++] = unit_column(nll, "nll_given", &w->unit);
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->fit->groups * w->fit->columns; i++) {
        summary_start_key(out, by, w->table, w->fit->names, i);
        write_fit(w, out, &w->fit->moments[i], w->fit->missing[i], w->fit->total[i]);
        out_end_row(out);
    }
    return out_close(out, err);
}

static void write_pair(const struct mle_gauss *w, struct out *out, uint32_t group, size_t i, size_t j)
{
    struct gauss_pair pair = gauss_pair(w->fit, group, i, j);
    const struct moments *moments = w->fit->moments + group * w->fit->columns;
    if (w->fit_options.by.by_group)
        out_group(out, dict_text(w->fit->names, group));
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

enum status mle_gauss_write_covariances(const struct mle_gauss *w, struct err *err)
{
    const char *names[] = {"", "x", "y", "n", "mean_x", "mean_y", "covariance", "sample_covariance", "correlation"};
    size_t first = !w->fit_options.by.by_group;
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
static double joint_entropy(const struct mle_gauss *w, uint32_t group)
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

enum status mle_gauss_write_joint(const struct mle_gauss *w, struct err *err)
{
    const struct mle_gauss_settings *s = w->settings;
    char entropy[UNIT_COLUMN], loglik[UNIT_COLUMN];
    const char *names[7];
    size_t n = 0;
    if (w->fit_options.by.by_group)
        names[n++] = table_name(w->table, w->fit_options.by.group);
    names[n++] = "columns";
    names[n++] = "n";
    if (w->fit_options.by.weighted)
        names[n++] = "weight";
    if (w->fit_options.by.importances)
        names[n++] = "effective_n";
    names[n++] = unit_column(entropy, "h", &w->unit);
    names[n++] = unit_column(loglik, "loglik", &w->unit);
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (uint32_t g = 0; g < w->fit->groups; g++) {
        const struct moments *m = w->fit->moments + g * w->fit->columns;
        double h = m->weight.high > 0 ? joint_entropy(w, g) * w->unit.per_nat : NAN;
        if (w->fit_options.by.by_group)
            out_group(out, dict_text(w->fit->names, g));
        out_count(out, w->fit->columns);
        out_count(out, m->n);
        if (w->fit_options.by.weighted)
            out_total(out, w->fit->total[g * w->fit->columns]);
        if (w->fit_options.by.importances)
            out_number(out, m->weight.high);
        out_number(out, h);
        out_number(out, -m->weight.high * h);
        out_end_row(out);
    }
    return out_close(out, err);
}
