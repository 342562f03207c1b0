#ifndef LIKELY_FILE_KIND_H
#define LIKELY_FILE_KIND_H

#include "base/err.h"
#include "file/predictor.h"

/* A kind of model. Each is one file lib/file/kind_NAME.c defining `const struct kind kind_NAME`, and one line in
 * lib/file/kind.list: KIND(NAME). */
struct kind {
    const char *name; /* as the model has it */
    const char *help; /* what it is, in a few words */

    /* Fills a predictor whose kind and model are set; what it allocates, predictor_free releases. Errors: a field that is missing
     * or of the wrong shape. */
    enum status (*prepare)(struct predictor *predictor, struct err *err);

    /* outputs (predictor->outputs numbers) of one row from its scores (predictor->scores numbers). */
    void (*respond)(const struct predictor *predictor, const double *scores, double *outputs);

    /* Which label the outputs speak for; of two classes the positive one from the threshold on. NULL for numbers. */
    size_t (*choose)(const struct predictor *predictor, const double *outputs, double threshold);

    size_t (*parameters)(const struct predictor *predictor); /* how many are free */
};

extern const struct kind *const kind_all[]; /* NULL at the end */
const struct kind *kind_find(const char *name); /* NULL: there is none of that name */

#endif
