/* Strings of any bytes get numbers in the order of their coming, and keep them. */

#include "data/keys/dict.h"

#include "test.h"

#include <string.h>

enum { STRINGS = 100000 };

static struct slice text_of(char out[32], size_t i)
{
    int n = snprintf(out, 32, i % 3 == 0 ? "%zu" : i % 3 == 1 ? "key-%zu" : "a somewhat longer %zu", i);
    return (struct slice){out, (size_t)n};
}

static void test_many_strings(void)
{
    struct dict *dict = dict_new();
    char text[32];
    size_t wrong = 0;
    for (size_t i = 0; i < STRINGS; i++)
        wrong += dict_add(dict, text_of(text, i)) != i;
    CHECK(wrong == 0 && dict_count(dict) == STRINGS, "%zu numbers are not in order", wrong);
    for (size_t i = STRINGS; i-- > 0;) {
        struct slice wanted = text_of(text, i), kept = dict_text(dict, (uint32_t)i);
        wrong += dict_find(dict, wanted) != i || dict_add(dict, wanted) != i;
        wrong += !slice_equal(wanted, kept) || kept.p[kept.n] != '\0';
    }
    CHECK(wrong == 0 && dict_count(dict) == STRINGS, "%zu strings are not found again", wrong);
    for (size_t i = STRINGS; i < STRINGS + 1000; i++)
        wrong += dict_find(dict, text_of(text, i)) != DICT_NONE;
    CHECK(wrong == 0, "%zu strings are found that were never added", wrong);
    dict_free(dict);
}

static void test_strings_are_bytes(void)
{
    struct dict *dict = dict_new();
    CHECK(dict_find(dict, slice_of("")) == DICT_NONE);
    CHECK(dict_add(dict, slice_of("")) == 0 && dict_add(dict, (struct slice){"\0", 1}) == 1);
    CHECK(dict_add(dict, (struct slice){"\0\0", 2}) == 2 && dict_add(dict, (struct slice){"a\0b", 3}) == 3);
    CHECK(dict_add(dict, slice_of("a")) == 4 && dict_add(dict, (struct slice){"12345678\0", 9}) == 5);
    CHECK(dict_add(dict, slice_of("12345678")) == 6, "zeros at the end count");
    CHECK(dict_text(dict, 3).n == 3 && memcmp(dict_text(dict, 3).p, "a\0b", 3) == 0);
    CHECK(dict_find(dict, slice_of("")) == 0 && dict_count(dict) == 7);
    dict_free(dict);
    dict_free(NULL);
}

static void test_clearing(void)
{
    struct dict *dict = dict_new();
    char text[32];
    for (size_t round = 0; round < 3; round++) {
        size_t wrong = 0;
        for (size_t i = 0; i < 1000; i++)
            wrong += dict_add(dict, text_of(text, i + round * 500)) != i;
        CHECK(wrong == 0 && dict_count(dict) == 1000, "round %zu", round);
        dict_clear(dict);
        CHECK(dict_count(dict) == 0 && dict_find(dict, text_of(text, round * 500)) == DICT_NONE);
    }
    dict_free(dict);
}

int main(void)
{
    test_many_strings();
    test_strings_are_bytes();
    test_clearing();
    return test_report("dict");
}
