/* The records that detection looks at: those behind the lines that are skipped, by the dialect found so far. */

#include "data/table/detect_state.h"

#include "base/mem.h"

#include <stdlib.h>

struct slice detect_skip(struct slice text, size_t lines)
{
    size_t at = 0;
    for (; lines > 0 && at < text.n; at++)
        lines -= text.p[at] == '\n' || (text.p[at] == '\r' && (at + 1 == text.n || text.p[at + 1] != '\n'));
    return (struct slice){text.p + at, text.n - at};
}

static int compare_sizes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* The width that most records have, the larger one of two; those that begin as comments do count if there are no
 * others. */
static size_t width_of_most(const struct sample *s)
{
    size_t n = 0, width = 0, most = 0, *widths = mem_alloc(s->rows, sizeof *widths);
    for (int pass = 0; pass < 2 && n == 0; pass++)
        for (size_t row = 0; row < s->rows; row++)
            if (pass == 1 || (s->text[s->row[row].at] != '#' && s->text[s->row[row].at] != '%'))
                widths[n++] = s->row[row].width;
    qsort(widths, n, sizeof *widths, compare_sizes);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i; next < n && widths[next] == widths[i];)
            next++;
        if (next - i >= most) {
            most = next - i;
            width = widths[i];
        }
    }
    free(widths);
    return width;
}

void detect_split(struct detect *d)
{
    struct slice rest = detect_skip(d->text, d->found->skip_lines - d->base_lines);
    sample_split(&d->sample, d->found, rest, d->is_whole, DETECT_MOST);
    d->lines_before = d->found->skip_lines;
    d->width = width_of_most(&d->sample);
}
