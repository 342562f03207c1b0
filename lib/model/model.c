#include "model/model.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct field {
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
    struct field *field;
    size_t n, capacity;
};

struct model *model_new(const char *kind)
{
    struct model *m = mem_zero(1, sizeof *m);
    m->kind = mem_copy_text(kind);
    return m;
}

static void field_clear(struct field *f)
{
    for (size_t i = 0; i < f->n; i++)
        free(f->texts[i]);
    free(f->name);
    free(f->text);
    free(f->texts);
    free(f->values);
    *f = (struct field){0};
}

void model_free(struct model *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < m->n; i++)
        field_clear(&m->field[i]);
    free(m->field);
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

static const struct field *find(const struct model *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->field[i].name, name) == 0)
            return &m->field[i];
    return NULL;
}

/* An empty field of that name and type: the old one, or a new one behind the others. */
static struct field *place(struct model *m, const char *name, enum model_type type)
{
    const struct field *old = find(m, name);
    size_t at = old != NULL ? (size_t)(old - m->field) : m->n;
    if (old != NULL) {
        field_clear(&m->field[at]);
    } else {
        m->field = mem_grow(m->field, &m->capacity, m->n + 1, sizeof *m->field);
        m->n++;
    }
    m->field[at] = (struct field){.name = mem_copy_text(name), .type = type};
    return &m->field[at];
}

void model_set_text(struct model *m, const char *name, const char *text)
{
    place(m, name, MODEL_TEXT)->text = mem_copy_text(text);
}

void model_set_texts(struct model *m, const char *name, size_t n, const char *const *texts)
{
    struct field *f = place(m, name, MODEL_TEXTS);
    f->n = n;
    f->texts = mem_alloc(n, sizeof *f->texts);
    for (size_t i = 0; i < n; i++)
        f->texts[i] = mem_copy_text(texts[i]);
}

void model_set_number(struct model *m, const char *name, double value)
{
    place(m, name, MODEL_NUMBER)->number = value;
}

void model_set_array(struct model *m, const char *name, size_t dimensions, const size_t *shape, const double *values)
{
    struct field *f = place(m, name, MODEL_ARRAY);
    size_t count = 1;
    f->dimensions = dimensions;
    for (size_t i = 0; i < dimensions; i++)
        count *= f->shape[i] = shape[i];
    f->values = mem_alloc(count, sizeof *f->values);
    memcpy(f->values, values, count * sizeof *values);
}

void model_set_vector(struct model *m, const char *name, size_t n, const double *values)
{
    model_set_array(m, name, 1, &n, values);
}

void model_set_triangle(struct model *m, const char *name, size_t n, const double *matrix)
{
    double *triangle = mem_alloc(n, (n + 1) * sizeof *triangle);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            triangle[count++] = matrix[i * n + j];
    model_set_vector(m, name, count, triangle);
    free(triangle);
}

/* ---- asking ---- */

static const struct field *find_typed(const struct model *m, const char *name, enum model_type type)
{
    const struct field *f = find(m, name);
    return f != NULL && f->type == type ? f : NULL;
}

bool model_text(const struct model *m, const char *name, const char **text)
{
    const struct field *f = find_typed(m, name, MODEL_TEXT);
    if (f != NULL)
        *text = f->text;
    return f != NULL;
}

bool model_texts(const struct model *m, const char *name, size_t *n, const char *const **texts)
{
    const struct field *f = find_typed(m, name, MODEL_TEXTS);
    if (f != NULL) {
        *n = f->n;
        *texts = (const char *const *)f->texts;
    }
    return f != NULL;
}

bool model_number(const struct model *m, const char *name, double *value)
{
    const struct field *f = find_typed(m, name, MODEL_NUMBER);
    if (f != NULL)
        *value = f->number;
    return f != NULL;
}

bool model_array(const struct model *m, const char *name, size_t *dimensions, const size_t **shape,
                 const double **values)
{
    const struct field *f = find_typed(m, name, MODEL_ARRAY);
    if (f != NULL) {
        *dimensions = f->dimensions;
        *shape = f->shape;
        *values = f->values;
    }
    return f != NULL;
}

bool model_vector(const struct model *m, const char *name, size_t n, const double **values)
{
    size_t dimensions;
    const size_t *shape;
    const double *found;
    if (!model_array(m, name, &dimensions, &shape, &found) || dimensions != 1 || shape[0] != n)
        return false;
    *values = found;
    return true;
}

static enum status lacks(const char *name, struct err *err)
{
    return err_data(err, "the model has no '%s'", name);
}

enum status model_need_texts(const struct model *m, const char *name, size_t *n, const char *const **texts,
                             struct err *err)
{
    return model_texts(m, name, n, texts) ? STATUS_OK : lacks(name, err);
}

enum status model_need_number(const struct model *m, const char *name, double *value, struct err *err)
{
    return model_number(m, name, value) ? STATUS_OK : lacks(name, err);
}

enum status model_need_matrix(const struct model *m, const char *name, size_t rows, size_t columns,
                              const double **values, struct err *err)
{
    size_t dimensions;
    const size_t *shape;
    if (!model_array(m, name, &dimensions, &shape, values))
        return lacks(name, err);
    if (dimensions != 2 || shape[0] != rows || shape[1] != columns)
        return err_data(err, "the model's '%s' is not %zu x %zu", name, rows, columns);
    return STATUS_OK;
}

size_t model_fields(const struct model *m)
{
    return m->n;
}

enum model_type model_field(const struct model *m, size_t i, const char **name)
{
    *name = m->field[i].name;
    return m->field[i].type;
}
