/* The values of a column in some rows. Texts are borrowed while the values of a block are added, and copied when the
 * blocks are joined. */

#include "app/show/summary_range.h"

#include "base/mem.h"

#include <stdlib.h>

void summary_range_add_number(struct summary_range *r, double x)
{
    if (r->numbers++ == 0)
        r->least_number = r->greatest_number = x;
    r->least_number = x < r->least_number ? x : r->least_number;
    r->greatest_number = x > r->greatest_number ? x : r->greatest_number;
}

void summary_range_add_text(struct summary_range *r, struct slice text)
{
    if (r->least_text.p == NULL || slice_compare(text, r->least_text) < 0)
        r->least_text = text;
    if (r->greatest_text.p == NULL || slice_compare(text, r->greatest_text) > 0)
        r->greatest_text = text;
}

/* Whether the value is to be one of the first. */
static bool is_wanted(struct summary_range *r, struct slice text)
{
    for (size_t i = 0; i < r->n_values; i++)
        if (slice_equal(r->value[i], text))
            return false;
    r->has_more |= r->n_values == SUMMARY_VALUES;
    return !r->has_more;
}

void summary_range_add_value(struct summary_range *r, struct slice text)
{
    if (!r->has_more && is_wanted(r, text))
        r->value[r->n_values++] = text;
}

static void replace_text(struct slice *to, struct slice from)
{
    free((void *)(uintptr_t)to->p);
    *to = (struct slice){mem_copy(from.p, from.n), from.n};
}

static void join_numbers(struct summary_range *r, const struct summary_range *later)
{
    if (later->numbers == 0)
        return;
    if (r->numbers == 0 || later->least_number < r->least_number)
        r->least_number = later->least_number;
    if (r->numbers == 0 || later->greatest_number > r->greatest_number)
        r->greatest_number = later->greatest_number;
}

void summary_range_join(struct summary_range *r, const struct summary_range *later)
{
    if (r->kind == COLUMN_EMPTY)
        r->kind = later->kind;
    join_numbers(r, later);
    if (later->least_text.p != NULL && (r->least_text.p == NULL || slice_compare(later->least_text, r->least_text) < 0))
        replace_text(&r->least_text, later->least_text);
    if (later->greatest_text.p != NULL &&
        (r->greatest_text.p == NULL || slice_compare(later->greatest_text, r->greatest_text) > 0))
        replace_text(&r->greatest_text, later->greatest_text);
    for (size_t i = 0; i < later->n_values && !r->has_more; i++)
        if (is_wanted(r, later->value[i]))
            replace_text(&r->value[r->n_values++], later->value[i]);
    r->has_more |= later->has_more;
    r->missing += later->missing;
    r->numbers += later->numbers;
    r->texts += later->texts;
}

void summary_range_free(struct summary_range *r)
{
    free((void *)(uintptr_t)r->least_text.p);
    free((void *)(uintptr_t)r->greatest_text.p);
    for (size_t i = 0; i < r->n_values; i++)
        free((void *)(uintptr_t)r->value[i].p);
}
