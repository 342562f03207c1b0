/* svmlight text is recognised on many lines; tables with times and ratios are not taken for it. */

#include "data/table/svm_look.h"

#include "test.h"

static bool is_svm(const char *head)
{
    return svm_look(slice_of(head));
}

static void test_svm(void)
{
    CHECK(is_svm("1 1:0.5 7:2\n-1 2:1\n") && is_svm("+1 1:1\r\n\r\n# a comment, here\n-1\n-1 3:1 # x\n"));
    CHECK(is_svm("cat 1:1 2:2\ndog 1:1\n") && is_svm("3.5 qid:1 1:1\t2:1e3\n") && is_svm("1 1:2"));
    CHECK(is_svm("1 12:30 13:45\n2 1:5\n") && is_svm("1 12:30\n2 1:5.5\n"), "one line is no time");
    CHECK(is_svm("1 1:2\n0 2:1 1:1\n1 1:3\n0 2:x\n0 1:1\n"), "a few bad lines, which are named later");
    CHECK(is_svm("1 1:2\n0 2:1\n0 cut off wit"), "the last line may be cut");
}

static void test_other_tables(void)
{
    CHECK(!is_svm("2024-01-01 12:30\n2024-01-02 13:30\n") && !is_svm("1 12:30\n2 13:45\n3 9:05\n"), "times of day");
    CHECK(!is_svm("home 3:1\naway 1:2\n") && !is_svm("x 12:30:15\n"));
    CHECK(!is_svm("1 2 3\n") && !is_svm("a b\n1 1:2\n") && !is_svm("") && !is_svm("1\n2 1:1\n"));
    CHECK(!is_svm("1 0:1\n") && !is_svm("1 2:1 1:1\n") && !is_svm("1 1:a\n") && !is_svm("1 1:\n"));
    CHECK(!is_svm("00:1 1:2 # a\n1:30 x\n"), "most lines are none");
}

int main(void)
{
    test_svm();
    test_other_tables();
    return test_report("svm_look");
}
