/* Lines of text are read as numbers: by number_parse as the grammar in number.h and strtod say, and by every level of
 * number_parse_batch as number_parse does, up to the first that is none. Eight bytes taken as a double are written so
 * that they read back, and in 1..17 digits as printf writes them. */

#include "base/cpu.h"
#include "fuzz.h"
#include "text/number.h"

#include <math.h>
#include <string.h>

enum { MAX = 512, PADDING = 64 };

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static size_t digits_at(const char *p)
{
    return strspn(p, "0123456789");
}

static bool is_word(const char *text, const char *word)
{
    for (; *word != '\0'; text++, word++)
        if (*text != *word && *text != *word - 'a' + 'A')
            return false;
    return *text == '\0';
}

/* [+-] digits [. digits] [e [+-] digits] | [+-] inf | [+-] infinity, and nothing else. */
static bool is_number(const char *p)
{
    p += *p == '+' || *p == '-';
    if (is_word(p, "inf") || is_word(p, "infinity"))
        return true;
    size_t whole = digits_at(p), fraction = 0;
    p += whole;
    if (*p == '.') {
        fraction = digits_at(p + 1);
        p += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '+' || *p == '-';
        size_t exponent = digits_at(p);
        if (exponent == 0)
            return false;
        p += exponent;
    }
    return *p == '\0';
}

/* text[0..n) alone; true if it is a number. */
static bool reads_as_strtod_does(const char *text, size_t n, double *value)
{
    char line[MAX + 1];
    memcpy(line, text, n);
    line[n] = '\0';
    bool wanted = strlen(line) == n && is_number(line);
    *value = 42;
    demand(number_parse((struct slice){text, n}, value) == wanted, "what the grammar says is a number is one");
    demand(same_bits(*value, wanted ? strtod(line, NULL) : 42), "the number has the bits that strtod gives");
    return wanted;
}

static void lines_are_numbers(const char *text, size_t n)
{
    static uint32_t begin[MAX + 1], end[MAX + 1];
    static double one[MAX + 1], many[MAX + 1];
    size_t fields = 0, good = 0;
    for (size_t at = 0; at <= n; at++) {
        const char *lf = memchr(text + at, '\n', n - at);
        size_t stop = lf != NULL ? (size_t)(lf - text) : n;
        begin[fields] = (uint32_t)at;
        end[fields] = (uint32_t)stop;
        if (reads_as_strtod_does(text + at, stop - at, &one[fields]) && good == fields)
            good++;
        fields++;
        at = stop;
    }
    for (enum cpu_level level = CPU_PORTABLE; level <= cpu_widest(); level++) {
        cpu_use(level);
        demand(number_parse_batch(text, begin, end, fields, 1, many, 1) == good,
               "the batch stops at the first bad field");
        demand(memcmp(one, many, good * sizeof *one) == 0, "the batch gives the same bits");
    }
}

static void bytes_are_a_double(double value)
{
    char text[NUMBER_MAX + 1], theirs[64], ours[NUMBER_MAX + 1];
    size_t n = number_write(text, value);
    double back;
    demand(n <= NUMBER_MAX, "a number fits");
    if (isnan(value)) {
        demand(n == 3 && memcmp(text, "nan", 3) == 0, "nan is written as such");
        return;
    }
    demand(number_parse((struct slice){text, n}, &back) && same_bits(back, value), "what is written reads back");
    for (int digits = 1; digits <= 17; digits++) {
        double wanted;
        snprintf(theirs, sizeof theirs, "%.*e", digits - 1, value);
        wanted = strtod(theirs, NULL);
        n = number_write_digits(ours, value, digits);
        demand(n <= NUMBER_MAX && number_parse((struct slice){ours, n}, &back), "a number of some digits is one");
        demand(same_bits(back, wanted), "a number of some digits is what printf makes of it");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char memory[MAX + 2 * PADDING];
    if (size > MAX)
        return 0;
    memset(memory, size > 0 ? data[size - 1] : '\0', sizeof memory);
    memcpy(memory + PADDING, data, size);
    lines_are_numbers(memory + PADDING, size);
    if (size >= 8) {
        double value;
        memcpy(&value, data, sizeof value);
        bytes_are_a_double(value);
    }
    return 0;
}
