/* A recursive descent over one JSON object.
 *
 * 1. walk_object, walk_array: members and elements; each puts its name behind those of the objects around it.
 * 2. walk_value: strings (read_string), numbers (skip_number), words (read_word), and nested values.
 * 3. A fault is told with the text where it is, and what is expected there.
 *
 * Strings are scanned 8 bytes at a time and decoded in place (decode_string): an escape is longer than what it means
 * (\u00e9 is 2 bytes, a pair of surrogates 4; a lone surrogate becomes U+FFFD, as jq makes it). Memory: the dotted
 * name. Depth is bounded by DEPTH. */

#include "data/table/jsonl_walk.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPTH = 100 };

static bool walk_value(struct jsonl_walk *w, struct slice name);

void jsonl_walk_free(struct jsonl_walk *walk)
{
    free(walk->name);
}

static void skip_blanks(struct jsonl_walk *w)
{
    while (w->at < w->end && (w->text[w->at] == ' ' || w->text[w->at] == '\t' || w->text[w->at] == '\r'))
        w->at++;
}

/* Ends the walk at the character where it is. */
static bool fail(struct jsonl_walk *w, const char *expected)
{
    char echo[ERR_ECHO];
    size_t left = w->end - w->at;
    if (left == 0) {
        w->is_cut = true;
        snprintf(w->reason, sizeof w->reason, "the JSON object does not end in its line (%s expected)", expected);
        return false;
    }
    snprintf(w->reason, sizeof w->reason, "invalid JSON at '%s': %s expected",
             err_echo(echo, (struct slice){w->text + w->at, left < 20 ? left : 20}), expected);
    return false;
}

/* ---- strings ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number of four hexadecimal digits; -1 if they are none. */
static long read_hex(const char *p, size_t n)
{
    long code = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = i < n ? hex_digit(p[i]) : -1;
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

static size_t write_utf8(char *out, unsigned long code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)((0xf00 >> n & 0xff) | code);
    return n;
}

/* Decodes the escape \u… whose digits begin at *from, behind which it moves. */
static bool decode_unicode(struct jsonl_walk *w, size_t *from, size_t *to)
{
    enum { HIGH = 0xd800, LOW = 0xdc00, PAST = 0xe000, REPLACEMENT = 0xfffd };
    long code = read_hex(w->text + *from, w->end - *from);
    if (code < 0)
        return false;
    *from += 4;
    if (code >= HIGH && code < LOW && *from + 2 <= w->end && w->text[*from] == '\\' && w->text[*from + 1] == 'u') {
        long low = read_hex(w->text + *from + 2, w->end - *from - 2);
        if (low >= LOW && low < PAST) {
            code = 0x10000 + ((code - HIGH) << 10) + (low - LOW);
            *from += 6;
        }
    }
    if (code >= HIGH && code < PAST)
        code = REPLACEMENT;
    *to += write_utf8(w->text + *to, (unsigned long)code);
    return true;
}

/* Decodes from the first backslash on, at w->at, to the closing quote; *end: where what it means ends. */
static bool decode_string(struct jsonl_walk *w, size_t *end)
{
    static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    size_t from = w->at, to = from;
    while (from < w->end && w->text[from] != '"') {
        if (w->text[from] != '\\') {
            w->text[to++] = w->text[from++];
            continue;
        }
        char c = '\0';
        if (++from < w->end)
            c = w->text[from++];
        const char *letter = c != '\0' ? strchr(letters, c) : NULL;
        if (letter != NULL) {
            w->text[to++] = means[letter - letters];
        } else if (c != 'u' || !decode_unicode(w, &from, &to)) {
            w->at = from < w->end ? from - 1 : w->end;
            return fail(w, "an escape such as \\n or \\u00e9");
        }
    }
    w->at = from;
    *end = to;
    return true;
}

