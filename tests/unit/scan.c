/* Places of delimiters and line ends, for every level of the processor, held against a search byte by byte. */

#include "base/cpu.h"
#include "data/table/scan.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

enum { LONGEST = 300 };

static uint32_t next_random(uint32_t *state)
{
    return *state = *state * 1664525u + 1013904223u;
}

/* Offsets of every delimiter and LF, one byte after the other. */
static size_t plain_csv(const char *text, size_t n, char delimiter, uint32_t *out)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (text[i] == delimiter || text[i] == '\n')
            out[count++] = (uint32_t)i;
    return count;
}

/* A CR that ends the text is no half of a CRLF, whatever stands behind the text. */
static void test_cr_at_the_end(enum cpu_level level)
{
    static char text[LONGEST + 64];
    uint32_t found[LONGEST + 80], lines[LONGEST + 80];
    for (size_t n = 1; n <= 130; n++) {
        memset(text, '1', sizeof text);
        text[n - 1] = '\r';
        text[n] = '\n';
        CHECK(scan_csv(text, n, ',', found).special, "%s, %zu bytes", cpu_name(level), n);
        CHECK(scan_blanks(text, n, found, lines).special, "%s, %zu bytes of blank-separated text", cpu_name(level), n);
    }
}

int main(void)
{
    static const char bytes[] = "12345,,\n\n a";
    uint32_t state = 1, found[LONGEST + 80], wanted[LONGEST];
    char *text = mem_zero(LONGEST + 64, 1);
    for (enum cpu_level level = CPU_PORTABLE; level <= cpu_widest(); level++) {
        cpu_use(level);
        test_cr_at_the_end(level);
        for (size_t n = 0; n < LONGEST; n++) {
            for (size_t i = 0; i < n; i++)
                text[i] = bytes[(next_random(&state) >> 16) % (sizeof bytes - 1)];
            size_t count = plain_csv(text, n, ',', wanted);
            struct scan scan = scan_csv(text, n, ',', found);
            CHECK(!scan.special, "%s, %zu bytes", cpu_name(level), n);
            CHECK(scan.separators == count && memcmp(found, wanted, count * sizeof *found) == 0, "%s, %zu bytes",
                  cpu_name(level), n);
        }
    }
    free(text);
    return test_report("scan");
}
