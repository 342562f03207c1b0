#ifndef LIKELY_FIT_SUMMARY_FREQUENCIES_H
#define LIKELY_FIT_SUMMARY_FREQUENCIES_H

#include "family/dist/information.h"

#include <stddef.h>

/* How many symbols occur how often: all that entropies need, and far less than the symbols, as n rows have no more than
 * the root of 2n different counts. Symbols are of sets, numbered from 0 on; `whole` is what goes with the count. */
struct frequencies;

struct frequencies *frequencies_new(void);
void frequencies_free(struct frequencies *frequencies); /* NULL is fine */

/* One symbol more. */
void frequencies_add(struct frequencies *frequencies, size_t set, double count, double whole);

/* All of them, by set, then whole, then count, so that sums over them have the same bits however they were added; those
 * of set i stand from start[i] to below start[i + 1], start having sets + 1 places. The caller frees them. */
struct information_frequency *frequencies_take(const struct frequencies *frequencies, size_t sets, size_t *start);

#endif
