#ifndef LIKELY_TESTS_FUZZ_FUZZ_H
#define LIKELY_TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* What libFuzzer calls with every input it makes up. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says what is broken and stops, so that libFuzzer keeps the input. */
static inline void demand(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

#endif
