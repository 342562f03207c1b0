#ifndef LIKELY_DATA_TABLE_TABLE_STATE_H
#define LIKELY_DATA_TABLE_TABLE_STATE_H

#include "base/arena.h"
#include "data/table/jsonl.h"
#include "data/table/lookahead.h"
#include "data/table/missing.h"
#include "data/table/number_text.h"
#include "data/table/records.h"
#include "data/table/source.h"
#include "data/table/strays.h"
#include "data/table/table.h"
#include "text/buffer.h"

/* Shared by the files of a table, from the bottom up: table_worker.c (one block), block.c (its services), table.c
 * (columns), table_open.c and table_fold.c (streaming). */

/* Columns taken together (joint.h). */
struct joint {
    size_t *columns, n;
    char *name;
};

/* A block on its way: raw bytes, the records in them, then numbers and texts of the columns asked for. */
struct table_worker {
    struct source_block raw;
    struct records records;
    bool is_split;        /* the raw bytes have been split into the records */
    size_t header_rows;   /* records before the rows: header and units */
    struct arena arena;   /* numbers of the block, … */
    struct arena *keeper; /* … which go here at the end if they were taken */
    size_t *missing;
    struct strays *strays;
    struct slice **texts;
    size_t *texts_capacity;
    struct {
        size_t slot, first, n; /* rows of a number slot … */
        struct number_text_batch batch;
    } plain;            /* … made plain, where numbers are not; n 0 = none */
    char **plain_texts; /* of text slots, those of numbers that are not plain */
    size_t *plain_texts_capacity;
    struct buffer *joined; /* of each text slot: the texts of columns taken together */
    struct block block;
    struct buffer clean; /* the rows of the block as CSV, … */
    size_t *clean_end;   /* … where each ends; made when they are asked for */
    size_t clean_rows, clean_capacity;
    void *state;
    uint64_t consumed, total; /* bytes of the input when the block was taken */
    enum status status;
    struct err err;
    struct err late; /* the first error behind the rows of the block */
};

struct table {
    struct source *source;
    const char *compression; /* of the first file; NULL = none */
    struct missing missing;
    struct number_text numbers;
    struct dialect dialect; /* as detected, but for the header */
    bool is_keyed;          /* the rows, not a header, name the columns: JSON Lines, svmlight text */
    struct jsonl *jsonl;    /* of JSON Lines, else NULL: the columns */
    size_t svm_width;       /* of svmlight text that is read as columns, else 0 */
    bool by_row;
    bool is_counted; /* uniq.h */
    void (*progress)(void *context, uint64_t consumed, uint64_t total);
    void *progress_context;
    void (*report)(const void *context, const char *text);
    const void *report_context;
    struct strays *strays; /* of each number slot; NULL = not counted */

    bool has_header;         /* the columns have names: */
    bool begins_with_header; /* those of the first record or records of every file, … */
    bool is_renamed;         /* … or those of a list */
    enum { ROW_INDEX_UNKNOWN, ROW_INDEX_NO, ROW_INDEX_YES } row_index; /* row_index.h */
    size_t **order, n_files;   /* of a file: the field of each column; NULL = as they come */
    struct buffer header_text; /* the header record, raw or clean */
    char line_end[2];          /* of the first record */
    size_t line_end_n;
    size_t width;  /* columns; … */
    size_t fields; /* … a record may have more, without names or values */
    char **names;
    enum column_kind *kinds;
    bool *has_words; /* of columns without a kind: they have words that mean missing numbers, but texts as well */
    bool *assumed;   /* columns whose kind a command has asked for, and which was not found */
    bool has_assumed, has_begun; /* of has_begun: the fold; the kinds stay */
    struct lookahead *lookahead;
    struct lookahead_limit limit;
    bool prompt;

    size_t *number_columns, n_numbers, numbers_capacity; /* slot -> column */
    struct joint *joint;                                 /* column width + i stands for the columns joint[i] */
    size_t n_joints, joints_capacity;
    size_t *text_columns, n_texts, texts_capacity;

    struct split split;        /* which rows are kept */
    uint64_t *split_label;     /* of each column, or of each key */
    struct table_worker first; /* the block that table_open read ahead */
    bool first_waits;
    size_t padded, cut, dropped;      /* ragged records so far */
    size_t lines_before, rows_before; /* of the block that is reduced next: lines in its file, rows in the table */
};

/* ---- table_worker.c ---- */

void table_worker_init(struct table_worker *worker, const struct table *table);
void table_worker_free(struct table_worker *worker, const struct table *table);

/* Splits the raw bytes into records; width 0: that of the first record. */
void table_worker_split(const struct table *table, struct table_worker *worker, size_t width);

/* Splits the first block of a file behind the first one, and matches its header. In the order of the files. */
enum status table_worker_begin_file(struct table *table, struct table_worker *worker);

/* Converts the raw bytes, or the records when they are split, to the block. An error behind good rows is in
 * worker->late. */
void table_worker_convert(const struct table *table, struct table_worker *worker);

/* Appends the fields of a record, in quotes where they need them. */
void table_worker_clean(const struct table *table, const struct table_worker *worker, size_t record,
                        struct buffer *text);

/* Errors: the fault of the records; the place of a record; "column 3 'age': " before the reason. */
enum status table_worker_fault(const struct table *table, const struct table_worker *worker, struct err *err);
enum status table_worker_place(const struct table_worker *worker, size_t record, const char *file, struct err *err);
void table_worker_name_column(const struct table *table, size_t column, struct err *err);

#endif
