/* The output of uniq -c is recognised, in the forms of several systems; other tables are not taken for it. */

#include "data/table/uniq.h"

#include "test.h"

static bool is_uniq(const char *head)
{
    return uniq_look(slice_of(head));
}

static void test_forms(void)
{
    CHECK(is_uniq("      3 200\n      2 404\n      1 500\n"), "GNU");
    CHECK(is_uniq("   3 200\n   2 404\n12345 500\n"), "BSD");
    CHECK(is_uniq("      3 a b\n      1 \n 123456  c\n12345678 d\n"), "symbols with blanks, empty ones, long counts");
    CHECK(is_uniq("      3 a b\n      1 c\n    ") && is_uniq("      3 a"), "cut, or without a line end");
    CHECK(is_uniq("3 GET /index\n2 POST\n"), "trimmed, with symbols of several words");
}

static void test_other_tables(void)
{
    CHECK(!is_uniq("3 200\n2 404\n") && !is_uniq("3 a b\n2 c d\n"), "even columns");
    CHECK(!is_uniq("      x y\n      3 4\n") && !is_uniq("      3\n      4\n") && !is_uniq(""));
    CHECK(!is_uniq("      3,1\n") && !is_uniq("  3 1\n 10 2\n") && !is_uniq("      3.5 1\n"));
    CHECK(!is_uniq("      3 a\n\n      2 b\n"), "blank lines");
}

int main(void)
{
    test_forms();
    test_other_tables();
    return test_report("uniq");
}
