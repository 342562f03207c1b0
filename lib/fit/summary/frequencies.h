#ifndef LIKELY_FIT_SUMMARY_FREQUENCIES_H
#define LIKELY_FIT_SUMMARY_FREQUENCIES_H

#include "family/dist/information.h"

#include <stddef.h>

/* How many symbols occur how often. That is all an entropy needs, and far less than the symbols: n rows have at
 * most sqrt(2 n) different counts. Symbols belong to sets, numbered from 0; `whole` is a second number of the
 * symbol, such as the count of its condition. */
struct frequencies;

struct frequencies *frequencies_new(void);
void frequencies_free(struct frequencies *frequencies); /* NULL is allowed */

/* Adds a symbol. */
void frequencies_add(struct frequencies *frequencies, size_t set, double count, double whole);

/* Returns all of them, sorted by set, whole and count, so that sums over them have the same bits however they
 * were added. Those of set i stand from start[i] to below start[i + 1]; start has sets + 1 elements. The caller
 * frees the array. */
struct information_frequency *frequencies_sorted(const struct frequencies *frequencies, size_t sets, size_t *start);

#endif
