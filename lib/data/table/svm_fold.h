#ifndef LIKELY_DATA_TABLE_SVM_FOLD_H
#define LIKELY_DATA_TABLE_SVM_FOLD_H

#include "data/table/svm.h"
#include "data/table/table.h"

/* Streams the rows of a sparse table (table_is_sparse) once, block by block, as table_fold does: map on several
 * threads, reduce in the order of the rows. Blocks without rows are skipped. The first error in row order ends the run;
 * an error of reduce with a line (svm_line) and no file gets the file and the line within it. */
struct svm_fold {
    size_t state_size;
    enum status (*map)(void *context, void *state, const struct svm *rows, struct err *err);    /* may be NULL */
    enum status (*reduce)(void *context, void *state, const struct svm *rows, struct err *err); /* may be NULL */
    void (*release)(void *state);                                                               /* may be NULL */
};

enum status svm_fold(struct table *table, const struct svm_fold *fold, void *context, size_t threads, struct err *err);

#endif
