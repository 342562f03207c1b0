/* A figure as a script for gnuplot: terminal, frame and axes, the numbers of each series as an inline block, and
 * one plot command. Numbers that cannot be seen are left out (visible_rows): of points in the same half pixel
 * all but the first, and of a line with more points than half pixels across the picture those in the same half
 * pixel as the point before. */
#include "app/draw/figure.h"
#include "app/draw/gnuplot.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Eight colours that are distinguishable with colour blindness (M. Okabe and K. Ito, Color Universal Design,
 * 2008); black is the last. */
static const unsigned palette[] = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x8a7b00, 0x000000};
enum { COLOURS = sizeof palette / sizeof palette[0] };

static const unsigned grey = 0x808080;

struct figure_draft {
    const struct figure *figure;
    const struct figure_look *look;
    struct buffer *script;
};

static unsigned colour_of(const struct figure_series *s)
{
    return s->style == FIGURE_DASHED ? grey : palette[s->colour % COLOURS];
}

static double value_of(const struct figure_draft *d, const struct figure_series *s, size_t row, enum figure_place place)
{
    return s->cell[row * d->figure->columns + s->column[place]];
}

/* ---- the numbers ---- */

/* The position of a row on an axis, as a logarithm if the axis is logarithmic. */
static double position(const struct figure_draft *d, const struct figure_series *s, size_t row, enum figure_place axis)
{
    double value = value_of(d, s, row, axis);
    return (axis == FIGURE_X ? d->figure->log_x : d->figure->log_y) ? log10(value) : value;
}

/* The least and the greatest finite position. */
static void span(const struct figure_draft *d, const struct figure_series *s, enum figure_place axis, double limit[2])
{
    limit[0] = INFINITY;
    limit[1] = -INFINITY;
    for (size_t r = 0; r < s->rows; r++) {
        double value = position(d, s, r, axis);
        limit[0] = isfinite(value) && value < limit[0] ? value : limit[0];
        limit[1] = isfinite(value) && value > limit[1] ? value : limit[1];
    }
}

/* A raster of half pixels, in which omitted points cannot be seen. */
struct figure_raster {
    size_t width, height;
    double low[2], half_step[2];
};

static struct figure_raster raster_of(const struct figure_draft *d, const struct figure_series *s)
{
    struct figure_raster raster = {.width = 2 * d->look->width + 1, .height = 2 * d->look->height + 1};
    for (size_t axis = 0; axis < 2; axis++) {
        double limit[2];
        span(d, s, axis == 0 ? FIGURE_X : FIGURE_Y, limit);
        double cells = (double)((axis == 0 ? raster.width : raster.height) - 1);
        raster.low[axis] = limit[0];
        raster.half_step[axis] = limit[1] > limit[0] ? (limit[1] / 2 - limit[0] / 2) / cells : 0.5;
    }
    return raster;
}

/* The column or row of the raster at a position. Positions are halved because their differences may exceed the
 * range of a double, and the result is clamped to the raster. */
static size_t raster_cell(const struct figure_raster *raster, size_t axis, double position)
{
    double last = (double)((axis == 0 ? raster->width : raster->height) - 1);
    double at = (position / 2 - raster->low[axis] / 2) / raster->half_step[axis];
    return at > 0 ? (size_t)(at < last ? at : last) : 0;
}

/* Which rows are drawn: of points in the same place the first; of lines with more points than the raster has
 * columns, those that differ in place from the one before. */
static bool *visible_rows(const struct figure_draft *d, const struct figure_series *s)
{
    bool *visible = mem_alloc(s->rows, sizeof *visible);
    struct figure_raster raster = raster_of(d, s);
    bool is_line = s->style == FIGURE_LINE || s->style == FIGURE_STEPS || s->style == FIGURE_DASHED;
    bool crowded = s->style == FIGURE_POINTS || (is_line && s->rows > raster.width);
    unsigned char *seen = mem_zero(crowded ? raster.width * raster.height : 1, 1);
    size_t before = SIZE_MAX;
    for (size_t r = 0; r < s->rows; r++) {
        double x = position(d, s, r, FIGURE_X), y = position(d, s, r, FIGURE_Y);
        visible[r] = true;
        if (!crowded || !isfinite(x) || !isfinite(y))
            continue;
        size_t place = raster_cell(&raster, 1, y) * raster.width + raster_cell(&raster, 0, x);
        visible[r] = is_line ? place != before || r + 1 == s->rows : !seen[place];
        seen[place] = 1;
        before = place;
    }
    free(seen);
    return visible;
}

