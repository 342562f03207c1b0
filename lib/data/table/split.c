/* Folds by a hash of what a row says: no state, no order, no random numbers, the same on every machine.
 *
 * 1. split_label: a hash of the name of each column, or of the place of each key.
 * 2. split_add: of each field, the hash of its value (hash_value) is mixed with that of its column, and added to the
 * others, so that the order of the columns does not matter.
 * 3. split_keeps: the sum, mixed once more, modulo the number of folds. */

#include "data/table/split.h"

#include "base/hash.h"
#include "text/number.h"

#include <math.h>
#include <stdio.h>

/* The decimal number up to `stop`; 0 if it is not a number or is too large. */
static size_t parse_count(const char *text, const char *stop)
{
    size_t count = 0;
    for (const char *p = text; p < stop; p++) {
        if (*p < '0' || *p > '9' || count > SPLIT_FOLDS_MAX)
            return 0;
        count = count * 10 + (size_t)(*p - '0');
    }
    return count <= SPLIT_FOLDS_MAX ? count : 0;
}

enum status split_parse(struct split *split, const char *text, struct err *err)
{
    const char *slash = strchr(text, '/'), *end = text + strlen(text);
    size_t fold = slash != NULL ? parse_count(text, slash) : 0, folds = slash != NULL ? parse_count(slash + 1, end) : 0;
    if (fold < 1 || folds < 2 || fold > folds)
        return err_usage(err, "expected k/K, such as 1/5: a number K of folds from 2 to %d, and k from 1 to K",
                         SPLIT_FOLDS_MAX);
    split->fold = fold - 1;
    split->folds = folds;
    return STATUS_OK;
}

uint64_t split_label(struct slice name)
{
    return hash_mix(hash_bytes(name) ^ 0xa0761d6478bd642fu, 0xe7037ed1a0b428dbu);
}

static bool has_digits_only(struct slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return true;
}

static uint64_t hash_number(double x)
{
    uint64_t bits;
    x += 0.0; /* -0 is 0 */
    memcpy(&bits, &x, sizeof bits);
    return hash_mix(bits ^ 0xa0761d6478bd642fu, 0xe7037ed1a0b428dbu);
}

/* Numbers are equal if they are to 15 significant digits, with which every program writes at least: up to there the
 * double nearest to the text is the value, and longer ones are rounded. Long rows of digits, such as identifiers, are
 * text. */
static uint64_t hash_value(struct slice text)
{
    double x;
    if ((text.n > SPLIT_DIGITS && has_digits_only(text)) || !number_parse(text, &x))
        return hash_bytes(text);
    if (text.n > SPLIT_DIGITS && isfinite(x)) {
        char rounded[NUMBER_MAX];
        number_parse((struct slice){rounded, number_write_digits(rounded, x, SPLIT_DIGITS)}, &x);
    }
    return hash_number(x);
}

static uint64_t add_value(uint64_t hash, uint64_t label, uint64_t value)
{
    return hash + hash_mix(label ^ value, 0x589965cc75374cc3u);
}

uint64_t split_add(uint64_t hash, uint64_t label, struct slice text, bool is_missing)
{
    return add_value(hash, label, is_missing ? 0x8ebc6af09c88c6e3u : hash_value(text));
}

uint64_t split_add_number(uint64_t hash, uint64_t label, double x)
{
    return add_value(hash, label, hash_number(x));
}

bool split_keeps(const struct split *split, uint64_t hash)
{
    bool inside = hash_mix(hash ^ 0x9e3779b97f4a7c15u, 0xd6e8feb86659fd93u) % split->folds == split->fold;
    return inside != split->others;
}
