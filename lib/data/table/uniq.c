/* Recognises the output of `uniq -c`. Counts are written as "%7d " (GNU, BusyBox) or "%4d " (BSD, macOS). */

#include "data/table/uniq.h"

#include <stddef.h>

enum { LINES = 1000 };

/* A line "   12 the symbol". */
struct uniq_line {
    size_t blanks, digits, words; /* before the count; of the count; of the symbol */
};

static bool read_line(struct slice line, struct uniq_line *found)
{
    size_t i = 0, blanks, words = 0;
    while (i < line.n && line.p[i] == ' ')
        i++;
    blanks = i;
    while (i < line.n && (unsigned char)(line.p[i] - '0') <= 9)
        i++;
    if (i == blanks || i == line.n || line.p[i] != ' ')
        return false;
    *found = (struct uniq_line){.blanks = blanks, .digits = i - blanks};
    for (i++; i < line.n; i++)
        words += line.p[i] != ' ' && line.p[i] != '\t' && (line.p[i - 1] == ' ' || line.p[i - 1] == '\t');
    found->words = words;
    return true;
}

/* Whether the count stands in a column of that width. */
static bool is_aligned(const struct uniq_line *line, size_t width)
{
    return line->blanks + line->digits == width || (line->blanks == 0 && line->digits > width);
}

bool uniq_look(struct slice head)
{
    enum { GNU = 7, BSD = 4 };
    bool is_gnu = true, is_bsd = true, is_trimmed = true, is_uneven = false;
    size_t lines = 0, first_words = 0;
    for (size_t begin = 0; begin < head.n && lines < LINES; lines++) {
        const char *lf = memchr(head.p + begin, '\n', head.n - begin);
        if (lf == NULL && lines > 0)
            break;
        size_t end = lf != NULL ? (size_t)(lf - head.p) : head.n;
        struct uniq_line line;
        if (!read_line((struct slice){head.p + begin, end - begin}, &line))
            return false;
        first_words = lines == 0 ? line.words : first_words;
        is_gnu &= is_aligned(&line, GNU);
        is_bsd &= is_aligned(&line, BSD);
        is_trimmed &= line.blanks == 0;
        is_uneven |= line.words != first_words;
        begin = end + 1;
    }
    return lines > 0 && ((!is_trimmed && (is_gnu || is_bsd)) || (is_trimmed && is_uneven));
}
