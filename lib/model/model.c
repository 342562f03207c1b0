/* A model in memory: an ordered list of named values.
 *
 * There are a few dozen fields at most (a file may have 10000), so a name is looked for from the first field on. Names
 * are those of the declarations (field.list); only the reader of files (modelfile) adds fields by other names, which
 * model_check refuses when a model is opened for prediction. Copies are made of everything that is set. */

#include "model/model.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct model_slot {
    char *name;
    enum model_type type;
    char *text;
    char **texts;
    size_t n; /* texts */
    double number;
    size_t dimensions, shape[MODEL_DIMENSIONS];
    double *values;
};

struct model {
    char *kind;
    struct model_slot *slot;
    size_t n, capacity;
};

struct model *model_new(const char *kind)
{
    struct model *m = mem_zero(1, sizeof *m);
    m->kind = mem_copy_text(kind);
    return m;
}

static void clear(struct model_slot *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->texts[i]);
    free(s->name);
    free(s->text);
    free(s->texts);
    free(s->values);
    *s = (struct model_slot){0};
}

void model_free(struct model *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < m->n; i++)
        clear(&m->slot[i]);
    free(m->slot);
    free(m->kind);
    free(m);
}

const char *model_kind(const struct model *m)
{
    return m->kind;
}

void model_set_kind(struct model *m, const char *kind)
{
    char *copy = mem_copy_text(kind);
    free(m->kind);
    m->kind = copy;
}

/* ---- setting ---- */

static struct model_slot *find(const struct model *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->slot[i].name, name) == 0)
            return &m->slot[i];
    return NULL;
}

static void copy_texts(struct model_slot *s, size_t n, const char *const *texts)
{
    s->n = n;
    s->texts = mem_alloc(n, sizeof *s->texts);
    for (size_t i = 0; i < n; i++)
        s->texts[i] = mem_copy_text(texts[i]);
}

static void copy_array(struct model_slot *s, const struct model_array *array)
{
    size_t count = 1;
    s->dimensions = array->dimensions;
    for (size_t i = 0; i < array->dimensions; i++)
        count *= s->shape[i] = array->shape[i];
    s->values = mem_alloc(count, sizeof *s->values);
    if (count > 0)
        memcpy(s->values, array->values, count * sizeof *s->values);
}

void model_add(struct model *m, const struct model_entry *entry)
{
    struct model_slot made = {.name = mem_copy_text(entry->name), .type = entry->type, .number = entry->number};
    if (entry->type == MODEL_TEXT)
        made.text = mem_copy_text(entry->text);
    else if (entry->type == MODEL_TEXTS)
        copy_texts(&made, entry->n, entry->texts);
    else if (entry->type == MODEL_ARRAY)
        copy_array(&made, &entry->array);
    struct model_slot *slot = find(m, entry->name);
    if (slot != NULL) {
        clear(slot);
    } else {
        m->slot = mem_grow(m->slot, &m->capacity, m->n + 1, sizeof *m->slot);
        slot = &m->slot[m->n++];
    }
    *slot = made;
}

void model_remove(struct model *m, const char *name)
{
    struct model_slot *slot = find(m, name);
    if (slot == NULL)
        return;
    clear(slot);
    m->n--;
    memmove(slot, slot + 1, (size_t)(m->slot + m->n - slot) * sizeof *slot);
}

void model_set_text(struct model *m, const struct field *field, const char *text)
{
    model_add(m, &(struct model_entry){.name = field->name, .type = MODEL_TEXT, .text = text});
}

void model_set_texts(struct model *m, const struct field *field, size_t n, const char *const *texts)
{
    model_add(m, &(struct model_entry){.name = field->name, .type = MODEL_TEXTS, .n = n, .texts = texts});
}

void model_set_number(struct model *m, const struct field *field, double value)
{
    model_add(m, &(struct model_entry){.name = field->name, .type = MODEL_NUMBER, .number = value});
}

static void set_array(struct model *m, const char *name, size_t dimensions, const size_t *shape, const double *values)
{
    model_add(m, &(struct model_entry){.name = name, .type = MODEL_ARRAY, .array = {dimensions, shape, values}});
}

void model_set_array(struct model *m, const struct field *field, size_t dimensions, const size_t *shape,
                     const double *values)
{
    set_array(m, field->name, dimensions, shape, values);
}

void model_set_vector(struct model *m, const struct field *field, size_t n, const double *values)
{
    set_array(m, field->name, 1, &n, values);
}

void model_set_matrix(struct model *m, const struct field *field, size_t rows, size_t columns, const double *values)
{
    set_array(m, field->name, 2, (const size_t[]){rows, columns}, values);
}

void model_set_triangle(struct model *m, const struct field *field, size_t n, const double *matrix)
{
    double *triangle = mem_alloc(n, (n + 1) * sizeof *triangle);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            triangle[count++] = matrix[i * n + j];
    model_set_vector(m, field, count, triangle);
    free(triangle);
}

static char *item_name(const struct field *series, size_t item)
{
    return mem_format("%s_%zu", series->name, item);
}

void model_set_item(struct model *m, const struct field *series, size_t item, size_t rows, size_t columns,
                    const double *values)
{
    char *name = item_name(series, item);
    set_array(m, name, 2, (const size_t[]){rows, columns}, values);
    free(name);
}

/* ---- asking ---- */

static const struct model_slot *find_typed(const struct model *m, const char *name, enum model_type type)
{
    const struct model_slot *s = find(m, name);
    return s != NULL && s->type == type ? s : NULL;
}

bool model_has(const struct model *m, const struct field *field)
{
    return find(m, field->name) != NULL;
}

const char *model_text(const struct model *m, const struct field *field)
{
    const struct model_slot *s = find_typed(m, field->name, MODEL_TEXT);
    return s != NULL ? s->text : NULL;
}

const char *const *model_texts(const struct model *m, const struct field *field, size_t *n)
{
    const struct model_slot *s = find_typed(m, field->name, MODEL_TEXTS);
    *n = s != NULL ? s->n : 0;
    return s != NULL ? (const char *const *)s->texts : NULL;
}

double model_number(const struct model *m, const struct field *field, double fallback)
{
    const struct model_slot *s = find_typed(m, field->name, MODEL_NUMBER);
    return s != NULL ? s->number : fallback;
}

static struct model_array array_of(const struct model_slot *s)
{
    return s != NULL ? (struct model_array){s->dimensions, s->shape, s->values} : (struct model_array){0};
}

struct model_array model_array(const struct model *m, const struct field *field)
{
    return array_of(find_typed(m, field->name, MODEL_ARRAY));
}

const double *model_values(const struct model *m, const struct field *field)
{
    return model_array(m, field).values;
}

struct model_array model_item(const struct model *m, const struct field *series, size_t item)
{
    char *name = item_name(series, item);
    struct model_array array = array_of(find_typed(m, name, MODEL_ARRAY));
    free(name);
    return array;
}

size_t model_entries(const struct model *m)
{
    return m->n;
}

struct model_entry model_entry(const struct model *m, size_t i)
{
    const struct model_slot *s = &m->slot[i];
    return (struct model_entry){
        .name = s->name,
        .type = s->type,
        .text = s->text,
        .n = s->n,
        .texts = (const char *const *)s->texts,
        .number = s->number,
        .array = array_of(s),
    };
}
