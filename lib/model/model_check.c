/* The generic check of a model's fields, run once when a model is opened for prediction.
 *
 * 1. sizes_of: the lengths that shapes are told in (features, classes, …) are those of the model's own lists, whose
 *    types are checked as they are read.
 * 2. check_group: each required field is there, if the group is required or any required field of it is there: such a
 *    group (categories, a checkpoint, the state of online learning) is there as a whole or not at all.
 * 3. check_entry: each field of the model is declared, its group is one of the kind's, and its type, shape and values
 *    are as declared.
 *
 * It takes a time that grows with the fields and the numbers in them, and no memory. What depends on meanings, such as
 * that probabilities are between 0 and 1, stays with the kinds. */

#include "model/model_check.h"

#include <math.h>
#include <stdio.h>

enum { SHAPE_TEXT = 96 };

struct model_check_sizes {
    size_t of[FIELD_SIZES];
};

static size_t count_of(const struct model_array *array)
{
    size_t count = array->values != NULL;
    for (size_t i = 0; i < array->dimensions; i++)
        count *= array->shape[i];
    return count;
}

static size_t texts_in(const struct model *m, const struct field *field)
{
    size_t n;
    model_texts(m, field, &n);
    return n;
}

static size_t parameters_in(const struct model *m)
{
    size_t item, sum = 0;
    for (size_t i = 0; i < model_entries(m); i++) {
        struct model_entry e = model_entry(m, i);
        if (field_find(e.name, &item) == &field_parameters)
            sum += count_of(&e.array);
    }
    return sum;
}

static struct model_check_sizes sizes_of(const struct model *m, enum field_size scores)
{
    size_t features = texts_in(m, &field_features), terms = 1 + features, labels = texts_in(m, &field_labels);
    size_t joint = (labels - (labels > 0 && model_text(m, &field_reference) != NULL)) * terms;
    struct model_check_sizes sizes = {.of = {
                                          [FIELD_ONE] = 1,
                                          [FIELD_FEATURES] = features,
                                          [FIELD_TERMS] = terms,
                                          [FIELD_TRIANGLE] = terms * (terms + 1) / 2,
                                          [FIELD_JOINT] = joint * (joint + 1) / 2,
                                          [FIELD_KEPT] = features + 3,
                                          [FIELD_CATEGORIES] = texts_in(m, &field_text_features),
                                          [FIELD_LEVELS] = texts_in(m, &field_levels),
                                          [FIELD_CLASSES] = labels,
                                          [FIELD_TARGETS] = texts_in(m, &field_targets),
                                          [FIELD_PARAMETERS] = parameters_in(m),
                                      }};
    sizes.of[FIELD_SCORES] = sizes.of[scores];
    return sizes;
}

/* ---- a field ---- */

static enum status wrong_type(const struct model_entry *e, const char *type, struct err *err)
{
    return err_data(err, "the model's '%s' is not %s", e->name, type);
}

/* "a vector of 3", "2 x 4", "any x 5" */
static const char *shape_text(const struct field *f, const struct model_check_sizes *sizes, char out[SHAPE_TEXT])
{
    int n = 0;
    if (f->size[1] == FIELD_NONE) {
        snprintf(out, SHAPE_TEXT, "a vector of %zu", sizes->of[f->size[0]]);
        return out;
    }
    for (size_t i = 0; i < 3 && f->size[i] != FIELD_NONE; i++) {
        const char *times = i > 0 ? " x " : "";
        if (f->size[i] == FIELD_ANY)
            n += snprintf(out + n, (size_t)(SHAPE_TEXT - n), "%sany", times);
        else
            n += snprintf(out + n, (size_t)(SHAPE_TEXT - n), "%s%zu", times, sizes->of[f->size[i]]);
    }
    return out;
}

static enum status check_shape(const struct field *f, const struct model_entry *e,
                               const struct model_check_sizes *sizes, struct err *err)
{
    size_t dimensions = 0;
    bool fits = true;
    char shape[SHAPE_TEXT];
    for (; dimensions < 3 && f->size[dimensions] != FIELD_NONE; dimensions++)
        if (dimensions < e->array.dimensions && f->size[dimensions] != FIELD_ANY)
            fits &= e->array.shape[dimensions] == sizes->of[f->size[dimensions]];
    return fits && dimensions == e->array.dimensions ? STATUS_OK : wrong_type(e, shape_text(f, sizes, shape), err);
}

