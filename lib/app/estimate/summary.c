/* What the fits of a distribution to each column share: the choice of columns, the notices about values that are left
 * out, and the cells that every row of a result begins with. */
#include "app/estimate/summary.h"

#include "base/mem.h"
#include "data/table/columns.h"
#include "data/table/row_index.h"
#include "math/moments.h"

#include <stdlib.h>

static bool is_of_kind(struct table *table, size_t column, enum column_kind kind)
{
    return (table_kind(table, column) == COLUMN_TEXT) == (kind == COLUMN_TEXT);
}

static size_t *choose_by_kind(struct grouping *g, struct table *table, enum column_kind kind,
                              const struct invocation *run)
{
    size_t width = table_width(table), *columns = mem_alloc(width, sizeof *columns), fitting = 0;
    char echo[ERR_ECHO];
    for (size_t c = 0; c < width; c++)
        fitting += !grouping_uses(g, table, c) && !row_index_is(table, c) && is_of_kind(table, c, kind);
    bool all = fitting == 0 && kind == COLUMN_TEXT;
    for (size_t c = 0; c < width; c++) {
        if (grouping_uses(g, table, c) || row_index_is(table, c))
            continue;
        if (all || is_of_kind(table, c, kind))
            columns[g->n_columns++] = c;
        else
            notice(run, "column %zu '%s' is %s and omitted", c + 1, err_echo(echo, slice_of(table_name(table, c))),
                   kind == COLUMN_TEXT ? "numeric" : "text");
    }
    return columns;
}

enum status summary_choose(struct grouping *g, const struct summary_settings *s, struct table *table,
                           enum column_kind kind, const struct invocation *run, struct err *err)
{
    enum status status = grouping_find(g, table, s->group, s->aweights != NULL ? s->aweights : s->weights, err);
    g->importances = s->aweights != NULL;
    if (status == STATUS_OK && s->columns != NULL)
        status = columns_find(table_names(table), table_width(table), s->columns, &g->columns, &g->n_columns, err);
    else if (status == STATUS_OK)
        g->columns = choose_by_kind(g, table, kind, run);
    if (status == STATUS_OK && g->n_columns == 0)
        status = err_data(err, kind == COLUMN_TEXT ? "there is no column to fit" : "no column is numeric");
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

void summary_notice_ungrouped(const struct grouping *g, const struct table *table, size_t rows,
                              const struct invocation *run)
{
    char echo[ERR_ECHO];
    if (rows > 0)
        notice(run, "rows without a value of '%s', omitted: %zu", err_echo(echo, slice_of(table_name(table, g->group))),
               rows);
}

static void notice_few(const struct grouping *g, const struct table *table, double sum, const struct invocation *run)
{
    char echo[ERR_ECHO];
    notice(run,
           "the weights of column '%s' sum to %.6g, which is too few rows for standard errors; use --aweights for "
           "relative weights",
           err_echo(echo, slice_of(table_name(table, g->weight))), sum);
}

void summary_notice_weights(const struct grouping *g, const struct table *table, size_t n, const double *sum,
                            const struct invocation *run)
{
    size_t i = 0;
    while (i < n && !moments_are_few(sum[i]))
        i++;
    if (i < n && g->weighted && !g->importances)
        notice_few(g, table, sum[i], run);
}

void summary_notice_effective(const struct grouping *g, const struct table *table, double effective,
                              const struct invocation *run)
{
    char echo[ERR_ECHO];
    notice(run, "the relative weights of column '%s' stand for %.6g rows, which is too few for standard errors",
           err_echo(echo, slice_of(table_name(table, g->weight))), effective);
}

void summary_notice_missing(const struct invocation *run, struct slice column, size_t missing)
{
    char echo[ERR_ECHO];
    if (missing > 0)
        notice(run, "missing values of '%s', omitted: %zu", err_echo(echo, column), missing);
}

/* Returns whether there was a reason for a notice. */
static bool notice_sample(const struct grouping *g, const struct table *table, const struct location_sample *s,
                          size_t column, struct location_loss loss, const struct invocation *run)
{
    char echo[ERR_ECHO];
    double size = location_size(s), kept = location_kept(s, loss);
    if (location_is_few(size, loss) && g->importances)
        summary_notice_effective(g, table, size, run);
    else if (location_is_few(size, loss))
        notice_few(g, table, size, run);
    else if (location_is_few(kept, loss))
        notice(run, "column '%s': trimming leaves %.6g of %.6g values, which is too few for a standard error",
               err_echo(echo, slice_of(table_name(table, column))), kept, size);
    return location_is_few(kept, loss);
}

void summary_notice_samples(const struct grouping *g, const struct table *table, const struct samples *s,
                            struct location_loss loss, const struct invocation *run)
{
    summary_notice_ungrouped(g, table, s->ungrouped, run);
    for (size_t i = 0; i < s->groups * s->columns && (g->weighted || loss.kind == LOCATION_TRIMMED); i++)
        if (s->sample[i].n > 1 && notice_sample(g, table, &s->sample[i], g->columns[i % s->columns], loss, run))
            return;
}

size_t summary_key_names(const char **names, const struct grouping *g, const struct table *table)
{
    size_t n = 0;
    if (g->by_group)
        names[n++] = table_name(table, g->group);
    names[n++] = "column";
    return n;
}

void summary_start_key(struct out *out, const struct grouping *g, const struct table *table, const struct dict *groups,
                       size_t i)
{
    if (g->by_group)
        out_group(out, dict_text(groups, (uint32_t)(i / g->n_columns)));
    out_word(out, table_name(table, g->columns[i % g->n_columns]));
}

size_t summary_names(const char **names, const struct grouping *g, const struct table *table)
{
    size_t n = summary_key_names(names, g, table);
    names[n++] = "n";
    names[n++] = "missing";
    if (g->weighted)
        names[n++] = "weight";
    if (g->importances)
        names[n++] = "effective_n";
    return n;
}

void summary_start_row(struct out *out, const struct grouping *g, const struct table *table, const struct samples *s,
                       size_t i)
{
    summary_start_key(out, g, table, s->names, i);
    out_count(out, s->n[i]);
    out_count(out, s->missing[i]);
    if (g->weighted)
        out_total(out, location_weight(&s->sample[i]));
    if (g->importances)
        out_number(out, location_size(&s->sample[i]));
}
