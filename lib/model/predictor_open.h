#ifndef LIKELY_MODEL_PREDICTOR_OPEN_H
#define LIKELY_MODEL_PREDICTOR_OPEN_H

#include "base/err.h"
#include "model/model.h"
#include "model/predictor.h"

/* From a file to a predictor, which owns the model: predictor->model. path "-" is standard input. Errors, which name
 * the file: those of modelfile_load and of predictor_open_model. */
enum status predictor_open(struct predictor **predictor, const char *path, struct err *err);

/* From a model, which must live on. Errors: the kind is unknown, or its fields do not fit together. */
enum status predictor_open_model(struct predictor **predictor, const struct model *model, struct err *err);

#endif
