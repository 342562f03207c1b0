#include "app/train/train.h"

/* --weights, --fweights and --aweights. */

static const char *const meanings[] = {
    [WEIGHTING_COUNTS] = "counts of rows",
    [WEIGHTING_FREQUENCIES] = "frequencies",
    [WEIGHTING_IMPORTANCES] = "importances",
};

struct roles_options train_roles(const struct train_columns *c)
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

void train_add_weighting(struct model *model, const struct train_columns *columns)
{
    struct roles_options roles = train_roles(columns);
    if (roles.weights != NULL)
        model_set_text(model, &field_weighting, meanings[roles.weighting]);
}

static enum status check_weights(const struct train_columns *c, struct err *err)
{
    if ((c->roles.weights != NULL) + (c->fweights != NULL) + (c->aweights != NULL) > 1)
        return err_usage(err, "%s and %s both say how much rows count; give one of them",
                         c->roles.weights != NULL ? "--weights" : "--fweights",
                         c->roles.weights != NULL && c->fweights != NULL ? "--fweights" : "--aweights");
    return STATUS_OK;
}

enum status train_open_table(struct table **table, const struct input_settings *input,
                             const struct train_columns *columns, const struct invocation *run,
                             enum command_layout layout, struct err *err)
{
    if (check_weights(columns, err) != STATUS_OK)
        return err->status;
    return command_open_split(table, input, &columns->split, COMMAND_OTHER_FOLDS, run, layout, err);
}
