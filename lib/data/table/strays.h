#ifndef LIKELY_DATA_TABLE_STRAYS_H
#define LIKELY_DATA_TABLE_STRAYS_H

#include <stddef.h>

struct table;
struct table_worker;

/* Texts in columns of numbers where these count as missing values (DIALECT_NOT_NUMBERS_MISSING). */
struct strays {
    size_t n;     /* in a slot of numbers */
    size_t first; /* record of the block; of the table: line of its file */
    size_t file;
    char *text; /* the first one; of the table only */
};

/* Adds those of a block, whose turn it is, to those of the table. */
void strays_add(struct table *table, const struct table_worker *worker);

/* Reports those of each column, if there are any. */
void strays_report(const struct table *table);

void strays_free(struct table *table);

#endif
