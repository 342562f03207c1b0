#ifndef LIKELY_APP_TRAIN_TRAIN_CLASSES_H
#define LIKELY_APP_TRAIN_TRAIN_CLASSES_H

#include "base/err.h"
#include "data/dataset/dataset.h"

#include <stddef.h>

/* The class of a label. Error: no row has it; the message lists the classes. */
enum status train_classes_find(const struct dataset *data, const char *label, size_t *class, struct err *err);

/* text: of --class-weight, or NULL. Errors: what it says is neither "balanced" nor weights above 0 of different labels;
 * a label that no row has. */
enum status train_classes_check(const char *text, struct err *err);
enum status train_classes_weigh(struct dataset *data, const char *text, struct err *err);

#endif
