#ifndef LIKELY_APP_DRAW_FIGURE_H
#define LIKELY_APP_DRAW_FIGURE_H

#include "cli/out.h"
#include "text/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* A picture before it is drawn: series of rows of numbers, and how each is to look. The same numbers are written as CSV
 * or drawn by gnuplot. */

enum figure_style {
    FIGURE_LINE,     /* x, y; where it is banded, from y_low to y_high about it */
    FIGURE_DASHED,   /* the same, thin and grey: something to compare with, which is no part of the data */
    FIGURE_POINTS,   /* x, y */
    FIGURE_BOXES,    /* from x_low to x_high, 0 to y */
    FIGURE_BARS,     /* x, y with a bar from y_low to y_high */
    FIGURE_BAR_LINE, /* the same, joined by a line */
    FIGURE_SEGMENTS, /* from x, y to x_high, y_high */
    FIGURE_REGIONS,  /* x, y: a cell of an even grid, row by row; y_low: number of its colour, y_high: how strong */
    FIGURE_TILES, /* x, y: column and row of a cell, from 1; y_low: a number, shown by a colour on either side of 0 */
};

/* Where in a row its numbers are. */
enum figure_place { FIGURE_X, FIGURE_Y, FIGURE_X_LOW, FIGURE_X_HIGH, FIGURE_Y_LOW, FIGURE_Y_HIGH, FIGURE_PLACES };

struct figure_series {
    char *name;   /* in the data */
    char *legend; /* NULL: none */
    enum figure_style style;
    bool banded;
    size_t colour;                /* 0, 1, …: series of one colour belong together */
    size_t column[FIGURE_PLACES]; /* of the data; those that the style does not use are 0 */
    double *cell;                 /* rows x columns of the figure */
    size_t rows, capacity;
};

struct figure {
    size_t columns;            /* of numbers */
    char **column;             /* their names; that of the series' names … */
    const char *series_column; /* … is this */
    size_t word_column;        /* a column whose numbers stand for words, + 1; 0 = none */
    char **words;
    size_t n_words;
    struct figure_series *series;
    size_t n_series, series_capacity;
    char *title, *x_label, *y_label; /* NULL: none */
    bool log_x, log_y, square;       /* square: both axes have the same length */
    double x_range[2], y_range[2];   /* NaN: what the numbers need */
};

/* A figure of n columns, whose names are copied. */
struct figure *figure_new(const char *series_column, size_t n, const char *const *columns);
void figure_free(struct figure *figure);

/* Another series; good until the next is added. name is copied. */
struct figure_series *figure_add(struct figure *figure, const char *name, enum figure_style style, size_t colour);
void figure_legend(struct figure_series *series, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Another row: as many numbers as there are columns; NaN is an empty cell, and breaks a line. */
void figure_row(struct figure *figure, struct figure_series *series, const double *numbers);

/* Replaces a title or label, unless text is NULL. */
void figure_name(char **name, const char *text);

bool figure_has_tiles(const struct figure *figure);

/* The numbers of all series, one behind the other. */
enum status figure_write_data(const struct figure *figure, const struct output_settings *settings, struct err *err);

enum figure_format { FIGURE_TEXT, FIGURE_SVG, FIGURE_PNG };
struct figure_look {
    enum figure_format format;
    size_t width, height; /* characters of text, else pixels */
    bool colour;          /* of text */
};

/* What gnuplot is to do, which ends with the picture on its standard output. */
void figure_script(const struct figure *figure, const struct figure_look *look, struct buffer *script);

/* The same for a figure of tiles, behind terminal and title: a tile for each series, all on one scale of colours. */
void figure_tiles_script(const struct figure *figure, struct buffer *script);

/* Tiles as characters, one tile under the other: # and + are above 0, = and - below, the first of each in the upper
 * half of the greatest number. width: of a line, in characters. */
void figure_tiles_text(const struct figure *figure, size_t width, struct buffer *text);

#endif
