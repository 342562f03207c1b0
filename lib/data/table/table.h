#ifndef LIKELY_DATA_TABLE_TABLE_H
#define LIKELY_DATA_TABLE_TABLE_H

#include "base/err.h"
#include "base/slice.h"
#include "data/table/block.h"
#include "data/table/dialect.h"
#include "data/table/split.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Text files as one table of named columns, streamed in blocks of rows.
 *
 *     bytes (file, pipe, compressed) -> blocks cut at record ends -> records -> numbers and texts of the columns asked
 * for
 *
 * Blocks are cut at the same places whatever the number of threads and however a pipe delivers its bytes. */

enum column_kind {
    COLUMN_EMPTY,  /* no value; read as numbers */
    COLUMN_NUMBER, /* the first value that is not missing is a number */
    COLUMN_TEXT,
};

/* How many bytes of a pipe wait while the kind of a column is sought, in memory and in the directory (NULL = none). */
struct lookahead_limit {
    size_t memory, disk;
    const char *directory;
};

enum { TABLE_LOOKAHEAD_MEMORY = 1 << 24, TABLE_LOOKAHEAD_DISK = 1 << 30 }; /* bytes, where nothing else is said */

struct table_options {
    const char *const *paths; /* n_paths file names; "-" is standard input; none means standard input */
    size_t n_paths;
    struct dialect dialect;
    bool sparse;  /* svmlight text is not read as columns: then table_is_sparse holds, and svm_fold.h reads the rows */
    bool prompt;  /* rows are handed on when they have been there for 0.1 s; cuts of blocks then depend on time */
    bool counted; /* the output of uniq -c is recognised: then table_is_counted holds */
    bool by_row;  /* numbers of a block are stored row by row, else column by column */
    struct lookahead_limit limit;

    /* NULL, or called after each block of a fold, by one thread at a time: bytes read of the input, as they are in the
     * files, and the total, 0 = unknown. */
    void (*progress)(void *context, uint64_t consumed, uint64_t total);
    void *progress_context;

    /* NULL, or called with a sentence without a full stop, about what was done to rows; it names the file if there is
     * only one. */
    void (*report)(const void *context, const char *text);
    const void *report_context;
};

struct table;

/* Opens the input and reads its first block, which shows the format, the header and the kinds of most columns. Input
 * without a record is an error; a header alone is not. */
enum status table_open(struct table **table, const struct table_options *options, struct err *err);
void table_close(struct table *table);

/* Whether the input is svmlight text that is not read as columns. Of the functions below only table_file and
 * table_progress apply to it. */
bool table_is_sparse(const struct table *table);

/* Whether the table has two columns, the counts of symbols and the symbols, as uniq -c writes them. */
bool table_is_counted(const struct table *table);

size_t table_width(const struct table *table);
bool table_has_header(const struct table *table);
const char *table_name(const struct table *table, size_t column); /* header name, or "1", "2", … without a header */
const char *const *table_names(const struct table *table);
enum column_kind table_kind(struct table *table, size_t column); /* before the fold: may read far ahead */
const char *table_file(const struct table *table); /* the first input as the user named it; "standard input" for - */
const char *table_compression(const struct table *table);       /* of the first input: "gzip"; NULL: none */
char table_delimiter(const struct table *table);                /* of the input; ' ' for blank-separated text */
const struct dialect *table_dialect(const struct table *table); /* as given and detected, but for the header */
struct slice table_header_text(const struct table *table); /* raw, without its line end; p NULL: there is no header */
struct slice table_line_end(const struct table *table);    /* of the first record: LF, CR or CRLF */

/* Ask for a column as numbers or as texts; return its slot in every block. A column may have several slots. Columns
 * that nobody asks for are not parsed. A text in a column of numbers is an error. */
size_t table_want_number(struct table *table, size_t column);
size_t table_want_text(struct table *table, size_t column);

/* Drops the rows that the split does not keep, before they are parsed. A missing key is an error. The table frees the
 * split's list of keys. */
void table_keep(struct table *table, const struct split *split);

/* The two functions of a fold. map runs on several threads, each with a state of its own: state_size zeroed bytes,
 * which `release` frees. reduce runs after map of the same block, on one thread at a time, in the order of the rows.
 * Blocks without rows are skipped. map, reduce and release may be NULL. The first error in row order ends the run. */
struct table_fold {
    size_t state_size;
    enum status (*map)(void *context, void *state, struct block *block, struct err *err);
    enum status (*reduce)(void *context, void *state, struct block *block, struct err *err);
    void (*release)(void *state);
};

/* Streams the whole table through the fold. A table can be folded once. Small input stays on one thread. */
enum status table_fold(struct table *table, const struct table_fold *fold, void *context, size_t threads,
                       struct err *err);

/* Bytes of input read so far, as they are in the files, and the total, 0 = unknown. */
void table_progress(const struct table *table, uint64_t *consumed, uint64_t *total);

#endif
