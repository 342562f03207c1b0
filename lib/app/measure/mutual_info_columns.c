/* The columns of mutual-info: those compared, the target as the last of them, then those given. Without --columns all
 * columns are compared that have no other role. */
#include "app/measure/mutual_info_work.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "data/table/row_index.h"

#include <stdlib.h>
#include <string.h>

/* Whether a column has another part to play than to be compared. */
static bool has_role(const struct mutual_info *w, const size_t *given, size_t column)
{
    return columns_contain(given, w->n_given, column) || grouping_uses(&w->by, w->table, column);
}

static enum status find_columns(struct mutual_info *w, size_t **given, size_t **compared, size_t *n_compared,
                                struct err *err)
{
    const struct mutual_info_settings *s = w->settings;
    const char *const *names = table_names(w->table);
    size_t width = table_width(w->table), target = width;
    enum status status = grouping_find(&w->by, w->table, s->group, s->aweights != NULL ? s->aweights : s->weights, err);
    w->by.importances = s->aweights != NULL;
    if (status == STATUS_OK && s->given != NULL)
        status = columns_find(names, width, s->given, given, &w->n_given, err);
    if (status == STATUS_OK && s->target != NULL)
        status = columns_find_one(names, width, s->target, &target, err);
    if (status == STATUS_OK && s->columns != NULL)
        status = columns_find(names, width, s->columns, compared, n_compared, err);
    if (status != STATUS_OK)
        return status;
    if (s->columns == NULL) {
        *compared = mem_alloc(width, sizeof **compared);
        for (size_t c = 0; c < width; c++)
            if (c != target && !has_role(w, *given, c) && !row_index_is(w->table, c))
                (*compared)[(*n_compared)++] = c;
    }
    if (s->target == NULL)
        return STATUS_OK;
    if (columns_contain(*compared, *n_compared, target))
        return usage_option(err, "--columns", "the target '%s' is one of them", s->target);
    *compared = mem_resize(*compared, *n_compared + 1, sizeof **compared);
    (*compared)[(*n_compared)++] = target;
    return STATUS_OK;
}

enum status mutual_info_choose_columns(struct mutual_info *w, struct err *err)
{
    size_t *given = NULL, *compared = NULL, n = 0;
    enum status status = find_columns(w, &given, &compared, &n, err);
    if (status == STATUS_OK && n < 2)
        status = err_data(err, "there are no two columns to compare");
    for (size_t i = 0; status == STATUS_OK && i < n; i++)
        if (columns_contain(given, w->n_given, compared[i])) {
            char echo[ERR_ECHO];
            status = usage_option(err, "--given", "column '%s' is also compared",
                                  err_echo(echo, slice_of(table_name(w->table, compared[i]))));
        }
    if (status == STATUS_OK) {
        w->n_columns = n;
        w->columns = mem_alloc(n + w->n_given, sizeof *w->columns);
        memcpy(w->columns, compared, n * sizeof *w->columns);
        for (size_t i = 0; i < w->n_given; i++)
            w->columns[n + i] = given[i];
    }
    free(given);
    free(compared);
    return status == STATUS_OK ? status : err_at(err, table_file(w->table), 0);
}
