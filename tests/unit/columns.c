/* Choices of columns by name, position, range and pattern, held against the positions written by hand. */

#include "data/table/columns.h"

#include "test.h"

#include <string.h>

static const char *const names[] = {"age", "sex", "px1", "px2", "3", "a,b", "2-5", "px*", "twice", "twice", "age..sex"};
enum { N = sizeof names / sizeof names[0] };

/* The columns as text, such as "1 3 2", or the reason of the error. */
static const char *find(const char *const *list, size_t n, const char *spec)
{
    static char out[1200];
    struct err err = {0};
    size_t *columns = NULL, count = 0, used = 0;
    if (columns_find(list, n, spec, &columns, &count, &err) != STATUS_OK)
        return strcpy(out, err.reason);
    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%zu", i > 0 ? " " : "", columns[i] + 1);
    free(columns);
    return out;
}

static const char *find_one(const char *const *list, size_t n, const char *spec)
{
    static char out[1200];
    struct err err = {0};
    size_t column;
    if (columns_find_one(list, n, spec, &column, &err) != STATUS_OK)
        return strcpy(out, err.reason);
    snprintf(out, sizeof out, "%zu", column + 1);
    return out;
}

#define FINDS(spec, wanted)                                                                                            \
    CHECK(strcmp(find(names, N, spec), wanted) == 0, "'%s' gives '%s'", spec, find(names, N, spec))
#define FINDS_PLAIN(spec, wanted)                                                                                      \
    CHECK(strcmp(find(plain, 6, spec), wanted) == 0, "'%s' gives '%s'", spec, find(plain, 6, spec))
#define FINDS_ONE(spec, wanted)                                                                                        \
    CHECK(strcmp(find_one(names, N, spec), wanted) == 0, "'%s' gives '%s'", spec, find_one(names, N, spec))

static const char *const plain[] = {"age", "sex", "px1", "px2", "px10", "b-c"};

static void test_each_form(void)
{
    FINDS_PLAIN("age", "1");
    FINDS_PLAIN("2", "2");
    FINDS_PLAIN("@3", "3");
    FINDS_PLAIN("2-5", "2 3 4 5");
    FINDS_PLAIN("@2-@3", "2 3");
    FINDS_PLAIN("4-4", "4");
    FINDS_PLAIN("sex..px2", "2 3 4");
    FINDS_PLAIN("2..px2", "2 3 4");
    FINDS_PLAIN("px*", "3 4 5");
    FINDS_PLAIN("px?", "3 4");
    FINDS_PLAIN("px[2-9]", "4");
    FINDS_PLAIN("b-c", "6");
    FINDS_PLAIN("*", "1 2 3 4 5 6");
    FINDS_PLAIN("6,1,3", "6 1 3");
    FINDS_PLAIN("px2,px*", "4 3 5");
    FINDS_PLAIN("px*,px?,3-4", "3 4 5");
}

static void test_a_name_wins(void)
{
    FINDS("3", "5");
    FINDS("@3", "3");
    FINDS("a,b", "6");
    FINDS("2-5", "7");
    FINDS("px*", "8");
    FINDS("px?", "3 4 8");
    FINDS("age..sex", "11");
    FINDS("age,sex", "1 2");
    FINDS_ONE("3", "5");
    FINDS_ONE("@5", "5");
    FINDS_ONE("a,b", "6");
}

static void test_errors(void)
{
    FINDS_PLAIN("aeg", "no column 'aeg'; did you mean 'age'?");
    FINDS_PLAIN("nothing", "no column 'nothing'");
    FINDS_PLAIN("7", "no column 7; there are 6");
    FINDS_PLAIN("0", "no column 0; there are 6");
    FINDS_PLAIN("@9", "no column 9; there are 6");
    FINDS_PLAIN("2-9", "no column 9; there are 6");
    FINDS_PLAIN("5-2", "the column range '5-2' is reversed");
    FINDS_PLAIN("px2..age", "the column range 'px2..age' is reversed");
    FINDS_PLAIN("age..sexx", "no column 'sexx'; did you mean 'sex'?");
    FINDS_PLAIN("..sex", "no column ''");
    FINDS_PLAIN("q*", "no column 'q*'");
    FINDS_PLAIN("age,1", "column '1' is named twice");
    FINDS_PLAIN("px*,px1", "column 'px1' is named twice");
    FINDS_PLAIN("age,,sex", "the list of columns 'age,,sex' contains an empty name");
    FINDS_PLAIN("", "the list of columns '' contains an empty name");
    FINDS_PLAIN("b-\x1b", "no column 'b-\\x1b'; did you mean 'b-c'?");
    FINDS_PLAIN("12345678901234567890", "no column '12345678901234567890'");
    FINDS("twice", "2 columns are named 'twice'; use a position, such as @9");
    FINDS("@10", "10");
    FINDS("tw*", "9 10");
    FINDS_ONE("px2,sex", "no column 'px2,sex'");
    FINDS_ONE("px?", "no column 'px?'; did you mean 'px1'?");
    CHECK(strcmp(find(plain, 1, "2"), "no column 2; there is 1") == 0);
}

int main(void)
{
    test_each_form();
    test_a_name_wins();
    test_errors();
    return test_report("columns");
}