static void add_number(struct buffer *script, double value)
{
    buffer_add_char(script, ' ');
    buffer_add_number(script, value, 9);
}

/* The places that a style uses, in the order in which gnuplot expects them; returns their number. */
static size_t places_of(const struct figure_series *s, enum figure_place place[FIGURE_PLACES])
{
    static const enum figure_place plain[] = {FIGURE_X, FIGURE_Y, FIGURE_Y_LOW, FIGURE_Y_HIGH};
    static const enum figure_place boxes[] = {FIGURE_X_LOW, FIGURE_X_HIGH, FIGURE_Y};
    static const enum figure_place segments[] = {FIGURE_X, FIGURE_Y, FIGURE_X_HIGH, FIGURE_Y_HIGH};
    const enum figure_place *places = s->style == FIGURE_BOXES ? boxes : s->style == FIGURE_SEGMENTS ? segments : plain;
    size_t n = s->style == FIGURE_BOXES ? 3 : 2;
    if (s->style == FIGURE_SEGMENTS || s->style == FIGURE_BARS || s->style == FIGURE_BAR_LINE || s->banded)
        n = 4;
    memcpy(place, places, n * sizeof *place);
    return n;
}

/* Appends red, green and blue of a cell of a region: the colour of its class on white, stronger with its
 * probability; white without a class. */
static void add_tint(const struct figure_draft *d, const struct figure_series *s, size_t row)
{
    double class = value_of(d, s, row, FIGURE_Y_LOW), sureness = value_of(d, s, row, FIGURE_Y_HIGH);
    bool known = !isnan(class) && !isnan(sureness);
    unsigned colour = palette[known ? (size_t) class % COLOURS : 0];
    double strength = known ? 0.05 + 0.4 * sureness : 0;
    for (unsigned shift = 24; shift > 0; shift -= 8)
        buffer_add_format(d->script, " %d", (int)(255 - strength * (255 - (colour >> (shift - 8) & 255))));
}

/* Appends the numbers of a series as an inline block, in which an empty line interrupts a line. */
static void add_block(const struct figure_draft *d, size_t i)
{
    const struct figure_series *s = &d->figure->series[i];
    enum figure_place place[FIGURE_PLACES];
    size_t places = places_of(s, place);
    bool *visible = visible_rows(d, s);
    buffer_add_format(d->script, "$series%zu << EOD\n", i);
    for (size_t r = 0; r < s->rows; r++) {
        bool finite = true;
        for (size_t k = 0; k < places; k++)
            finite &= isfinite(value_of(d, s, r, place[k])) != 0;
        for (size_t k = 0; k < places && finite && visible[r]; k++) {
            add_number(d->script, value_of(d, s, r, place[k]));
            if (k == 1 && s->style == FIGURE_SEGMENTS)
                buffer_add_char(d->script, '\n');
        }
        if (finite && s->style == FIGURE_REGIONS)
            add_tint(d, s, r);
        if (visible[r])
            buffer_add_text(d->script, s->style == FIGURE_SEGMENTS ? "\n\n" : "\n");
    }
    buffer_add_text(d->script, "EOD\n");
    free(visible);
}

/* ---- styles ---- */

