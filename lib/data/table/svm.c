/* Splits svmlight text (Joachims, SVM-light; the format of LIBSVM) into sparse rows.
 *
 * 1. read_line: the label, then each field by skim_pair, which reads the index and notes where the value is. A field
 *    that skim_pair does not take is either qid:N, which is skipped, or an error, which explain finds.
 * 2. read_values: all values of the block at once, by number_parse_batch, or, when each is one digit, by read_digits.
 *
 * The first bad line or value ends the rows of the block before its own. Memory is reused from block to block: 20 bytes
 * a value and 24 a row. A struct svm belongs to one thread. */

#include "data/table/svm.h"

#include "base/mem.h"
#include "text/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct svm_memory {
    size_t label_capacity, start_capacity, pair_capacity, value_capacity;
    uint32_t *begin, *end; /* of the values in the text */
    uint32_t longest;      /* at least the length of the longest of them */
};

void svm_init(struct svm *svm)
{
    *svm = (struct svm){.memory = mem_zero(1, sizeof *svm->memory)};
}

void svm_free(struct svm *svm)
{
    if (svm->memory != NULL) {
        free(svm->memory->begin);
        free(svm->memory->end);
    }
    free(svm->memory);
    free(svm->label);
    free(svm->start);
    free(svm->index);
    free(svm->value);
    *svm = (struct svm){0};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Whether the character ends a field. */
static bool is_end(char c)
{
    static const bool end[256] = {[' '] = true, ['\t'] = true, ['\r'] = true, ['#'] = true};
    return end[(unsigned char)c];
}

static bool fail(struct svm *s, struct slice field, const char *what)
{
    char echo[ERR_ECHO];
    snprintf(s->fault.reason, sizeof s->fault.reason, "'%s' %s", err_echo(echo, field), what);
    s->fault.line = s->lines + 1;
    return false;
}

static void make_room(struct svm *s, size_t pairs)
{
    struct svm_memory *m = s->memory;
    if (pairs <= m->pair_capacity)
        return;
    m->pair_capacity = pairs + m->pair_capacity / 2;
    s->index = mem_resize(s->index, m->pair_capacity, sizeof *s->index);
    m->begin = mem_resize(m->begin, m->pair_capacity, sizeof *m->begin);
    m->end = mem_resize(m->end, m->pair_capacity, sizeof *m->end);
}

static void add_pair(struct svm *s, uint32_t index, size_t begin, size_t end)
{
    make_room(s, s->n + 1);
    s->index[s->n] = index;
    s->memory->begin[s->n] = (uint32_t)begin;
    s->memory->end[s->n] = (uint32_t)end;
    s->memory->longest |= (uint32_t)(end - begin);
    s->n++;
    s->columns = index >= s->columns ? index + 1 : s->columns;
}

/* Whether an index, from 0, is above those of its row so far. */
static bool is_next(const struct svm *s, uint64_t index, size_t row_start)
{
    return s->n == row_start || s->index[s->n - 1] < index;
}

/* Reads the digits from text[*i] on as a number, which stops above the greatest index; *i: where reading stopped. */
static uint64_t read_index(const char *text, size_t *i, size_t end)
{
    uint64_t index = 0;
    while (*i < end && (unsigned char)(text[*i] - '0') <= 9 && index <= SVM_COLUMNS_MAX)
        index = index * 10 + (uint64_t)(text[(*i)++] - '0');
    return index;
}

/* Reads a field INDEX:VALUE. Returns where it ends, or 0 if it is something else. */
static size_t skim_pair(struct svm *s, const char *text, size_t begin, size_t end, size_t row_start)
{
    size_t i = begin;
    uint64_t index = read_index(text, &i, end);
    if (i == end || text[i] != ':' || index == 0 || index > SVM_COLUMNS_MAX || !is_next(s, index - 1, row_start))
        return 0;
    size_t value = ++i;
    while (i < end && !is_end(text[i]))
        i++;
    if (i == value)
        return 0;
    add_pair(s, (uint32_t)index - 1, value, i);
    return i;
}

static bool is_pair(struct slice field)
{
    size_t i = 0;
    while (i < field.n && (unsigned char)(field.p[i] - '0') <= 9)
        i++;
    return i > 0 && i < field.n && field.p[i] == ':';
}

/* Sets the fault of the field text[begin .. end) and returns false, unless it is qid:N. */
static bool explain(struct svm *s, const char *text, size_t begin, size_t end)
{
    struct slice field = {text + begin, end - begin};
    size_t i = begin;
    uint64_t index = read_index(text, &i, end);
    if (i == begin && field.n > 4 && slice_equal((struct slice){field.p, 4}, slice_of("qid:")))
        return true;
    if (index > SVM_COLUMNS_MAX)
        return fail(s, field, "has an index above 2^30");
    if (i == begin || i + 1 >= end || text[i] != ':')
        return fail(s, field, "is not INDEX:VALUE");
    if (index == 0)
        return fail(s, field, "has index 0, but indexes begin at 1");
    return fail(s, field, "has an index that is not above the previous index");
}

/* Reads the line text[begin .. end) and adds its row, if it has one. */
static bool read_line(struct svm *s, const char *text, size_t begin, size_t end)
{
    struct svm_memory *m = s->memory;
    size_t row_start = s->n;
    struct slice label = {NULL, 0};
    for (size_t i = begin; i < end;) {
        while (i < end && is_blank(text[i]))
            i++;
        size_t field = i, skimmed = 0;
        if (i == end || text[i] == '#')
            break;
        if (label.p != NULL && (skimmed = skim_pair(s, text, field, end, row_start)) > 0) {
            i = skimmed;
            continue;
        }
        while (i < end && !is_end(text[i]))
            i++;
        if (label.p == NULL) {
            label = (struct slice){text + field, i - field};
            if (is_pair(label))
                return fail(s, label, "is found in place of the label");
        } else if (!explain(s, text, field, i)) {
            return false;
        }
    }
    if (label.p == NULL)
        return true;
    s->label = mem_grow(s->label, &m->label_capacity, s->rows + 1, sizeof *s->label);
    s->start = mem_grow(s->start, &m->start_capacity, s->rows + 2, sizeof *s->start);
    s->label[s->rows] = label;
    s->start[s->rows++] = row_start;
    s->start[s->rows] = s->n;
    return true;
}

/* The line, from 1, of an offset. */
static size_t line_of(const char *text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += text[i] == '\n';
    return line;
}

/* Reads the values if each is one digit, as those of categories are. */
static bool read_digits(struct svm *s, const char *text)
{
    unsigned char largest = 0;
    if (s->memory->longest > 1)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        unsigned char digit = (unsigned char)(text[s->memory->begin[i]] - '0');
        largest = digit > largest ? digit : largest;
        s->value[i] = digit;
    }
    return largest <= 9;
}

