#ifndef LIKELY_BASE_NEAREST_H
#define LIKELY_BASE_NEAREST_H

#include <stddef.h>

/* Returns the candidate at the least edit distance from a word, the first of equals. An edit is an insertion,
 * deletion, substitution or exchange of neighbours (Damerau 1964, in the optimal string alignment form). Returns
 * NULL if every candidate is further away than allowed: 0 edits for words of one byte, 1 for two to four bytes,
 * 2 for five to eight, a third of the length for longer ones. */
const char *nearest_word(const char *const *candidates, size_t n, const char *word);

#endif