static enum status check_finite(const struct model_entry *e, struct err *err)
{
    size_t n = count_of(&e->array);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(e->array.values[i]))
            return err_data(err, "a number of the model's '%s' is not finite", e->name);
    return STATUS_OK;
}

static enum status check_array(const struct field *f, const struct model_entry *e,
                               const struct model_check_sizes *sizes, struct err *err)
{
    if (e->type != MODEL_ARRAY)
        return wrong_type(e, "an array", err);
    enum status status = check_shape(f, e, sizes, err);
    return status == STATUS_OK && f->type != FIELD_ARRAY ? check_finite(e, err) : status;
}

static enum status check_number(const struct field *f, const struct model_entry *e, struct err *err)
{
    double value = e->number;
    if (e->type != MODEL_NUMBER)
        return wrong_type(e, "a number", err);
    if (f->type == FIELD_COUNT && !(value >= 0 && value < 1e18 && value == floor(value)))
        return wrong_type(e, "a count", err);
    if (f->type == FIELD_FLAG && value != 0 && value != 1)
        return wrong_type(e, "0 or 1", err);
    return f->type == FIELD_NUMBERS && !isfinite(value) ? wrong_type(e, "finite", err) : STATUS_OK;
}

static enum status check_type(const struct field *f, const struct model_entry *e, const struct model_check_sizes *sizes,
                              struct err *err)
{
    switch (f->type) {
    case FIELD_TEXT:
        return e->type == MODEL_TEXT ? STATUS_OK : wrong_type(e, "a text", err);
    case FIELD_TEXTS:
        return e->type == MODEL_TEXTS ? STATUS_OK : wrong_type(e, "a list of texts", err);
    case FIELD_NUMBER:
    case FIELD_TOTAL:
    case FIELD_COUNT:
    case FIELD_FLAG:
        return check_number(f, e, err);
    case FIELD_NUMBERS:
        return sizes->of[f->size[0]] == 1 ? check_number(f, e, err) : check_array(f, e, sizes, err);
    default:
        return check_array(f, e, sizes, err);
    }
}

static bool has_group(const struct model_check *check, enum field_group group)
{
    for (size_t i = 0; i < check->n; i++)
        if (check->group[i].group == group)
            return true;
    return false;
}

static enum status check_entry(const struct model *m, const struct model_check *check, const struct model_entry *e,
                               const struct model_check_sizes *sizes, struct err *err)
{
    size_t item;
    char echo[ERR_ECHO];
    const struct field *f = field_find(e->name, &item);
    if (f == NULL || !has_group(check, f->group))
        return err_data(err, "a %s model has no field '%s' in this version of likely", model_kind(m),
                        err_echo(echo, slice_of(e->name)));
    return check_type(f, e, sizes, err);
}

/* ---- presence ---- */

static enum status check_group(const struct model *m, const struct model_check_group *group, struct err *err)
{
    bool needed = group->required;
    for (size_t i = 0; field_all[i] != NULL; i++)
        needed |= field_all[i]->group == group->group && field_all[i]->required && model_has(m, field_all[i]);
    for (size_t i = 0; needed && field_all[i] != NULL; i++)
        if (field_all[i]->group == group->group && field_all[i]->required && !model_has(m, field_all[i]))
            return err_data(err, "the model has no '%s'", field_all[i]->name);
    return STATUS_OK;
}

static enum status check_labels(const struct model *m, const struct model_check *check, struct err *err)
{
    size_t n = texts_in(m, &field_labels), least = check->labels_at_least, most = check->labels_at_most;
    if (n >= least && (most == 0 || n <= most))
        return STATUS_OK;
    return err_data(err, "a %s model has %zu labels%s, this one has %zu", model_kind(m), least,
                    most == least ? "" : " or more", n);
}

enum status model_check(const struct model *m, const struct model_check *check, struct err *err)
{
    struct model_check_sizes sizes = sizes_of(m, check->scores);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < check->n && status == STATUS_OK; i++)
        status = check_group(m, &check->group[i], err);
    if (status == STATUS_OK)
        status = check_labels(m, check, err);
    for (size_t i = 0; i < model_entries(m) && status == STATUS_OK; i++) {
        struct model_entry entry = model_entry(m, i);
        status = check_entry(m, check, &entry, &sizes, err);
    }
    return status;
}
