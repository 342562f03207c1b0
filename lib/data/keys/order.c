#include "data/keys/order.h"

#include "base/mem.h"
#include "text/number.h"

#include <stdlib.h>

struct label {
    struct slice text;
    double number;
    uint32_t found_as;
};

static int compare_bytes(const void *a, const void *b)
{
    const struct label *p = a, *q = b;
    size_t n = p->text.n < q->text.n ? p->text.n : q->text.n;
    int order = memcmp(p->text.p, q->text.p, n);
    return order != 0 ? order : (p->text.n > q->text.n) - (p->text.n < q->text.n);
}

static int compare_numbers(const void *a, const void *b)
{
    const struct label *p = a, *q = b;
    int order = (p->number > q->number) - (p->number < q->number);
    return order != 0 ? order : compare_bytes(a, b);
}

void order_of(const struct dict *dict, uint32_t *order)
{
    size_t n = dict_count(dict);
    struct label *labels = mem_alloc(n, sizeof *labels);
    bool all_numbers = true;
    for (uint32_t i = 0; i < n; i++) {
        labels[i] = (struct label){.text = dict_text(dict, i), .found_as = i};
        all_numbers &= number_parse(labels[i].text, &labels[i].number);
    }
    qsort(labels, n, sizeof *labels, all_numbers ? compare_numbers : compare_bytes);
    for (size_t i = 0; i < n; i++)
        order[i] = labels[i].found_as;
    free(labels);
}

/* A counting sort. */
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
