/* Usage: generate KIND ROWS COLUMNS [SKIPPED] — data for benchmarks on standard output, the same on every run.
 *   gauss      numbers in %.6g, with a header
 *   gauss17    numbers in %.17g
 *   logistic   features in %.6g and a 0/1 target y that depends on them; those rows that come after SKIPPED ones
 *   logistic-svm  the same as svmlight text
 *   onehot-svm    svmlight text of COLUMNS one-hot categories per row and a label that depends on them
 *   pixels     integers 0-255, four of five 0, and a class label 0-9 in front
 *   levels     digits, every second one that of the column before, with a header
 *   words      one word per line, COLUMNS different ones */

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
static uint64_t next(void)
{
    static uint64_t state = 20261121;
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double uniform(void)
{
    return ((double)(next() >> 11) + 0.5) * 0x1p-53;
}

static double normal(void)
{
    return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform());
}

static void header(size_t columns, const char *last)
{
    for (size_t c = 0; c < columns; c++)
        printf("%sx%zu", c > 0 ? "," : "", c + 1);
    printf("%s\n", last);
}

static void numbers(size_t rows, size_t columns, const char *format)
{
    char field[64];
    header(columns, "");
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            snprintf(field, sizeof field, format, normal() * (double)(c + 1) + (double)(c % 3));
            fputs(field, stdout);
            putchar(c + 1 < columns ? ',' : '\n');
        }
    }
}

static void logistic(size_t skipped, size_t rows, size_t columns, bool svm)
{
    double *x = malloc(columns * sizeof *x);
    if (!svm)
        header(columns, ",y");
    for (size_t r = 0; r < skipped + rows && x != NULL; r++) {
        double score = 0.3;
        for (size_t c = 0; c < columns; c++) {
            x[c] = normal();
            score += x[c] * 0.7 * cos((double)c);
        }
        const char *label = uniform() < 1 / (1 + exp(-score)) ? "1" : "0";
        if (r < skipped)
            continue;
        if (svm)
            fputs(label, stdout);
        for (size_t c = 0; c < columns; c++)
            if (svm)
                printf(" %zu:%.6g", c + 1, x[c]);
            else
                printf("%.6g,", x[c]);
        puts(svm ? "" : label);
    }
    free(x);
}

static void onehot(size_t rows, size_t categories)
{
    enum { LEVELS = 9 };
    for (size_t r = 0; r < rows; r++) {
        double score = -0.5;
        size_t level[64];
        for (size_t c = 0; c < categories && c < 64; c++) {
            level[c] = (size_t)(uniform() * uniform() * LEVELS);
            score += 0.6 * sin((double)(c * LEVELS + level[c]));
        }
        fputs(uniform() < 1 / (1 + exp(-score)) ? "+1" : "-1", stdout);
        for (size_t c = 0; c < categories && c < 64; c++)
            printf(" %zu:1", c * LEVELS + level[c] + 1);
        putchar('\n');
    }
}

static void pixels(size_t rows, size_t columns)
{
    printf("label");
    for (size_t c = 0; c < columns; c++)
        printf(",p%zu", c);
    putchar('\n');
    for (size_t r = 0; r < rows; r++) {
        printf("%d", (int)(next() % 10));
        for (size_t c = 0; c < columns; c++)
            printf(",%d", next() % 5 != 0 ? 0 : (int)(next() % 256));
        putchar('\n');
    }
}

static void levels(size_t rows, size_t columns)
{
    for (size_t c = 0; c < columns; c++)
        printf("%sc%zu", c > 0 ? "," : "", c + 1);
    putchar('\n');
    for (size_t r = 0; r < rows; r++) {
        unsigned digit = 0;
        for (size_t c = 0; c < columns; c++) {
            uint64_t random = next();
            if (c == 0 || random & 1)
                digit = (unsigned)((random >> 1) % 10);
            if (c > 0)
                putchar(',');
            putchar((int)('0' + digit));
        }
        putchar('\n');
    }
}

static void words(size_t rows, size_t different)
{
    for (size_t r = 0; r < rows; r++)
        printf("word%zu\n", (size_t)(uniform() * uniform() * (double)different));
}

int main(int argc, char **argv)
{
    if (argc != 4 && argc != 5)
        return 2;
    size_t rows = (size_t)strtoull(argv[2], NULL, 10), columns = (size_t)strtoull(argv[3], NULL, 10);
    size_t skipped = argc == 5 ? (size_t)strtoull(argv[4], NULL, 10) : 0;
    if (strcmp(argv[1], "gauss") == 0)
        numbers(rows, columns, "%.6g");
    else if (strcmp(argv[1], "gauss17") == 0)
        numbers(rows, columns, "%.17g");
    else if (strcmp(argv[1], "logistic") == 0)
        logistic(skipped, rows, columns, false);
    else if (strcmp(argv[1], "logistic-svm") == 0)
        logistic(skipped, rows, columns, true);
    else if (strcmp(argv[1], "onehot-svm") == 0)
        onehot(rows, columns);
    else if (strcmp(argv[1], "pixels") == 0)
        pixels(rows, columns);
    else if (strcmp(argv[1], "levels") == 0)
        levels(rows, columns);
    else if (strcmp(argv[1], "words") == 0)
        words(rows, columns);
    else
        return 2;
    return fflush(stdout) != 0;
}
