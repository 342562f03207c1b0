#ifndef LIKELY_APP_DRAW_PICTURE_H
#define LIKELY_APP_DRAW_PICTURE_H

#include "app/draw/figure.h"

/* The output of a figure: text or graphics drawn by gnuplot, or its numbers. */

struct picture_settings { /* rows: OPT_PICTURE_ROWS(struct settings, field) */
    const char *path, *size;
    int to; /* enum picture_format */
    size_t digits;
};

enum picture_format { PICTURE_AUTO, PICTURE_TEXT, PICTURE_SVG, PICTURE_PNG, PICTURE_CSV };

struct picture {
    const struct picture_settings *settings;
    enum picture_format format; /* never PICTURE_AUTO */
    size_t width, height;       /* 0: default size */
};

/* Decides the format, by default from the suffix of the file. Errors: an unknown suffix, an invalid size, PNG to
 * a terminal. */
enum status picture_prepare(struct picture *picture, const struct picture_settings *settings, struct err *err);

/* Draws and writes the figure, whole or not at all. Errors: those of gnuplot_run, and of writing. */
enum status picture_write(const struct picture *picture, const struct figure *figure, struct err *err);

extern const struct opt_choice picture_formats[];

/* clang-format off */
#define OPT_PICTURE_ROWS(settings, field) \
    { TEXT(settings, field.path), .letter = 'o', .name = "output", .arg = "FILE", .completes = OPT_COMPLETES_FILE, \
      .group = OPT_OUTPUT_GROUP, .help = "write the plot to FILE, which is complete or not created" }, \
    { CHOICE(settings, field.to), .name = "to", .arg = "FORMAT", .fallback = "auto", .choices = picture_formats, \
      .group = OPT_OUTPUT_GROUP, .help = "format of the plot" }, \
    { TEXT(settings, field.size), .name = "size", .arg = "WIDTHxHEIGHT", .group = OPT_OUTPUT_GROUP, \
      .help = "size in pixels, or in characters for text; default: 800x560, or the width of the terminal" }, \
    { COUNT(settings, field.digits), .name = "precision", .arg = "N", .min = 1, .max = 17, .group = OPT_OUTPUT_GROUP, \
      .help = "significant digits of --to csv; default: the fewest that read back to the same number" }
/* clang-format on */

#endif
