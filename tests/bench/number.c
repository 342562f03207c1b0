/* How fast numbers are read and written, alone: from fields whose places are known, and into memory. Prints, as TSV,
 * what was done, the nanoseconds a number took (the best of ROUNDS runs over the same numbers) and the MB/s of text
 * that is, one separator counted with each number; and the rate of memcpy beside them. */

#include "base/mem.h"
#include "base/rng.h"
#include "text/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NUMBERS = 200000, ROUNDS = 15, FIELD = 40, PADDING = 64 };

static double value[NUMBERS];
static char text[PADDING + NUMBERS * FIELD + PADDING];
static uint32_t begin[NUMBERS], end[NUMBERS];

static double seconds(void) /* of the processor, so that others on the machine count little */
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void report(const char *what, double best, double bytes)
{
    printf("%s\t%.1f\t%.0f\n", what, 1e9 * best / NUMBERS, 1e-6 * bytes / best);
}

static double normal(struct rng *rng)
{
    return rng_normal(rng);
}

static double pixel(struct rng *rng)
{
    return (double)rng_below(rng, 256);
}

static double integer(struct rng *rng)
{
    return (double)rng_below(rng, 1000000);
}

static double any_bits(struct rng *rng)
{
    double x;
    do {
        uint64_t bits = rng_next(rng);
        memcpy(&x, &bits, sizeof x);
    } while (!isfinite(x));
    return x;
}

static double six_digits(struct rng *rng)
{
    char digits[FIELD];
    snprintf(digits, sizeof digits, "%.6g", rng_normal(rng));
    return strtod(digits, NULL);
}

static void bench_reading(const char *what, const char *format, double (*draw)(struct rng *rng))
{
    struct rng rng = rng_seed(1);
    size_t at = PADDING;
    for (size_t i = 0; i < NUMBERS; i++) {
        begin[i] = (uint32_t)at;
        at += (size_t)snprintf(text + at, FIELD, format, draw(&rng));
        end[i] = (uint32_t)at;
        text[at++] = ',';
    }
    double best = HUGE_VAL;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        if (number_parse_batch(text, begin, end, NUMBERS, 1, value, 1) != NUMBERS)
            abort();
        best = fmin(best, seconds() - start);
    }
    report(what, best, (double)(at - PADDING));
}

static void bench_writing(const char *what, double (*draw)(struct rng *rng))
{
    struct rng rng = rng_seed(2);
    for (size_t i = 0; i < NUMBERS; i++)
        value[i] = draw(&rng);
    double best = HUGE_VAL, bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        char *p = text;
        for (size_t i = 0; i < NUMBERS; i++) {
            p += number_write(p, value[i]);
            *p++ = ',';
        }
        best = fmin(best, seconds() - start);
        bytes = (double)(p - text);
    }
    report(what, best, bytes);
}

static void bench_memcpy(void)
{
    const size_t n = (size_t)1 << 26;
    char *from = mem_zero(n, 1), *to = mem_zero(n, 1);
    double best = HUGE_VAL;
    for (int round = 0; round < ROUNDS; round++) {
        from[round] = 1;
        double start = seconds();
        memcpy(to, from, n);
        best = fmin(best, seconds() - start);
        if (to[round] != 1)
            abort();
    }
    free(from);
    free(to);
    printf("memcpy of 64 MB\t\t%.0f\n", 1e-6 * (double)n / best);
}

int main(void)
{
    bench_reading("reading alone, %.6g", "%.6g", normal);
    bench_reading("reading alone, %.17g", "%.17g", normal);
    bench_reading("reading alone, integers 0-255", "%.0f", pixel);
    bench_reading("reading alone, integers below 10^6", "%.0f", integer);
    bench_writing("writing alone, any double", any_bits);
    bench_writing("writing alone, normal deviates", normal);
    bench_writing("writing alone, six digits", six_digits);
    bench_writing("writing alone, integers below 10^6", integer);
    bench_memcpy();
    return 0;
}
