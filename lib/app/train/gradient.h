#ifndef LIKELY_APP_TRAIN_GRADIENT_H
#define LIKELY_APP_TRAIN_GRADIENT_H

#include "cli/out.h"
#include "optim/gradcheck.h"

/* What --check-gradient prints: a row that begins with two columns of the caller's, which say where the worst parameter
 * is. */
enum status gradient_begin(struct out **out, const char *path, const char *first, const char *second, struct err *err);

/* Ends the row with what was found there. Error: the gradient is wrong, which is said behind the row. */
enum status gradient_end(struct out *out, const struct gradcheck *worst, struct err *err);

#endif
