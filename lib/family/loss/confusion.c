/* The confusion matrix of a classifier: one pass over the rows. */
#include "family/loss/confusion.h"

#include <string.h>

void confusion_count(const struct loss_sample *sample, size_t classes, struct confusion_cell *cell)
{
    memset(cell, 0, classes * classes * sizeof *cell);
    for (size_t i = 0; i < sample->n; i++) {
        const struct loss_point *p = &sample->point[i];
        struct confusion_cell *c = &cell[(size_t)p->reference * classes + (size_t)p->value];
        c->n++;
        c->weight += p->weight;
    }
}
