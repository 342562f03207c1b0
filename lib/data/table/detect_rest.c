/* Two kinds of text with columns that blanks align and values with blanks in them.
 *
 * detect_rest: the last column extends to the line end, as the commands of `ps aux`, the file names of `ls -l` and the
 * mount points of `df` do. The records have different numbers of fields; the column is told by its begin, which is at
 * the same place in the lines though the fields before it have different lengths.
 *
 * detect_gaps: columns are separated by two blanks or more, as those of `docker ps` are. */

#include "data/table/detect_state.h"

/* Bytes of the line before a field. */
static size_t place_of(const struct sample *s, size_t row, size_t field)
{
    return s->begin[s->row[row].first + field] - s->row[row].at;
}

/* Records whose field begins at the place. */
static size_t count_aligned(const struct sample *s, size_t field, size_t place)
{
    size_t n = 0;
    for (size_t row = 0; row < s->rows; row++)
        n += place_of(s, row, field) == place;
    return n;
}

/* Bytes of the fields before a field, without the blanks between them. */
static size_t bytes_before(const struct sample *s, size_t row, size_t field)
{
    size_t n = 0;
    for (size_t f = 0; f < field; f++)
        n += sample_field(s, row, f).n;
    return n;
}

/* Whether it is blanks that align the field, since the text before it has different lengths. */
static bool is_padded(const struct sample *s, size_t field)
{
    for (size_t row = 1; row < s->rows; row++)
        if (bytes_before(s, row, field) != bytes_before(s, 0, field))
            return true;
    return false;
}

/* Whether a field from number `from` on is text. */
static bool has_text(const struct detect *d, size_t from)
{
    for (size_t row = 0; row < d->sample.rows; row++)
        for (size_t f = from; f < d->sample.row[row].width; f++)
            if (detect_cell_at(d, row, f) >= CELL_TEXT)
                return true;
    return false;
}

/* Whether most lines have runs of blanks behind the begin of a field, as between columns. */
static bool has_gaps(const struct sample *s, size_t field)
{
    size_t n = 0;
    for (size_t row = 0; row < s->rows; row++) {
        struct slice rest = {s->text + s->row[row].at + place_of(s, row, field), 0};
        rest.n = (size_t)(s->text + s->row[row].end - rest.p);
        while (rest.n > 0 && (rest.p[rest.n - 1] == ' ' || rest.p[rest.n - 1] == '\t'))
            rest.n--;
        for (size_t i = 1; i < rest.n; i++)
            if (rest.p[i] == ' ' && rest.p[i - 1] == ' ') {
                n++;
                break;
            }
    }
    return 2 * n >= s->rows;
}

/* Whether a field takes the rest of the line. */
static bool is_rest(const struct detect *d, size_t field)
{
    const struct sample *s = &d->sample;
    size_t aligned = 0;
    for (size_t i = 0; i < 3; i++) {
        size_t n = count_aligned(s, field, place_of(s, i * (s->rows - 1) / 2, field));
        aligned = n > aligned ? n : aligned;
    }
    return 10 * aligned >= 9 * s->rows && is_padded(s, field) && !has_gaps(s, field) && has_text(d, field + 1);
}

bool detect_rest(struct detect *d)
{
    const struct sample *s = &d->sample;
    size_t least = SIZE_MAX, most = 0;
    bool is_free = d->given->columns == 0 && d->given->ragged == DIALECT_RAGGED_AUTO && d->found->columns == 0;
    for (size_t row = 0; row < s->rows; row++) {
        least = s->row[row].width < least ? s->row[row].width : least;
        most = s->row[row].width > most ? s->row[row].width : most;
    }
    if (!is_free || d->found->delimiter != '\0' || s->rows < 2 || least == most || s->faults > 0)
        return false;
    size_t columns = least;
    while (columns > 1 && !is_rest(d, columns - 1))
        columns--;
    if (columns < 2)
        return false;
    d->found->columns = columns;
    d->found->open_ended = true;
    detect_say(d->facts, "the last of %zu columns takes the rest of the line", columns);
    return true;
}

/* Whether all records have the same number of fields, at least two. */
static bool is_even(const struct sample *s)
{
    for (size_t row = 1; row < s->rows; row++)
        if (s->row[row].width != s->row[0].width)
            return false;
    return s->rows > 1 && s->row[0].width > 1;
}

bool detect_gaps(struct detect *d)
{
    if (is_even(&d->sample) || d->found->min_blanks > 0 || d->given->ragged != DIALECT_RAGGED_AUTO)
        return false;
    struct dialect wide = *d->found;
    wide.min_blanks = 2;
    sample_split(&d->sample, &wide, d->text, d->is_whole, DETECT_MOST);
    if (!is_even(&d->sample))
        return false;
    d->found->min_blanks = 2;
    detect_say(d->facts, "two blanks or more separate fields");
    return true;
}
