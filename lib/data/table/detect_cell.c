/* The kind of a cell by its text: what tells a header from values, and a good choice of separators from a bad one. */

#include "data/table/detect_state.h"

#include "text/number.h"

#include <stdarg.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the text consists of digits and the marks of dates, times, amounts and percentages, with a digit at least. */
static bool is_value(struct slice cell)
{
    static const char marks[] = ".,:/-+ %$()'eETZ";
    size_t digits = 0, marked = 0;
    for (size_t i = 0; i < cell.n; i++) {
        unsigned char c = (unsigned char)cell.p[i];
        if (is_digit(cell.p[i]))
            digits++;
        else if (c >= 0x80 || strchr(marks, c) != NULL) /* the bytes of currency signs and fixed blanks */
            marked++;
        else
            return false;
    }
    return digits > 0 && marked <= 2 * digits + 4;
}

static bool has_separator(struct slice cell)
{
    for (size_t i = 0; i < cell.n; i++)
        if (cell.p[i] == ',' || cell.p[i] == ';' || cell.p[i] == '|' || cell.p[i] == '\t')
            return true;
    return false;
}

enum detect_cell detect_cell(const struct missing *missing, struct slice cell)
{
    double value;
    if (missing_is(missing, cell) || missing_is_in_numbers(missing, cell))
        return CELL_EMPTY;
    if (number_parse(cell, &value))
        return CELL_NUMBER;
    if (is_value(cell))
        return CELL_VALUE;
    return has_separator(cell) ? CELL_DIRTY : CELL_TEXT;
}

enum detect_cell detect_cell_at(const struct detect *d, size_t row, size_t field)
{
    return field < d->sample.row[row].width ? detect_cell(d->missing, sample_field(&d->sample, row, field))
                                            : CELL_EMPTY;
}

void detect_say(struct buffer *facts, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (facts->n > 0)
        buffer_add_text(facts, ", ");
    buffer_add_arguments(facts, format, args);
    va_end(args);
}
