/* JSON Lines are split as a plain reader splits them that parses one line after the other into lists of names and
 * values: the same columns, fields and line of the first fault. */

#include "data/table/jsonl.h"
#include "fuzz.h"

#include <string.h>

enum { MAX = 512, PADDING = RECORDS_PADDING, VALUES = 256, NAME = 2 * MAX };

struct plain {
    const char *p, *end;
    char name[VALUES][NAME], value[VALUES][MAX + 8];
    bool is_null[VALUES];
    size_t n;
};

static bool plain_value(struct plain *s, const char *name, size_t depth);

static void plain_blanks(struct plain *s)
{
    while (s->p < s->end && strchr(" \t\r", *s->p) != NULL)
        s->p++;
}

static bool plain_pass(struct plain *s, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, word, n) != 0)
        return false;
    s->p += n;
    return true;
}

static void plain_put(char **out, unsigned long code)
{
    int shift = code < 0x80 ? 0 : code < 0x800 ? 6 : code < 0x10000 ? 12 : 18;
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    *(*out)++ = (char)(first[shift / 6] | code >> shift);
    while ((shift -= 6) >= 0)
        *(*out)++ = (char)(0x80 | (code >> shift & 0x3f));
}

static bool plain_unit(struct plain *s, unsigned long *code)
{
    char digits[5] = "";
    if (s->end - s->p < 4 || strspn(s->p, "0123456789abcdefABCDEF") < 4)
        return false;
    memcpy(digits, s->p, 4);
    *code = strtoul(digits, NULL, 16);
    s->p += 4;
    return true;
}

