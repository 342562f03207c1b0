#include "text/buffer.h"

#include "test.h"

#include <stdlib.h>

static void test_text_ends_with_a_nul_that_does_not_count(void)
{
    struct buffer b = {0};
    CHECK(strcmp(buffer_text(&b), "") == 0 && b.n == 0, "also when empty");
    buffer_add_text(&b, "one");
    CHECK(strcmp(buffer_text(&b), "one") == 0 && b.n == 3);
    buffer_add_format(&b, ", %s%d", "tw", 0);
    buffer_add_char(&b, '!');
    CHECK(strcmp(buffer_text(&b), "one, tw0!") == 0 && b.n == 9);
    buffer_free(&b);
}

static void test_a_caller_may_keep_the_text(void)
{
    struct buffer b = {0};
    for (size_t i = 0; i < 1000; i++)
        buffer_add_format(&b, "%zu,", i);
    char *text = buffer_text(&b);
    CHECK(strlen(text) == 3890 && strcmp(text + 3886, "999,") == 0);
    free(text);
}

static void test_room_is_filled_by_the_caller(void)
{
    struct buffer b = {0};
    buffer_add_text(&b, "a");
    memcpy(buffer_room(&b, 3), "bcd", 3);
    b.n += 2;
    CHECK(strcmp(buffer_text(&b), "abc") == 0);
    buffer_free(&b);
}

static void test_fields_are_quoted_where_they_must_be(void)
{
    struct buffer b = {0};
    static const char *const fields[] = {"plain", "a,b", "say \"x\"", " blank", "two\nlines", ""};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        buffer_add_field(&b, slice_of(fields[i]), ',');
        buffer_add_char(&b, ';');
    }
    CHECK(strcmp(buffer_text(&b), "plain;\"a,b\";\"say \"\"x\"\"\";\" blank\";\"two\nlines\";;") == 0, "%s", b.p);
    buffer_free(&b);
}

static void test_slices_are_ordered_by_bytes(void)
{
    static const char *const ascending[] = {"", "a", "aa", "ab", "b", "\xc3\xa9"};
    for (size_t i = 0; i < 6; i++)
        for (size_t k = 0; k < 6; k++) {
            int order = slice_compare(slice_of(ascending[i]), slice_of(ascending[k]));
            CHECK((order > 0) - (order < 0) == (i > k) - (i < k), "'%s' '%s'", ascending[i], ascending[k]);
        }
    CHECK(slice_compare((struct slice){NULL, 0}, slice_of("a")) < 0);
}

int main(void)
{
    test_text_ends_with_a_nul_that_does_not_count();
    test_a_caller_may_keep_the_text();
    test_room_is_filled_by_the_caller();
    test_fields_are_quoted_where_they_must_be();
    test_slices_are_ordered_by_bytes();
    return test_report("buffer");
}
