#include "cli/plot.h"

#include "base/mem.h"
#include "family/histogram.h"
#include "fit/samples.h"
#include "math/moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A histogram of a column, scaled to a density, under the Gaussian of maximum likelihood; of each group apart, in the same
 * bins. */

enum { CURVE = 400 }; /* pieces */
#define TAIL 4.0 /* sds on either side of the mean */
static const char *const names[] = {"x", "density", "low", "high", "n"};
enum { COLUMNS = sizeof names / sizeof names[0] };

static enum status choose(const struct plot_task *task, const struct table *table, struct grouping *by, struct err *err)
{
    const struct plot_settings *s = task->settings;
    enum status status = plot_find_column(table, s->x, by->columns, err);
    by->n_columns = 1;
    by->by_group = s->group != NULL;
    by->weighted = s->weights != NULL;
    if (status == STATUS_OK && by->by_group)
        status = plot_find_column(table, s->group, &by->group, err);
    if (status == STATUS_OK && by->weighted)
        status = plot_find_column(table, s->weights, &by->weight, err);
    return status;
}

/* Bins for all groups, as narrow as suits the one of the narrowest. False if there is no value. */
static bool find_bins(const struct samples *samples, size_t bins, struct histogram *histogram)
{
    double low = INFINITY, high = -INFINITY, width = INFINITY;
    for (size_t g = 0; g < samples->groups; g++) {
        const struct location_sample *sample = &samples->sample[g];
        if (sample->n == 0)
            continue;
        low = fmin(low, sample->value[0].x);
        high = fmax(high, sample->value[sample->n - 1].x);
        width = fmin(width, histogram_width(sample)); /* a NaN does not count */
    }
    if (low <= high)
        *histogram = histogram_between(low, high, bins, isinf(width) ? high - low : width);
    return low <= high;
}

static void add_histogram(struct figure *figure, const char *name, size_t colour, const struct histogram *h,
                          const struct location_sample *sample)
{
    struct figure_series *s = figure_add(figure, name, FIGURE_BOXES, colour);
    double *weight = mem_alloc(h->bins, sizeof *weight), total = location_weight(sample);
    histogram_count(h, sample, weight);
    for (size_t k = 0; k < h->bins; k++) {
        double low = histogram_edge(h, k), high = histogram_edge(h, k + 1);
        figure_row(figure, s, (double[]){(low + high) / 2, weight[k] / (total * (high - low)), low, high, weight[k]});
    }
    s->column[FIGURE_X_LOW] = 2;
    s->column[FIGURE_X_HIGH] = 3;
    free(weight);
}

static struct moments moments_of_sample(const struct location_sample *sample)
{
    double *x = mem_alloc(sample->n, sizeof *x), *w = mem_alloc(sample->n, sizeof *w);
    for (size_t i = 0; i < sample->n; i++) {
        x[i] = sample->value[i].x;
        w[i] = sample->value[i].weight;
    }
    struct moments m = moments_of(x, w, sample->n);
    free(x);
    free(w);
    return m;
}

/* The density of the fit; none of a sample that is constant. */
static void add_curve(const struct plot_task *task, struct figure *figure, const char *group, size_t colour,
                      const struct location_sample *sample)
{
    struct moments m = moments_of_sample(sample);
    double mean = moments_mean(&m), sd = sqrt(moments_variance(&m));
    double low = mean - TAIL * sd, high = mean + TAIL * sd;
    char *name = group[0] != '\0' ? mem_format("fit %s", group) : mem_format("fit");
    if (sd > 0) {
        struct figure_series *s = figure_add(figure, name, FIGURE_LINE, colour);
        for (size_t i = 0; i <= CURVE; i++) {
            double x = low + (high - low) * (double)i / CURVE, z = (x - mean) / sd;
            double density = exp(-z * z / 2) / (sd * sqrt(8 * atan(1))); /* 8 atan 1 = 2 pi */
            figure_row(figure, s, (double[]){x, density, NAN, NAN, NAN});
        }
        figure_legend(s, "%s%smean %.4g, sd %.4g", group, group[0] != '\0' ? ": " : "", mean, sd);
    } else {
        notice(task->run, "%s%sall values are equal: there is no curve", group, group[0] != '\0' ? ": " : "");
    }
    free(name);
}

static void tell_missing(const struct plot_task *task, const struct samples *samples)
{
    size_t missing = samples->ungrouped;
    for (size_t g = 0; g < samples->groups; g++)
        missing += samples->missing[g];
    if (missing > 0)
        notice(task->run, "rows with missing values, left out: %zu", missing);
}

static void draw(const struct plot_task *task, const struct samples *samples, const struct histogram *h, struct figure *figure)
{
    for (size_t g = 0; g < samples->groups; g++) {
        struct slice group = dict_text(samples->names, (uint32_t)g);
        char *name = group.n > 0 ? mem_format("histogram %s", group.p) : mem_format("histogram");
        if (samples->sample[g].n > 0)
            add_histogram(figure, name, g, h, &samples->sample[g]);
        free(name);
    }
    for (size_t g = 0; g < samples->groups; g++)
        if (samples->sample[g].n > 0)
            add_curve(task, figure, dict_text(samples->names, (uint32_t)g).p, samples->groups == 1 ? g + 1 : g,
                      &samples->sample[g]);
}

static enum status make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    struct table *table = NULL;
    struct samples *samples = NULL;
    struct histogram histogram;
    size_t column;
    struct grouping by = {.columns = &column};
    enum status status = command_open_table(&table, task->input, task->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose(task, table, &by, err);
    if (status == STATUS_OK)
        status = samples_load(&samples, table, &by, task->run->general->threads, err);
    if (status == STATUS_OK && !find_bins(samples, task->settings->bins, &histogram)) {
        err_data(err, "column '%s' has no values", table_name(table, column));
        status = err_at(err, table_file(table), 0);
    }
    if (status == STATUS_OK) {
        tell_missing(task, samples);
        *figure = figure_new("part", COLUMNS, names);
        (*figure)->x_label = mem_format("%s", table_name(table, column));
        (*figure)->y_label = mem_format("density, per unit of %s", table_name(table, column));
        draw(task, samples, &histogram, *figure);
    }
    samples_free(samples);
    table_close(table);
    return status;
}

const struct plot plot_gauss = {
    .name = "gauss",
    .help = "a column's histogram under its Gaussian fit",
    .takes = " features by weights bins ",
    .needs = "features",
    .make = make,
};
