#ifndef LIKELY_MODEL_KIND_H
#define LIKELY_MODEL_KIND_H

#include "base/err.h"
#include "model/model_check.h"
#include "model/predictor.h"
#include "text/c_text.h"

#include <stdbool.h>

/* What a model says about a class: its probability; the mean and standard deviation of a column in it; the
 * probability of a level of a column in it. */
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

/* What models say about the rows and the training; groups of every kind. */
#define KIND_TRAINING_GROUPS                                                                                           \
    {FIELD_GROUP_ROWS, false}, {FIELD_GROUP_OBJECTIVE, false}, {FIELD_GROUP_PENALTY, false},                           \
    {                                                                                                                  \
        FIELD_GROUP_SOLVER, false                                                                                      \
    }
#define KIND_FIELDS(groups) .n = sizeof(groups) / sizeof(groups)[0], .group = groups

/* A kind of model. Each is one file lib/model/kind_NAME.c defining `const struct kind kind_NAME`, and one line in
 * lib/model/kind.list: KIND(NAME). */
struct kind {
    const char *name; /* as the model has it */
    const char *help; /* what it is, in a few words */

    struct model_check fields; /* those that its models have; predictor_open checks them before prepare */

    /* Fills a predictor whose kind and model are set; what it allocates, predictor_free releases. Errors: values that
     * make no such model. */
    enum status (*prepare)(struct predictor *predictor, struct err *err);

    /* The scores of rows; NULL: they are linear, predictor_prepare_linear made them. */
    void (*score)(const struct predictor *predictor, const struct predictor_rows *rows, double *scores);

    /* outputs (predictor->outputs numbers) of one row from its scores (predictor->scores numbers). False
     * where the model says nothing of such a row, so that there are none. */
    bool (*respond)(const struct predictor *predictor, const double *scores, double *outputs);
    const char *refusal; /* why there is no response to such a row; NULL: respond is never false */
    enum err_cause refusal_cause;

    /* The same two as statements in C99, file/c_function.h says in what scope; c_score is NULL where score is. */
    void (*c_score)(const struct predictor *predictor, struct c_text *text);
    void (*c_respond)(const struct predictor *predictor, struct c_text *text);

    /* Which label the outputs speak for; of two classes the positive one from the threshold on. NULL for numbers. */
    size_t (*choose)(const struct predictor *predictor, const double *outputs, double threshold);

    size_t (*parameters)(const struct predictor *predictor); /* how many are free */

    /* The i-th thing to show of a model, false behind the last; NULL: it has coefficients. */
    bool (*estimate)(const struct predictor *predictor, size_t i, struct kind_estimate *estimate);
    bool (*layer)(const struct predictor *predictor, size_t i, struct kind_layer *layer); /* NULL: it is no network */
    /* What a network's layer, from 0, puts out for rows. */
    void (*activate)(const struct predictor *predictor, const struct predictor_rows *rows, size_t layer,
                     double *outputs);

    void (*release)(
        struct predictor *predictor); /* frees what predictor->own points to; NULL: that is one allocation */
};

extern const struct kind *const kind_all[];     /* NULL at the end */
const struct kind *kind_find(const char *name); /* NULL: there is none of that name */

/* A layer of a network, from 1. Errors, which speak of --layer: the model is no network, or has no such layer. */
enum status kind_find_layer(const struct predictor *predictor, size_t number, struct kind_layer *layer,
                            struct err *err);

#endif
