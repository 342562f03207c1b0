/* Judges an input by its first bytes: its dialect, or a format that is not a text table. Only the first record counts,
 * so that the answer is the same for a file and for a slow pipe. */

#include "data/table/sniff.h"

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

/* Whether there are fields behind the first, and all are INDEX:VALUE. */
static bool is_sparse(struct slice record)
{
    size_t fields = 0;
    for (size_t i = 0; i < record.n && record.p[i] != '#'; fields++) {
        size_t digits = 0, begin = i;
        while (i < record.n && record.p[i] >= '0' && record.p[i] <= '9')
            i++, digits++;
        bool pair = digits > 0 && i < record.n && record.p[i] == ':';
        while (i < record.n && record.p[i] != ' ' && record.p[i] != '\t')
            i++;
        bool query = i - begin > 4 && memcmp(record.p + begin, "qid:", 4) == 0;
        if (fields > 0 && !pair && !query)
            return false;
        while (i < record.n && (record.p[i] == ' ' || record.p[i] == '\t'))
            i++;
    }
    return fields > 1;
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
    *delimiter = tab ? '\t' : comma || !semicolon ? ',' : ';';
    if (tab)
        return DIALECT_TSV;
    if (!blank || comma || semicolon || quote)
        return DIALECT_CSV;
    return is_sparse((struct slice){record.p + first, last - first}) ? DIALECT_SVM : DIALECT_TEXT;
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

const char *sniff_stranger(struct slice head, enum err_cause *cause)
{
    static const char wide[] =
        "the text is encoded in UTF-16 or UTF-32; convert it to UTF-8 first, for example by iconv";
    static const char model[] = "this is a model, not a table";
    static const struct {
        size_t n;
        const char *magic, *reason;
    } strangers[] = {
        {2, "\xff\xfe", wide},
        {2, "\xfe\xff", wide},
        {8, "LIKELYM\n", model},
        {3, "\x1f\x8b\x08", "the data is compressed twice by gzip; decompress it once first, for example by zcat"},
        {6,
         "\xfd"
         "7zXZ\0",
         "the data is compressed by xz; decompress it first, for example by xzcat"},
        {4, "\x28\xb5\x2f\xfd", "the data is compressed by zstd; decompress it first, for example by zstdcat"},
        {10, "BZh91AY&SY", "the data is compressed by bzip2; decompress it first, for example by bzcat"},
        {4, "PK\x03\x04", "this is a ZIP archive, as .xlsx, .ods and .npz are; save the table as CSV first"},
        {4, "PAR1", "this is a Parquet file; save the table as CSV first"},
    };
    size_t i = 0, n = sizeof strangers / sizeof strangers[0];
    while (i < n && (head.n < strangers[i].n || memcmp(head.p, strangers[i].magic, strangers[i].n) != 0))
        i++;
    const char *reason = i < n ? strangers[i].reason : NULL;
    *cause = reason == model ? ERR_MODEL_AS_TABLE : ERR_NO_REMEDY;
    return reason;
}
