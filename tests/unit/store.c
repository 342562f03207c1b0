/* Arrays that grow in memory and in a file keep what they hold. */

#include "data/keys/store.h"

#include "scratch.h"
#include "test.h"

#include <stdint.h>
#include <string.h>

/* Two arrays that grow in turn keep what they hold, whether all, some or none of it fits into memory. */
static void test_arrays_keep_what_they_hold(size_t limit, bool in_file)
{
    enum { ROUNDS = 200, STEP = 113 };
    struct store store = {.limit = limit, .directory = scratch_directory};
    struct err err = {0};
    uint32_t *a = NULL;
    double *b = NULL;
    size_t capacity_a = 0, capacity_b = 0, n = 0, wrong = 0;
    for (size_t k = 0; k < ROUNDS; k++) {
        a = store_grow(&store, a, &capacity_a, n, n + STEP, sizeof *a, &err);
        b = store_grow(&store, b, &capacity_b, n, n + STEP, sizeof *b, &err);
        if (a == NULL || b == NULL) {
            CHECK(a != NULL && b != NULL, "%s", err.reason);
            break;
        }
        for (size_t end = n + STEP; n < end; n++) {
            a[n] = (uint32_t)n;
            b[n] = -(double)n;
        }
    }
    for (size_t i = 0; i < n; i++)
        wrong += a[i] != i || b[i] != -(double)i;
    CHECK(n == ROUNDS * STEP && wrong == 0, "%zu of %zu are wrong", wrong, n);
    CHECK((store.spool != NULL) == in_file && store.used <= limit, "%zu bytes in memory", store.used);
    store_drop(&store, a);
    store_drop(&store, NULL);
    CHECK(b[n - 1] == -(double)(n - 1), "another array is gone");
    store_release(&store);
    CHECK(store.used == 0 && store.blocks == 0);
}

static void test_memory_that_is_given_back_is_used_again(void)
{
    struct store store = {.limit = 1000, .directory = scratch_directory};
    struct err err = {0};
    for (size_t i = 0; i < 10; i++)
        store_drop(&store, store_alloc(&store, 800, 1, &err));
    CHECK(store.spool == NULL && store.used == 0);
    CHECK(store_alloc(&store, 0, 8, &err) != NULL, "no elements");
    store_release(&store);
}

static void test_a_directory_that_is_not_there_is_an_error(void)
{
    struct store store = {.limit = 8, .directory = "/nowhere/at/all"};
    struct err err = {0};
    CHECK(store_alloc(&store, 9, 1, &err) == NULL && err.status == STATUS_IO, "%s", err.reason);
    store_release(&store);
}

int main(void)
{
    scratch_begin();
    test_arrays_keep_what_they_hold(SIZE_MAX, false);
    test_arrays_keep_what_they_hold(100000, true);
    test_arrays_keep_what_they_hold(0, true);
    test_memory_that_is_given_back_is_used_again();
    test_a_directory_that_is_not_there_is_an_error();
    scratch_end();
    return test_report("store");
}
