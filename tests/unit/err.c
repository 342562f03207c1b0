/* Errors hold their status, place and reason; long texts are cut. */

#include "base/err.h"

#include "test.h"

#include <errno.h>
#include <string.h>

static bool echoes(const char *bytes, size_t n, const char *wanted)
{
    char out[ERR_ECHO];
    return strcmp(err_echo(out, (struct slice){bytes, n}), wanted) == 0;
}

static void test_filling(void)
{
    struct err err = {.line = 7, .file = "old"};
    CHECK(err_data(&err, "column %d is bad", 3) == STATUS_DATA && err.status == STATUS_DATA);
    CHECK(strcmp(err.reason, "column 3 is bad") == 0 && err.line == 0 && err.file[0] == '\0',
          "an old place does not stay");
    CHECK(err_at(&err, "a.csv", 12) == STATUS_DATA && strcmp(err.file, "a.csv") == 0 && err.line == 12);
    CHECK(err_usage(&err, "no") == STATUS_USAGE && err.status == STATUS_USAGE);
    errno = ENOENT;
    CHECK(err_io(&err, "cannot open") == STATUS_IO &&
          strcmp(err.reason, "cannot open: No such file or directory") == 0);
}

static void test_long_texts_are_cut(void)
{
    struct err err = {0};
    char text[3000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    errno = EIO;
    err_io(&err, "%s", text);
    CHECK(strlen(err.reason) == sizeof err.reason - 1);
    err_at(&err, text, 1);
    CHECK(strlen(err.file) == sizeof err.file - 1);
}

static void test_echo(void)
{
    CHECK(echoes("plain 'text'", 12, "plain 'text'") && echoes("", 0, "") && echoes(NULL, 0, ""));
    CHECK(echoes("a\tb\n\x1b[31m", 9, "a\\x09b\\x0a\\x1b[31m") && echoes("\0x", 2, "\\x00x") &&
          echoes("\x7f", 1, "\\x7f"));
    CHECK(echoes("gr\xc3\xb6\xc3\x9f"
                 "er",
                 8,
                 "gr\xc3\xb6\xc3\x9f"
                 "er"),
          "UTF-8 of two bytes stays");
    CHECK(echoes("\xe2\x82\xac \xf0\x9f\x98\x80", 8, "\xe2\x82\xac \xf0\x9f\x98\x80"),
          "UTF-8 of three and four bytes stays");
    CHECK(echoes("gr\xf6\xdf"
                 "er",
                 6, "gr\\xf6\\xdfer"),
          "Latin-1 does not");
    CHECK(echoes("\xc3", 1, "\\xc3"), "a character that is cut off");
    CHECK(echoes("\xc0\x80", 2, "\\xc0\\x80") && echoes("\xe0\x80\x80", 3, "\\xe0\\x80\\x80"), "overlong forms");
    CHECK(echoes("\xed\xa0\x80", 3, "\\xed\\xa0\\x80") && echoes("\xf4\x90\x80\x80", 4, "\\xf4\\x90\\x80\\x80"),
          "surrogates");
    CHECK(echoes("\xc2\x9b", 2, "\\xc2\\x9b"), "C1 control characters");
}

static void test_echo_is_bounded(void)
{
    char text[70000], out[ERR_ECHO];
    for (size_t step = 0; step < 3; step++) {
        memset(text, "a\x01\xc3"[step], sizeof text);
        for (size_t i = 1; step == 2 && i < sizeof text; i += 2)
            text[i] = '\xb6';
        err_echo(out, (struct slice){text, sizeof text});
        size_t n = strlen(out);
        CHECK(n < ERR_ECHO && n > ERR_ECHO - 16 && strcmp(out + n - 3, "...") == 0, "'%s'", out);
        CHECK(step != 2 || (unsigned char)out[n - 4] == 0xb6, "no character is cut in half");
    }
    memset(text, 'a', 152);
    CHECK(echoes(text, 152, err_echo(out, (struct slice){text, 152})) && strlen(out) <= 152 + 3);
}

int main(void)
{
    test_filling();
    test_long_texts_are_cut();
    test_echo();
    test_echo_is_bounded();
    return test_report("err");
}
