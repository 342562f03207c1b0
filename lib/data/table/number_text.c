/* Numbers of other spellings, rewritten as number_parse reads them.
 *
 * 1. strip_signs drops signs of currencies and per cent, and the parentheses of negative amounts.
 * 2. rewrite_digits drops the marks between groups of three digits, and replaces the decimal mark by a point. Where the
 *    marks are wrong, the text is no number.
 * 3. number_parse decides about the rest.
 *
 * number_text_gather rewrites many fields side by side for number_parse_batch. If only point and comma change places,
 * this takes a few operations on 8 bytes at a time (swap_marks). */

#include "data/table/number_text.h"

#include "base/mem.h"
#include "text/number.h"

#include <stdlib.h>
#include <string.h>

struct number_text number_text_of(const struct dialect *d)
{
    struct number_text numbers = {.thousands = d->thousands == DIALECT_NO_MARK ? '\0' : d->thousands,
                                  .drops_signs = d->signs == DIALECT_SIGNS_DROP};
    numbers.decimal = d->decimal != '\0' ? d->decimal : numbers.thousands == '.' ? ',' : '.';
    numbers.is_plain = numbers.decimal == '.' && numbers.thousands == '\0' && !numbers.drops_signs;
    return numbers;
}

static bool begins_with(struct slice text, const char *prefix)
{
    size_t n = strlen(prefix);
    return text.n >= n && memcmp(text.p, prefix, n) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the first of the characters that the text begins with, 0 if none. */
static size_t match(struct slice text, const char *const *characters)
{
    for (; text.n > 0 && *characters != NULL; characters++)
        if (**characters == text.p[0] && begins_with(text, *characters))
            return strlen(*characters);
    return 0;
}

/* Blanks: ASCII, no-break, narrow no-break (as Excel writes it), thin. */
static const char *const blanks[] = {" ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", NULL};
static const char *const apostrophes[] = {"'", "\xe2\x80\x99", NULL};
static const char *const minus[] = {"-", "\xe2\x88\x92", NULL};

/* Length of a sign of a currency, per cent or per mille that the text begins with: $, cent to yen, % and the block of
 * currency symbols (U+20A0 to U+20CF); 0 if none. */
static size_t match_sign(struct slice text)
{
    static const char *const signs[] = {"$", "%", "\xc2\xa2", "\xc2\xa3", "\xc2\xa4", "\xc2\xa5", "\xe2\x80\xb0", NULL};
    bool is_symbol = text.n >= 3 && text.p[0] == '\xe2' && ((unsigned char)text.p[1] == 0x82 || text.p[1] == '\x83') &&
                     (unsigned char)text.p[2] >= ((unsigned char)text.p[1] == 0x82 ? 0xa0 : 0x80) &&
                     (unsigned char)text.p[2] <= ((unsigned char)text.p[1] == 0x82 ? 0xbf : 0x8f);
    return is_symbol ? 3 : match(text, signs);
}

static size_t match_mark(const struct number_text *numbers, struct slice text)
{
    if (numbers->thousands == '\0')
        return 0;
    if (numbers->thousands == ' ')
        return match(text, blanks);
    if (numbers->thousands == '\'')
        return match(text, apostrophes);
    return text.n > 0 && text.p[0] == numbers->thousands;
}

static struct slice behind(struct slice text, size_t n)
{
    return (struct slice){text.p + n, text.n - n};
}

/* Drops blanks behind the number, and a sign unless there is one before. */
static void strip_end(struct slice *text, bool has_sign)
{
    for (size_t n = text->n < 3 ? text->n : 3; n > 0; n--) {
        struct slice tail = behind(*text, text->n - n);
        size_t sign = has_sign ? 0 : match_sign(tail), blank = match(tail, blanks);
        if (sign != n && blank != n)
            continue;
        has_sign |= sign == n;
        text->n -= n;
        n = (text->n < 3 ? text->n : 3) + 1;
    }
}

/* Drops what stands around the digits of an amount; false if it stands wrongly. */
static bool strip_signs(struct slice *text, bool *is_negative)
{
    bool is_enclosed = text->n > 2 && text->p[0] == '(' && text->p[text->n - 1] == ')';
    if (is_enclosed)
        *text = (struct slice){text->p + 1, text->n - 2};
    *is_negative = is_enclosed;
    bool has_sign = false, has_minus = is_enclosed;
    for (size_t n; text->n > 0; *text = behind(*text, n)) {
        if ((n = match(*text, blanks)) > 0)
            continue;
        if ((n = match_sign(*text)) > 0 && !has_sign)
            has_sign = true;
        else if ((n = match(*text, minus)) > 0 && !has_minus)
            has_minus = *is_negative = true;
        else
            break;
    }
    strip_end(text, has_sign);
    return text->n > 0;
}

/* Length of the digits and marks that the text begins with; *digits: written to out without the marks. 0 digits: there
 * are none; SIZE_MAX: the groups are wrong. */
static size_t rewrite_digits(const struct number_text *numbers, struct slice text, char *out, size_t *digits)
{
    size_t at = 0, group = 0, groups = 0;
    for (*digits = 0; at < text.n;) {
        size_t mark = is_digit(text.p[at]) ? 0 : match_mark(numbers, behind(text, at));
        bool is_right = groups == 0 ? group >= 1 && group <= 3 && text.p[0] != '0' : group == 3;
        if (is_digit(text.p[at])) {
            out[(*digits)++] = text.p[at++];
            group++;
        } else if (mark > 0 && is_right && at + mark < text.n && is_digit(text.p[at + mark])) {
            at += mark;
            groups++;
            group = 0;
        } else {
            break;
        }
    }
    if (groups > 0 && group != 3)
        *digits = SIZE_MAX;
    return at;
}

/* Writes the number to out, in text.n + 1 bytes at most, as number_parse reads it; 0 if it is none. */
static size_t rewrite(const struct number_text *numbers, struct slice text, char *out)
{
    size_t n = 0, digits, sign = match(text, minus);
    bool is_negative = sign > 0;
    if (numbers->drops_signs && !strip_signs(&text, &is_negative))
        return 0;
    if (!numbers->drops_signs)
        text = behind(text, sign);
    if (is_negative)
        out[n++] = '-';
    else if (text.n > 0 && text.p[0] == '+')
        out[n++] = '+', text = behind(text, 1);
    text = behind(text, rewrite_digits(numbers, text, out + n, &digits));
    if (digits == SIZE_MAX)
        return 0;
    n += digits;
    if (text.n > 0 && text.p[0] == numbers->decimal) {
        out[n++] = '.';
        text = behind(text, 1);
    }
    if (memchr(text.p, '.', text.n) != NULL)
        return 0;
    memcpy(out + n, text.p, text.n);
    return n + text.n;
}

struct slice number_text_plain(const struct number_text *numbers, struct slice text, char *memory)
{
    double value;
    struct slice plain = {memory, numbers->is_plain ? 0 : rewrite(numbers, text, memory)};
    return plain.n > 0 && number_parse(plain, &value) ? plain : text;
}

bool number_text_parse(const struct number_text *numbers, struct slice text, double *value)
{
    enum { SHORT = 128 };
    char fixed[SHORT + 1];
    if (numbers->is_plain)
        return number_parse(text, value);
    char *memory = text.n <= SHORT ? fixed : mem_alloc(text.n + 1, 1);
    size_t n = rewrite(numbers, text, memory);
    bool is_number = n > 0 && number_parse((struct slice){memory, n}, value);
    if (memory != fixed)
        free(memory);
    return is_number;
}

static bool fits(char decimal, char thousands, bool drops_signs, struct slice text)
{
    double value;
    return number_text_parse(&(struct number_text){decimal, thousands, drops_signs, false}, text, &value);
}

/* Whether the text is a number with marks between its groups. */
static bool has_groups(bool drops_signs, struct slice text)
{
    for (const char *mark = ",.' _"; *mark != '\0'; mark++) {
        char decimal = *mark == '.' ? ',' : '.';
        if (fits(decimal, *mark, drops_signs, text) && !fits(decimal, '\0', drops_signs, text))
            return true;
    }
    return false;
}

enum err_cause number_text_cause(const struct number_text *numbers, struct slice text)
{
    for (int signs = numbers->drops_signs; signs <= 1; signs++) {
        if (fits(numbers->decimal, numbers->thousands, signs, text))
            return ERR_NUMBER_SIGN;
        bool has_comma = numbers->decimal == '.' && fits(',', '\0', signs, text), groups = has_groups(signs, text);
        if (has_comma || groups)
            return has_comma && groups ? ERR_COMMA : has_comma ? ERR_DECIMAL_COMMA : ERR_THOUSANDS;
    }
    return ERR_NO_REMEDY;
}

/* Exchanges point (0x2e) and comma (0x2c) in 8 bytes: both are 0x2c but for bit 1. */
static uint64_t swap_marks(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u, low7 = 0x7f * ones;
    uint64_t x = (word | 2 * ones) ^ (0x2e * ones);
    uint64_t marks = ~(((x & low7) + low7) | x | low7);
    return word ^ (marks >> 6);
}

void number_text_gather(const struct number_text *numbers, const char *text, const uint32_t *begin, const uint32_t *end,
                        size_t n, size_t stride, struct number_text_batch *batch)
{
    bool is_swapped = numbers->decimal == ',' && numbers->thousands == '\0' && !numbers->drops_signs;
    for (size_t i = 0; i < n; i++) {
        struct slice field = {text + begin[i * stride], end[i * stride] - begin[i * stride]};
        size_t at = 64 + i * NUMBER_TEXT_WIDTH, length = 0;
        if (field.n < NUMBER_TEXT_WIDTH && is_swapped) {
            uint64_t words[NUMBER_TEXT_WIDTH / 8];
            memcpy(words, field.p, sizeof words);
            for (size_t k = 0; k < NUMBER_TEXT_WIDTH / 8; k++)
                words[k] = swap_marks(words[k]);
            memcpy(batch->text + at, words, sizeof words);
            length = field.n;
        } else if (field.n < NUMBER_TEXT_WIDTH) {
            length = rewrite(numbers, field, batch->text + at);
        }
        batch->begin[i] = (uint32_t)at;
        batch->end[i] = (uint32_t)(at + length);
    }
}
