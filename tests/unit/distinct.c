/* The number of distinct values: exact below 2 k, an estimate within its error above, and the same for every order. */

#include "data/keys/distinct.h"

#include "base/hash.h"
#include "test.h"

#include <math.h>
#include <stdio.h>

static uint64_t hash_of(size_t i)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%zu", i);
    return hash_bytes((struct slice){text, (size_t)n});
}

static double count(size_t k, size_t n, size_t times, double *se)
{
    struct distinct *d = distinct_new(k);
    for (size_t i = 0; i < n * times; i++)
        distinct_add(d, hash_of(i % n));
    double found = distinct_count(d, se);
    distinct_free(d);
    return found;
}

static double count_backwards(size_t k, size_t n, double *se)
{
    struct distinct *d = distinct_new(k);
    for (size_t i = n; i-- > 0;)
        distinct_add(d, hash_of(i));
    double found = distinct_count(d, se);
    distinct_free(d);
    return found;
}

static void test_few_values_are_counted_exactly(void)
{
    static const size_t few[] = {0, 1, 2, 7, 8, 9, 100, 1999};
    double se;
    for (size_t i = 0; i < sizeof few / sizeof *few; i++)
        CHECK(count(1000, few[i], 3, &se) == (double)few[i] && se == 0, "%zu", few[i]);
    CHECK(count(3, 5, 2, &se) == 5 && se == 0);
}

static void test_many_are_estimated_within_the_error(void)
{
    static const size_t many[] = {2000, 2001, 3000, 10000, 123456, 1000000};
    double se;
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        double n = (double)many[i], found = count(1000, many[i], 1, &se);
        CHECK(fabs(found - n) < 3 * se, "%zu: %g, error %g", many[i], found, se);
        CHECK(se > 0.03 * found && se < 0.033 * found);
    }
}

static void test_order_and_repetition_do_not_matter(void)
{
    double se, again;
    for (size_t n = 1500; n < 20000; n += 1700) {
        double found = count(1000, n, 1, &se);
        CHECK(count_backwards(1000, n, &again) == found && again == se, "%zu", n);
        CHECK(count(1000, n, 3, &again) == found && again == se, "%zu", n);
    }
}

int main(void)
{
    test_few_values_are_counted_exactly();
    test_many_are_estimated_within_the_error();
    test_order_and_repetition_do_not_matter();
    return test_report("distinct");
}
