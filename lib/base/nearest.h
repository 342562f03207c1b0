#ifndef LIKELY_BASE_NEAREST_H
#define LIKELY_BASE_NEAREST_H

#include <stddef.h>

/* The candidate a misspelt word most likely means: the one at the least distance (insertions, deletions,
 * substitutions, swaps of neighbours; Damerau 1964, in the optimal string alignment form), the first of
 * equals. NULL when none is near enough: no edit for words of one byte, one up to four bytes, two up to
 * eight, a third of the length beyond. */
const char *nearest_word(const char *const *candidates, size_t n, const char *word);

#endif
