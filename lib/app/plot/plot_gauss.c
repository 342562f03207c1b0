/* Histograms of a column, scaled to densities, under Gaussian densities fitted by maximum likelihood or read
 * from mle-gauss; by groups in the same bins. Memory: the values of the column. */
#include "app/plot/plot_rows.h"

#include "base/mem.h"
#include "data/table/joint.h"
#include "family/loss/histogram.h"
#include "fit/summary/samples.h"
#include "math/moments.h"

#include <math.h>
#include <stdlib.h>

enum { CURVE = 400 }; /* pieces */
#define TAIL 4.0      /* standard deviations drawn on either side of the mean */
enum { COLUMNS = 5 };
static const char *const names[COLUMNS] = {"x", "density", "low", "high", "n"};
static const char *const names_of_weights[COLUMNS] = {"x", "density", "low", "high", "weight"};

static enum status choose(const struct plot_task *task, struct table *table, size_t *column, struct grouping *by,
                          struct err *err)
{
    const struct plot_settings *s = task->settings;
    enum status status = plot_rows_find_column(table, s->x, column, err);
    if (status == STATUS_OK && grouping_find(by, table, s->group, s->weights, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    by->columns = column;
    by->n_columns = 1;
    return status;
}

/* Finds common bins for all groups, of the narrowest width that suits one of them. */
static enum status find_bins(const struct samples *samples, size_t bins, const char *column,
                             struct histogram *histogram, struct err *err)
{
    double low = INFINITY, high = -INFINITY, width = INFINITY;
    for (size_t g = 0; g < samples->groups; g++) {
        const struct location_sample *sample = &samples->sample[g];
        if (sample->n == 0)
            continue;
        low = fmin(low, sample->value[0].x);
        high = fmax(high, sample->value[sample->n - 1].x);
        width = fmin(width, histogram_width(sample)); /* fmin ignores NaN */
    }
    if (!(low <= high))
        return err_data(err, "column '%s' has no values", column);
    if (!isfinite(2 * (high - low)))
        return err_data(err, "column '%s' has values from %g to %g, which are too far apart for a plot", column, low,
                        high);
    *histogram = histogram_between(low, high, bins, isinf(width) ? high - low : width);
    return STATUS_OK;
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

/* ---- the Gaussians ---- */

struct plot_gauss_fit {
    double mean, sd; /* NaN: no fit */
};

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

static void fit(const struct samples *samples, struct plot_gauss_fit *gaussian)
{
    for (size_t g = 0; g < samples->groups; g++) {
        struct moments m = moments_of_sample(&samples->sample[g]);
        gaussian[g] = (struct plot_gauss_fit){moments_mean(&m), sqrt(moments_variance(&m))};
    }
}

/* The row of a column, and of a group if there are groups, in a table of mle-gauss; frame->rows if there is
 * none. */
static size_t find_fit(const struct frame *frame, const char *column, const char *group)
{
    uint32_t name = dict_find(frame->words[0], slice_of(column));
    uint32_t number = frame->texts > 1 ? dict_find(frame->words[1], slice_of(group)) : 0;
    size_t r = 0;
    while (r < frame->rows &&
           (frame->code[r * frame->texts] != name || (frame->texts > 1 && frame->code[r * frame->texts + 1] != number)))
        r++;
    return r;
}

static enum status find_fits(const struct samples *samples, const struct frame *frame, const char *column,
                             struct plot_gauss_fit *gaussian, struct err *err)
{
    for (size_t g = 0; g < samples->groups; g++) {
        const char *group = dict_text(samples->names, (uint32_t)g).p;
        size_t r = find_fit(frame, column, group);
        char echo[ERR_ECHO], group_echo[ERR_ECHO];
        err_echo(echo, slice_of(column));
        if (r == frame->rows && frame->texts > 1)
            return err_data(err, "there is no fit of '%s' in the group '%s'", echo,
                            err_echo(group_echo, slice_of(group)));
        if (r == frame->rows)
            return err_data(err, "there is no fit of '%s'", echo);
        gaussian[g] = (struct plot_gauss_fit){frame_value(frame, r, 0), frame_value(frame, r, 1)};
    }
    return STATUS_OK;
}

/* Finds the columns of groups, which have the name of those of the rows. */
static enum status find_group(struct table *table, const char *name, size_t *column, struct err *err)
{
    char *spec = mem_copy_text(name);
    for (char *p = spec; *p != '\0'; p++)
        if (*p == JOINT_SEPARATOR)
            *p = ',';
    enum status status = plot_rows_find_group(table, spec, column, err);
    free(spec);
    return status;
}

/* Reads the Gaussians that mle-gauss wrote to a file. group: the name of the group column, or NULL. */
static enum status read_fits(const char *path, const struct samples *samples, const char *column, const char *group,
                             struct plot_gauss_fit *gaussian, struct err *err)
{
    struct table *table = NULL;
    struct frame *frame = NULL;
    size_t mean, sd, texts[2];
    enum status status = table_open(&table, &(struct table_options){.paths = &path, .n_paths = 1}, err);
    if (status == STATUS_OK)
        status = plot_rows_find_column(table, "column", &texts[0], err);
    if (status == STATUS_OK && group != NULL)
        status = find_group(table, group, &texts[1], err);
    if (status == STATUS_OK)
        status = plot_rows_find_column(table, "mean", &mean, err);
    if (status == STATUS_OK)
        status = plot_rows_find_column(table, "sd", &sd, err);
    if (status == STATUS_OK) {
        struct frame_number numbers[] = {{mean, -INFINITY, INFINITY}, {sd, 0, INFINITY}};
        status = frame_load(&frame, table,
                            &(struct frame_options){numbers, 2, texts, group != NULL ? 2 : 1, .threads = 1}, err);
    }
    if (status == STATUS_OK && find_fits(samples, frame, column, gaussian, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    frame_free(frame);
    table_close(table);
    return status;
}

/* ---- the picture ---- */

/* Adds the density of a Gaussian, unless its standard deviation is 0. */
static void add_curve(const struct plot_task *task, struct figure *figure, const char *group, size_t colour,
                      const struct plot_gauss_fit *gaussian)
{
    double mean = gaussian->mean, sd = gaussian->sd;
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

static void notice_missing(const struct plot_task *task, const struct samples *samples)
{
    size_t missing = samples->ungrouped;
    for (size_t g = 0; g < samples->groups; g++)
        missing += samples->missing[g];
    if (missing > 0)
        notice(task->run, "rows with missing values, omitted: %zu", missing);
}

static void draw(const struct plot_task *task, const struct samples *samples, const struct histogram *h,
                 const struct plot_gauss_fit *gaussian, struct figure *figure)
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
                      &gaussian[g]);
}

static enum status plot_gauss_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    struct table *table = NULL;
    struct samples *samples = NULL;
    struct histogram histogram;
    struct plot_gauss_fit *gaussian = NULL;
    size_t column;
    struct grouping by = {0};
    enum status status = command_open_table(&table, &task->settings->input, task->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose(task, table, &column, &by, err);
    if (status == STATUS_OK)
        status = samples_load(&samples, table, &by, task->run->general->threads, err);
    if (status == STATUS_OK &&
        find_bins(samples, task->settings->bins, table_name(table, column), &histogram, err) != STATUS_OK)
        status = err_at(err, table_file(table), 0);
    if (status == STATUS_OK) {
        gaussian = mem_alloc(samples->groups, sizeof *gaussian);
        fit(samples, gaussian);
    }
    if (status == STATUS_OK && task->settings->fit != NULL)
        status = read_fits(task->settings->fit, samples, table_name(table, column),
                           by.by_group ? table_name(table, by.group) : NULL, gaussian, err);
    if (status == STATUS_OK) {
        notice_missing(task, samples);
        *figure = figure_new("part", COLUMNS, by.weighted ? names_of_weights : names);
        (*figure)->counts[COLUMNS - 1] = true;
        (*figure)->x_label = mem_format("%s", table_name(table, column));
        (*figure)->y_label = mem_format("density, per unit of %s", table_name(table, column));
        draw(task, samples, &histogram, gaussian, *figure);
    }
    free(gaussian);
    samples_free(samples);
    table_close(table);
    return status;
}

const struct plot_kind plot_gauss = {
    .name = "gauss",
    .help = "histogram of a column under its Gaussian fit",
    .accepts = " features by weights bins fit ",
    .requires = "features",
    .make = plot_gauss_make,
};
