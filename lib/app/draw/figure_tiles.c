/* Tiles: matrices of numbers as fields of colours, by gnuplot (figure_tiles_script) or as characters
 * (figure_tiles_text). Tiles are arranged in rows and columns so that the whole is about 1.4 times as wide as
 * high, and share one scale of colours. */
#include "app/draw/figure.h"
#include "app/draw/gnuplot.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* The size of a tile in cells, and how many tiles stand across and down. */
struct figure_tiling {
    size_t width, height, across, down;
    double most;  /* greatest magnitude of the numbers */
    double scale; /* magnitude with the strongest colour */
};

static double value_of(const struct figure *f, const struct figure_series *s, size_t row, enum figure_place place)
{
    return s->cell[row * f->columns + s->column[place]];
}

static int figure_tiles_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The scale of colours: the magnitude that one number in 200 exceeds, because a few outliers would make all
 * others pale. */
static double scale_of(const struct figure *f)
{
    size_t n = 0;
    for (const struct figure_series *s = f->series; s < f->series + f->n_series; s++)
        n += s->rows;
    double *size = mem_alloc(n, sizeof *size), *end = size;
    for (const struct figure_series *s = f->series; s < f->series + f->n_series; s++)
        for (size_t r = 0; r < s->rows; r++)
            *end++ = fabs(value_of(f, s, r, FIGURE_Y_LOW));
    qsort(size, n, sizeof *size, figure_tiles_compare);
    double scale = n > 0 ? size[n - 1 - n / 200] : 0;
    free(size);
    return scale > 0 ? scale : 1;
}

static struct figure_tiling tiling_of(const struct figure *f)
{
    struct figure_tiling t = {.width = 1, .height = 1, .scale = scale_of(f)};
    for (const struct figure_series *s = f->series; s < f->series + f->n_series; s++)
        for (size_t r = 0; r < s->rows; r++) {
            size_t column = (size_t)value_of(f, s, r, FIGURE_X), row = (size_t)value_of(f, s, r, FIGURE_Y);
            t.width = column > t.width ? column : t.width;
            t.height = row > t.height ? row : t.height;
            t.most = fmax(t.most, fabs(value_of(f, s, r, FIGURE_Y_LOW)));
        }
    double wanted = sqrt(1.4 * (double)f->n_series * (double)(t.height + 1) / (double)(t.width + 1));
    t.across = wanted < 1 ? 1 : (size_t)ceil(wanted);
    t.across = t.across > f->n_series ? f->n_series : t.across;
    t.down = (f->n_series + t.across - 1) / t.across;
    return t;
}

/* The numbers of a tile, height x width; NaN for cells without a number. The caller frees them. */
static double *grid_of(const struct figure *f, const struct figure_series *s, const struct figure_tiling *t)
{
    double *grid = mem_alloc(t->width * t->height, sizeof *grid);
    for (size_t i = 0; i < t->width * t->height; i++)
        grid[i] = NAN;
    for (size_t r = 0; r < s->rows; r++) {
        size_t column = (size_t)value_of(f, s, r, FIGURE_X), row = (size_t)value_of(f, s, r, FIGURE_Y);
        grid[(row - 1) * t->width + column - 1] = value_of(f, s, r, FIGURE_Y_LOW);
    }
    return grid;
}

/* ---- by gnuplot ---- */

enum { GAP = 2 };             /* cells between tiles */
enum { MOST_PIXELS = 20000 }; /* greatest number of cells drawn as squares, which are sharp at any size */

static void add_tile(const struct figure *f, const struct figure_tiling *t, size_t i, size_t gap_above,
                     struct buffer *script)
{
    const struct figure_series *s = &f->series[i];
    size_t left = i % t->across * (t->width + GAP), top = i / t->across * (t->height + gap_above);
    double *grid = grid_of(f, s, t);
    buffer_add_format(script, "$tile%zu << EOD\n", i);
    for (size_t row = 0; row < t->height; row++)
        for (size_t column = 0; column < t->width; column++) {
            buffer_add_format(script, "%zu %zu ", left + column, top + row);
            buffer_add_number(script, grid[row * t->width + column], 4);
            buffer_add_char(script, '\n');
        }
    buffer_add_format(
        script, "EOD\nset object rectangle from %g,%g to %g,%g fs empty border lc rgb '#999999' lw 0.5 front\n",
        (double)left - 0.5, (double)top - 0.5, (double)(left + t->width) - 0.5, (double)(top + t->height) - 0.5);
    if (s->legend != NULL) {
        buffer_add_text(script, "set label ");
        gnuplot_add_string(script, s->legend);
        buffer_add_format(script, " at %g,%g center offset character 0,0.7 front\n",
                          (double)left + (double)t->width / 2 - 0.5, (double)top - 0.5);
    }
    free(grid);
}

