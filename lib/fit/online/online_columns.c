/* The features of a pass: columns of a table, or features of svmlight text as they occur. */

#include "fit/online/online_columns.h"

#include "base/mem.h"
#include "data/keys/names.h"

#include <stdlib.h>
#include <string.h>

/* Brings the features into the order of the start. */
static enum status order_features(struct roles *roles, const struct table *table, const struct online_fit_start *start,
                                  struct err *err)
{
    size_t n = roles->n_features;
    const char **names = mem_alloc(n, sizeof *names);
    size_t *place = mem_alloc(n, sizeof *place), *features = mem_alloc(n, sizeof *features);
    for (size_t j = 0; j < n; j++)
        names[j] = table_name(table, roles->features[j]);
    enum status status = names_match(n, names, start->d, start->features, "feature", place, err);
    for (size_t j = 0; j < n && status == STATUS_OK; j++)
        features[place[j]] = roles->features[j];
    if (status == STATUS_OK)
        memcpy(roles->features, features, n * sizeof *features);
    free(names);
    free(place);
    free(features);
    return status == STATUS_OK ? status : err_at(err, start->name, 0);
}

enum status online_columns_want(struct roles_slots *slots, struct online_fit *fit, struct table *table,
                                const struct online_fit_options *o, struct err *err)
{
    struct roles roles = {0};
    static const struct roles_rules rules = {0};
    enum status status = roles_find(&roles, table, &o->roles, &rules, err);
    if (status == STATUS_OK && o->start != NULL)
        status = order_features(&roles, table, o->start, err);
    if (status == STATUS_OK) {
        fit->d = roles.n_features;
        fit->target = mem_copy_text(table_name(table, roles.targets[0]));
        fit->features = mem_zero(fit->d, sizeof *fit->features);
        fit->index = mem_alloc(fit->d + 1, sizeof *fit->index);
        for (size_t j = 0; j < fit->d; j++) {
            fit->index[j] = (uint32_t)j;
            fit->features[j] = mem_copy_text(table_name(table, roles.features[j]));
        }
        if (roles.has_offset)
            fit->offset = mem_copy_text(table_name(table, roles.offset));
        *slots = roles_want(&roles, table, true);
    }
    roles_release(&roles);
    return status;
}

void online_columns_name_sparse(struct online_fit *fit)
{
    for (size_t j = 0; fit->features != NULL && j < fit->d; j++)
        free(fit->features[j]);
    fit->d = fit->learner->count(fit->state);
    fit->index = mem_resize(fit->index, fit->d + 1, sizeof *fit->index);
    fit->learner->indexes(fit->state, fit->index);
    fit->features = mem_resize(fit->features, fit->d + 1, sizeof *fit->features);
    for (size_t j = 0; j < fit->d; j++)
        fit->features[j] = mem_format("%zu", (size_t)fit->index[j] + 1);
}
