#ifndef LIKELY_CLI_APPEND_H
#define LIKELY_CLI_APPEND_H

#include "cli/sink.h"
#include "data/table/table.h"
#include "text/buffer.h"

#include <stdbool.h>

/* A text table of new columns made row by row, alone or behind the rows of a table, which are passed on byte for byte,
 * each with its own line end behind the new columns. Threads make the text of their blocks; whole blocks are written in
 * order. Zero-initialise but for the first five. */
struct append {
    const struct table *table;
    struct sink *sink;
    bool rows;        /* pass the table's rows on */
    char delimiter;   /* of the new columns alone; behind rows it is the table's */
    const char *what; /* adds the columns, for messages: "--append" */
    struct buffer header;
    bool header_is_due; /* it waits for the first block, as something may fail before */
};

void append_begin(struct append *append);

/* Another column. Error: the rows have one of that name already. */
enum status append_column(struct append *append, const char *name, struct err *err);

/* Starts a row in text; *cells counts the cells that stand in it. */
void append_start_row(const struct append *append, struct buffer *text, const struct block *block, size_t row,
                      size_t *cells);
/* Makes room for the next cell, which the caller then adds to text; adding nothing leaves it empty. */
void append_next_cell(const struct append *append, struct buffer *text, size_t *cells);
/* Ends the row, as it ended in the table if it is one of those. */
void append_end_row(const struct append *append, struct buffer *text, const struct block *block, size_t row);

/* A block's rows; before the first the header. */
enum status append_write(struct append *append, const struct buffer *text, struct err *err);
void append_end(struct append *append); /* after the last block: a header at least */
void append_free(struct append *append);

#endif