static void add_graphic_style(const struct figure_draft *d, const struct figure_series *s)
{
    static const int symbols[] = {7, 5, 9, 13, 11, 6, 4, 8};
    unsigned colour = colour_of(s), faint = s->rows > 400 ? 0xa0000000 : 0x50000000;
    switch (s->style) {
    case FIGURE_LINE:
        buffer_add_format(d->script, "using 1:2 with lines lw 2.5 lc rgb '#%06x'", colour);
        break;
    case FIGURE_STEPS:
        buffer_add_format(d->script, "with fsteps lw 2.5 lc rgb '#%06x'", colour);
        break;
    case FIGURE_DASHED:
        buffer_add_format(d->script, "with lines lw 1.5 dt 2 lc rgb '#%06x'", colour);
        break;
    case FIGURE_POINTS:
        buffer_add_format(d->script, "with points pt %d ps 0.9 lc rgb '#%08x'", symbols[s->colour % 8], colour | faint);
        break;
    case FIGURE_BOXES:
        buffer_add_format(d->script, "using (($1+$2)/2):3:1:2:(0):3 with boxxyerror lw 0.75 lc rgb '#%06x' ", colour);
        buffer_add_text(d->script, "fs transparent solid 0.35 border");
        break;
    case FIGURE_BARS:
    case FIGURE_BAR_LINE:
        buffer_add_format(d->script, "with yerror%s pt 7 ps 0.9 lw 1.5 lc rgb '#%06x'",
                          s->style == FIGURE_BARS ? "bars" : "lines", colour);
        break;
    case FIGURE_SEGMENTS:
        buffer_add_text(d->script, "with lines lw 2 lc rgb '#333333'");
        break;
    case FIGURE_REGIONS:
        buffer_add_text(d->script, "with rgbimage");
        break;
    case FIGURE_TILES:
    case FIGURE_NOTE:
        break;
    }
}

static void add_text_style(const struct figure_draft *d, const struct figure_series *s)
{
    static const char symbols[] = "ox+%@&#$";
    size_t type = 1 + s->colour % 7;
    switch (s->style) {
    case FIGURE_POINTS:
        buffer_add_format(d->script, "with points pt '%c'", symbols[s->colour % 8]);
        break;
    case FIGURE_BOXES:
        buffer_add_format(d->script, "using (($1+$2)/2):3:1:2:(0):3 with boxxyerror lt -1");
        break;
    case FIGURE_BARS:
    case FIGURE_BAR_LINE:
        buffer_add_format(d->script, "with yerror%s pt '%c' lt -1", s->style == FIGURE_BARS ? "bars" : "lines",
                          symbols[s->colour % 8]);
        break;
    case FIGURE_SEGMENTS:
        buffer_add_text(d->script, "with lines lt 1"); /* drawn with asterisks */
        break;
    case FIGURE_STEPS:
        buffer_add_format(d->script, "with fsteps lt %zu", type);
        break;
    case FIGURE_DASHED:
        buffer_add_text(d->script, "with lines lt 0");
        break;
    default:
        buffer_add_format(d->script, "using 1:2 with lines lt %zu", type);
    }
    if (d->look->colour)
        buffer_add_format(d->script, " lc rgb '#%06x'", s->style == FIGURE_SEGMENTS ? grey : colour_of(s));
}

/* Whether text cannot show the series. */
static bool is_left_out(const struct figure_draft *d, const struct figure_series *s)
{
    return s->style == FIGURE_TILES || s->style == FIGURE_NOTE || s->rows == 0 ||
           (d->look->format == FIGURE_TEXT && s->style == FIGURE_REGIONS);
}

static void add_plot(const struct figure_draft *d)
{
    const struct figure *f = d->figure;
    const char *separator = "plot ";
    for (size_t i = 0; i < f->n_series; i++) {
        const struct figure_series *s = &f->series[i];
        if (is_left_out(d, s))
            continue;
        if (s->banded && d->look->format != FIGURE_TEXT) {
            buffer_add_format(d->script, "%s$series%zu using 1:3:4 with filledcurves lc rgb '#%06x' ", separator, i,
                              colour_of(s));
            buffer_add_text(d->script, "fs transparent solid 0.2 noborder notitle");
            separator = ", ";
        }
        buffer_add_format(d->script, "%s$series%zu ", separator, i);
        if (d->look->format == FIGURE_TEXT)
            add_text_style(d, s);
        else
            add_graphic_style(d, s);
        buffer_add_text(d->script, s->legend != NULL ? " title " : " notitle");
        if (s->legend != NULL)
            gnuplot_add_string(d->script, s->legend);
        separator = ", ";
    }
    buffer_add_char(d->script, '\n');
}

/* ---- frame ---- */

static void add_terminal(const struct figure_draft *d)
{
    const struct figure_look *look = d->look;
    static const char *const terminals[] = {
        [FIGURE_TEXT] = "dumb noenhanced",
        [FIGURE_SVG] = "svg noenhanced background '#ffffff' font 'sans-serif,15'",
        [FIGURE_PNG] = "pngcairo noenhanced background '#ffffff' font 'sans,13'",
    };
    buffer_add_format(d->script, "set encoding utf8\nset terminal %s", terminals[look->format]);
    if (look->format == FIGURE_TEXT)
        buffer_add_text(d->script, look->colour ? " ansi256" : " mono");
    buffer_add_format(d->script, " size %zu,%zu\n", look->width, look->height);
}

