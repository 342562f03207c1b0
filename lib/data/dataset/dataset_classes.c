/* Targets that are classes: their numbers, their names and the weight of each.
 *
 * While rows are read, classes are numbered in the order in which they are met. dataset_number_classes sorts the names
 * (order.h) and renumbers the labels of all rows, so that the numbers do not depend on the order of the rows.
 * Factors of classes are kept beside the weights, one per class, and multiplied when a weight is read
 * (dataset_weight). */

#include "data/dataset/dataset_state.h"

#include "base/mem.h"
#include "data/keys/order.h"

#include <stdlib.h>
#include <string.h>

void dataset_number_classes(struct dataset *ds, const struct dict *labels)
{
    ds->classes = dict_count(labels);
    uint32_t *order = mem_alloc(ds->classes, sizeof *order);
    order_of(labels, order);
    uint32_t *rank = mem_alloc(ds->classes, sizeof *rank);
    ds->labels = mem_alloc(ds->classes, sizeof *ds->labels);
    ds->counts = mem_zero(ds->classes, sizeof *ds->counts);
    for (uint32_t i = 0; i < ds->classes; i++) {
        struct slice text = dict_text(labels, order[i]);
        ds->labels[i] = mem_copy(text.p, text.n);
        rank[order[i]] = i;
    }
    for (size_t c = 0; c < ds->chunks; c++) {
        for (size_t row = 0; row < ds->chunk[c].rows; row++) {
            uint32_t *label = &ds->chunk[c].label[row];
            *label = rank[*label];
            ds->counts[*label]++;
        }
    }
    free(rank);
    free(order);
}

bool dataset_use_labels(struct dataset *dataset, size_t n, const char *const *labels, size_t *unknown)
{
    uint32_t *number = mem_alloc(dataset->classes, sizeof *number);
    for (size_t k = 0; k < dataset->classes; k++) {
        size_t i = 0;
        while (i < n && strcmp(labels[i], dataset->labels[k]) != 0)
            i++;
        if (i == n) {
            *unknown = k;
            free(number);
            return false;
        }
        number[k] = (uint32_t)i;
    }
    uint64_t *counts = mem_zero(n, sizeof *counts);
    char **names = mem_alloc(n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = mem_copy_text(labels[i]);
    for (size_t k = 0; k < dataset->classes; k++) {
        counts[number[k]] = dataset->counts[k];
        free(dataset->labels[k]);
    }
    free(dataset->labels);
    free(dataset->counts);
    for (size_t c = 0; c < dataset->chunks; c++)
        for (size_t r = 0; r < dataset->chunk[c].rows; r++)
            dataset->chunk[c].label[r] = number[dataset->chunk[c].label[r]];
    dataset->labels = names;
    dataset->counts = counts;
    dataset->classes = n;
    free(number);
    return true;
}

void dataset_class_weights(const struct dataset *dataset, double *sums)
{
    const struct dataset_chunk *first = &dataset->chunk[0];
    bool is_counted = dataset->chunks > 0 && first->label != NULL && first->weight == NULL;
    for (size_t k = 0; k < dataset->classes; k++)
        sums[k] =
            is_counted ? (double)dataset->counts[k] * (first->class_factor != NULL ? first->class_factor[k] : 1) : 0;
    for (size_t c = 0; c < dataset->chunks && !is_counted; c++)
        for (size_t r = 0; r < dataset->chunk[c].rows; r++)
            for (size_t k = 0; k < dataset->classes; k++)
                sums[k] += dataset_probability(&dataset->chunk[c], r, k) * dataset_weight(&dataset->chunk[c], r);
}

void dataset_weigh_classes(struct dataset *dataset, const double *factor)
{
    double *sums = mem_alloc(dataset->classes, sizeof *sums);
    dataset->class_factor = mem_resize(dataset->class_factor, dataset->classes, sizeof *factor);
    memcpy(dataset->class_factor, factor, dataset->classes * sizeof *factor);
    for (size_t c = 0; c < dataset->chunks; c++)
        dataset->chunk[c].class_factor = dataset->class_factor;
    dataset_class_weights(dataset, sums);
    dataset->weight_sum = 0;
    for (size_t k = 0; k < dataset->classes; k++)
        dataset->weight_sum += sums[k];
    free(sums);
}
