/* Every kind of model, made from the declarations of its fields; fields of another type or shape and undeclared
 * fields are refused. */

#include "model/model_check.h"

#include "base/mem.h"
#include "model/kind.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Models that have every field of a kind, made from the declarations: 2 features, 3 classes or what the kind allows,
 * 2 targets, 2 categories with 2 levels each. */

static size_t classes_of(const struct kind *kind)
{
    return kind->fields.labels_at_most > 0 ? kind->fields.labels_at_most : 3;
}

static size_t texts_of(const struct kind *kind, const struct field *f)
{
    return f == &field_labels ? classes_of(kind) : f == &field_levels ? 4 : 2;
}

static size_t size_of(const struct kind *kind, enum field_size size)
{
    size_t joint = kind->fields.labels_at_least > 0 ? 3 * (classes_of(kind) - 1) : 0;
    const size_t sizes[FIELD_SIZES] = {
        [FIELD_ANY] = 2,        [FIELD_ONE] = 1,        [FIELD_FEATURES] = 2,
        [FIELD_TERMS] = 3,      [FIELD_TRIANGLE] = 6,   [FIELD_KEPT] = 5,
        [FIELD_CATEGORIES] = 2, [FIELD_LEVELS] = 4,     [FIELD_CLASSES] = classes_of(kind),
        [FIELD_TARGETS] = 2,    [FIELD_PARAMETERS] = 4, [FIELD_JOINT] = joint * (joint + 1) / 2,
    };
    return sizes[size == FIELD_SCORES ? kind->fields.scores : size];
}

static void set_array(struct model *m, const struct kind *kind, const struct field *f)
{
    static const double values[64] = {0};
    size_t shape[3], n = 0;
    for (; n < 3 && f->size[n] != FIELD_NONE; n++)
        shape[n] = size_of(kind, f->size[n]);
    if (f->type == FIELD_SERIES)
        model_set_item(m, f, 1, shape[0], shape[1], values);
    else
        model_set_array(m, f, n, shape, values);
}

static void set(struct model *m, const struct kind *kind, const struct field *f)
{
    static const char *const texts[] = {"a", "b", "c", "d"};
    if (f->type == FIELD_TEXT)
        model_set_text(m, f, "a");
    else if (f->type == FIELD_TEXTS)
        model_set_texts(m, f, texts_of(kind, f), texts);
    else if (f->type == FIELD_NUMBER || f->type == FIELD_TOTAL || f->type == FIELD_COUNT || f->type == FIELD_FLAG)
        model_set_number(m, f, 1);
    else
        set_array(m, kind, f);
}

static bool is_of(const struct kind *kind, const struct field *f)
{
    for (size_t i = 0; i < kind->fields.n; i++)
        if (kind->fields.group[i].group == f->group)
            return true;
    return false;
}

static struct model *complete(const struct kind *kind)
{
    struct model *m = model_new(kind->name);
    for (size_t i = 0; field_all[i] != NULL; i++)
        if (is_of(kind, field_all[i]))
            set(m, kind, field_all[i]);
    return m;
}

/* Checks a model, frees it, and compares the reason; NULL: it is sound. */
static void check(struct model *m, const struct kind *kind, const char *reason)
{
    struct err err = {0};
    enum status status = model_check(m, &kind->fields, &err);
    if (reason == NULL)
        CHECK(status == STATUS_OK, "%s: %s", kind->name, err.reason);
    else
        CHECK(status == STATUS_DATA && strcmp(err.reason, reason) == 0, "%s: '%s' where '%s' was wanted", kind->name,
              err.reason, reason);
    model_free(m);
}

static void a_complete_model_is_sound(const struct kind *kind)
{
    check(complete(kind), kind, NULL);
}

static void a_field_of_another_type_is_refused(const struct kind *kind, const struct field *f)
{
    struct model *m = complete(kind);
    char reason[200], name[64];
    struct model_entry entry = {.name = name, .type = MODEL_TEXT, .text = "x"};
    snprintf(name, sizeof name, "%s%s", f->name, f->type == FIELD_SERIES ? "_1" : "");
    if (f->type == FIELD_TEXT)
        entry = (struct model_entry){.name = name, .type = MODEL_NUMBER, .number = 1};
    model_add(m, &entry);
    struct err err = {0};
    snprintf(reason, sizeof reason, "the model's '%s' is not ", name);
    bool counted = f == &field_labels || f == &field_features || f == &field_text_features || f == &field_levels ||
                   f == &field_targets || f->type == FIELD_SERIES; /* shapes of others depend on it */
    CHECK(model_check(m, &kind->fields, &err) == STATUS_DATA, "%s: %s", kind->name, f->name);
    CHECK(counted || strncmp(err.reason, reason, strlen(reason)) == 0, "%s: %s: %s", kind->name, f->name, err.reason);
    model_free(m);
}

