#ifndef LIKELY_FIT_SUMMARY_CODES_H
#define LIKELY_FIT_SUMMARY_CODES_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/keys/store.h"
#include "data/table/table.h"
#include "fit/summary/grouping.h"

#include <stddef.h>
#include <stdint.h>

/* Columns of a table, in memory or beyond its limit in a temporary file, their values numbered from 0 on in the order
 * of first rows, or numbers sorted into bins. The rows stand group by group. */
struct codes {
    size_t rows, columns;
    uint32_t **code;         /* columns x rows; the column's levels[k] stands for a missing value */
    uint32_t *levels;        /* per column */
    uint32_t *condition;     /* per row, below `conditions`, which stands for a missing one; NULL where there is none */
    uint32_t conditions;     /* 1 where there is none */
    uint32_t **condition_of; /* per column and level: its condition; NULL where there is none */
    double *weight;          /* per row; NULL where there is none */
    struct dict *names;      /* of the groups, in the order of their first rows; one "" without a grouping */
    size_t *start;           /* groups + 1: the rows of group g are start[g] to below start[g + 1] */
    size_t groups, ungrouped; /* rows left out because their group is missing */
    struct store store;       /* of code, condition and weight */
};

enum codes_binning { CODES_WIDTH, CODES_FREQUENCY };

struct codes_options {
    const size_t *columns;
    size_t n_columns;
    size_t n_given; /* that many of the last columns are the condition: each level of another one is joined with it */
    /* Of numeric columns: bins of the same width between least and greatest value, or with as many values in each,
     * equal ones together; 0: their values are levels, as those of text columns are. */
    size_t bins;
    enum codes_binning binning;
    const struct grouping *by; /* its group and weight, if it has */
    size_t memory;             /* bytes that the rows may take; what exceeds them goes to a file */
    const char *directory;     /* of the file */
};

/* Reads the table, opened by column, to its end. Errors: an infinite number for a bin; a weight that is missing,
 * negative or infinite, and a sum of weights that is infinite or 0; more rows than 4 billion; the temporary file cannot
 * be made or is full. */
enum status codes_read(struct codes **codes, struct table *table, const struct codes_options *options, size_t threads,
                       struct err *err);
void codes_free(struct codes *codes);

/* The rows of a group as codes of their own, whose memory is that of all but for `code`, which the caller gives room
 * for a pointer per column. */
struct codes codes_of_group(const struct codes *codes, size_t group, uint32_t **code);

#endif
