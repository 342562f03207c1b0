#ifndef LIKELY_FIT_SUMMARY_CODES_H
#define LIKELY_FIT_SUMMARY_CODES_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/keys/store.h"
#include "data/table/table.h"
#include "fit/summary/grouping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns of a table as integer codes: levels are numbered from 0 in the order of their first rows, numbers can
 * be binned. Rows are sorted by group. The arrays are in memory or, beyond a limit, in a temporary file. */
struct codes {
    size_t rows, columns;
    uint32_t **code;  /* columns x rows; code levels[k] of column k stands for a missing value */
    double **number;  /* columns x rows, of columns that stay numbers, NaN being missing; else NULL, as is code then */
    uint32_t *levels; /* per column; 0 of one that stays numbers */
    uint32_t *condition; /* per row, less than `conditions`, which stands for a missing one; NULL without condition */
    uint32_t conditions; /* 1 without condition */
    uint32_t **condition_of;  /* per column and level: its condition; NULL without condition */
    double *weight;           /* per row, in units of 2^exponent; NULL without weights */
    int *exponent;            /* per group: that of its largest weight */
    bool importances;         /* only the ratios of weights matter */
    struct dict *names;       /* names of the groups in the order of their first rows; a single "" without grouping */
    size_t *start;            /* groups + 1: group g has the rows from start[g] to below start[g + 1] */
    size_t groups, ungrouped; /* ungrouped: rows left out because their group is missing */
    struct store store;       /* holds code, condition and weight */
};

enum codes_binning { CODES_WIDTH, CODES_FREQUENCY };

struct codes_options {
    const size_t *columns;
    size_t n_columns;
    size_t n_given; /* number of columns, the last ones, that form the condition; each other column is joined with it */
    /* Numeric columns are cut into this many bins: of the same width between the least and the greatest value,
     * or with about as many values in each, equal values in the same bin. 0: their values are levels, like those
     * of text columns. */
    size_t bins;
    enum codes_binning binning;
    const bool *stays_number;  /* per column: numeric, and neither binned nor coded; NULL: none is. No condition then */
    const struct grouping *by; /* only its group and weight are used */
    size_t memory;             /* bytes of memory for the rows; the rest goes to a file */
    const char *directory;     /* directory of that file */
};

/* Reads the table, opened by column, to its end. Errors: an infinite number in a binned column or one that stays; a
 * weight that is missing, negative or infinite; a sum of weights that is infinite or 0; more than 4 billion rows; a
 * temporary file that cannot be created or is full. */
enum status codes_read(struct codes **codes, struct table *table, const struct codes_options *options, size_t threads,
                       struct err *err);
void codes_free(struct codes *codes);

/* The rows of a group as codes of their own. They share the memory of the whole, except for the array `code`,
 * for which the caller provides one pointer per column. */
struct codes codes_of_group(const struct codes *codes, size_t group, uint32_t **code);

#endif
