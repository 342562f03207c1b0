/* Which known word a misspelt one means, for "did you mean" in messages: the optimal string alignment distance
 * (restricted Damerau-Levenshtein) by dynamic programming over three rows of a table, to every candidate in
 * turn. Time is proportional to the product of the two lengths; words of more than LONGEST bytes are not
 * compared. */
#include "base/nearest.h"

#include <string.h>

enum { LONGEST = 63 }; /* longer words match nothing */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The distance between a[0..n) and b[0..m). d[i % 3][j] is that of the first i bytes of a and the first j of b. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t d[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = d[i % 3], *above = d[(i + 2) % 3], *second = d[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], second[j - 2] + 1);
        }
    }
    return d[n % 3][m];
}

const char *nearest_word(const char *const *candidates, size_t n, const char *word)
{
    size_t length = strlen(word);
    if (length == 0 || length > LONGEST)
        return NULL;
    const char *nearest = NULL;
    size_t allowed = length < 2 ? 0 : length < 5 ? 1 : length < 9 ? 2 : length / 3;
    for (size_t i = 0; i < n; i++) {
        size_t m = strlen(candidates[i]);
        if (m > LONGEST)
            continue;
        size_t edits = distance(word, length, candidates[i], m);
        if (edits <= allowed) {
            nearest = candidates[i];
            if (edits == 0)
                break;
            allowed = edits - 1;
        }
    }
    return nearest;
}
