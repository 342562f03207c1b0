#ifndef LIKELY_TESTS_UNIT_TEST_H
#define LIKELY_TESTS_UNIT_TEST_H

#include <stdio.h>
#include <stdlib.h>

/* A unit test is a program of CHECKs; it says "name: N passed, N failed" and exits 1 if any failed. */
static size_t test_passed, test_failed;

#define CHECK(condition, ...) \
    do { \
        if (condition) { \
            test_passed++; \
        } else { \
            test_failed++; \
            printf("%s:%d: %s: ", __FILE__, __LINE__, #condition); \
            printf("" __VA_ARGS__); \
            printf("\n"); \
        } \
    } while (0)

static inline int test_report(const char *name)
{
    printf("%s: %zu passed, %zu failed\n", name, test_passed, test_failed);
    return test_failed > 0;
}

#endif
