#ifndef LIKELY_DATA_TABLE_DIALECT_H
#define LIKELY_DATA_TABLE_DIALECT_H

/* How the text of a table is written: one value from the options of a command to the splitter of records. A zero field
 * is one to be detected (sniff.h), or has the default. */

enum dialect_format { DIALECT_AUTO, DIALECT_CSV, DIALECT_TSV, DIALECT_TEXT, DIALECT_SVM };
enum dialect_header { DIALECT_HEADER_AUTO, DIALECT_HEADER_YES, DIALECT_HEADER_NO };

struct dialect {
    int format;     /* enum dialect_format */
    int header;     /* enum dialect_header: whether the first record names the columns */
    char delimiter; /* between fields; once detected, '\0' means runs of blanks */
    const char *na; /* comma-separated words that mean a missing value, as the empty field does; NULL = DIALECT_NA */
};

#define DIALECT_NA "NA,NaN,null,?"

#endif
