#ifndef LIKELY_MODEL_FIELD_H
#define LIKELY_MODEL_FIELD_H

#include <stdbool.h>
#include <stddef.h>

/* The declarations of what models hold. A field is referred to by its declaration, field_NAME (field.list), never by a
 * text, so that a name that is not declared does not compile. */

enum field_type {
    FIELD_TEXT,
    FIELD_TEXTS,   /* a list */
    FIELD_NUMBER,  /* any, NaN included */
    FIELD_COUNT,   /* a whole number >= 0 */
    FIELD_TOTAL,   /* a sum of counts or of their weights, NaN included */
    FIELD_FLAG,    /* 0 or 1 */
    FIELD_ARRAY,   /* of numbers, NaN included */
    FIELD_FINITE,  /* an array of finite numbers */
    FIELD_TOTALS,  /* the same, of sums of counts or of their weights */
    FIELD_NUMBERS, /* finite: a number, or a vector where there are several */
    FIELD_SERIES,  /* finite arrays NAME_1, NAME_2, …, some of which may be absent */
    FIELD_TYPES
};
extern const char *const field_types[FIELD_TYPES]; /* in words */

/* How long a list or a dimension of an array is, by the other fields of the model. */
enum field_size {
    FIELD_NONE,       /* there is no such dimension */
    FIELD_ANY,        /* any length, which the kind checks */
    FIELD_ONE,        /* 1 */
    FIELD_FEATURES,   /* features */
    FIELD_TERMS,      /* 1 + features */
    FIELD_TRIANGLE,   /* terms (terms + 1) / 2 */
    FIELD_JOINT,      /* n (n + 1) / 2, n being the terms of all classes but a reference */
    FIELD_KEPT,       /* features + 3 */
    FIELD_CATEGORIES, /* text_features */
    FIELD_LEVELS,     /* levels */
    FIELD_CLASSES,    /* labels */
    FIELD_TARGETS,    /* targets */
    FIELD_SCORES,     /* one of the others, which the kind says */
    FIELD_PARAMETERS, /* numbers in the series parameters */
    FIELD_SIZES
};
extern const char *const field_sizes[FIELD_SIZES]; /* in words; "" for FIELD_NONE and FIELD_ANY */

enum field_group {
#define GROUP(name, title, meaning) FIELD_GROUP_##name,
#define FIELD(group, name, presence, type, size1, size2, size3, unit, meaning)
#include "model/field.list"
#undef GROUP
#undef FIELD
    FIELD_GROUPS
};

struct field {
    const char *name; /* in the file */
    enum field_group group;
    bool required; /* where another required field of its group is there */
    enum field_type type;
    enum field_size size[3]; /* of a list the first; FIELD_NONE behind the last */
    const char *unit;        /* "": none */
    const char *meaning;     /* without a full stop */
};

#define GROUP(name, title, meaning)
#define FIELD(group, name, presence, type, size1, size2, size3, unit, meaning) extern const struct field field_##name;
#include "model/field.list"
#undef GROUP
#undef FIELD

extern const struct field *const field_all[]; /* in the order of the list; NULL at the end */

struct field_group_text {
    const char *title, *meaning;
};
extern const struct field_group_text field_groups[FIELD_GROUPS];

/* The field of a name in a file; *item is I of a series' NAME_I, else 0. NULL: none is declared. */
const struct field *field_find(const char *name, size_t *item);

/* Whether the numbers of a field count something or are sums of counts: by its type. */
bool field_is_count(const struct field *field);

/* The declared shape, such as "classes x features"; "" of a field without one. out has FIELD_SHAPE bytes. */
enum { FIELD_SHAPE = 64 };
const char *field_shape(const struct field *field, char out[FIELD_SHAPE]);

#endif
