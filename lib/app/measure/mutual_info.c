/* Mutual information of pairs of columns, in each group of rows.
 *
 * 1. mutual_info_choose_columns: the columns compared and those given (mutual_info_columns.c).
 * 2. codes_read: a pass that turns values into codes, numbers into those of their bins (fit/summary/codes.c).
 * 3. choose_pairs, dependence_measure: the table of counts of each pair and its entropies, pairs in parallel;
 *    permutations of one column give the p-value (fit/summary/dependence.c).
 * 4. The results, by rows or as a matrix (mutual_info_write.c). */
#include "app/measure/mutual_info_work.h"

#include "app/estimate/summary.h"
#include "base/mem.h"
#include "cli/memory.h"
#include "cli/usage.h"

#include <stdlib.h>

static void choose_pairs(struct mutual_info *w)
{
    size_t n = w->n_columns;
    w->pairs = mem_alloc(n * n, sizeof *w->pairs);
    for (size_t x = 0; x < n; x++)
        for (size_t y = w->settings->matrix ? x : x + 1; y < n; y++)
            if (w->settings->target == NULL || y == n - 1)
                w->pairs[w->n_pairs++] = (struct dependence_pair){x, y};
    w->result = mem_zero(w->codes->groups * w->n_pairs, sizeof *w->result);
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
    enum status status = codes_read(&w->codes, w->table, &how, s->general.threads, err);
    if (status != STATUS_OK)
        return status;
    if (w->codes->rows == 0) {
        err_data(err, "no data");
        return err_at(err, table_file(w->table), 0);
    }
    choose_pairs(w);
    uint32_t **code = mem_alloc(w->codes->columns, sizeof *code);
    for (size_t g = 0; g < w->codes->groups && status == STATUS_OK; g++) {
        struct codes group = codes_of_group(w->codes, g, code);
        status = dependence_measure(w->pairs, w->result + g * w->n_pairs, w->n_pairs, &group, s->permutations,
                                    s->general.seed, s->general.threads, err);
    }
    free(code);
    if (status == STATUS_OK)
        summary_notice_ungrouped(&w->by, w->table, w->codes->ungrouped, w->run);
    return status;
}

static enum status check_settings(const struct mutual_info_settings *s, struct err *err)
{
    const struct usage_given others[] = {{"--by", s->group != NULL},
                                         {"--target", s->target != NULL},
                                         {"--permutations", s->permutations > 0},
                                         {"--se", s->se},
                                         {NULL, false}};
    if (s->weights != NULL && s->permutations > 0)
        return usage_conflict(err, "--permutations", "--weights");
    return s->matrix ? usage_exclude(err, "--matrix", others) : STATUS_OK;
}

enum status mutual_info_run(const struct mutual_info_settings *settings, const struct invocation *run, struct err *err)
{
    struct mutual_info w = {.settings = settings, .run = run};
    enum status status = check_settings(settings, err);
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
    codes_free(w.codes);
    table_close(w.table);
    return status;
}
