/* Opens a model for prediction: the one way from a file to a predictor, taken by every command that reads a model.
 *
 *     path --modelfile_load--> fields --kind_find--> kind --model_check, prepare--> predictor
 *
 * modelfile_load knows bytes, but not what the fields mean. The kind is found by the name that the model carries; its
 * declared fields are checked by model_check, after which prepare fills the predictor without looking at types and
 * shapes again. This file stands above the list of kinds: kinds and their helpers (predictor_prepare, predictor)
 * include neither it nor the list. */

#include "model/predictor_open.h"

#include "base/mem.h"
#include "model/kind.h"
#include "data/table/input.h"
#include "model/modelfile.h"

enum status predictor_open_model(struct predictor **predictor, const struct model *model, struct err *err)
{
    const struct kind *kind = kind_find(model_kind(model));
    if (kind == NULL) {
        char echo[ERR_ECHO];
        return err_data(err, "this version of likely does not know models of the kind '%s'",
                        err_echo(echo, slice_of(model_kind(model))));
    }
    struct predictor *p = mem_zero(1, sizeof *p);
    p->kind = kind;
    p->model = model;
    enum status status = model_check(model, &kind->fields, err);
    if (status == STATUS_OK)
        status = kind->prepare(p, err);
    if (status == STATUS_OK)
        *predictor = p;
    else
        predictor_free(p);
    return status;
}

enum status predictor_open(struct predictor **predictor, const char *path, struct err *err)
{
    struct model *model = NULL;
    enum status status = modelfile_load(path, &model, err);
    if (status != STATUS_OK)
        return status;
    if (predictor_open_model(predictor, model, err) != STATUS_OK) {
        model_free(model);
        return err_at(err, input_name(path), 0);
    }
    (*predictor)->owned = model;
    return STATUS_OK;
}
