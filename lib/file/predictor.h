#ifndef LIKELY_FILE_PREDICTOR_H
#define LIKELY_FILE_PREDICTOR_H

#include "base/err.h"
#include "file/model.h"

#include <stddef.h>

struct kind;

/* A model made ready to be applied to rows: scores = intercept + x' weights, outputs by the kind's response. */
struct predictor {
    const struct kind *kind;
    const struct model *model; /* must live on */
    size_t d;                  /* features, in the model's order */
    const char *const *features;
    size_t labels; /* classes; 0 where numbers are predicted */
    const char *const *label;
    size_t scores, outputs;              /* numbers per row */
    char **score_names, **output_names;  /* of columns: logit_LABEL, p_LABEL */
    double *intercept;                   /* scores */
    double *weights;                     /* d x scores, row-major: those of a feature stand together */
};

/* Errors: a kind that is not known, what its prepare() says. */
enum status predictor_new(struct predictor **predictor, const struct model *model, struct err *err);
void predictor_free(struct predictor *predictor);

/* X: rows x d, row-major with leading dimension ld; scores: rows x predictor->scores. The bits do not depend on how rows are
 * split into calls. */
void predictor_scores(const struct predictor *predictor, const double *x, size_t ld, size_t rows, double *scores);

/* For kinds: features, labels where there are any, and coefficients (scores x (1 + d)) of a model whose scores are linear. */
enum status predictor_prepare_linear(struct predictor *predictor, size_t scores, struct err *err);

/* For kinds: the names of n columns, "PREFIX_NAME". */
char **predictor_names(const char *prefix, const char *const *names, size_t n);

#endif