static bool plain_escape(struct plain *s, char **out)
{
    static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    unsigned long code, low;
    const char *letter = s->p < s->end && *s->p != '\0' ? strchr(letters, *s->p) : NULL;
    if (letter != NULL) {
        *(*out)++ = means[letter - letters];
        s->p++;
        return true;
    }
    if (!plain_pass(s, "u") || !plain_unit(s, &code))
        return false;
    const char *behind = s->p;
    if (code >= 0xd800 && code < 0xdc00 && plain_pass(s, "\\u") && plain_unit(s, &low) && low >= 0xdc00 && low < 0xe000)
        code = 0x10000 + (code - 0xd800) * 0x400 + (low - 0xdc00);
    else
        s->p = behind;
    plain_put(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
    return true;
}

static bool plain_string(struct plain *s, char *out)
{
    if (!plain_pass(s, "\""))
        return false;
    while (s->p < s->end && *s->p != '"') {
        if (*s->p != '\\')
            *out++ = *s->p++;
        else if (s->p++, !plain_escape(s, &out))
            return false;
    }
    *out = '\0';
    return plain_pass(s, "\"");
}

static bool plain_add(struct plain *s, const char *name, const char *value, size_t n, bool is_null)
{
    if (s->n == VALUES)
        return false;
    strcpy(s->name[s->n], name);
    memcpy(s->value[s->n], value, n);
    s->value[s->n][n] = '\0';
    s->is_null[s->n++] = is_null;
    return true;
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
static size_t plain_number(const char *p)
{
    static const char digits[] = "0123456789";
    size_t i = *p == '-', n = strspn(p + i, digits);
    if (n == 0 || (p[i] == '0' && n > 1))
        return 0;
    i += n;
    if (p[i] == '.') {
        if ((n = strspn(p + i + 1, digits)) == 0)
            return 0;
        i += n + 1;
    }
    if (p[i] == 'e' || p[i] == 'E') {
        i += 1 + (p[i + 1] == '+' || p[i + 1] == '-');
        if ((n = strspn(p + i, digits)) == 0)
            return 0;
        i += n;
    }
    return i;
}

/* Passes an array of objects as text, by its brackets. */
static bool plain_skip(struct plain *s)
{
    size_t open = 0;
    bool quoted = false;
    do {
        if (s->p >= s->end)
            return false;
        char c = *s->p++;
        if (quoted && c == '\\')
            s->p++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{'))
            open++;
        else if (!quoted && (c == ']' || c == '}'))
            open--;
    } while (open > 0);
    return s->p <= s->end;
}

static bool plain_members(struct plain *s, const char *outer, char closing, size_t depth)
{
    char end[2] = {closing, '\0'}, key[MAX], name[NAME];
    for (size_t i = 1;; i++) {
        plain_blanks(s);
        if (plain_pass(s, end))
            return true;
        if (i > 1 && !plain_pass(s, ","))
            return false;
        plain_blanks(s);
        sprintf(key, "%zu", i);
        if (closing == '}' && !plain_string(s, key))
            return false;
        plain_blanks(s);
        if (closing == '}' && !plain_pass(s, ":"))
            return false;
        plain_blanks(s);
        if (depth == 0)
            strcpy(name, key);
        else
            sprintf(name, "%s.%s", outer, key);
        if (!plain_value(s, name, depth))
            return false;
    }
}

static bool plain_value(struct plain *s, const char *name, size_t depth)
{
    char text[MAX];
    const char *begin = s->p;
    if (s->p < s->end && *s->p == '"')
        return plain_string(s, text) && plain_add(s, name, text, strlen(text), false);
    if (plain_pass(s, "[")) {
        plain_blanks(s);
        if (s->p == s->end || *s->p != '{')
            return depth < 100 && plain_members(s, name, ']', depth + 1);
        s->p = begin;
        return plain_skip(s) && plain_add(s, name, begin, (size_t)(s->p - begin), false);
    }
    if (plain_pass(s, "{"))
        return depth < 100 && plain_members(s, name, '}', depth + 1);
    if (plain_pass(s, "null"))
        return plain_add(s, name, "", 0, true);
    if (plain_pass(s, "true"))
        return plain_add(s, name, "1", 1, false);
    if (plain_pass(s, "false"))
        return plain_add(s, name, "0", 1, false);
    if (plain_pass(s, "NaN") || plain_pass(s, "Infinity") || plain_pass(s, "-Infinity"))
        return plain_add(s, name, begin, (size_t)(s->p - begin), false);
    s->p += plain_number(s->p);
    return s->p > begin && plain_add(s, name, begin, (size_t)(s->p - begin), false);
}

static bool plain_object(struct plain *s, char *line)
{
    s->p = line;
    s->end = line + strlen(line);
    while (s->end > line && strchr(" \t\r", s->end[-1]) != NULL)
        s->end--;
    *(char *)s->end = '\0';
    s->n = 0;
    plain_blanks(s);
    if (!plain_pass(s, "{") || !plain_members(s, "", '}', 0))
        return false;
    plain_blanks(s);
    return s->p == s->end;
}

static bool has_twins(const struct plain *s)
{
    for (size_t i = 0; i < s->n; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(s->name[i], s->name[j]) == 0)
                return true;
    return false;
}

/* Whether the row has the values of the line in their columns, and nothing in the others. */
static bool is_row(const struct jsonl *jsonl, const struct records *r, size_t row, const struct plain *s)
{
    for (size_t f = 0; f < r->width; f++) {
        struct slice field = records_field(r, row, f), name = jsonl_name(jsonl, f);
        const char *value = "";
        for (size_t i = 0; i < s->n; i++)
            if (slice_equal(slice_of(s->name[i]), name))
                value = s->value[i];
        if (!slice_equal(field, slice_of(value)))
            return false;
    }
    for (size_t i = 0; i < s->n; i++) {
        size_t f = 0;
        while (f < r->width && !slice_equal(jsonl_name(jsonl, f), slice_of(s->name[i])))
            f++;
        if (f == r->width && !s->is_null[i])
            return false;
    }
    return true;
}

static void compare(const struct jsonl *jsonl, const struct records *r, const char *text)
{
    static struct plain s;
    static char line[MAX + 1];
    size_t row = 0, number = 1;
    for (const char *p = text; *p != '\0'; number++) {
        size_t n = strcspn(p, "\n");
        memcpy(line, p, n);
        line[n] = '\0';
        if (strspn(line, " \t\r") < n) {
            bool is_good = plain_object(&s, line) && !has_twins(&s);
            if (s.n == VALUES)
                return;
            if (!is_good) {
                demand(r->fault.reason != NULL && records_line(r, r->fault.at) == number, "the line of the fault");
                break;
            }
            demand(row < r->rows && is_row(jsonl, r, row, &s), "rows are those of the plain reader");
            row++;
        }
        p += n + (p[n] == '\n');
    }
    demand(row == r->rows, "as many rows as the plain reader");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static char text[PADDING + MAX + PADDING];
    if (n > MAX || memchr(bytes, '\0', n) != NULL)
        return 0;
    memset(text, 0, sizeof text);
    memcpy(text + PADDING, bytes, n);
    /* A NUL that an escape stands for would end the plain reader's text. */
    if (strstr(text + PADDING, "\\u0000") != NULL)
        return 0;
    struct records r;
    struct jsonl *jsonl;
    records_init(&r);
    jsonl_of_block(&jsonl, &r, text + PADDING, n);
    jsonl_split(jsonl, &r, text + PADDING, n);
    compare(jsonl, &r, text + PADDING);
    demand(memcmp(text + PADDING, bytes, n) == 0, "the block stays as it is");
    jsonl_look((struct slice){text + PADDING, n});
    jsonl_free(jsonl);
    records_free(&r);
    return 0;
}
