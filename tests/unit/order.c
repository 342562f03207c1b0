/* Words put into the order of groups, held against the order written by hand. */

#include "data/keys/order.h"
#include "test.h"

#include <string.h>

/* Whether the words, added as they come, are put into the order wanted. */
static void ordered(size_t n, const char *const *words, const char *const *wanted)
{
    struct dict *dict = dict_new();
    uint32_t order[16];
    for (size_t i = 0; i < n; i++)
        dict_add(dict, slice_of(words[i]));
    order_of(dict, order);
    for (size_t i = 0; i < n; i++)
        CHECK(strcmp(dict_text(dict, order[i]).p, wanted[i]) == 0, "%s at %zu, not %s", dict_text(dict, order[i]).p, i,
              wanted[i]);
    dict_free(dict);
}

static void rows_stand_by_group(void)
{
    static const uint32_t group[] = {1, 0, DICT_NONE, 1, 3, 0};
    static const size_t wanted[] = {1, 5, 0, 3, 4}, starts[] = {0, 2, 4, 4, 5};
    size_t order[6], start[6];
    order_rows(group, 6, 4, order, start);
    for (size_t i = 0; i < 5; i++)
        CHECK(order[i] == wanted[i] && start[i] == starts[i], "%zu: row %zu, start %zu", i, order[i], start[i]);
    order_rows(group, 0, 0, order, start);
    CHECK(start[0] == 0);
}

int main(void)
{
    ordered(4, (const char *[]){"10", "9", "-1", "1e1"}, (const char *[]){"-1", "9", "10", "1e1"});
    ordered(4, (const char *[]){"10", "9", "b", "a"}, (const char *[]){"10", "9", "a", "b"});
    ordered(4, (const char *[]){"ab", "\xc3\xa9", "", "a"}, (const char *[]){"", "a", "ab", "\xc3\xa9"});
    rows_stand_by_group();
    return test_report("order");
}
