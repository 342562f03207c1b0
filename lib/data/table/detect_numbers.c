/* Decimal commas and marks between groups of three digits.
 *
 * 1. count_readings: for each pair of a decimal mark and a mark of thousands, the columns whose values are all numbers
 *    by it (number_text.h), in the first records.
 * 2. The pair that makes most columns numbers is taken if it makes more of them so than the plain spelling, by two
 *    values at least.
 * 3. "1,234" alone may be either. In a table separated by commas, commas group digits; else it stays text, and the
 *    notice names both readings. Commas that separate fields are decimal ones only with two digits or more behind them:
 *    "1,2" may be a list. */

#include "data/table/detect_state.h"

#include "data/table/number_text.h"
#include "text/number.h"

enum { NUMBER_ROWS = 200, LONGEST = 20, NUMBER_READINGS = 8, DECIMAL_COMMA = 1, GROUPS_OF_COMMAS = 2 };

/* The plain one first; of equal ones the first is taken. */
static const struct detect_reading {
    char decimal, thousands;
    const char *text;
} readings[NUMBER_READINGS] = {
    {'.', '\0', NULL},
    {',', '\0', "decimal comma"},
    {'.', ',', "commas between thousands"},
    {',', '.', "decimal comma, points between thousands"},
    {'.', ' ', "blanks between thousands"},
    {',', ' ', "decimal comma, blanks between thousands"},
    {'.', '\'', "apostrophes between thousands"},
    {',', '\'', "decimal comma, apostrophes between thousands"},
};

/* Columns that are numbers by each reading; values that are numbers by others than the plain one, and those with two
 * digits or more behind the last comma. */
struct number_counts {
    size_t columns[NUMBER_READINGS], marked, long_ends;
};

static bool has_long_end(struct slice cell)
{
    size_t n = 0;
    while (n < cell.n && cell.p[cell.n - 1 - n] >= '0' && cell.p[cell.n - 1 - n] <= '9')
        n++;
    return n > 1;
}

static bool is_allowed(const struct detect *d, size_t reading)
{
    const struct detect_reading *r = &readings[reading];
    char thousands = d->given->thousands == DIALECT_NO_MARK ? '\0' : d->given->thousands;
    return (d->given->decimal == '\0' || d->given->decimal == r->decimal) &&
           (d->given->thousands == '\0' || thousands == r->thousands);
}

/* Adds the readings by which all values of a column are numbers. */
static void count_readings(const struct detect *d, size_t from, size_t column, struct number_counts *counts)
{
    bool fits[NUMBER_READINGS];
    size_t last = d->sample.rows < from + NUMBER_ROWS ? d->sample.rows : from + NUMBER_ROWS, n = 0, marked = 0,
           ends = 0;
    double value;
    for (size_t k = 0; k < NUMBER_READINGS; k++)
        fits[k] = is_allowed(d, k);
    for (size_t row = from; row < last; row++) {
        enum detect_cell kind = detect_cell_at(d, row, column);
        if (kind != CELL_NUMBER && kind != CELL_MARKED && kind != CELL_EMPTY)
            return;
        if (kind == CELL_EMPTY)
            continue;
        struct slice cell = sample_field(&d->sample, row, column);
        if (kind == CELL_MARKED && cell.n > LONGEST) /* a list */
            return;
        bool is_plain = kind == CELL_NUMBER && memchr(cell.p, '.', cell.n) == NULL;
        n++;
        marked += kind == CELL_MARKED;
        ends += kind == CELL_MARKED && has_long_end(cell);
        for (size_t k = 0; k < NUMBER_READINGS && !is_plain; k++) {
            struct dialect dialect = {.decimal = readings[k].decimal, .thousands = readings[k].thousands};
            struct number_text numbers = number_text_of(&dialect);
            fits[k] = fits[k] && number_text_parse(&numbers, cell, &value);
        }
    }
    bool is_number = false;
    for (size_t k = 0; k < NUMBER_READINGS; k++) {
        counts->columns[k] += n > 0 && fits[k];
        is_number |= fits[k];
    }
    counts->marked += is_number ? marked : 0;
    counts->long_ends += is_number ? ends : 0;
}

/* The record behind the header lines and the units. */
static size_t first_row(const struct detect *d)
{
    const struct dialect *f = d->found;
    if (f->header != DIALECT_HEADER_YES)
        return 0;
    return (f->header_lines > 1 ? f->header_lines : 1) + f->units_row;
}

void detect_numbers(struct detect *d)
{
    struct number_counts counts = {.marked = 0};
    size_t best = 0;
    for (size_t f = 0; f < d->width; f++)
        count_readings(d, first_row(d), f, &counts);
    for (size_t k = 1; k < NUMBER_READINGS; k++)
        best = counts.columns[k] > counts.columns[best] ? k : best;
    bool is_either = best == DECIMAL_COMMA && counts.columns[GROUPS_OF_COMMAS] == counts.columns[best];
    bool has_commas = d->found->delimiter == ',';
    if (best == 0 || counts.marked < 2)
        return;
    if (is_either && !has_commas) {
        detect_say(d->facts, "numbers such as 1,234 are text, as their comma may be decimal or group digits");
        return;
    }
    best = is_either ? GROUPS_OF_COMMAS : best;
    if (has_commas && best == DECIMAL_COMMA && 2 * counts.long_ends < counts.marked)
        return;
    d->found->decimal = readings[best].decimal;
    d->found->thousands = readings[best].thousands;
    bool is_new = readings[best].decimal == ',' && d->given->decimal == '\0';
    if (is_new || (readings[best].thousands != '\0' && d->given->thousands == '\0'))
        detect_say(d->facts, "%s", readings[best].text);
}
