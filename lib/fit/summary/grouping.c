/* The columns of a summary: grouping and weight columns by name, the checks of weights, and their errors. */
#include "fit/summary/grouping.h"

#include "data/table/columns.h"
#include "data/table/joint.h"

#include <math.h>

enum status grouping_find(struct grouping *by, struct table *table, const char *group, const char *weight,
                          struct err *err)
{
    const char *const *names = table_names(table);
    size_t width = table_width(table);
    enum status status = STATUS_OK;
    *by = (struct grouping){.by_group = group != NULL, .weighted = weight != NULL};
    if (by->by_group)
        status = joint_find(table, group, &by->group, err);
    if (status == STATUS_OK && by->weighted)
        status = columns_find_one(names, width, weight, &by->weight, err);
    return status;
}

bool grouping_uses(const struct grouping *by, const struct table *table, size_t column)
{
    return (by->by_group && joint_has(table, by->group, column)) || (by->weighted && column == by->weight);
}

enum status grouping_check_weights(const struct block *b, const double *w, size_t slot, struct err *err)
{
    for (size_t r = 0; r < b->rows; r++) {
        if (isnan(w[r]))
            return block_number_error(b, r, slot, err, "the weight is missing");
        if (w[r] < 0)
            return block_number_error(b, r, slot, err, "the weight is negative");
        if (isinf(w[r]))
            return block_number_error(b, r, slot, err, "the weight is infinite");
    }
    return STATUS_OK;
}

static enum status weights_error(const struct grouping *by, const struct table *table, const char *reason,
                                 struct err *err)
{
    char echo[ERR_ECHO];
    err_data(err, "column %zu '%s': %s", by->weight + 1, err_echo(echo, slice_of(table_name(table, by->weight))),
             reason);
    return err_at(err, table_file(table), 0);
}

enum status grouping_overflow(const struct grouping *by, const struct table *table, struct err *err)
{
    return weights_error(by, table, "the sum of the weights is too large", err);
}

enum status grouping_weightless(const struct grouping *by, const struct table *table, struct err *err)
{
    return weights_error(by, table, "all weights are 0", err);
}
