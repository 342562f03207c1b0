#ifndef LIKELY_DATA_TABLE_SVM_H
#define LIKELY_DATA_TABLE_SVM_H

#include "base/err.h"
#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

/* Splits a block of svmlight text into sparse rows:
 *     LABEL INDEX:VALUE INDEX:VALUE ... # comment
 * Runs of blanks and tabs separate fields, indexes begin at 1 and ascend, qid:N and empty lines are skipped. Lines end
 * at LF or CRLF. */
struct svm {
    size_t rows, n;      /* rows; values in all of them */
    struct slice *label; /* rows: in the text */
    size_t *start;       /* rows + 1: row r has the values start[r] .. start[r + 1) */
    uint32_t *index;     /* n: from 0, ascending in each row */
    double *value;       /* n; finite */
    uint32_t columns;    /* the greatest index of the block, from 1; 0 = none */
    size_t lines;        /* physical line ends */
    const char *text;    /* the text that was split */

    /* The first fault, behind the rows: reason[0] == '\0' = none. */
    struct {
        char reason[ERR_ECHO + 80];
        size_t line; /* in the block, from 1 */
    } fault;

    struct svm_memory *memory;
};

enum { SVM_COLUMNS_MAX = 1 << 30 };

void svm_init(struct svm *svm);
void svm_free(struct svm *svm);

/* text must stay in place while the labels are used, and 64 bytes before and behind it be readable. */
void svm_split(struct svm *svm, const char *text, size_t n);

/* The same without the values, whose text may be anything; and where the text of one is. */
void svm_skim(struct svm *svm, const char *text, size_t n);
void svm_value_place(const struct svm *svm, size_t i, uint32_t *begin, uint32_t *end);

/* The line of a row in the text, from 1. */
size_t svm_line(const struct svm *svm, size_t row);

#endif
