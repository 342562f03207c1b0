#include "app/train/train.h"

/* --weights, --fweights and --aweights. */

static const char *const meanings[] = {
    [WEIGHTING_COUNTS] = "counts of rows",
    [WEIGHTING_FREQUENCIES] = "frequencies",
    [WEIGHTING_IMPORTANCES] = "importances",
};

const char *train_weights(const struct train_columns *c, enum weighting *weighting)
{
    *weighting = c->fweights != NULL   ? WEIGHTING_FREQUENCIES
                 : c->aweights != NULL ? WEIGHTING_IMPORTANCES
                                       : WEIGHTING_COUNTS;
    return c->fweights != NULL ? c->fweights : c->aweights != NULL ? c->aweights : c->weights;
}

void train_add_weighting(struct model *model, const struct train_columns *columns)
{
    enum weighting weighting;
    if (train_weights(columns, &weighting) != NULL)
        model_set_text(model, "weighting", meanings[weighting]);
}

static enum status check_weights(const struct train_columns *c, struct err *err)
{
    if ((c->weights != NULL) + (c->fweights != NULL) + (c->aweights != NULL) > 1)
        return err_usage(err, "%s and %s both say how much rows count; give one of them",
                         c->weights != NULL ? "--weights" : "--fweights",
                         c->weights != NULL && c->fweights != NULL ? "--fweights" : "--aweights");
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