/* Cells above a tile for its name, which takes about a twentieth of the height of the picture. */
static size_t room_for_name(const struct figure_tiling *t)
{
    double share = fmin(0.7, 0.05 * (double)t->down);
    return (size_t)ceil(share * (double)t->height / (1 - share));
}

void figure_tiles_script(const struct figure *f, struct buffer *script)
{
    struct figure_tiling t = tiling_of(f);
    bool named = false, is_line = t.width < 2 || t.height < 2; /* gnuplot does not accept a line as an image */
    const char *drawing = f->n_series * t.width * t.height < MOST_PIXELS ? "with image pixels" : "with image";
    if (is_line)
        drawing = "using 1:2:($1-.5):($1+.5):($2-.5):($2+.5):3 with boxxyerror fs solid noborder lc palette";
    for (size_t i = 0; i < f->n_series; i++)
        named |= f->series[i].legend != NULL;
    size_t above = GAP + (named ? room_for_name(&t) : 0);
    for (size_t i = 0; i < f->n_series; i++)
        add_tile(f, &t, i, above, script);
    buffer_add_text(script,
                    "set palette defined (-1 '#0072b2', -0.5 '#7fb8d8', 0 '#ffffff', 0.5 '#eaae7f', 1 '#d55e00')\n"
                    "unset border\nunset tics\nunset key\nset lmargin 1\nset size ratio -1\n");
    buffer_add_format(script, "set cbrange [%.9g:%.9g]\nset cbtics\n", -t.scale, t.scale);
    char *label = t.most > t.scale ? mem_format("%s (up to %.3g)", f->y_label, t.most) : mem_format("%s", f->y_label);
    buffer_add_text(script, "set cblabel ");
    gnuplot_add_string(script, label);
    buffer_add_text(script, " offset character 1.5,0\n");
    free(label);
    buffer_add_format(script, "set xrange [-1:%zu]\nset yrange [%zu:%g]\n", t.across * (t.width + GAP) - GAP,
                      t.down * (t.height + above) - above, named ? -(double)above : -1.0);
    for (size_t i = 0; i < f->n_series; i++)
        buffer_add_format(script, "%s$tile%zu %s", i == 0 ? "plot " : ", ", i, drawing);
    buffer_add_char(script, '\n');
}

/* ---- as characters ---- */

static char mark_of(double value, double most)
{
    double share = most > 0 ? value / most : 0;
    if (isnan(share) || fabs(share) < 1.0 / 6)
        return ' ';
    return share > 0.5 ? '#' : share > 0 ? '+' : share > -0.5 ? '-' : '=';
}

void figure_tiles_text(const struct figure *f, size_t width, struct buffer *text)
{
    struct figure_tiling t = tiling_of(f);
    size_t wide = 2 * t.width <= width ? 2 : 1; /* a character is about twice as high as wide */
    if (f->title != NULL)
        buffer_add_format(text, "%s\n\n", f->title);
    buffer_add_text(text, "# and + are above 0, = and - below; the greatest is ");
    buffer_add_number(text, t.most, 4);
    buffer_add_char(text, '\n');
    for (size_t i = 0; i < f->n_series; i++) {
        double *grid = grid_of(f, &f->series[i], &t);
        buffer_add_format(text, "\n%s\n", f->series[i].name);
        for (size_t row = 0; row < t.height; row++) {
            for (size_t k = 0; k < t.width * wide; k++)
                buffer_add_char(text, mark_of(grid[row * t.width + k / wide], t.most));
            while (text->p[text->n - 1] == ' ')
                text->n--;
            buffer_add_char(text, '\n');
        }
        free(grid);
    }
}
