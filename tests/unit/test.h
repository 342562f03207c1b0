#ifndef LIKELY_TESTS_UNIT_TEST_H
#define LIKELY_TESTS_UNIT_TEST_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* A unit test is a program of checks: CHECK(condition) or CHECK(condition, "format", …), where the text is printed if
 * the condition fails. It ends with return test_report("NAME"), which says "NAME: N passed, N failed" and is 1 if any
 * failed. */
#define CHECK(...) test_check(__FILE__, __LINE__, #__VA_ARGS__, __VA_ARGS__, NULL)

static size_t test_passed, test_failed;

static inline void test_check(const char *file, int line, const char *text, int condition, ...)
{
    if (condition) {
        test_passed++;
        return;
    }
    test_failed++;
    printf("%s:%d: failed: CHECK(%s)", file, line, text);
    va_list args;
    va_start(args, condition);
    const char *format = va_arg(args, const char *);
    if (format != NULL) {
        printf(": ");
        vprintf(format, args);
    }
    va_end(args);
    printf("\n");
}

static inline int test_report(const char *name)
{
    printf("%s: %zu passed, %zu failed\n", name, test_passed, test_failed);
    return test_failed > 0;
}

#endif
