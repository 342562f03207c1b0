/* The table behind field.list: the list is included three times, once for each of the objects field_NAME, the table of
 * all of them, and the titles of groups. Everything that is said about a field (its name in the file, its type, its
 * shape, its meaning) is read off these objects by model (names), model_check (types, shapes, presence) and
 * app/show/model_fields (model-show --fields, likely-model(7)). */

#include "model/field.h"

#include <stdio.h>
#include <string.h>

#define REQUIRED true
#define OPTIONAL false
#define GROUP(name, title, meaning)
#define FIELD(group, name, presence, type, size1, size2, size3, unit, meaning)                                         \
    const struct field field_##name = {                                                                                \
        #name,  FIELD_GROUP_##group, presence, FIELD_##type, {FIELD_##size1, FIELD_##size2, FIELD_##size3}, unit,      \
        meaning};
#include "model/field.list"
#undef FIELD

#define FIELD(group, name, presence, type, size1, size2, size3, unit, meaning) &field_##name,
const struct field *const field_all[] = {
#include "model/field.list"
    NULL,
};
#undef FIELD
#undef GROUP

#define FIELD(group, name, presence, type, size1, size2, size3, unit, meaning)
#define GROUP(name, title, meaning) [FIELD_GROUP_##name] = {title, meaning},
const struct field_group_text field_groups[FIELD_GROUPS] = {
#include "model/field.list"
};

const char *const field_types[FIELD_TYPES] = {
    [FIELD_TEXT] = "text",
    [FIELD_TEXTS] = "texts",
    [FIELD_NUMBER] = "number",
    [FIELD_COUNT] = "count",
    [FIELD_TOTAL] = "total",
    [FIELD_FLAG] = "flag",
    [FIELD_ARRAY] = "array",
    [FIELD_FINITE] = "finite array",
    [FIELD_TOTALS] = "totals",
    [FIELD_NUMBERS] = "number or array",
    [FIELD_SERIES] = "finite arrays",
};

const char *const field_sizes[FIELD_SIZES] = {
    [FIELD_NONE] = "",
    [FIELD_ANY] = "",
    [FIELD_ONE] = "1",
    [FIELD_FEATURES] = "features",
    [FIELD_TERMS] = "terms",
    [FIELD_TRIANGLE] = "terms (terms + 1) / 2",
    [FIELD_JOINT] = "n (n + 1) / 2 for n free coefficients",
    [FIELD_KEPT] = "features + 3",
    [FIELD_CATEGORIES] = "categories",
    [FIELD_LEVELS] = "levels",
    [FIELD_CLASSES] = "classes",
    [FIELD_TARGETS] = "targets",
    [FIELD_SCORES] = "scores",
    [FIELD_PARAMETERS] = "parameters",
};

/* I of "NAME_I", from 1, without leading zeros; 0: the name is no such. */
static size_t item_of(const char *series, const char *name)
{
    size_t n = strlen(series), item = 0;
    if (strncmp(name, series, n) != 0 || name[n] != '_' || name[n + 1] == '0')
        return 0;
    for (const char *digit = name + n + 1; *digit != '\0'; digit++) {
        if (*digit < '0' || *digit > '9' || digit - name > (ptrdiff_t)n + 9)
            return 0;
        item = 10 * item + (size_t)(*digit - '0');
    }
    return item;
}

const struct field *field_find(const char *name, size_t *item)
{
    *item = 0;
    for (size_t i = 0; field_all[i] != NULL; i++) {
        const struct field *f = field_all[i];
        if (f->type == FIELD_SERIES)
            *item = item_of(f->name, name);
        if (*item > 0 || (f->type != FIELD_SERIES && strcmp(f->name, name) == 0))
            return f;
    }
    return NULL;
}

bool field_is_count(const struct field *field)
{
    return field->type == FIELD_COUNT || field->type == FIELD_FLAG || field->type == FIELD_TOTAL ||
           field->type == FIELD_TOTALS;
}

const char *field_shape(const struct field *field, char out[FIELD_SHAPE])
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < 3 && field->size[i] != FIELD_NONE; i++) {
        const char *size = field_sizes[field->size[i]];
        if (field->size[i] == FIELD_ANY && field->size[1] == FIELD_NONE)
            return out; /* a list or a vector of any length */
        n += (size_t)snprintf(out + n, FIELD_SHAPE - n, "%s%s", i > 0 ? " x " : "",
                              field->size[i] == FIELD_ANY ? "any" : size);
    }
    return out;
}
