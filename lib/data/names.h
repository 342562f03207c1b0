#ifndef LIKELY_DATA_NAMES_H
#define LIKELY_DATA_NAMES_H

#include "data/dict.h"

#include <stdbool.h>
#include <stddef.h>

/* Where each of n different names stands among m others: other[place[i]] is name[i]. False where they are not the same names, *odd
 * being one that is on one side only: *is_other says whether it is among the others. */
bool names_match(size_t n, const char *const *name, size_t m, const char *const *other, size_t *place, const char **odd,
                 bool *is_other);

#endif
