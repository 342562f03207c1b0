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

/* Where the text may be cut; found: of the field at which the walk stopped. */
static size_t walk_to_cut(struct records_walk *walk, struct records_found *found)
{
    size_t cut = 0;
    for (size_t at = 0; at < walk->n;) {
        /* A fault ends the records: the block may end with its line. */
        if (records_walk_line(walk, &at) && !pass_record(walk, &at, found)) {
            const char *lf = at < walk->n ? memchr(walk->text + at, '\n', walk->n - at) : NULL;
            return lf != NULL ? (size_t)(lf - walk->text) + 1 : cut;
        }
        if (at + 1 >= walk->n && (at >= walk->n || walk->text[at] == '\r'))
            return cut;
        cut = at = records_walk_past_line_end(walk, at);
    }
    return cut;
}

size_t records_cut(const struct dialect *dialect, const char *raw, size_t n)
{
    struct records_walk walk;
    struct records_found found;
    records_walk_start(&walk, dialect, raw, n);
    walk.is_open = true;
    bool is_simple = dialect->format >= DIALECT_SVM || (!has(raw, n, walk.quote) && !has(raw, n, walk.escape));
    return is_simple ? cut_without_quotes(raw, n) : walk_to_cut(&walk, &found);
}

bool records_find_open_quote(const struct dialect *dialect, const char *raw, size_t n, size_t *at)
{
    struct records_walk walk;
    struct records_found found = {.fault = NULL};
    records_walk_start(&walk, dialect, raw, n);
    walk.is_open = true;
    walk_to_cut(&walk, &found);
    *at = found.fault != NULL ? found.fault_at : n;
    return found.fault != NULL && found.next == n;
}