static void add_text(const struct figure_draft *d, const char *what, const char *text)
{
    if (text == NULL)
        return;
    buffer_add_format(d->script, "set %s ", what);
    gnuplot_add_string(d->script, text);
    buffer_add_char(d->script, '\n');
}

static void add_range(const struct figure_draft *d, const char *axis, const double range[2])
{
    for (size_t i = 0; i < 2; i++) {
        if (isnan(range[i]))
            continue;
        buffer_add_format(d->script, "set %srange [%s", axis, i == 0 ? "" : ":"); /* the other end is unchanged */
        add_number(d->script, range[i]);
        buffer_add_text(d->script, i == 0 ? ":]\n" : "]\n");
    }
}

/* A logarithmic axis that ends where the numbers do, with ticks between the powers of ten if it spans at most
 * three of them. */
static void add_log_axis(const struct figure_draft *d, const char *axis, enum figure_place place)
{
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < d->figure->n_series; i++)
        for (size_t r = 0; r < d->figure->series[i].rows && !is_left_out(d, &d->figure->series[i]); r++) {
            double value = value_of(d, &d->figure->series[i], r, place);
            low = value > 0 ? fmin(low, value) : low;
            high = value > 0 && isfinite(value) ? fmax(high, value) : high;
        }
    buffer_add_format(d->script, "set logscale %s\n", axis);
    if (low < high)
        buffer_add_format(d->script, "set %srange [*:*] noextend\n", axis);
    if (!(high > 0) || log10(high / low) > 3)
        return;
    for (double power = floor(log10(low)); power <= log10(high); power++)
        buffer_add_format(d->script, "set %stics add ('%g' %g, '%g' %g)\n", axis, 2 * pow(10, power),
                          2 * pow(10, power), 5 * pow(10, power), 5 * pow(10, power));
}

/* The label of the x-axis, and the caption below it. */
static void add_x_label(const struct figure_draft *d)
{
    const struct figure *f = d->figure;
    if (f->caption == NULL) {
        add_text(d, "xlabel", f->x_label);
        return;
    }
    buffer_add_text(d->script, "set xlabel ");
    gnuplot_add_string(d->script, f->x_label != NULL ? f->x_label : "");
    buffer_add_text(d->script, ".\"\\n\".");
    gnuplot_add_string(d->script, f->caption);
    buffer_add_char(d->script, '\n');
}

static void add_frame(const struct figure_draft *d)
{
    const struct figure *f = d->figure;
    bool is_text = d->look->format == FIGURE_TEXT; /* text has no room beside the axis */
    add_text(d, "title", f->title != NULL || !is_text ? f->title : f->y_label);
    add_x_label(d);
    add_text(d, "ylabel", is_text ? NULL : f->y_label);
    add_range(d, "x", f->x_range);
    add_range(d, "y", f->y_range);
    buffer_add_text(d->script, "set key outside top center horizontal Left reverse\n");
    if (f->log_x)
        add_log_axis(d, "x", FIGURE_X);
    if (f->log_y)
        add_log_axis(d, "y", FIGURE_Y);
    if (is_text) {
        buffer_add_text(d->script, "set style fill empty\n");
        return;
    }
    buffer_add_text(d->script, "set border 3 lc rgb '#555555'\nset tics nomirror out textcolor rgb '#222222'\n"
                               "set grid lt 1 lw 0.5 lc rgb '#dddddd'\nset bmargin ");
    buffer_add_text(d->script, f->caption != NULL ? "5.5\n" : "4\n");
    if (f->square)
        buffer_add_text(d->script, "set size square\n");
}

void figure_script(const struct figure *figure, const struct figure_look *look, struct buffer *script)
{
    struct figure_draft d = {figure, look, script};
    add_terminal(&d);
    if (figure_has_tiles(figure)) {
        add_text(&d, "title", figure->title);
        figure_tiles_script(figure, script);
        return;
    }
    add_frame(&d);
    for (size_t i = 0; i < figure->n_series; i++)
        if (!is_left_out(&d, &figure->series[i]))
            add_block(&d, i);
    add_plot(&d);
}
