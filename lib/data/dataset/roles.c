/* Finds the roles of the columns of a table: targets, weights, offset, features, categories.
 *
 * Roles are found in the order targets, weights, offset, features: features are, unless listed, all columns that have
 * no role yet. A column has one role. part_categories then divides the features into numbers and categories: those that
 * the user lists, or all that are text. */

#include "data/dataset/roles.h"

#include "base/mem.h"
#include "data/table/columns.h"
#include "data/table/row_index.h"

#include <stdlib.h>
#include <string.h>

static bool contains(const size_t *columns, size_t n, size_t column)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == column)
            return true;
    return false;
}

static enum status check_feature(const struct table *table, const struct roles *r, size_t column, struct err *err)
{
    char echo[ERR_ECHO];
    const char *name = err_echo(echo, slice_of(table_name(table, column)));
    if (contains(r->targets, r->n_targets, column))
        return err_data(err, "column '%s' is the target and cannot also be a feature", name);
    if (r->weighted && column == r->weight)
        return err_data(err, "column '%s' holds the weights and cannot also be a feature", name);
    if (r->has_offset && column == r->offset)
        return err_data(err, "column '%s' is the offset and cannot also be a feature", name);
    return STATUS_OK;
}

static enum status refuse_text(const struct table *table, const struct roles_rules *rules, size_t column,
                               struct err *err)
{
    char echo[ERR_ECHO];
    const char *name = table_name(table, column);
    err_data(err, "column %zu '%s' is text", column + 1, err_echo(echo, slice_of(name)));
    return err_because(err, rules->may_be_categories ? ERR_TEXT_FEATURE : ERR_TEXT_NUMBERS, name);
}

static enum status find_features(struct roles *r, struct table *table, const struct roles_options *o, struct err *err)
{
    const char *const *names = table_names(table);
    size_t width = table_width(table), n_excluded = 0, n = 0;
    size_t *excluded = NULL, *chosen = NULL;
    enum status status = STATUS_OK;
    if (o->exclude != NULL)
        status = columns_find(names, width, o->exclude, &excluded, &n_excluded, err);
    if (status == STATUS_OK && o->features != NULL) {
        status = columns_find(names, width, o->features, &chosen, &n, err);
    } else if (status == STATUS_OK) {
        chosen = mem_alloc(width, sizeof *chosen);
        for (size_t c = 0; c < width; c++)
            if (!contains(r->targets, r->n_targets, c) && !(r->weighted && c == r->weight) &&
                !(r->has_offset && c == r->offset) && !row_index_is(table, c))
                chosen[n++] = c;
    }
    r->features = mem_alloc(n, sizeof *r->features);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (contains(excluded, n_excluded, chosen[i]))
            continue;
        status = check_feature(table, r, chosen[i], err);
        r->features[r->n_features++] = chosen[i];
    }
    if (status == STATUS_OK && r->n_features == 0)
        status = err_data(err, "no feature columns are left");
    free(excluded);
    free(chosen);
    return status;
}

static enum status find_targets(struct roles *r, struct table *table, const struct roles_options *o,
                                const struct roles_rules *rules, struct err *err)
{
    const char *const *names = table_names(table);
    size_t width = table_width(table);
    enum status status;
    if (rules->several) {
        status = columns_find(names, width, o->target, &r->targets, &r->n_targets, err);
    } else {
        r->targets = mem_alloc(r->n_targets = 1, sizeof *r->targets);
        status = columns_find_one(names, width, o->target, r->targets, err);
    }
    for (size_t t = 0; t < r->n_targets && status == STATUS_OK; t++) {
        char echo[ERR_ECHO];
        if ((rules->numbers || r->n_targets > 1) && table_kind(table, r->targets[t]) == COLUMN_TEXT)
            status = err_data(err, "column %zu '%s' is text and cannot be the target", r->targets[t] + 1,
                              err_echo(echo, slice_of(names[r->targets[t]])));
    }
    return status;
}

