/* Mutual information of pairs of columns, in each group of rows.
 *
 * 1. mutual_info_choose_columns: the columns compared and those given (mutual_info_columns.c).
 * 2. codes_read: a pass that turns values into codes, numbers into those of their bins (fit/summary/codes.c).
 * 3. choose_pairs, dependence_measure: the table of counts of each pair and its entropies, pairs in parallel;
 *    permutations of one column give the p-value (fit/summary/dependence.c).
 *    Estimates of numbers as they are, by nearest neighbours or a Gaussian, take the place of the table of counts
 *    (mutual_info_numbers.c).
 * 4. The results, by rows or as a matrix (mutual_info_write.c). */
#include "app/measure/mutual_info_work.h"

#include "app/estimate/summary.h"
#include "base/mem.h"
#include "cli/memory.h"
#include "cli/usage.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "ml", "miller-madow", "gauss", "knn" or "knn:K" */
static enum status parse_estimate(struct mutual_info *w, struct err *err)
{
    static const char *const names[] = {[MUTUAL_INFO_ML] = "ml",
                                        [MUTUAL_INFO_MILLER_MADOW] = "miller-madow",
                                        [MUTUAL_INFO_KNN] = "knn",
                                        [MUTUAL_INFO_GAUSS] = "gauss"};
    const char *text = w->settings->estimate, *colon = strchr(text, ':');
    struct slice name = colon == NULL ? slice_of(text) : (struct slice){text, (size_t)(colon - text)};
    double k = 3;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!slice_equal(name, slice_of(names[i])))
            continue;
        w->estimate = (enum mutual_info_estimate)i;
        bool is_valid = colon == NULL || (i == MUTUAL_INFO_KNN && number_parse(slice_of(colon + 1), &k));
        w->neighbours = is_valid && k >= 1 && k <= 1000 && k == floor(k) ? (size_t)k : 0;
        if (w->neighbours > 0)
            return STATUS_OK;
    }
    return usage_value(err, "--estimate", text, "ml, miller-madow, gauss, or knn:K with K from 1 to 1000");
}

static void choose_pairs(struct mutual_info *w)
{
    size_t n = w->n_columns;
    w->pairs = mem_alloc(n * n, sizeof *w->pairs);
    for (size_t x = 0; x < n; x++)
        for (size_t y = w->settings->matrix ? x : x + 1; y < n; y++)
            if (w->settings->target == NULL || y == n - 1)
                w->pairs[w->n_pairs++] = (struct dependence_pair){x, y};
    w->has_notice = mem_zero(n, sizeof *w->has_notice);
    w->result = mem_zero(w->codes->groups * w->n_pairs, sizeof *w->result);
}

static bool is_number(const struct mutual_info *w, size_t column)
{
    return table_kind(w->table, w->columns[column]) == COLUMN_NUMBER;
}

static const char *remedy_of(const struct mutual_info *w, const struct dependence_pair *pair)
{
    bool of_numbers = w->n_given == 0 && is_number(w, pair->x) && is_number(w, pair->y);
    if (of_numbers && w->settings->bins > 0)
        return "use fewer --bins, or --estimate knn";
    return of_numbers ? "--estimate knn or --bins N measures continuous columns"
                      : "--permutations N tests for independence";
}

/* Relative frequencies of pairs of values that hardly occur twice say nothing: the estimate is then near log n, or at
 * least mostly bias, whatever the dependence. The first such pair has a notice, or its column of distinct numbers. */
