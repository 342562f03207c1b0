/* Aligned columns in constant memory. Rows wait until there is a page of them; the page is then written with columns as
 * wide as its widest cells, and as those of the pages before it. The pages depend on the number of columns alone, not
 * on when rows come. Cells are cut at CELL_WIDTH characters; control characters are shown as \xHH. */

#include "app/show/table_aligned.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/buffer.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_WIDTH = 40, PAGE_ROWS = 1000, PAGE_CELLS = 200000 };

struct aligned_cell {
    size_t at, n, width; /* in the text: bytes; characters */
};

struct table_aligned {
    struct sink *sink;
    size_t n, page_rows;
    bool *right;
    size_t *width;
    struct buffer text, line;
    struct aligned_cell *cell;
    size_t cells; /* of the page so far */
};

void table_aligned_add(struct table_aligned *a, struct slice text)
{
    if (a->cells == a->n * a->page_rows)
        table_aligned_finish(a);
    struct aligned_cell *cell = &a->cell[a->cells++];
    *cell = (struct aligned_cell){.at = a->text.n};
    size_t kept = a->text.n; /* the end of what stays if the cell is cut */
    for (size_t i = 0, taken; i < text.n && cell->width <= CELL_WIDTH; i += taken) {
        char *end = buffer_room(&a->text, ERR_SHOWN);
        size_t n = err_show(end, (struct slice){text.p + i, text.n - i}, &taken);
        a->text.n += n;
        cell->width += (unsigned char)*end < 0x80 ? n : 1;
        kept = cell->width <= CELL_WIDTH - 3 ? a->text.n : kept;
    }
    if (cell->width > CELL_WIDTH) {
        a->text.n = kept;
        buffer_add_text(&a->text, "...");
        cell->width = CELL_WIDTH;
    }
    cell->n = a->text.n - cell->at;
}

struct table_aligned *table_aligned_new(struct sink *sink, size_t n, const char *const *names, const bool *right)
{
    struct table_aligned *a = mem_zero(1, sizeof *a);
    a->sink = sink;
    a->n = n;
    a->page_rows = PAGE_CELLS / n < PAGE_ROWS ? PAGE_CELLS / n + 1 : PAGE_ROWS;
    a->width = mem_zero(n, sizeof *a->width);
    a->right = mem_alloc(n, sizeof *a->right);
    memcpy(a->right, right, n * sizeof *right);
    a->cell = mem_alloc(n * a->page_rows, sizeof *a->cell);
    for (size_t i = 0; i < n; i++)
        table_aligned_add(a, slice_of(names[i]));
    return a;
}

void table_aligned_free(struct table_aligned *a)
{
    if (a == NULL)
        return;
    buffer_free(&a->text);
    buffer_free(&a->line);
    free(a->width);
    free(a->right);
    free(a->cell);
    free(a);
}

static void add_blanks(struct buffer *line, size_t n)
{
    if (n > 0)
        memset(buffer_room(line, n), ' ', n);
    line->n += n;
}

static void write_row(struct table_aligned *a, const struct aligned_cell *cell)
{
    a->line.n = 0;
    for (size_t i = 0; i < a->n; i++) {
        size_t pad = a->width[i] - cell[i].width;
        add_blanks(&a->line, a->right[i] ? pad : 0);
        buffer_add(&a->line, a->text.p + cell[i].at, cell[i].n);
        if (i + 1 < a->n)
            add_blanks(&a->line, a->right[i] ? 2 : pad + 2);
    }
    buffer_add_char(&a->line, '\n');
    sink_write(a->sink, a->line.p, a->line.n);
}

void table_aligned_finish(struct table_aligned *a)
{
    for (size_t k = 0; k < a->cells; k++)
        if (a->width[k % a->n] < a->cell[k].width)
            a->width[k % a->n] = a->cell[k].width;
    for (size_t k = 0; k < a->cells; k += a->n)
        write_row(a, a->cell + k);
    a->cells = 0;
    a->text.n = 0;
}
