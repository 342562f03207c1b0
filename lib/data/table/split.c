/* Folds by a hash of the row or of its key: no state, no order, no random numbers, the same on every machine. */

#include "data/table/split.h"

#include "base/hash.h"

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

bool split_keeps(const struct split *split, struct slice text)
{
    bool inside = hash_bytes(text) % split->folds == split->fold;
    return inside != split->others;
}
