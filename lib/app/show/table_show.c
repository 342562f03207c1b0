/* The table as the suite reads it: its rows (table_rows.c), a summary of its columns (table_summary.c), or its dialect
 * as options (table_dialect.c). */

#include "app/show/table_show.h"

#include "app/show/table_show_work.h"
#include "base/mem.h"
#include "data/table/columns.h"

#include <stdlib.h>

static enum status choose_columns(struct table_show *w, struct err *err)
{
    const struct table_show_settings *s = w->settings;
    size_t width = table_width(w->table);
    if (s->columns != NULL) {
        enum status status = columns_find(table_names(w->table), width, s->columns, &w->columns, &w->n, err);
        if (status != STATUS_OK)
            return err_at(err, table_file(w->table), 0);
    } else {
        w->n = width;
        w->columns = mem_alloc(width, sizeof *w->columns);
        for (size_t c = 0; c < width; c++)
            w->columns[c] = c;
    }
    for (size_t i = 0; i < w->n; i++)
        table_want_text(w->table, w->columns[i]);
    return STATUS_OK;
}

enum status table_show_run(const struct table_show_settings *settings, const struct invocation *run, struct err *err)
{
    struct table_show w = {.settings = settings, .run = run};
    struct input_settings input = settings->input;
    input.prompt = !settings->summary;
    enum status status =
        command_open_split(&w.table, &input, &settings->split, COMMAND_FOLD, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK && settings->dialect)
        status = table_dialect_write(&w, err);
    else if (status == STATUS_OK)
        status = choose_columns(&w, err);
    if (status == STATUS_OK && settings->summary)
        status = table_summary_write(&w, err);
    else if (status == STATUS_OK && !settings->dialect)
        status = table_rows_write(&w, err);
    free(w.columns);
    table_close(w.table);
    return status;
}