/* Reads the values; the first that is not a finite number ends the rows before its own. */
static void read_values(struct svm *s, const char *text)
{
    struct svm_memory *m = s->memory;
    if (s->n == 0)
        return;
    s->value = mem_grow(s->value, &m->value_capacity, s->n, sizeof *s->value);
    if (read_digits(s, text))
        return;
    size_t parsed = number_parse_batch(text, m->begin, m->end, s->n, 1, s->value, 1), good = 0;
    while (good < parsed && isfinite(s->value[good]))
        good++;
    if (good == s->n)
        return;
    size_t begin = m->begin[good];
    while (begin > 0 && !is_end(text[begin - 1]))
        begin--;
    fail(s, (struct slice){text + begin, m->end[good] - begin},
         good < parsed ? "has an infinite value" : "has a value that is not a number");
    s->fault.line = line_of(text, m->begin[good]);
    while (s->rows > 0 && s->start[s->rows] > good)
        s->rows--;
    s->n = s->rows > 0 ? s->start[s->rows] : 0;
}

void svm_skim(struct svm *s, const char *text, size_t n)
{
    enum { PAIR = 6, PAIRS = 1 << 16 }; /* characters of a short pair; most pairs to reserve at first */
    make_room(s, n / PAIR < PAIRS ? n / PAIR : PAIRS);
    s->rows = s->n = s->lines = 0;
    s->columns = s->memory->longest = 0;
    s->text = text;
    s->fault.reason[0] = '\0';
    s->fault.line = 0;
    for (size_t begin = 0; begin < n;) {
        const char *lf = memchr(text + begin, '\n', n - begin);
        size_t end = lf != NULL ? (size_t)(lf - text) : n;
        size_t before = s->n;
        if (!read_line(s, text, begin, end)) {
            s->n = before;
            break;
        }
        s->lines += lf != NULL;
        begin = end + 1;
    }
}

void svm_split(struct svm *s, const char *text, size_t n)
{
    svm_skim(s, text, n);
    read_values(s, text);
}

void svm_value_place(const struct svm *s, size_t i, uint32_t *begin, uint32_t *end)
{
    *begin = s->memory->begin[i];
    *end = s->memory->end[i];
}

size_t svm_line(const struct svm *s, size_t row)
{
    return line_of(s->text, (size_t)(s->label[row].p - s->text));
}