static bool notice_sparse(const struct mutual_info *w, const struct dependence_pair *pair, const struct dependence *d)
{
    enum { FEW = 8 };
    bool is_x = d->distinct_x >= d->distinct_y;
    size_t column = is_x ? pair->x : pair->y, distinct = is_x ? d->distinct_x : d->distinct_y;
    char x[ERR_ECHO], y[ERR_ECHO];
    if (pair->x == pair->y || !(d->n >= FEW) || !((double)d->cells > d->n / 2))
        return false;
    err_echo(x, slice_of(table_name(w->table, w->columns[pair->x])));
    err_echo(y, slice_of(table_name(w->table, w->columns[pair->y])));
    if (is_number(w, column) && w->settings->bins == 0 && w->n_given == 0 && (double)distinct > d->n / 2)
        notice(w->run,
               "column '%s' has %zu different values in %.6g rows, each of which is a symbol: the estimate is "
               "near log n whatever the dependence; --estimate knn or --bins N measures continuous columns",
               is_x ? x : y, distinct, d->n);
    else
        notice(w->run,
               "columns '%s' and '%s' have %zu different pairs of values in %.6g rows: the estimate is mostly bias, "
               "whatever the dependence; %s",
               x, y, d->cells, d->n, remedy_of(w, pair));
    return true;
}

static void notice_sparse_pairs(const struct mutual_info *w)
{
    for (size_t i = 0; i < w->codes->groups * w->n_pairs && !mutual_info_is_of_numbers(w); i++)
        if (notice_sparse(w, &w->pairs[i % w->n_pairs], &w->result[i]))
            return;
}

static void notice_bins(const struct mutual_info *w)
{
    size_t numbers = 0;
    for (size_t c = 0; c < w->n_columns + w->n_given; c++)
        numbers += table_kind(w->table, w->columns[c]) == COLUMN_NUMBER;
    if (w->settings->bins > 0 && numbers == 0)
        notice(w->run, "--bins has no effect: no column is numeric");
}

static enum status measure(struct mutual_info *w, struct err *err)
{
    const struct mutual_info_settings *s = w->settings;
    struct codes_options how = {.columns = w->columns,
                                .n_columns = w->n_columns + w->n_given,
                                .n_given = w->n_given,
                                .bins = s->bins,
                                .binning = (enum codes_binning)s->binning,
                                .by = &w->by,
                                .memory = memory_limit(s->memory),
                                .directory = memory_directory()};
    bool *stays_number = NULL;
    enum status status = mutual_info_choose_numbers(w, &stays_number, err);
    how.stays_number = stays_number;
    if (status == STATUS_OK)
        status = codes_read(&w->codes, w->table, &how, s->general.threads, err);
    free(stays_number);
    if (status != STATUS_OK)
        return status;
    if (w->codes->rows == 0) {
        err_data(err, "no data");
        return err_at(err, table_file(w->table), 0);
    }
    choose_pairs(w);
    notice_bins(w);
    uint32_t **code = mem_alloc(w->codes->columns, sizeof *code);
    for (size_t g = 0; g < w->codes->groups && status == STATUS_OK; g++) {
        if (mutual_info_is_of_numbers(w)) {
            mutual_info_measure_numbers(w, g, w->result + g * w->n_pairs);
            continue;
        }
        struct codes group = codes_of_group(w->codes, g, code);
        status = dependence_measure(w->pairs, w->result + g * w->n_pairs, w->n_pairs, &group, s->permutations,
                                    s->general.seed, s->general.threads, err);
    }
    free(code);
    if (status == STATUS_OK)
        notice_sparse_pairs(w);
    if (status == STATUS_OK)
        summary_notice_ungrouped(&w->by, w->table, w->codes->ungrouped, w->run);
    return status;
}

enum status mutual_info_run(const struct mutual_info_settings *settings, const struct invocation *run, struct err *err)
{
    struct mutual_info w = {.settings = settings, .run = run};
    enum status status = parse_estimate(&w, err);
    if (status == STATUS_OK)
        status = command_open_table(&w.table, &settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = mutual_info_choose_columns(&w, err);
    if (status == STATUS_OK)
        status = measure(&w, err);
    if (status == STATUS_OK)
        status = settings->matrix ? mutual_info_write_matrix(&w, err) : mutual_info_write_pairs(&w, err);
    free(w.columns);
    free(w.pairs);
    free(w.result);
    free(w.has_notice);
    codes_free(w.codes);
    table_close(w.table);
    return status;
}
