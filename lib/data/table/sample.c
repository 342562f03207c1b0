/* Splits the head of a file into records of any width, by a walk over its fields (records_walk.h). A record at whose
 * quotes the walk fails ends with its line. */

#include "data/table/sample.h"

#include "base/mem.h"
#include "data/table/records_walk.h"

#include <stdlib.h>
#include <string.h>

static void add_field(struct sample *s, size_t begin, size_t end)
{
    s->begin = mem_grow(s->begin, &s->begin_capacity, s->fields + 1, sizeof *s->begin);
    s->end = mem_grow(s->end, &s->end_capacity, s->fields + 1, sizeof *s->end);
    s->begin[s->fields] = (uint32_t)begin;
    s->end[s->fields++] = (uint32_t)end;
}

/* Adds the fields of the record at *at, which becomes its end, or the end of what was read before a fault. */
static bool add_fields(struct sample *s, struct records_walk *walk, size_t *at)
{
    struct records_found found;
    for (size_t number = 0;; number++) {
        if (records_walk_field(walk, *at, number, &found)) {
            *at = found.next;
            if (found.fault != NULL)
                return false;
            add_field(s, found.begin, found.end);
        }
        *at = found.next;
        if (records_walk_ends(walk, *at))
            return true;
        *at += walk->delimiter != '\0';
    }
}

static size_t line_end(struct slice text, size_t at)
{
    while (at < text.n && text.p[at] != '\n' && text.p[at] != '\r')
        at++;
    return at;
}

static size_t count_lines(struct slice text, size_t from, size_t to)
{
    size_t lines = 0;
    for (size_t i = from; i < to; i++)
        lines += text.p[i] == '\n' || (text.p[i] == '\r' && (i + 1 >= text.n || text.p[i + 1] != '\n'));
    return lines;
}

void sample_split(struct sample *s, const struct dialect *dialect, struct slice text, bool is_whole, size_t most)
{
    struct records_walk walk;
    records_walk_start(&walk, dialect, text.p, text.n);
    walk.is_open = !is_whole;
    s->text = text.p;
    s->rows = s->fields = s->faults = s->unclosed = 0;
    size_t line = 1;
    for (size_t at = 0; at < text.n && s->rows < most;) {
        size_t begin = at;
        struct sample_row row = {.first = s->fields, .at = at, .line = line};
        if (records_walk_line(&walk, &at)) {
            bool is_right = add_fields(s, &walk, &at);
            if (at >= text.n && !is_whole && s->rows > 1) { /* it goes on behind the text */
                s->fields = row.first;
                break;
            }
            if (!is_right) {
                row.has_fault = true;
                s->faults++;
                s->unclosed += at >= text.n;
                at = line_end(text, begin);
                records_walk_start(&walk, dialect, text.p, text.n);
                walk.is_open = !is_whole;
            }
            row.width = s->fields - row.first;
            row.end = at;
            s->row = mem_grow(s->row, &s->rows_capacity, s->rows + 1, sizeof *s->row);
            s->row[s->rows++] = row;
        }
        at = records_walk_past_line_end(&walk, at);
        line += count_lines(text, begin, at);
    }
}

void sample_free(struct sample *s)
{
    free(s->row);
    free(s->begin);
    free(s->end);
    *s = (struct sample){.text = NULL};
}

static int compare_sizes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

size_t sample_mode(const struct sample *s, size_t from, size_t *n)
{
    size_t rows = s->rows > from ? s->rows - from : 0, mode = 0;
    size_t *width = mem_alloc(rows, sizeof *width);
    *n = 0;
    for (size_t i = 0; i < rows; i++)
        width[i] = s->row[from + i].width;
    qsort(width, rows, sizeof *width, compare_sizes);
    for (size_t i = 0, next; i < rows; i = next) {
        for (next = i; next < rows && width[next] == width[i];)
            next++;
        if (next - i >= *n) {
            *n = next - i;
            mode = width[i];
        }
    }
    free(width);
    return mode;
}
