/* Where a block may end: behind the last line end of its bytes that ends a record.
 *
 * Without quotes and escapes, that is the last line end (cut_without_quotes). Else the fields are walked
 * (records_walk.h) from the begin of the block, as they will be when it is split. */

#include "data/table/records.h"

#include "data/table/records_walk.h"

#include <string.h>

static size_t cut_without_quotes(const char *raw, size_t n)
{
    for (size_t i = n; i > 0; i--)
        if (raw[i - 1] == '\n')
            return i;
    for (size_t i = n; i > 1; i--)
        if (raw[i - 2] == '\r')
            return i - 1;
    return 0;
}

static bool has(const char *raw, size_t n, int mark)
{
    return mark >= 0 && memchr(raw, mark, n) != NULL;
}

/* Passes the fields of the record that begins at `at`; false at a fault. */
static bool pass_record(struct records_walk *walk, size_t *at, struct records_found *found)
{
    for (size_t number = 0;; number++) {
        found->fault = NULL;
        records_walk_field(walk, *at, number, found);
        *at = found->next;
        if (found->fault != NULL || records_walk_ends(walk, *at))
            return found->fault == NULL;
        *at += walk->delimiter != '\0';
    }
}

size_t records_cut(const struct dialect *dialect, const char *raw, size_t n)
{
    struct records_walk walk;
    struct records_found found;
    records_walk_start(&walk, dialect, raw, n);
    if (!has(raw, n, walk.quote) && !has(raw, n, walk.escape))
        return cut_without_quotes(raw, n);
    size_t cut = 0;
    for (size_t at = 0; at < n;) {
        /* A fault ends the records: the block may end with its line. */
        if (records_walk_line(&walk, &at) && !pass_record(&walk, &at, &found)) {
            const char *lf = at < n ? memchr(raw + at, '\n', n - at) : NULL;
            return lf != NULL ? (size_t)(lf - raw) + 1 : cut;
        }
        if (at + 1 >= n && (at >= n || raw[at] == '\r'))
            return cut;
        cut = at = records_walk_past_line_end(&walk, at);
    }
    return cut;
}
