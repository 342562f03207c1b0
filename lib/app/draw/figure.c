/* Figures as data: series of rows of numbers with their styles, and the same numbers written as CSV. Drawing is
 * in figure_script.c (gnuplot) and figure_tiles.c (tiles). */
#include "app/draw/figure.h"

#include "base/mem.h"
#include "data/table/joint.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct figure *figure_new(const char *series_column, size_t n, const char *const *columns)
{
    struct figure *f = mem_zero(1, sizeof *f);
    f->series_column = series_column;
    f->columns = n;
    f->column = mem_alloc(n, sizeof *f->column);
    f->counts = mem_zero(n, sizeof *f->counts);
    for (size_t i = 0; i < n; i++)
        f->column[i] = mem_format("%s", columns[i]);
    for (size_t i = 0; i < 2; i++)
        f->x_range[i] = f->y_range[i] = NAN;
    return f;
}

void figure_free(struct figure *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->columns; i++)
        free(f->column[i]);
    for (size_t i = 0; i < f->n_series; i++) {
        free(f->series[i].name);
        free(f->series[i].legend);
        free(f->series[i].cell);
    }
    for (size_t i = 0; i < f->n_words; i++)
        free(f->words[i]);
    free(f->words);
    free(f->column);
    free(f->counts);
    free(f->series);
    free(f->title);
    free(f->x_label);
    free(f->y_label);
    free(f->caption);
    free(f);
}

/* A name, in which blanks separate the values of several columns (data/table/joint.h). */
static char *copy_name(const char *text)
{
    char *name = mem_copy_text(text);
    for (char *p = name; *p != '\0'; p++)
        if (*p == JOINT_SEPARATOR)
            *p = ' ';
    return name;
}

struct figure_series *figure_add(struct figure *f, const char *name, enum figure_style style, size_t colour)
{
    f->series = mem_grow(f->series, &f->series_capacity, f->n_series + 1, sizeof *f->series);
    struct figure_series *s = &f->series[f->n_series++];
    *s = (struct figure_series){.name = copy_name(name), .style = style, .colour = colour};
    for (size_t i = 0; i < FIGURE_PLACES && i < f->columns; i++)
        s->column[i] = i;
    return s;
}

void figure_legend(struct figure_series *s, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    free(s->legend);
    s->legend = copy_name(text);
}

void figure_row(struct figure *f, struct figure_series *s, const double *numbers)
{
    s->cell = mem_grow(s->cell, &s->capacity, (s->rows + 1) * f->columns, sizeof *s->cell);
    memcpy(s->cell + s->rows++ * f->columns, numbers, f->columns * sizeof *numbers);
}

void figure_name(char **name, const char *text)
{
    if (text == NULL)
        return;
    free(*name);
    *name = mem_format("%s", text);
}

struct figure_log_fault figure_log_faults(const struct figure *f, enum figure_place axis)
{
    struct figure_log_fault fault = {0};
    for (const struct figure_series *s = f->series; s < f->series + f->n_series; s++)
        for (size_t r = 0; r < s->rows && s->style != FIGURE_NOTE; r++) {
            double value = s->cell[r * f->columns + s->column[axis]];
            if (isnan(value))
                continue;
            fault.shown += value > 0;
            if (value > 0 || fault.faults++ > 0)
                continue;
            fault.series = s->name;
            fault.row = r + 1;
            fault.value = value;
        }
    return fault;
}

bool figure_has_tiles(const struct figure *f)
{
    return f->n_series > 0 && f->series[0].style == FIGURE_TILES;
}

enum status figure_write_data(const struct figure *f, const struct output_settings *settings, struct err *err)
{
    const char **names = mem_alloc(f->columns + 1, sizeof *names);
    struct out *out;
    names[0] = f->series_column;
    for (size_t i = 0; i < f->columns; i++)
        names[1 + i] = f->column[i];
    enum status status = out_open(&out, settings, f->columns + 1, names, err);
    free(names);
    if (status != STATUS_OK)
        return status;
    for (const struct figure_series *s = f->series; s < f->series + f->n_series; s++)
        for (size_t r = 0; r < s->rows && s->style != FIGURE_DASHED; r++) {
            out_word(out, s->name);
            for (size_t i = 0; i < f->columns; i++) {
                double value = s->cell[r * f->columns + i];
                if (i + 1 == f->word_column && !isnan(value))
                    out_word(out, f->words[(size_t)value]);
                else if (f->counts[i])
                    out_total(out, value);
                else
                    out_number(out, value);
            }
            out_end_row(out);
        }
    return out_close(out, err);
}
