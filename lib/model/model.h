#ifndef LIKELY_MODEL_MODEL_H
#define LIKELY_MODEL_MODEL_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* A model in memory: a kind ("logistic", "softmax", …) and fields in the order they were set, each a named text, list
 * of texts, number, or array of doubles with up to 4 dimensions. What the fields of a kind mean is said by
 * lib/model/kind_KIND.c. Setting a field twice replaces it. The model owns copies. */
struct model;

enum model_type { MODEL_TEXT = 1, MODEL_TEXTS = 2, MODEL_NUMBER = 3, MODEL_ARRAY = 4 };
enum { MODEL_DIMENSIONS = 4 };

struct model *model_new(const char *kind);
void model_free(struct model *model);
const char *model_kind(const struct model *model);
void model_set_kind(struct model *model, const char *kind);

void model_set_text(struct model *model, const char *name, const char *text);
void model_set_texts(struct model *model, const char *name, size_t n, const char *const *texts);
void model_set_number(struct model *model, const char *name, double value);
void model_set_array(struct model *model, const char *name, size_t dimensions, const size_t *shape,
                     const double *values);
void model_set_vector(struct model *model, const char *name, size_t n, const double *values);
/* The lower triangle of a symmetric matrix (n x n), row by row, as a vector. */
void model_set_triangle(struct model *model, const char *name, size_t n, const double *matrix);

/* Each returns false, leaving its results alone, when the model has no such field of that type. */
bool model_text(const struct model *model, const char *name, const char **text);
bool model_texts(const struct model *model, const char *name, size_t *n, const char *const **texts);
bool model_number(const struct model *model, const char *name, double *value);
bool model_array(const struct model *model, const char *name, size_t *dimensions, const size_t **shape,
                 const double **values);

/* The same, of a vector of n numbers. */
bool model_vector(const struct model *model, const char *name, size_t n, const double **values);

/* The same for fields that must be there; an error "the model has no 'coefficients'" where not, or where the
 * shape is not the n (rows x columns) that is wanted. */
enum status model_need_texts(const struct model *model, const char *name, size_t *n, const char *const **texts,
                             struct err *err);
enum status model_need_number(const struct model *model, const char *name, double *value, struct err *err);
enum status model_need_matrix(const struct model *model, const char *name, size_t rows, size_t columns,
                              const double **values, struct err *err);

size_t model_fields(const struct model *model);
enum model_type model_field(const struct model *model, size_t i, const char **name);

#endif
