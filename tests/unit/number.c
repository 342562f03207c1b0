/* Numbers read and written, held against strtod and printf to the last bit, for every level of the processor. */

#include "base/cpu.h"
#include "text/number.h"

#include "test.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* SplitMix64, so that every run tests the same numbers. */
static uint64_t next(void)
{
    static uint64_t state = 1;
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double double_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool parses_as(const char *text, double wanted)
{
    double value = -1;
    return number_parse(slice_of(text), &value) && same_bits(value, wanted);
}

static bool is_refused(const char *text)
{
    double value = 42;
    return !number_parse(slice_of(text), &value) && value == 42;
}

static bool writes(double value, const char *wanted)
{
    char out[NUMBER_MAX];
    size_t n = number_write(out, value);
    return n == strlen(wanted) && memcmp(out, wanted, n) == 0;
}

static bool writes_digits(double value, int digits, const char *wanted)
{
    char out[NUMBER_MAX];
    size_t n = number_write_digits(out, value, digits);
    return n == strlen(wanted) && memcmp(out, wanted, n) == 0;
}

static void test_what_is_a_number(void)
{
    static const char *const good[] = {"0",     "-0",       "+1",
                                       "1.",    ".5",       "-.5e3",
                                       "1e5",   "1E+05",    "1e-400",
                                       "1e400", "00012.50", "123456789012345678901234567890",
                                       "0.1e1", "4.9e-324", "1e00000000000000000005"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(parses_as(good[i], strtod(good[i], NULL)), "%s", good[i]);
    CHECK(parses_as("inf", INFINITY) && parses_as("-Infinity", -INFINITY) && parses_as("+INF", INFINITY));
    static const char *const bad[] = {"",     "-",     "+",    ".",   "-.", "e5",  ".e5", "1e", "1e+",
                                      " 1",   "1 ",    "1,5",  "0x1", "1_", "nan", "--1", "1-", "1.2.3",
                                      "1e5.", "1e5e5", "infi", "in",  "1f", "٣",   "1e-", "+-1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(is_refused(bad[i]), "'%s'", bad[i]);
    double value = 42;
    CHECK(!number_parse((struct slice){"1\0", 2}, &value) && value == 42);
}

static void test_edges_of_the_doubles(void)
{
    CHECK(parses_as("1.7976931348623157e308", 0x1.fffffffffffffp1023));
    CHECK(parses_as("1.7976931348623158e308", 0x1.fffffffffffffp1023));
    CHECK(parses_as("1.7976931348623159e308", INFINITY));
    CHECK(parses_as("4.9406564584124654e-324", 0x1p-1074));
    CHECK(parses_as("2.4703282292062327e-324", 0));
    CHECK(parses_as("2.4703282292062328e-324", 0x1p-1074));
    CHECK(parses_as("2.2250738585072014e-308", 0x1p-1022));
    CHECK(parses_as("2.2250738585072011e-308", 0x0.fffffffffffffp-1022));
    CHECK(parses_as("9007199254740993", 9007199254740992.0), "a tie goes to even");
    CHECK(parses_as("9007199254740995", 9007199254740996.0), "a tie goes to even");
    CHECK(parses_as("9007199254740993.00000000000000000000001", 9007199254740994.0), "just above a tie");
    CHECK(parses_as("1e23", 1e23) && parses_as("8.5e-17", 8.5e-17) && parses_as("-0", -0.0));
}

/* The point half-way between a double and the next, in all its digits, and a hair to either side of it. */
static void test_half_way_points(void)
{
    char exact[1400];
    for (int i = 0; i < 3000; i++) {
        uint64_t bits = next() & 0x7fffffffffffffffu;
        if (i % 3 == 0)
            bits &= 0x000fffffffffffffu; /* subnormal */
        double low = double_of(bits), high = double_of(bits + 1);
        if (!isfinite(high))
            continue;
        /* For subnormals and small numbers, half the sum is no double: print it from a long double, which holds it. */
        snprintf(exact, sizeof exact, "%.1100Le", ((long double)low + (long double)high) / 2);
        char *e = strchr(exact, 'e');
        double even = bits % 2 == 0 ? low : high;
        CHECK(parses_as(exact, even), "half-way above %a", low);
        e[-1] = '1';
        CHECK(parses_as(exact, high), "a hair above half-way, %a", low);
        e[-1] = '0';
        char *digit = e - 1;
        while (*digit == '0')
            *digit-- = '9';
        --*digit; /* the last digit of half-way is a 5 */
        CHECK(parses_as(exact, low), "a hair below half-way, %a", low);
    }
}

static void test_against_strtod(void)
{
    char text[64];
    size_t wrong_read = 0, wrong_write = 0;
    for (int i = 0; i < 1000000; i++) {
        double value = double_of(next());
        if (!isfinite(value))
            continue;
        size_t n = number_write(text, value);
        double back;
        text[n] = '\0';
        wrong_write += !number_parse((struct slice){text, n}, &back) || !same_bits(back, value) ||
                       !same_bits(strtod(text, NULL), value);
        if (i % 8 != 0)
            continue;
        int digits = 1 + (int)(next() % 25);
        snprintf(text, sizeof text, "%.*e", digits, value);
        wrong_read += !parses_as(text, strtod(text, NULL));
    }
    CHECK(wrong_write == 0, "%zu of a million numbers do not read back", wrong_write);
    CHECK(wrong_read == 0, "%zu numbers are read otherwise than by strtod", wrong_read);
}

/* 1-25 random digits, a point among them or not, and an exponent from -350 to 350. */
static void test_random_decimals(void)
{
    for (int i = 0; i < 300000; i++) {
        char text[64];
        uint64_t random = next();
        size_t digits = 1 + random % 25, point = (random >> 8) % 32, n = 0;
        for (size_t k = 0; k < digits; k++) {
            if (k == point)
                text[n++] = '.';
            text[n++] = (char)('0' + next() % 10);
        }
        snprintf(text + n, sizeof text - n, "e%d", (int)((random >> 16) % 701) - 350);
        double value = -1, wanted = strtod(text, NULL);
        if (!number_parse(slice_of(text), &value) || !same_bits(value, wanted))
            CHECK(false, "%s is read as %a, not %a", text, value, wanted);
    }
}

/* As printf rounds, at every count of digits; the notation is another. */
static void test_digits_against_printf(void)
{
    for (int i = 0; i < 60000; i++) {
        double value = i % 2 == 0 ? double_of(next()) : ((double)(next() % 20000001) - 1e7) / 1024; /* with many ties */
        int digits = 1 + i % 17;
        if (!isfinite(value))
            continue;
        char theirs[64], ours[NUMBER_MAX + 1], again[64];
        snprintf(theirs, sizeof theirs, "%.*e", digits - 1, value);
        ours[number_write_digits(ours, value, digits)] = '\0';
        snprintf(again, sizeof again, "%.*e", digits - 1, strtod(ours, NULL));
        if (strcmp(theirs, again) != 0 || strtod(theirs, NULL) != strtod(ours, NULL))
            CHECK(false, "%a in %d digits is '%s', not '%s'", value, digits, ours, theirs);
    }
}

static void test_shortest(void)
{
    char ours[NUMBER_MAX + 1], theirs[64];
    size_t longer = 0, farther = 0;
    for (int i = 0; i < 40000; i++) {
        const double kinds[] = {double_of(next()), (double)(next() % 2000000) / 1000,
                                (double)(next() % 1100000000000000) / 1e8, (double)(next() % 2000) / 1e8};
        double value = fabs(kinds[i % 4]);
        if (!isfinite(value) || value == 0)
            continue;
        ours[number_write(ours, value)] = '\0';
        int digits = 1;
        do
            snprintf(theirs, sizeof theirs, "%.*e", digits - 1, value);
        while (strtod(theirs, NULL) != value && ++digits <= 17);
        int count = 0;
        bool leading = true;
        for (const char *p = ours; *p != '\0' && *p != 'e'; p++) {
            leading = leading && (*p == '0' || *p == '.');
            count += !leading && *p != '.';
        }
        for (size_t end = strlen(ours); strchr(ours, '.') == NULL && end > 1 && ours[end - 1] == '0'; end--)
            count -= strchr(ours, 'e') == NULL;
        longer += count != digits;
        /* printf rounds the exact value to that many digits: when its result reads back it is the closest there is. */
        ours[number_write_digits(ours, value, digits)] = '\0';
        char shortest[NUMBER_MAX + 1];
        shortest[number_write(shortest, value)] = '\0';
        farther += strcmp(ours, shortest) != 0;
    }
    CHECK(longer == 0, "%zu are not the shortest", longer);
    CHECK(farther == 0, "%zu are not the closest of the shortest", farther);
}

static void test_notation(void)
{
    CHECK(writes(0, "0") && writes(-0.0, "-0") && writes(INFINITY, "inf") && writes(-INFINITY, "-inf") &&
          writes(NAN, "nan"));
    CHECK(writes(12000, "12000") && writes(0.00012, "0.00012") && writes(1e-5, "0.00001") && writes(1.5e-7, "1.5e-7"));
    CHECK(writes(9.99e-6, "9.99e-6") && writes(1e16, "10000000000000000") && writes(1e17, "1e17") &&
          writes(1e300, "1e300"));
    CHECK(writes(99999999999999984.0, "99999999999999980") && writes(-123.456, "-123.456") && writes(5e-324, "5e-324"));
    CHECK(writes(0.1, "0.1") && writes(1.0 / 3, "0.3333333333333333"));
    CHECK(writes_digits(1.0 / 3, 3, "0.333") && writes_digits(2.5, 1, "2") && writes_digits(1999999, 3, "2000000"));
    CHECK(writes_digits(0.00001234567, 3, "0.0000123") && writes_digits(1.5e-9, 17, "1.5e-9") &&
          writes_digits(-7, 5, "-7"));
}

enum { BATCH = 4000, FIELD_MAX = 48, MARGIN = 64 };

/* Fields of numbers of every shape, each with a byte of something else behind it. */
static void write_fields(char *text, uint32_t *begin, uint32_t *end)
{
    static const char *const formats[] = {"%.6g", "%.17g", "%.0f", "%.3f", "%+.9e", "%.1f", "%.25g", "%g"};
    static const char *const odd[] = {"+5",
                                      ".5",
                                      "5.",
                                      "-.5",
                                      "1E5",
                                      "-inf",
                                      "12345678901234567890",
                                      "0000000000000000000000001",
                                      "9007199254740993",
                                      "1e-320",
                                      "0.00000000000000000000001",
                                      "99999999999999999999999999999999"};
    size_t at = MARGIN;
    for (size_t i = 0; i < BATCH; i++) {
        double value = i % 3 == 0 ? double_of(next()) : ((double)next() / 0x1p63 - 1) * (i % 5 == 0 ? 1e5 : 1);
        if (!isfinite(value) || fabs(value) > 1e18)
            value = 1e-3;
        begin[i] = (uint32_t)at;
        if (i % 7 == 0)
            at += (size_t)snprintf(text + at, FIELD_MAX, "%s", odd[i % (sizeof odd / sizeof odd[0])]);
        else
            at += (size_t)snprintf(text + at, FIELD_MAX, formats[i % 8], value);
        end[i] = (uint32_t)at;
        text[at++] = "0123456789.,-e"[next() % 14];
    }
}

static void check_batch_refuses(enum cpu_level level)
{
    static const char *const bad[] = {"",
                                      "-",
                                      ".",
                                      "1.2.3",
                                      "1-2",
                                      "12e",
                                      "abc",
                                      "1 ",
                                      "e5",
                                      "-+1",
                                      "1/2",
                                      "0:1",
                                      "123456789012345678x",
                                      "1234567890123456789012345678901234x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char alone[256];
        double out;
        memset(alone, '7', sizeof alone);
        uint32_t b = MARGIN, e = MARGIN + (uint32_t)strlen(bad[i]);
        memcpy(alone + b, bad[i], strlen(bad[i]));
        CHECK(number_parse_batch(alone, &b, &e, 1, 1, &out, 1) == 0, "%s reads '%s'", cpu_name(level), bad[i]);
    }
}

/* Every variant of the batch reader gives the bits that number_parse gives, and stops where it refuses. */
static void test_batches(void)
{
    static char text[MARGIN + BATCH * FIELD_MAX + MARGIN];
    static uint32_t begin[BATCH], end[BATCH];
    static double out[2 * BATCH];
    write_fields(text, begin, end);
    for (enum cpu_level level = CPU_PORTABLE; level <= cpu_widest(); level++) {
        cpu_use(level);
        size_t done = number_parse_batch(text, begin, end, BATCH / 2, 2, out, 2);
        CHECK(done == BATCH / 2, "%s stops at field %zu", cpu_name(level), 2 * done);
        size_t wrong = 0;
        for (size_t i = 0; i < BATCH; i += 2) {
            double value;
            wrong +=
                !number_parse((struct slice){text + begin[i], end[i] - begin[i]}, &value) || !same_bits(value, out[i]);
        }
        CHECK(wrong == 0, "%s reads %zu numbers otherwise", cpu_name(level), wrong);
        check_batch_refuses(level);
    }
}

/* A batch of good fields, of every kind in turn, with a bad one at each place: it stops there, with the fields before
 * it read. */
static void test_bad_field_in_a_batch(void)
{
    enum { FIELDS = 40, ROOM = 40 };
    static const char *const good[] = {"12.5", "-0.123456789012345678",         "7", "1.5e-7",
                                       "inf",  "123456789012345678901234567890"};
    static const char *const bad[] = {"", "-", "x", "1.2.3", "12e", "1234567890123456x", "1e", "."};
    static char text[64 + FIELDS * ROOM + 64];
    static uint32_t begin[FIELDS], end[FIELDS];
    for (size_t place = 0; place <= FIELDS; place++) {
        size_t at = 64;
        for (size_t i = 0; i < FIELDS; i++) {
            const char *field = i == place ? bad[place % 8] : good[i % 6];
            begin[i] = (uint32_t)at;
            memcpy(text + at, field, strlen(field));
            at += strlen(field);
            end[i] = (uint32_t)at;
            text[at++] = ',';
        }
        for (enum cpu_level level = CPU_PORTABLE; level <= cpu_widest(); level++) {
            double out[FIELDS + 1];
            for (size_t i = 0; i <= FIELDS; i++)
                out[i] = 42;
            cpu_use(level);
            size_t done = number_parse_batch(text, begin, end, FIELDS, 1, out, 1);
            CHECK(done == place, "%s stops at %zu of %zu", cpu_name(level), done, place);
            for (size_t i = 0; i < done; i++)
                CHECK(same_bits(out[i], strtod(good[i % 6], NULL)), "%s, field %zu", cpu_name(level), i);
            CHECK(out[FIELDS] == 42, "%s writes behind the batch", cpu_name(level));
        }
    }
}

int main(void)
{
    test_what_is_a_number();
    test_edges_of_the_doubles();
    test_half_way_points();
    test_against_strtod();
    test_random_decimals();
    test_digits_against_printf();
    test_shortest();
    test_notation();
    test_batches();
    test_bad_field_in_a_batch();
    return test_report("number");
}
