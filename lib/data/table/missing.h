#ifndef LIKELY_DATA_TABLE_MISSING_H
#define LIKELY_DATA_TABLE_MISSING_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

/* The treatment of rows that lack a value. */
enum missing_policy {
    MISSING_ERROR, /* the first one is an error */
    MISSING_SKIP,  /* they are left out, and counted */
};

/* The words that mean a missing value; an empty field always does. */
struct missing {
    char *words; /* a copy of the list */
    struct slice *word;
    size_t n;
    bool numeric; /* one of the words reads as a number, such as -999 */
};

void missing_init(struct missing *missing, const char *list); /* comma-separated; "" = none */
void missing_free(struct missing *missing);
bool missing_is(const struct missing *missing, struct slice field);

#endif
