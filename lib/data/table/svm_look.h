#ifndef LIKELY_DATA_TABLE_SVM_LOOK_H
#define LIKELY_DATA_TABLE_SVM_LOOK_H

#include "base/slice.h"

#include <stdbool.h>

/* Whether text that begins a file, and may end within a line, is svmlight (svm.h). Most of its lines must have a label
 * and ascending INDEX:VALUE fields. Times of day behind a date or a number ("12:30") are not taken for such fields, nor
 * is a ratio behind a word ("home 3:1"). */
bool svm_look(struct slice head);

#endif
