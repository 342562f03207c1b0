#ifndef LIKELY_APP_SHOW_TABLE_SHOW_WORK_H
#define LIKELY_APP_SHOW_TABLE_SHOW_WORK_H

#include "app/show/table_show.h"
#include "data/table/table.h"

/* Shared by the views of a table. Column columns[i] of the table is text slot i of its blocks. */
struct table_show {
    const struct table_show_settings *settings;
    const struct invocation *run;
    struct table *table;
    size_t *columns, n;
};

/* As table_fold, over the first rows of the table if --head asks for some. */
enum status table_head_fold(const struct table_show *show, const struct table_fold *fold, void *context,
                            struct err *err);

enum status table_rows_write(const struct table_show *show, struct err *err);    /* table_rows.c */
enum status table_summary_write(const struct table_show *show, struct err *err); /* table_summary.c */
enum status table_dialect_write(const struct table_show *show, struct err *err); /* table_dialect.c */

#endif
