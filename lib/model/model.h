#ifndef LIKELY_MODEL_MODEL_H
#define LIKELY_MODEL_MODEL_H

#include "model/field.h"

#include <stdbool.h>
#include <stddef.h>

/* A model in memory: a kind ("logistic", "softmax", …) and fields in the order in which they were set, each a text, a
 * list of texts, a number, or an array of doubles with up to 4 dimensions. What a field means is declared in
 * field.list. Setting a field twice replaces it. The model owns copies. */
struct model;

enum model_type { MODEL_TEXT = 1, MODEL_TEXTS = 2, MODEL_NUMBER = 3, MODEL_ARRAY = 4 }; /* as in the file */
enum { MODEL_DIMENSIONS = 4 };

struct model *model_new(const char *kind);
void model_free(struct model *model);
const char *model_kind(const struct model *model);
void model_set_kind(struct model *model, const char *kind);

/* ---- setting ---- */

void model_set_text(struct model *model, const struct field *field, const char *text);
void model_set_texts(struct model *model, const struct field *field, size_t n, const char *const *texts);
void model_set_number(struct model *model, const struct field *field, double value);
void model_set_array(struct model *model, const struct field *field, size_t dimensions, const size_t *shape,
                     const double *values);
void model_set_vector(struct model *model, const struct field *field, size_t n, const double *values);
void model_set_matrix(struct model *model, const struct field *field, size_t rows, size_t columns,
                      const double *values);
/* The lower triangle of a symmetric matrix (n x n), row by row, as a vector. */
void model_set_triangle(struct model *model, const struct field *field, size_t n, const double *matrix);
/* The array `item`, from 1, of a series. */
void model_set_item(struct model *model, const struct field *series, size_t item, size_t rows, size_t columns,
                    const double *values);

/* ---- asking ---- */

struct model_array {
    size_t dimensions;
    const size_t *shape;
    const double *values; /* row-major; NULL: there is no such array */
};

/* Without the field the result is NULL, 0 texts, or the fallback. Results live as long as the model. */
bool model_has(const struct model *model, const struct field *field);
const char *model_text(const struct model *model, const struct field *field);
const char *const *model_texts(const struct model *model, const struct field *field, size_t *n);
double model_number(const struct model *model, const struct field *field, double fallback);
struct model_array model_array(const struct model *model, const struct field *field);
const double *model_values(const struct model *model, const struct field *field);
struct model_array model_item(const struct model *model, const struct field *series, size_t item);

/* ---- all fields, in their order ---- */

struct model_entry {
    const char *name; /* in the file */
    enum model_type type;
    const char *text;
    size_t n; /* texts */
    const char *const *texts;
    double number;
    struct model_array array;
};
size_t model_entries(const struct model *model);
struct model_entry model_entry(const struct model *model, size_t i);

/* For the reader of files, whose names need not be declared: sets the field that an entry describes; removes a field,
 * if it is there. */
void model_add(struct model *model, const struct model_entry *entry);
void model_remove(struct model *model, const char *name);

#endif
