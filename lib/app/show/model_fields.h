#ifndef LIKELY_APP_SHOW_MODEL_FIELDS_H
#define LIKELY_APP_SHOW_MODEL_FIELDS_H

#include "base/slice.h"
#include "cli/out.h"
#include "model/model.h"
#include "text/buffer.h"

/* The declarations of fields (model/field.list), for people. */

/* One row for each field of a model, in the order of the file: field,type,shape,size,unit,meaning. The shape is the
 * declared one ("classes x features"), the size that of this model ("3 x 4"). */
void model_fields_table(struct sink *sink, const struct model *model, int to /* enum out_format */);

/* Makes the manual page about models from its prose (man/likely-model.7.in): in place of the line @KINDS@ the kinds
 * with their groups of fields, in place of @FIELDS@ all groups with their fields. */
void model_fields_page(struct slice prose, struct buffer *out);

#endif
