/* Which dialects are plain: those that the fast path (records_scan.c) splits and that libcsv specifies. What happens
 * below the records (encodings, lines skipped at the head or end of a file) does not matter here. */

#include "data/table/dialect.h"

static bool has_plain_quotes(const struct dialect *d)
{
    if (d->delimiter == '\0')
        return (d->quote == '\0' || d->quote == DIALECT_NO_QUOTE) && d->escape != DIALECT_ESCAPE_BACKSLASH;
    return (d->quote == '\0' || d->quote == '"') && d->escape != DIALECT_ESCAPE_BACKSLASH && !d->loose_quotes;
}

bool dialect_splits_plainly(const struct dialect *d)
{
    bool has_comments = d->comments != NULL && d->comments[0] != '\0';
    return d->format < DIALECT_SVM && has_plain_quotes(d) && !has_comments && d->min_blanks <= 1 && d->columns == 0 &&
           !d->open_ended && !d->trailing_delimiter && !d->row_names && d->ragged <= DIALECT_RAGGED_ERROR;
}

bool dialect_is_plain(const struct dialect *d)
{
    bool has_marks = d->thousands != '\0' && d->thousands != DIALECT_NO_MARK;
    return dialect_splits_plainly(d) && d->decimal != ',' && !has_marks && d->signs != DIALECT_SIGNS_DROP &&
           d->header_lines <= 1 && !d->units_row;
}

char dialect_clean_delimiter(const struct dialect *d)
{
    if (!dialect_is_plain(d))
        return ',';
    return d->delimiter != '\0' ? d->delimiter : ' ';
}
