#ifndef LIKELY_APP_TRAIN_TRAIN_INIT_H
#define LIKELY_APP_TRAIN_TRAIN_INIT_H

#include "cli/command.h"
#include "model/predictor.h"

/* The model of --init, at whose coefficients a fit starts. Zero-initialise. */
struct train_init {
    const char *path;
    struct predictor *predictor;
    const struct model *model; /* the predictor's */
};

/* Errors: it cannot be read, or is of another kind; both it and the rows would come from standard input. */
enum status train_init_open(struct train_init *init, const char *path, const char *kind, const struct invocation *run,
                            struct err *err);
void train_init_close(struct train_init *init);

/* Its coefficients in the order of these features and labels, scores x (1 + d), which the caller frees; of two classes
 * with one score the second label is the one whose log-odds are wanted. Errors: other features or classes. */
enum status train_init_coefficients(const struct train_init *init, size_t d, const char *const *features,
                                    size_t classes, const char *const *labels, double **coefficients, struct err *err);

#endif
