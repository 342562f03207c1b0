#ifndef LIKELY_APP_DRAW_FIGURE_H
#define LIKELY_APP_DRAW_FIGURE_H

#include "cli/out.h"
#include "text/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* A picture before it is drawn: series of rows of numbers, and how each is drawn. The numbers can be written as
 * CSV or drawn by gnuplot. */

enum figure_style {
    FIGURE_LINE,     /* x, y; if banded, in a band from y_low to y_high */
    FIGURE_STEPS,    /* x, y: each y holds from the x before to its own */
    FIGURE_DASHED,   /* likewise, thin and grey: a reference line, not part of the data */
    FIGURE_POINTS,   /* x, y */
    FIGURE_BOXES,    /* from x_low to x_high, 0 to y */
    FIGURE_BARS,     /* x, y with a bar from y_low to y_high */
    FIGURE_BAR_LINE, /* likewise, joined by a line */
    FIGURE_SEGMENTS, /* from x, y to x_high, y_high */
    FIGURE_REGIONS,  /* x, y: cells of a regular grid, row by row; y_low: index of the colour, y_high: its strength */
    FIGURE_NOTE,     /* numbers about the picture, which are not drawn */
    FIGURE_TILES, /* x, y: column and row of a cell, from 1; y_low: a number, shown by a colour on either side of 0 */
};

/* The roles of the numbers in a row. */
enum figure_place { FIGURE_X, FIGURE_Y, FIGURE_X_LOW, FIGURE_X_HIGH, FIGURE_Y_LOW, FIGURE_Y_HIGH, FIGURE_PLACES };

struct figure_series {
    char *name;   /* name in the data */
    char *legend; /* NULL: none */
    enum figure_style style;
    bool banded;
    size_t colour;                /* 0, 1, …: series of the same colour belong together */
    size_t column[FIGURE_PLACES]; /* columns of the data; 0 for places that the style does not use */
    double *cell;                 /* rows x columns of the figure */
    size_t rows, capacity;
};

struct figure {
    size_t columns;            /* number of numeric columns */
    char **column;             /* their names */
    bool *counts;              /* whether a column has counts, which are written whole */
    const char *series_column; /* name of the column with the names of the series */
    size_t word_column;        /* 1 + the column whose numbers are indexes of words; 0: none */
    char **words;
    size_t n_words;
    struct figure_series *series;
    size_t n_series, series_capacity;
    char *title, *x_label, *y_label; /* NULL: none */
    char *caption;                   /* a line below the label of the x-axis; NULL: none */
    bool log_x, log_y, square;       /* square: both axes have the same length */
    double x_range[2], y_range[2];   /* NaN: the range of the numbers */
};

/* A figure of n columns, whose names are copied. */
struct figure *figure_new(const char *series_column, size_t n, const char *const *columns);
void figure_free(struct figure *figure);

/* Adds a series; the pointer is valid until the next is added. name is copied. */
struct figure_series *figure_add(struct figure *figure, const char *name, enum figure_style style, size_t colour);
void figure_legend(struct figure_series *series, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a row of as many numbers as there are columns; NaN is an empty cell, and interrupts a line. */
void figure_row(struct figure *figure, struct figure_series *series, const double *numbers);

/* Drawn values of an axis that a logarithmic scale cannot show: not above 0. */
struct figure_log_fault {
    size_t shown, faults; /* values above 0; others */
    const char *series;   /* of the first fault, or NULL, … */
    size_t row;           /* … its row there, from 1, … */
    double value;         /* … and its value */
};
struct figure_log_fault figure_log_faults(const struct figure *figure, enum figure_place axis);

/* Replaces a title or label, unless text is NULL. */
void figure_name(char **name, const char *text);

bool figure_has_tiles(const struct figure *figure);

/* Writes the numbers of all series, one series after the other, without dashed ones. */
enum status figure_write_data(const struct figure *figure, const struct output_settings *settings, struct err *err);

enum figure_format { FIGURE_TEXT, FIGURE_SVG, FIGURE_PNG };
struct figure_look {
    enum figure_format format;
    size_t width, height; /* in characters for text, otherwise in pixels */
    bool colour;          /* of text */
};

/* Appends the script with which gnuplot writes the picture to its standard output. */
void figure_script(const struct figure *figure, const struct figure_look *look, struct buffer *script);

/* Appends the part of such a script after terminal and title, for a figure of tiles: one tile per series, all on
 * one scale of colours. */
void figure_tiles_script(const struct figure *figure, struct buffer *script);

/* Appends tiles as characters, one tile below the other: # and + are above 0, = and - below; # and = mark
 * magnitudes of more than half the greatest. width: characters per line. */
void figure_tiles_text(const struct figure *figure, size_t width, struct buffer *text);

#endif
