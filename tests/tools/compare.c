/* Compares cells of a table with reference values: tests/tools/compare RESULT.csv <EXPECTED
 *
 * RESULT.csv has a header; fields may be quoted. Each line of EXPECTED names a cell and what it should hold, between
 * tabs: ROW, COLUMN, VALUE, TOLERANCE. ROW is a number, 1 being the row behind the header, or a list NAME=VALUE;… that
 * the row must have in these columns. The cell holds VALUE if it has the same text, or if both are numbers and
 * |cell - VALUE| <= TOLERANCE |VALUE| (TOLERANCE alone where VALUE is 0). The TOLERANCE "empty" demands an empty cell,
 * whatever VALUE.
 *
 * Prints every cell that differs or is missing; exits with 1 if there is one, or if EXPECTED has no line. */

#define _DEFAULT_SOURCE
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct table {
    size_t rows, columns, n; /* rows: with the header; n fields in all */
    char **field;            /* rows x columns */
};

static void *grow(void *p, size_t bytes)
{
    p = realloc(p, bytes);
    if (p == NULL) {
        fputs("compare: out of memory\n", stderr);
        exit(2);
    }
    return p;
}

static char *read_whole(FILE *file)
{
    char *text = NULL;
    size_t n = 0, room = 0;
    do {
        room = room * 2 + 4096;
        text = grow(text, room + 1);
        n += fread(text + n, 1, room - n, file);
    } while (n == room);
    text[n] = '\0';
    return text;
}

/* Ends the field at *p with a 0, without its quotes, and moves *p behind it; returns the byte that ended it. */
static char cut_field(char **p)
{
    char *to = *p, *from = *p;
    bool quoted = false;
    for (; *from != '\0' && (quoted || (*from != ',' && *from != '\n')); from++) {
        if (*from != '"')
            *to++ = *from;
        else if (quoted && from[1] == '"')
            *to++ = *from++;
        else
            quoted = !quoted;
    }
    char end = *from;
    *p = from + (end != '\0');
    *to = '\0';
    return end;
}

static struct table read_table(FILE *file)
{
    struct table t = {0};
    size_t room = 0;
    for (char *p = read_whole(file); *p != '\0';) {
        if (t.n == room)
            t.field = grow(t.field, (room = room * 2 + 64) * sizeof *t.field);
        t.field[t.n++] = p;
        if (cut_field(&p) != ',' && t.rows++ == 0)
            t.columns = t.n;
    }
    return t;
}

/* The place of the column, or the number of columns. */
static size_t find_column(const struct table *t, const char *name)
{
    size_t c = 0;
    while (c < t->columns && strcmp(t->field[c], name) != 0)
        c++;
    return c;
}

/* Whether the row has the values of the list NAME=VALUE;…, which is cut up. */
static bool row_has(const struct table *t, size_t row, char *list)
{
    for (char *pair; (pair = strtok_r(list, ";", &list)) != NULL;) {
        char *value = strchr(pair, '=');
        if (value == NULL)
            return false;
        *value++ = '\0';
        size_t c = find_column(t, pair);
        if (c == t->columns || strcmp(t->field[row * t->columns + c], value) != 0)
            return false;
    }
    return true;
}

/* 0 if there is no such row. */
static size_t find_row(const struct table *t, const char *name)
{
    char *end;
    size_t row = strtoul(name, &end, 10);
    if (*end == '\0')
        return row < t->rows ? row : 0;
    char list[512];
    for (row = 1; row < t->rows; row++) {
        snprintf(list, sizeof list, "%s", name);
        if (row_has(t, row, list))
            return row;
    }
    return 0;
}

static bool is_close(const char *actual, const char *expected, double tolerance)
{
    if (*actual == '\0' || *expected == '\0')
        return false;
    if (strcmp(actual, expected) == 0)
        return true;
    char *end_a, *end_b;
    double a = strtod(actual, &end_a), b = strtod(expected, &end_b);
    return *end_a == '\0' && *end_b == '\0' && fabs(a - b) <= tolerance * (b != 0 ? fabs(b) : 1);
}

/* Whether the cell that a line of EXPECTED names holds what it should. */
static bool holds(const struct table *t, char *line)
{
    char *part[4] = {0};
    for (size_t i = 0; i < 4; i++)
        part[i] = strsep(&line, "\t");
    if (part[3] == NULL) {
        printf("not ROW, COLUMN, VALUE and TOLERANCE: %s\n", part[0]);
        return false;
    }
    size_t row = find_row(t, part[0]), c = find_column(t, part[1]);
    if (row == 0 || c == t->columns || row * t->columns + c >= t->n) {
        printf("row %s, column %s: there is no such cell\n", part[0], part[1]);
        return false;
    }
    const char *actual = t->field[row * t->columns + c];
    if (strcmp(part[3], "empty") == 0 ? *actual == '\0' : is_close(actual, part[2], strtod(part[3], NULL)))
        return true;
    printf("row %s, column %s: %s is not within %s of %s\n", part[0], part[1], actual, part[3], part[2]);
    return false;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: compare RESULT.csv <EXPECTED: %s\n", strerror(errno));
        return 2;
    }
    struct table table = read_table(file);
    fclose(file);
    size_t lines = 0, wrong = 0;
    char *rest = read_whole(stdin);
    for (char *line; (line = strtok_r(rest, "\n", &rest)) != NULL; lines++)
        wrong += !holds(&table, line);
    if (lines == 0)
        puts("nothing is expected");
    return wrong > 0 || lines == 0;
}