/* Moves the features that are categories to a list of their own. Error: a text feature that is not a category. */
static enum status part_categories(struct roles *r, struct table *table, const struct roles_options *o,
                                   const struct roles_rules *rules, struct err *err)
{
    const char *const *names = table_names(table);
    size_t *listed = NULL, n = 0, numbers = 0;
    enum status status = STATUS_OK;
    bool automatic = o->categorical != NULL && strcmp(o->categorical, "auto") == 0;
    if (o->categorical != NULL && !automatic)
        status = columns_find(names, table_width(table), o->categorical, &listed, &n, err);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        char echo[ERR_ECHO];
        if (!contains(r->features, r->n_features, listed[i]))
            status = err_data(err, "the categorical column '%s' is not a feature",
                              err_echo(echo, slice_of(names[listed[i]])));
    }
    r->categories = mem_alloc(r->n_features, sizeof *r->categories);
    for (size_t i = 0; i < r->n_features && status == STATUS_OK; i++) {
        size_t column = r->features[i];
        bool text = table_kind(table, column) == COLUMN_TEXT;
        bool category = contains(listed, n, column) || (text && (rules->categories || automatic));
        if (text && !category)
            status = refuse_text(table, rules, column, err);
        else if (category)
            r->categories[r->n_categories++] = column;
        else
            r->features[numbers++] = column;
    }
    r->n_features = numbers;
    free(listed);
    return status;
}

static enum status find_offset(struct roles *r, struct table *table, const char *spec, struct err *err)
{
    char echo[ERR_ECHO];
    enum status status = columns_find_one(table_names(table), table_width(table), spec, &r->offset, err);
    if (status != STATUS_OK)
        return status;
    r->has_offset = true;
    if (contains(r->targets, r->n_targets, r->offset))
        return err_data(err, "the target column cannot also be the offset");
    if (r->weighted && r->offset == r->weight)
        return err_data(err, "the column of weights cannot also be the offset");
    if (table_kind(table, r->offset) == COLUMN_TEXT)
        return err_data(err, "column %zu '%s' is text and cannot be the offset", r->offset + 1,
                        err_echo(echo, slice_of(table_name(table, r->offset))));
    return STATUS_OK;
}

enum status roles_find(struct roles *r, struct table *table, const struct roles_options *o,
                       const struct roles_rules *rules, struct err *err)
{
    enum status status = find_targets(r, table, o, rules, err);
    r->weighting = o->weighting;
    r->skip_missing = o->missing == MISSING_SKIP;
    if (status == STATUS_OK && o->weights != NULL) {
        r->weighted = true;
        status = columns_find_one(table_names(table), table_width(table), o->weights, &r->weight, err);
        if (status == STATUS_OK && contains(r->targets, r->n_targets, r->weight))
            status = err_data(err, "the target column cannot also hold the weights");
    }
    if (status == STATUS_OK && o->offset != NULL)
        status = find_offset(r, table, o->offset, err);
    if (status == STATUS_OK)
        status = find_features(r, table, o, err);
    if (status == STATUS_OK)
        status = part_categories(r, table, o, rules, err);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

struct roles_slots roles_want(const struct roles *r, struct table *table, bool is_label)
{
    struct roles_slots slots = {.weight = SIZE_MAX, .offset = SIZE_MAX, .target = SIZE_MAX, .label = SIZE_MAX};
    size_t numbers = r->n_features + r->weighted + r->has_offset, texts = r->n_categories;
    for (size_t j = 0; j < r->n_features; j++)
        table_want_number(table, r->features[j]);
    if (r->weighted)
        slots.weight = table_want_number(table, r->weight);
    if (r->has_offset)
        slots.offset = table_want_number(table, r->offset);
    for (size_t t = 0; t < r->n_categories; t++)
        table_want_text(table, r->categories[t]);
    if (is_label) {
        slots.label = table_want_text(table, r->targets[0]);
        texts++;
    } else {
        slots.target = numbers;
        for (size_t t = 0; t < r->n_targets; t++)
            table_want_number(table, r->targets[t]);
        numbers += r->n_targets;
    }
    slots.check = (struct row_check){.numbers = numbers,
                                     .texts = texts,
                                     .missing = r->skip_missing ? ERR_NO_REMEDY : ERR_MISSING_VALUE,
                                     .weighted = r->weighted,
                                     .weight = slots.weight,
                                     .weighting = r->weighting};
    return slots;
}

void roles_release(struct roles *r)
{
    free(r->targets);
    free(r->features);
    free(r->categories);
    *r = (struct roles){0};
}
