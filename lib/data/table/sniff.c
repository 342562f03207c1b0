/* Judges an input by its first bytes: its dialect. Only the first record counts, so that the answer is the same for a
 * file and for a slow pipe. */

#include "data/table/sniff.h"

#include "data/table/svm_look.h"

/* The first line that is not blank, with the line ends in its quotes. */
static struct slice first_record(struct slice head)
{
    size_t begin = 0;
    for (size_t i = 0; i < head.n && (head.p[i] == ' ' || head.p[i] == '\n' || head.p[i] == '\r'); i++)
        if (head.p[i] != ' ')
            begin = i + 1;
    bool quoted = false;
    size_t end = begin;
    for (; end < head.n; end++) {
        if (head.p[end] == '"')
            quoted = !quoted;
        else if (!quoted && (head.p[end] == '\n' || head.p[end] == '\r'))
            break;
    }
    return (struct slice){head.p + begin, end - begin};
}

static enum dialect_format find_format(struct slice head, char *delimiter)
{
    struct slice record = first_record(head);
    bool quoted = false, tab = false, comma = false, semicolon = false, blank = false, quote = false;
    size_t first = 0, last = record.n;
    while (first < last && record.p[first] == ' ')
        first++;
    while (last > first && record.p[last - 1] == ' ')
        last--;
    for (size_t i = first; i < last; i++) {
        char c = record.p[i];
        if (c == '"')
            quote = true, quoted = !quoted;
        else if (!quoted)
            tab |= c == '\t', comma |= c == ',', semicolon |= c == ';', blank |= c == ' ';
    }
    if (svm_look(head))
        return DIALECT_SVM;
    *delimiter = tab ? '\t' : comma || !semicolon ? ',' : ';';
    if (tab)
        return DIALECT_TSV;
    if (!blank || comma || semicolon || quote)
        return DIALECT_CSV;
    return DIALECT_TEXT;
}

struct dialect sniff_dialect(struct slice head, const struct dialect *given)
{
    struct dialect found = *given;
    found.delimiter = found.format == DIALECT_TSV ? '\t' : ',';
    if (found.format == DIALECT_AUTO && given->delimiter == '\0')
        found.format = (int)find_format(head, &found.delimiter);
    else if (found.format == DIALECT_AUTO)
        found.format = given->delimiter == ' ' ? DIALECT_TEXT : DIALECT_CSV;
    if (given->delimiter != '\0')
        found.delimiter = given->delimiter;
    if (found.format == DIALECT_TEXT || found.format == DIALECT_SVM)
        found.delimiter = '\0';
    return found;
}
