#ifndef LIKELY_DATA_TABLE_SVM_H
#define LIKELY_DATA_TABLE_SVM_H

#include "base/err.h"
#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

/* Splits a block of svmlight text into sparse rows:
 *     LABEL INDEX:VALUE INDEX:VALUE ... # comment
 * Fields stand between runs of blanks and tabs, indexes begin at 1 and ascend, qid:N is passed over, empty lines are no
 * rows. Lines end at LF or CRLF. */
struct svm {
    size_t rows, n;      /* rows; values in all of them */
    struct slice *label; /* rows: in the text */
    size_t *start;       /* rows + 1: those of row r are start[r] .. start[r + 1] */
    uint32_t *index;     /* n: from 0, ascending in each row */
    double *value;       /* n; finite */
    uint32_t columns;    /* the greatest index of the block, from 1; 0 = none */
    size_t lines;        /* physical line ends */
    const char *text;    /* what was split */

    /* The first thing wrong, behind the rows above: reason[0] == '\0' = nothing. */
    struct {
        char reason[ERR_ECHO + 80];
        size_t line; /* in the block, from 1 */
    } fault;

    struct svm_memory *memory;
};

enum { SVM_COLUMNS_MAX = 1 << 30 };

void svm_init(struct svm *svm);
void svm_free(struct svm *svm);

/* text must stay where it is while the labels are used, and 64 bytes on either side of it be readable. */
void svm_split(struct svm *svm, const char *text, size_t n);

/* The line of the text, from 1, in which a row stands. */
size_t svm_line(const struct svm *svm, size_t row);

#endif
