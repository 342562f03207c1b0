#ifndef LIKELY_MODEL_KIND_H
#define LIKELY_MODEL_KIND_H

#include "base/err.h"
#include "model/model_check.h"
#include "model/predictor.h"
#include "text/c_text.h"

#include <stdbool.h>

/* An estimate about a class: its probability; the mean and standard deviation of a column in it; the probability of a
 * level of a column in it. */
enum kind_group { KIND_PRIOR, KIND_GAUSSIAN, KIND_LEVEL, KIND_GROUPS };
struct kind_estimate {
    enum kind_group group;
    const char *class, *column, *level; /* NULL where the group has none */
    double probability, mean, sd;       /* NaN where the group has none */
};

/* A layer of a network. */
struct kind_layer {
    const char *text; /* such as "linear 128" */
    size_t inputs, outputs, parameters;
    size_t rows;          /* of the matrix of parameters; 0: there are none */
    const double *values; /* … row-major */
    bool is_weighted;     /* rows are the bias, where there is one, and the inputs, columns the outputs */
    bool has_bias;
};

/* Groups of every kind: the rows, the objective, the penalties and the solver. */
/* clang-format off */
#define KIND_TRAINING_GROUPS \
    {FIELD_GROUP_ROWS, false}, {FIELD_GROUP_OBJECTIVE, false}, {FIELD_GROUP_PENALTY, false}, {FIELD_GROUP_SOLVER, false}
/* clang-format on */
#define KIND_FIELDS(groups) .n = sizeof(groups) / sizeof(groups)[0], .group = groups

/* A kind of model. Each is one file lib/model/kind_NAME.c defining `const struct kind kind_NAME`, and one line in
 * lib/model/kind.list: KIND(NAME). */
struct kind {
    const char *name; /* in the model */
    const char *help; /* a few words, for people */

    struct model_check fields; /* the declared ones; predictor_open checks a model's before prepare */

    /* Fills a predictor whose kind and model are set; predictor_free releases the memory. Errors: values that are
     * invalid for the kind, such as a probability above 1. */
    enum status (*prepare)(struct predictor *predictor, struct err *err);

    /* The scores of rows; NULL: they are linear, predictor_prepare_linear made them. */
    void (*score)(const struct predictor *predictor, const struct predictor_rows *rows, double *scores);

    /* The outputs (predictor->outputs numbers) of one row from its scores (predictor->scores numbers). False: the
     * model has no response to such a row. */
    bool (*respond)(const struct predictor *predictor, const double *scores, double *outputs);
    const char *refusal; /* the reason; NULL: respond is never false */
    enum err_cause refusal_cause;

    /* Score and response as statements in C99, in the scope that model/c_function.h describes; c_score is NULL if score
     * is. */
    void (*c_score)(const struct predictor *predictor, struct c_text *text);
    void (*c_respond)(const struct predictor *predictor, struct c_text *text);

    /* The predicted label; of two classes the positive one if its output is at least the threshold. NULL for numbers.
     */
    size_t (*choose)(const struct predictor *predictor, const double *outputs, double threshold);

    size_t (*parameters)(const struct predictor *predictor); /* the number of free ones */

    /* The estimate i of a model; false behind the last. NULL: the kind has coefficients. */
    bool (*estimate)(const struct predictor *predictor, size_t i, struct kind_estimate *estimate);
    bool (*layer)(const struct predictor *predictor, size_t i, struct kind_layer *layer); /* NULL: no layers */
    /* The outputs of a network's layer, from 0, for rows. */
    void (*activate)(const struct predictor *predictor, const struct predictor_rows *rows, size_t layer,
                     double *outputs);

    /* Frees what predictor->own points to. NULL: that is one allocation. */
    void (*release)(struct predictor *predictor);
};

extern const struct kind *const kind_all[];     /* NULL at the end */
const struct kind *kind_find(const char *name); /* NULL: unknown */

/* A layer of a network, from 1. Errors: the model has no layers, or no such layer. */
enum status kind_find_layer(const struct predictor *predictor, size_t number, struct kind_layer *layer,
                            struct err *err);

#endif
