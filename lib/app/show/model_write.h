#ifndef LIKELY_APP_SHOW_MODEL_WRITE_H
#define LIKELY_APP_SHOW_MODEL_WRITE_H

#include "cli/command.h"
#include "model/model.h"

/* Writes the model to a file, whole or not at all; or to standard output, where path is NULL. A terminal gets the
 * model's summary instead. */
enum status model_write(const char *path, const struct model *model, const struct invocation *run, struct err *err);

#endif
