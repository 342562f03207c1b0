/* From the options about columns to the roles of columns and the table, and back into the fields of a model. Of
 * --weights, --fweights and --aweights one at most is given (OPT_COLUMNS_RULES). */
#include "app/train/train_columns.h"

#include "base/mem.h"

#include <stdlib.h>

static const char *const meanings[] = {
    [WEIGHTING_COUNTS] = "counts of rows",
    [WEIGHTING_FREQUENCIES] = "frequencies",
    [WEIGHTING_IMPORTANCES] = "importances",
};

struct roles_options train_columns_roles(const struct train_columns *c)
{
    struct roles_options roles = c->roles;
    if (c->fweights != NULL) {
        roles.weights = c->fweights;
        roles.weighting = WEIGHTING_FREQUENCIES;
    } else if (c->aweights != NULL) {
        roles.weights = c->aweights;
        roles.weighting = WEIGHTING_IMPORTANCES;
    }
    return roles;
}

enum status train_columns_open(struct table **table, const struct input_settings *input,
                               const struct train_columns *columns, const struct invocation *run,
                               enum command_layout layout, struct err *err)
{
    return command_open_split(table, input, &columns->split, COMMAND_OTHER_FOLDS, run, layout, err);
}

void train_columns_write_weighting(struct model *model, const struct train_columns *columns)
{
    struct roles_options roles = train_columns_roles(columns);
    if (roles.weights != NULL)
        model_set_text(model, &field_weighting, meanings[roles.weighting]);
}

void train_columns_write_categories(struct model *model, size_t n, const struct category *category)
{
    size_t total = 0;
    if (n == 0)
        return;
    const char **names = mem_alloc(n, sizeof *names), **levels = NULL;
    double *counts = mem_alloc(n, sizeof *counts);
    for (size_t t = 0; t < n; t++) {
        const struct category *c = &category[t];
        names[t] = c->name;
        counts[t] = (double)c->levels;
        levels = mem_resize(levels, total + c->levels, sizeof *levels);
        for (size_t i = 0; i < c->levels; i++)
            levels[total++] = c->level[i];
    }
    model_set_texts(model, &field_text_features, n, names);
    model_set_texts(model, &field_levels, total, levels);
    model_set_vector(model, &field_level_counts, n, counts);
    free(names);
    free(levels);
    free(counts);
}
