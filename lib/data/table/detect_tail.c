/* The last lines of a file that was seen to its end.
 *
 * 1. find_notes: records of one text, narrower than the table or empty but for it, at the end.
 * 2. find_total: a last record that is called a total and has the sums of the columns above it. One whose sums are
 *    others may be data: it stays, and is reported. */

#include "data/table/detect_state.h"

#include "text/number.h"

#include <math.h>

enum { NOTES_MOST = 20 };

static bool is_text(enum detect_cell cell)
{
    return cell == CELL_TEXT || cell == CELL_DIRTY;
}

/* Number of values of a record that are not empty; *text: one of them is text. */
static size_t count_values(const struct detect *d, size_t row, bool *has_text)
{
    size_t n = 0;
    *has_text = false;
    for (size_t f = 0; f < d->sample.row[row].width; f++) {
        n += sample_field(&d->sample, row, f).n > 0;
        *has_text |= is_text(detect_cell_at(d, row, f));
    }
    return n;
}

static bool is_note(const struct detect *d, size_t row)
{
    const struct sample_row *r = &d->sample.row[row];
    bool has_text, is_apart = row > 0 && r->line > d->sample.row[row - 1].line + 1;
    size_t values = count_values(d, row, &has_text);
    if (values == 0 && !r->has_fault)
        return d->width > 1;
    if (r->has_fault || !has_text || values > 1)
        return false;
    return r->width == 1 ? d->width > 2 || (d->width == 2 && is_apart) : d->width > 2 && r->width <= d->width;
}

/* Lines of the text from the end of a record on. */
static size_t lines_behind(const struct detect *d, size_t row)
{
    size_t lines = 0;
    const char *end = d->text.p + d->text.n;
    for (const char *p = d->sample.text + d->sample.row[row].end; p < end; p++)
        lines += *p == '\n' || (*p == '\r' && p[1] != '\n');
    return lines - (end[-1] == '\n' || end[-1] == '\r');
}

static void find_notes(struct detect *d)
{
    struct sample *s = &d->sample;
    size_t rows = s->rows;
    while (rows > 2 && s->rows - rows < NOTES_MOST && is_note(d, rows - 1))
        rows--;
    bool has_text = false;
    for (size_t row = rows; row < s->rows && !has_text; row++)
        count_values(d, row, &has_text);
    if (!has_text || is_note(d, rows - 1)) /* rows without any value alone are rows */
        return;
    size_t lines = lines_behind(d, rows - 1);
    d->found->footer_lines = lines;
    s->rows = rows;
    detect_say(d->facts, "%zu line%s at the end skipped", lines, lines == 1 ? " is" : "s are");
}

static bool is_called_total(struct slice cell)
{
    static const char *const names[] = {"total",     "totals", "grand total", "sum",  "subtotal", "summe",
                                        "insgesamt", "gesamt", "somme",       "suma", "totale",   "totaal",
                                        "overall",   "all",    "average",     "mean", "total:",   "sum:"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t n = strlen(names[i]), same = 0;
        while (cell.n == n && same < n && (cell.p[same] | 0x20) == (names[i][same] | 0x20))
            same++;
        if (same == n)
            return true;
    }
    return false;
}

/* Sum of the values of a column between two rows, and their number. */
static double sum_of(const struct detect *d, size_t from, size_t to, size_t column, size_t *n)
{
    double sum = 0, value;
    *n = 0;
    for (size_t row = from; row < to; row++) {
        if (column < d->sample.row[row].width && number_parse(sample_field(&d->sample, row, column), &value)) {
            sum += value;
            ++*n;
        }
    }
    return sum;
}

/* Whether the numbers of the last record are sums, or all means, of those above. */
static bool has_sums(const struct detect *d, size_t last)
{
    size_t from = d->found->header == DIALECT_HEADER_YES, sums = 0, means = 0, numbers = 0, n;
    double value;
    for (size_t f = 0; f < d->sample.row[last].width; f++) {
        if (!number_parse(sample_field(&d->sample, last, f), &value))
            continue;
        double sum = sum_of(d, from, last, f, &n), mean = n > 0 ? sum / (double)n : 0;
        numbers++;
        sums += n > 1 && fabs(value - sum) <= 1e-3 * fabs(sum);
        means += n > 1 && fabs(value - mean) <= 1e-3 * fabs(mean);
    }
    return numbers > 0 && (2 * sums > numbers || 2 * means > numbers);
}

static void find_total(struct detect *d)
{
    struct sample *s = &d->sample;
    if (s->rows < 4 || !is_called_total(sample_field(s, s->rows - 1, 0)))
        return;
    size_t line = s->row[s->rows - 1].line + d->lines_before;
    if (!has_sums(d, s->rows - 1)) {
        detect_say(d->facts, "line %zu, '%.*s', is data", line, (int)sample_field(s, s->rows - 1, 0).n,
                   sample_field(s, s->rows - 1, 0).p);
        return;
    }
    s->rows--;
    d->found->footer_lines = lines_behind(d, s->rows - 1);
    detect_say(d->facts, "the total in line %zu is skipped", line);
}

void detect_tail(struct detect *d)
{
    bool is_seen = d->is_whole && d->sample.rows < DETECT_MOST;
    if (!is_seen || d->width < 2 || d->given->footer_lines > 0)
        return;
    find_notes(d);
    find_total(d);
}
