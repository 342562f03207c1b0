/* Orders of labels and of rows: a sort of labels by value or by bytes, and a counting sort of rows by group, which is
 * stable and linear. */

#include "data/keys/order.h"

#include "base/mem.h"
#include "text/number.h"

#include <stdlib.h>

struct order_label {
    struct slice text;
    double number;
    uint32_t found_as;
};

static int order_compare_bytes(const void *a, const void *b)
{
    return slice_compare(((const struct order_label *)a)->text, ((const struct order_label *)b)->text);
}

static int order_compare_numbers(const void *a, const void *b)
{
    const struct order_label *p = a, *q = b;
    int order = (p->number > q->number) - (p->number < q->number);
    return order != 0 ? order : order_compare_bytes(a, b);
}

void order_of(const struct dict *dict, uint32_t *order)
{
    size_t n = dict_count(dict);
    struct order_label *labels = mem_alloc(n, sizeof *labels);
    bool all_numbers = true;
    for (uint32_t i = 0; i < n; i++) {
        labels[i] = (struct order_label){.text = dict_text(dict, i), .found_as = i};
        all_numbers &= number_parse(labels[i].text, &labels[i].number);
    }
    qsort(labels, n, sizeof *labels, all_numbers ? order_compare_numbers : order_compare_bytes);
    for (size_t i = 0; i < n; i++)
        order[i] = labels[i].found_as;
    free(labels);
}

void order_rows(const uint32_t *group, size_t rows, size_t groups, size_t *order, size_t *start)
{
    memset(start, 0, (groups + 2) * sizeof *start);
    for (size_t r = 0; r < rows; r++)
        if (group[r] != DICT_NONE)
            start[group[r] + 2]++;
    for (size_t g = 0; g < groups; g++)
        start[g + 2] += start[g + 1];
    for (size_t r = 0; r < rows; r++)
        if (group[r] != DICT_NONE)
            order[start[group[r] + 1]++] = r;
}
