#ifndef LIKELY_DATA_KEYS_NAMES_H
#define LIKELY_DATA_KEYS_NAMES_H

#include "base/err.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* Where each of n different names of features or classes stands among m of a model, in any order: of_model[place[i]] is
 * name[i]. Errors: one that is on one side only, called `what`. */
enum status names_match(size_t n, const char *const *names, size_t m, const char *const *of_model, const char *what,
                        size_t *place, struct err *err);

/* Whether two labels of classes are the same, as text or as numbers: "1" and "1.0" are. */
bool names_same_label(struct slice a, struct slice b);

#endif
