#ifndef LIKELY_MODEL_MODEL_CHECK_H
#define LIKELY_MODEL_MODEL_CHECK_H

#include "base/err.h"
#include "model/field.h"
#include "model/model.h"

#include <stdbool.h>

/* A group of fields that a kind of model has. */
struct model_check_group {
    enum field_group group;
    bool required; /* else it may be absent as a whole */
};

/* What a kind declares. */
struct model_check {
    size_t n;
    const struct model_check_group *group;  /* n */
    enum field_size scores;                 /* what FIELD_SCORES is */
    size_t labels_at_least, labels_at_most; /* 0: any number */
};

/* Checks every field of a model against its declaration: name, type, shape, values; and that required ones are there.
 * Errors name the field. What passes needs no such check again: a field of a group that is there has the declared type
 * and shape, but for sizes FIELD_ANY. */
enum status model_check(const struct model *model, const struct model_check *check, struct err *err);

#endif
