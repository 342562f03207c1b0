/* The kind of a cell by its text: what tells a header from values, and a good choice of separators from a bad one.
 *
 * 1. Numbers are those of number_parse.
 * 2. Marked numbers have marks between groups of three digits, a decimal comma, or a sign of a currency, per cent or a
 *    bound (<5) around them.
 * 3. Dates and times: groups of digits with marks between them, and names of months.
 * 4. All else is text. It is dirty if a character that separates fields elsewhere stands in it as in no sentence: with
 *    no blank on either side. */

#include "data/table/detect_state.h"

#include "text/number.h"

#include <stdarg.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Number of bytes of signs that the text begins or ends with. */
static size_t count_signs(struct slice text, bool at_end)
{
    size_t n = 0;
    for (; n < text.n; n++) {
        char c = text.p[at_end ? text.n - 1 - n : n];
        bool is_ascii = (unsigned char)c < 0x80;
        if (c == '\0' || (is_ascii && strchr(at_end ? " %$)" : " +-$(<>=~", c) == NULL))
            break;
    }
    return n;
}

/* A mark between digits at text.p[at]; any kind of blank is ' '. *n: its bytes. '\0' if there is none. */
static char mark_at(struct slice text, size_t at, size_t *n)
{
    size_t left = text.n - at;
    *n = 1;
    if (memchr(",.' ", text.p[at], 4) != NULL)
        return text.p[at];
    static const char *const others[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", "\xe2\x80\x99"};
    for (size_t i = 0; i < 4; i++) {
        *n = strlen(others[i]);
        if (left >= *n && memcmp(text.p + at, others[i], *n) == 0)
            return i < 3 ? ' ' : '\'';
    }
    return '\0';
}

/* Whether the text is digits with marks between groups of three, and perhaps a decimal mark of another kind. */
static bool has_right_groups(struct slice text)
{
    size_t group = 0, first = 0, marks = 0, n;
    char kind = '\0', last = '\0';
    for (size_t i = 0; i < text.n; i += n) {
        n = 1;
        if (is_digit(text.p[i])) {
            group++;
            continue;
        }
        char mark = mark_at(text, i, &n);
        if (mark == '\0' || group == 0 || (marks > 0 && (group != 3 || last != kind)))
            return false;
        if (marks++ == 0) {
            kind = mark;
            first = group;
        }
        last = mark;
        group = 0;
    }
    bool is_decimal = last == '.' || last == ',', is_grouped = group == 3 && first <= 3;
    return group > 0 && (marks == 0 || (marks == 1 ? is_decimal || is_grouped
                                                   : first <= 3 && (last == kind ? group == 3 : is_decimal)));
}

static bool is_marked(struct slice cell)
{
    size_t before = count_signs(cell, false);
    struct slice rest = {cell.p + before, cell.n - before};
    rest.n -= count_signs(rest, true);
    return rest.n > 0 && has_right_groups(rest);
}

static bool equals_word(struct slice word, const char *known, size_t n)
{
    if (word.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((word.p[i] | 0x20) != known[i])
            return false;
    return true;
}

/* Whether letters name a month or a day of the week, in full or by three letters. */
static bool is_calendar_word(struct slice word)
{
    static const char *const full[] = {"january",   "february",  "march",   "april",    "may",      "june",   "july",
                                       "august",    "september", "october", "november", "december", "monday", "tuesday",
                                       "wednesday", "thursday",  "friday",  "saturday", "sunday"};
    for (size_t i = 0; i < sizeof full / sizeof *full; i++)
        if (equals_word(word, full[i], word.n == 3 ? 3 : strlen(full[i])))
            return true;
    return false;
}

/* Whether letters stand between or behind the digits of times. */
static bool is_clock_word(struct slice word)
{
    static const char *const others[] = {"t", "z", "am", "pm", "utc", "gmt"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (equals_word(word, others[i], strlen(others[i])))
            return true;
    return false;
}

static bool is_time(struct slice cell)
{
    size_t groups = 0, words = 0;
    for (size_t i = 0, begin; i < cell.n;) {
        begin = i;
        while (i < cell.n && is_digit(cell.p[i]))
            i++;
        groups += i > begin;
        if (i > begin)
            continue;
        while (i < cell.n && is_letter(cell.p[i]))
            i++;
        struct slice word = {cell.p + begin, i - begin};
        bool is_calendar = i > begin && is_calendar_word(word);
        words += is_calendar;
        if (i > begin && !is_calendar && !is_clock_word(word))
            return false;
        bool is_mark = i < cell.n && cell.p[i] != '\0' && strchr("-/.:+ ", cell.p[i]) != NULL;
        bool is_comma = i + 1 < cell.n && cell.p[i] == ',' && cell.p[i + 1] == ' ';
        if (i == begin && !is_mark && !is_comma)
            return false;
        i += i == begin;
    }
    return groups > 1 || (groups > 0 && words > 0);
}

static bool is_blank(const struct slice *cell, size_t at)
{
    return at >= cell->n || cell->p[at] == ' ';
}

static bool is_dirty(struct slice cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        bool separates = c == ',' || c == ';' || c == '|' || c == '\t';
        if (separates && (c == '\t' || (i > 0 && !is_blank(&cell, i - 1) && !is_blank(&cell, i + 1))))
            return true;
    }
    return false;
}

/* Whether the words of the text, two at least, are numbers: all of them, or most. */
static bool is_numbers(struct slice cell, bool all)
{
    size_t words = 0, numbers = 0;
    for (size_t i = 0, begin; i < cell.n; i++) {
        begin = i;
        while (!is_blank(&cell, i))
            i++;
        double value;
        words += i > begin;
        numbers += i > begin && number_parse((struct slice){cell.p + begin, i - begin}, &value);
    }
    return words > 1 && (all ? numbers == words : 2 * numbers > words);
}

enum detect_cell detect_cell(const struct missing *missing, struct slice cell)
{
    double value;
    if (cell.n == 0)
        return CELL_EMPTY;
    if (number_parse(cell, &value))
        return missing_has_number(missing, value) ? CELL_EMPTY : CELL_NUMBER;
    if (missing_is(missing, cell) || missing_is_in_numbers(missing, cell))
        return CELL_EMPTY;
    if (is_marked(cell))
        return CELL_MARKED;
    if (is_time(cell))
        return is_numbers(cell, true) ? CELL_DIRTY : CELL_VALUE;
    return is_dirty(cell) || is_numbers(cell, false) ? CELL_DIRTY : CELL_TEXT;
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