static void a_group_is_there_as_a_whole(const struct kind *kind, const struct field *f)
{
    char reason[200];
    struct model *m = complete(kind);
    size_t others = 0;
    for (size_t i = 0; field_all[i] != NULL; i++)
        others += field_all[i]->group == f->group && field_all[i]->required && field_all[i] != f;
    bool required = false;
    for (size_t i = 0; i < kind->fields.n; i++)
        required |= kind->fields.group[i].group == f->group && kind->fields.group[i].required;
    if (!f->required || (others == 0 && !required)) {
        model_free(m);
        return;
    }
    model_remove(m, f->name);
    snprintf(reason, sizeof reason, "the model has no '%s'", f->name);
    check(m, kind, reason);
}

static void other_shapes_are_refused(const struct kind *kind)
{
    static const double values[8] = {0};
    struct model *m = complete(kind);
    if (is_of(kind, &field_coefficients)) {
        model_set_matrix(m, &field_coefficients, 1, 2, values);
        char reason[100];
        snprintf(reason, sizeof reason, "the model's 'coefficients' is not %zu x 3", size_of(kind, FIELD_SCORES));
        check(m, kind, reason);
        m = complete(kind);
        model_set_vector(m, &field_coefficients, 3, values);
        check(m, kind, reason);
        m = complete(kind);
        model_set_vector(m, &field_covariance, 5, values);
        check(m, kind, "the model's 'covariance' is not a vector of 6");
        m = complete(kind);
    }
    model_free(m);
}

static void values_are_checked(const struct kind *kind)
{
    static const double bad_counts[] = {-1, 0.5, NAN, INFINITY, 1e19};
    for (size_t i = 0; i < sizeof bad_counts / sizeof bad_counts[0]; i++) {
        struct model *m = complete(kind);
        model_set_number(m, &field_iterations, bad_counts[i]);
        check(m, kind, "the model's 'iterations' is not a count");
    }
    struct model *m = complete(kind);
    model_set_number(m, &field_converged, 2);
    check(m, kind, "the model's 'converged' is not 0 or 1");
    if (!is_of(kind, &field_coefficients))
        return;
    m = complete(kind);
    size_t n = size_of(kind, FIELD_SCORES) * 3;
    double *values = mem_zero(n, sizeof *values);
    values[1] = NAN;
    model_set_matrix(m, &field_standard_errors, n / 3, 3, values);
    check(m, kind, NULL);
    m = complete(kind);
    model_set_matrix(m, &field_coefficients, n / 3, 3, values);
    check(m, kind, "a number of the model's 'coefficients' is not finite");
    free(values);
}

static void an_undeclared_field_is_refused(const struct kind *kind)
{
    struct model *m = complete(kind);
    char reason[100];
    model_add(m, &(struct model_entry){.name = "weigth_sum", .type = MODEL_NUMBER});
    snprintf(reason, sizeof reason, "a %s model has no field 'weigth_sum' in this version of likely", kind->name);
    check(m, kind, reason);
}

static void declarations_are_whole(void)
{
    size_t item;
    char shape[FIELD_SHAPE];
    for (size_t i = 0; field_all[i] != NULL; i++) {
        const struct field *f = field_all[i];
        bool is_array = f->type >= FIELD_ARRAY, is_list = f->type == FIELD_TEXTS;
        CHECK(f->meaning[0] != '\0' && f->meaning[strlen(f->meaning) - 1] != '.', "%s", f->name);
        CHECK((f->size[0] != FIELD_NONE) == (is_array || is_list), "%s", f->name);
        CHECK(f->type == FIELD_SERIES || (field_find(f->name, &item) == f && item == 0), "%s", f->name);
        CHECK(strlen(field_shape(f, shape)) < FIELD_SHAPE - 1, "%s", f->name);
        bool is_used = false;
        for (size_t k = 0; kind_all[k] != NULL; k++)
            is_used |= is_of(kind_all[k], f);
        CHECK(is_used, "%s is of no kind", f->name);
    }
    CHECK(field_find("parameters_12", &item) == &field_parameters && item == 12);
    CHECK(field_find("parameters", &item) == NULL && field_find("parameters_0", &item) == NULL);
    CHECK(field_find("parameters_1x", &item) == NULL && field_find("", &item) == NULL);
    CHECK(field_find("parameters_99999999999999999999", &item) == NULL);
}

int main(void)
{
    declarations_are_whole();
    for (size_t k = 0; kind_all[k] != NULL; k++) {
        const struct kind *kind = kind_all[k];
        a_complete_model_is_sound(kind);
        for (size_t i = 0; field_all[i] != NULL; i++) {
            if (!is_of(kind, field_all[i]))
                continue;
            a_field_of_another_type_is_refused(kind, field_all[i]);
            a_group_is_there_as_a_whole(kind, field_all[i]);
        }
        other_shapes_are_refused(kind);
        values_are_checked(kind);
        an_undeclared_field_is_refused(kind);
    }
    return test_report("model_check");
}
