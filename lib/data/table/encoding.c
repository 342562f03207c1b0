/* Tells the encoding of a text from its head.
 *
 * 1. A byte-order mark decides.
 * 2. In UTF-16, blanks, digits, delimiters and line ends have a NUL byte as their other half: NUL bytes are frequent at
 *    odd places (little-endian) or at even ones (big-endian), and rare at the others. Pairs of two characters of ASCII,
 *    which would be Chinese in UTF-16, are fewer.
 * 3. Bytes of more than 7 bits that are no UTF-8 are Latin-1, unless more characters are valid UTF-8 than bytes are
 * not: then the text is UTF-8 with some damage, and is left as it is.
 *
 * An incomplete character at the end of the head counts for nothing. */

#include "data/table/encoding.h"

#include <stdint.h>
#include <string.h>

/* Pairs of bytes of a text: with a NUL byte at the even or the odd place, and with two characters of ASCII. */
struct encoding_pairs {
    size_t n, even, odd, ascii;
};

static bool is_printable(char c)
{
    return c >= ' ' && c <= '~';
}

static struct encoding_pairs count_pairs(struct slice head)
{
    struct encoding_pairs pairs = {.n = head.n / 2};
    for (size_t i = 0; i < pairs.n; i++) {
        char first = head.p[2 * i], second = head.p[2 * i + 1];
        pairs.even += first == '\0';
        pairs.odd += second == '\0';
        pairs.ascii += is_printable(first) && is_printable(second);
    }
    return pairs;
}

/* Bytes of the character of UTF-8 that the text begins with; 0 if it is none; SIZE_MAX if the text ends within it. */
static size_t utf8_length(struct slice text)
{
    unsigned char lead = (unsigned char)text.p[0];
    size_t n = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
    if (n == 4 && (lead < 0xf0 || lead > 0xf4))
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (i == text.n)
            return SIZE_MAX;
        if (((unsigned char)text.p[i] & 0xc0) != 0x80)
            return 0;
    }
    return n;
}

/* Whether 8 bytes are ASCII. */
static bool is_ascii_word(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return (word & 0x8080808080808080u) == 0;
}

static enum dialect_encoding find_in_bytes(struct slice head, enum dialect_encoding before)
{
    size_t valid = 0, invalid = 0;
    for (size_t i = 0; i < head.n;) {
        if (head.n - i >= 8 && is_ascii_word(head.p + i)) {
            i += 8;
            continue;
        }
        size_t n = utf8_length((struct slice){head.p + i, head.n - i});
        if (n == SIZE_MAX)
            break;
        invalid += n == 0;
        valid += n > 1;
        i += n > 0 ? n : 1;
    }
    bool is_latin = invalid > valid || (invalid + valid == 0 && before == DIALECT_LATIN1);
    return is_latin ? DIALECT_LATIN1 : DIALECT_UTF8;
}

size_t encoding_mark(struct slice head, enum dialect_encoding encoding)
{
    static const char *const marks[] = {
        [DIALECT_UTF8] = "\xef\xbb\xbf", [DIALECT_UTF16LE] = "\xff\xfe", [DIALECT_UTF16BE] = "\xfe\xff"};
    if (encoding == DIALECT_ENCODING_AUTO || encoding == DIALECT_LATIN1)
        return 0;
    size_t n = strlen(marks[encoding]);
    return head.n >= n && memcmp(head.p, marks[encoding], n) == 0 ? n : 0;
}

enum dialect_encoding encoding_find(struct slice head, enum dialect_encoding before)
{
    for (enum dialect_encoding encoding = DIALECT_UTF8; encoding <= DIALECT_UTF16BE; encoding++)
        if (encoding_mark(head, encoding) > 0)
            return encoding;
    if (memchr(head.p, '\0', head.n) == NULL)
        return find_in_bytes(head, before);
    struct encoding_pairs pairs = count_pairs(head);
    size_t most = pairs.even > pairs.odd ? pairs.even : pairs.odd, least = pairs.even + pairs.odd - most;
    if (most * 5 > pairs.n && most > pairs.ascii && most > 4 * least)
        return pairs.even < pairs.odd ? DIALECT_UTF16LE : DIALECT_UTF16BE;
    return find_in_bytes(head, before);
}
