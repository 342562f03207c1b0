/* svmlight text is split as a plain reader splits it that looks at one line, then at one field, after the other: the
 * same rows, indexes, values bit for bit, count of lines and line of the first fault. */

#include "data/table/svm.h"
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX = 512, PADDING = 64, VALUES = MAX };

struct plain {
    size_t rows, n, lines, fault; /* fault: its line, 0 = none */
    size_t start[MAX + 2];
    char label[MAX + 1][MAX + 1];
    unsigned long index[VALUES];
    double value[VALUES];
};

/* False if the field is neither a pair nor a query's number. */
static bool plain_pair(struct plain *p, const char *field, size_t row_start)
{
    char *end;
    if (strncmp(field, "qid:", 4) == 0 && field[4] != '\0')
        return true;
    size_t digits = strspn(field, "0123456789");
    if (digits == 0 || field[digits] != ':')
        return false;
    unsigned long index = strtoul(field, NULL, 10);
    const char *number = field + digits + 1;
    if (index == 0 || index > SVM_COLUMNS_MAX || (p->n > row_start && index <= p->index[p->n - 1]))
        return false;
    bool plain_digits = strspn(number, "0123456789+-.eE") == strlen(number);
    double value = strtod(number, &end);
    if (!plain_digits || *number == '\0' || *end != '\0' || !isfinite(value))
        return false;
    p->index[p->n] = index;
    p->value[p->n++] = value;
    return true;
}

static bool plain_line(struct plain *p, char *line)
{
    size_t row_start = p->n, fields = 0;
    char *comment = strchr(line, '#'), *rest = line;
    if (comment != NULL)
        *comment = '\0';
    for (char *field; (field = strtok_r(rest, " \t\r", &rest)) != NULL; fields++) {
        size_t digits = strspn(field, "0123456789");
        bool is_pair = digits > 0 && field[digits] == ':';
        if (fields == 0 && !is_pair) {
            strcpy(p->label[p->rows], field);
        } else if (fields == 0 || !plain_pair(p, field, row_start)) {
            p->n = row_start;
            return false;
        }
    }
    if (fields > 0)
        p->start[p->rows++] = row_start;
    return true;
}

static void plain_split(struct plain *p, const char *text, size_t n)
{
    char line[MAX + 1];
    memset(p, 0, sizeof *p);
    for (size_t begin = 0; begin < n;) {
        const char *lf = memchr(text + begin, '\n', n - begin);
        size_t end = lf != NULL ? (size_t)(lf - text) : n;
        memcpy(line, text + begin, end - begin);
        line[end - begin] = '\0';
        if (!plain_line(p, line)) {
            p->fault = p->lines + 1;
            break;
        }
        p->lines += lf != NULL;
        begin = end + 1;
    }
    p->start[p->rows] = p->n;
}

static bool is_same(const struct svm *svm, const struct plain *p)
{
    if (svm->rows != p->rows || svm->n != p->n || svm->fault.line != p->fault)
        return false;
    if (p->fault == 0 && svm->lines != p->lines)
        return false;
    for (size_t r = 0; r < p->rows; r++)
        if (svm->start[r] != p->start[r] || svm->label[r].n != strlen(p->label[r]) ||
            memcmp(svm->label[r].p, p->label[r], svm->label[r].n) != 0)
            return false;
    for (size_t i = 0; i < p->n; i++)
        if (svm->index[i] + 1 != p->index[i] || memcmp(&svm->value[i], &p->value[i], sizeof(double)) != 0)
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char text[PADDING + MAX + PADDING];
    static struct plain plain;
    if (n > MAX || memchr(bytes, '\0', n) != NULL)
        return 0;
    memset(text, 0, sizeof text);
    memcpy(text + PADDING, bytes, n);
    struct svm svm;
    svm_init(&svm);
    svm_split(&svm, text + PADDING, n);
    plain_split(&plain, text + PADDING, n);
    demand(is_same(&svm, &plain), "svmlight rows are those of the plain reader");
    svm_free(&svm);
    return 0;
}