/* Moves w->at to the next quote or backslash, or to the end. */
static void skip_plain(struct jsonl_walk *w)
{
    const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
    size_t at = w->at;
    for (; at + 8 <= w->end; at += 8) {
        uint64_t v;
        memcpy(&v, w->text + at, sizeof v);
        uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
        if ((((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & high)
            break;
    }
    while (at < w->end && w->text[at] != '"' && w->text[at] != '\\')
        at++;
    w->at = at;
}

/* Reads a string whose opening quote has been passed: text[*begin .. *end). */
static bool read_string(struct jsonl_walk *w, size_t *begin, size_t *end)
{
    *begin = w->at;
    skip_plain(w);
    *end = w->at;
    if (w->at < w->end && w->text[w->at] == '\\' && !decode_string(w, end))
        return false;
    if (w->at == w->end)
        return fail(w, "a closing quote");
    w->at++;
    return true;
}

/* ---- other values ---- */

static size_t skip_digits(const struct jsonl_walk *w, size_t at)
{
    while (at < w->end && (unsigned char)(w->text[at] - '0') <= 9)
        at++;
    return at;
}

/* Where the number that begins at `at` ends; `at` if there is none. */
static size_t skip_number(const struct jsonl_walk *w, size_t at)
{
    size_t begin = at, digits;
    at += at < w->end && w->text[at] == '-';
    digits = skip_digits(w, at);
    if (digits == at || (w->text[at] == '0' && digits > at + 1))
        return begin;
    at = digits;
    if (at < w->end && w->text[at] == '.') {
        digits = skip_digits(w, at + 1);
        if (digits == at + 1)
            return begin;
        at = digits;
    }
    if (at < w->end && (w->text[at] | 0x20) == 'e') {
        at++;
        at += at < w->end && (w->text[at] == '-' || w->text[at] == '+');
        digits = skip_digits(w, at);
        if (digits == at)
            return begin;
        at = digits;
    }
    return at;
}

/* Passes the word if it stands there. */
static bool pass_word(struct jsonl_walk *w, const char *word)
{
    size_t n = strlen(word);
    if (w->end - w->at < n || memcmp(w->text + w->at, word, n) != 0)
        return false;
    w->at += n;
    return true;
}

/* Passes text to the bracket that closes the one which stands there, without decoding anything. */
static bool pass_brackets(struct jsonl_walk *w)
{
    size_t open = 0;
    do {
        if (w->at == w->end)
            return fail(w, "']'");
        char c = w->text[w->at++];
        if (c == '"') {
            for (skip_plain(w); w->at < w->end && w->text[w->at] == '\\'; skip_plain(w))
                w->at = w->at + 2 < w->end ? w->at + 2 : w->end;
            w->at += w->at < w->end;
        }
        open += c == '[' || c == '{';
        open -= c == ']' || c == '}';
    } while (open > 0);
    return true;
}

/* ---- names ---- */

/* Makes w->name the name and a dot; returns its length. */
static size_t begin_names(struct jsonl_walk *w, struct slice name)
{
    bool is_there = name.p == w->name;
    w->name = mem_grow(w->name, &w->name_capacity, name.n + 1, 1);
    if (name.n > 0 && !is_there)
        memcpy(w->name, name.p, name.n);
    w->name[name.n] = '.';
    return name.n + 1;
}

/* The part behind the first `outer` bytes of w->name; itself if that is 0. */
static struct slice full_name(struct jsonl_walk *w, size_t outer, struct slice part)
{
    if (outer == 0)
        return part;
    w->name = mem_grow(w->name, &w->name_capacity, outer + part.n, 1);
    memcpy(w->name + outer, part.p, part.n);
    return (struct slice){w->name, outer + part.n};
}

/* ---- nested values ---- */

/* Passes a bracket or a comma behind which the next member or element stands. *ended: it is the closing bracket. */
static bool pass_separator(struct jsonl_walk *w, char closing, bool is_first, bool *ended)
{
    skip_blanks(w);
    char c = w->at < w->end ? w->text[w->at] : '\0';
    *ended = w->at < w->end && c == closing;
    if (*ended || (!is_first && w->at < w->end && c == ','))
        w->at++;
    else if (!is_first)
        return fail(w, closing == '}' ? "',' or '}'" : "',' or ']'");
    skip_blanks(w);
    return true;
}

/* Walks over the members of an object whose bracket has been passed. outer: of w->name, before their names. */
static bool walk_object(struct jsonl_walk *w, size_t outer)
{
    bool ended, is_first = true;
    for (;; is_first = false) {
        size_t begin, end;
        if (!pass_separator(w, '}', is_first, &ended))
            return false;
        if (ended)
            return true;
        if (w->at == w->end || w->text[w->at] != '"')
            return fail(w, is_first ? "a key in double quotes or '}'" : "a key in double quotes");
        w->at++;
        if (!read_string(w, &begin, &end))
            return false;
        skip_blanks(w);
        if (w->at == w->end || w->text[w->at] != ':')
            return fail(w, "':'");
        w->at++;
        skip_blanks(w);
        if (!walk_value(w, full_name(w, outer, (struct slice){w->text + begin, end - begin})))
            return false;
    }
}

static bool walk_array(struct jsonl_walk *w, size_t outer)
{
    char number[24];
    bool ended;
    for (size_t i = 1;; i++) {
        if (!pass_separator(w, ']', i == 1, &ended))
            return false;
        if (ended)
            return true;
        snprintf(number, sizeof number, "%zu", i);
        if (!walk_value(w, full_name(w, outer, slice_of(number))))
            return false;
    }
}

/* Walks over an object or array, whose bracket stands there. */
static bool walk_nested(struct jsonl_walk *w, struct slice name)
{
    size_t begin = w->at++;
    bool is_object = w->text[begin] == '{';
    skip_blanks(w);
    if (!is_object && w->at < w->end && w->text[w->at] == '{') {
        w->at = begin;
        return pass_brackets(w) && w->value(w, name, begin, w->at, JSONL_OBJECTS);
    }
    if (++w->depth > DEPTH) {
        snprintf(w->reason, sizeof w->reason, "the JSON is nested more than %d levels deep", DEPTH);
        return false;
    }
    size_t outer = begin_names(w, name);
    bool walked = is_object ? walk_object(w, outer) : walk_array(w, outer);
    w->depth--;
    return walked;
}

static bool walk_value(struct jsonl_walk *w, struct slice name)
{
    size_t begin = w->at, end = 0;
    char c = w->at < w->end ? w->text[w->at] : '\0';
    if (c == '"') {
        w->at++;
        return read_string(w, &begin, &end) && w->value(w, name, begin, end, JSONL_SCALAR);
    }
    if (c == '{' || c == '[')
        return walk_nested(w, name);
    if (c == 't' || c == 'f') {
        if (!pass_word(w, c == 't' ? "true" : "false"))
            return fail(w, "a value");
        w->text[begin] = c == 't' ? '1' : '0';
        return w->value(w, name, begin, begin + 1, JSONL_SCALAR);
    }
    if (pass_word(w, "null"))
        return w->value(w, name, begin, begin, JSONL_NULL);
    end = skip_number(w, begin);
    if (end > begin)
        w->at = end;
    else if (!pass_word(w, "NaN") && !pass_word(w, "Infinity") && !pass_word(w, "-Infinity"))
        return fail(w, "a value");
    return w->value(w, name, begin, w->at, JSONL_SCALAR);
}

bool jsonl_walk_line(struct jsonl_walk *w, size_t at, size_t end)
{
    w->at = at;
    w->end = end;
    w->depth = 0;
    w->is_cut = false;
    skip_blanks(w);
    if (w->at == w->end || w->text[w->at] != '{')
        return fail(w, "a JSON object");
    w->at++;
    if (!walk_object(w, 0))
        return false;
    skip_blanks(w);
    return w->at == w->end || fail(w, "the end of the line");
}
