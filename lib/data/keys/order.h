#ifndef LIKELY_DATA_KEYS_ORDER_H
#define LIKELY_DATA_KEYS_ORDER_H

#include "data/keys/dict.h"

/* The order in which labels and levels are numbered and shown: by value when all are numbers, else by bytes.
 * order[i]: number in the dict of the i-th string. */
void order_of(const struct dict *dict, uint32_t *order);

/* Rows by group: those of group g are order[start[g] .. start[g + 1]), ascending. group: `rows` numbers below `groups`,
 * or DICT_NONE for rows to leave out. order has room for `rows` numbers, start for groups + 2. */
void order_rows(const uint32_t *group, size_t rows, size_t groups, size_t *order, size_t *start);

#endif
