/* Learning curves: columns of traces against their first column or the chosen one. Each file is a table of its
 * own; with several files the legend names them. */
#include "app/plot/plot_rows.h"

#include "base/mem.h"
#include "data/table/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_loss(const char *name)
{
    static const char *const losses[] = {"loss", "valid_loss", "objective", "progressive_loss", "recent_loss"};
    for (size_t i = 0; i < sizeof losses / sizeof losses[0]; i++)
        if (strcmp(name, losses[i]) == 0)
            return true;
    return false;
}

/* Chooses the columns of the curves: those of the options; by default the losses, or the first other column. */
static enum status choose_curves(const struct plot_task *task, const struct table *table, size_t x, size_t **columns,
                                 size_t *n, struct err *err)
{
    if (task->settings->values != NULL) {
        enum status status =
            columns_find(table_names(table), table_width(table), task->settings->values, columns, n, err);
        return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
    }
    *columns = mem_alloc(table_width(table), sizeof **columns);
    *n = 0;
    for (size_t i = 0; i < table_width(table); i++)
        if (is_loss(table_name(table, i)) && i != x)
            (*columns)[(*n)++] = i;
    if (*n == 0 && table_width(table) > 1)
        (*columns)[(*n)++] = x == 0 ? 1 : 0;
    if (*n > 0)
        return STATUS_OK;
    err_data(err, "a trace has at least two columns");
    return err_at(err, table_file(table), 0);
}

/* The name of a file without folders, "-trace" and suffix. The caller frees it. */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *start = slash != NULL ? slash + 1 : path;
    size_t n = strcspn(start, ".");
    static const char tail[] = "trace";
    if (n > sizeof tail && strncmp(start + n - sizeof tail + 1, tail, sizeof tail - 1) == 0)
        n -= sizeof tail;
    return n > 0 ? mem_copy(start, n) : mem_copy_text(path);
}

static void add_curve(struct figure *figure, const struct frame *frame, size_t k, const char *name)
{
    struct figure_series *s = figure_add(figure, name, FIGURE_LINE, figure->n_series);
    for (size_t r = 0; r < frame->rows; r++)
        figure_row(figure, s, (double[]){frame_value(frame, r, 0), frame_value(frame, r, 1 + k)});
    figure_legend(s, "%s", name);
}

/* Whether a column has a value in any row; validation losses have none in traces without validation. */
static bool is_recorded(const struct frame *frame, size_t k)
{
    for (size_t r = 0; r < frame->rows; r++)
        if (!isnan(frame_value(frame, r, 1 + k)))
            return true;
    return false;
}

/* The name of a curve: its column, behind the name of its file where there are several; the latter alone where each
 * file has one curve. */
static char *curve_name(const char *file, const char *column, bool several)
{
    if (file == NULL)
        return mem_copy_text(column);
    char *stem = stem_of(file);
    if (!several)
        return stem;
    char *both = mem_format("%s %s", stem, column);
    free(stem);
    return both;
}

/* Adds a curve for each column that has values. columns: their names; file: NULL if there is only one file. */
static void add_curves(struct figure *figure, const struct frame *frame, size_t n, const char *const *columns,
                       const char *file)
{
    size_t recorded = 0;
    for (size_t k = 0; k < n; k++)
        recorded += is_recorded(frame, k);
    for (size_t k = 0; k < n; k++) {
        if (!is_recorded(frame, k))
            continue;
        char *name = curve_name(file, columns[k], recorded > 1);
        add_curve(figure, frame, k, name);
        free(name);
    }
}

/* Adds the curves of one file. */
static enum status add_file(const struct plot_task *task, struct table *table, bool several, struct figure **figure,
                            struct err *err)
{
    size_t x = 0, *columns = NULL, n = 0;
    struct frame *frame = NULL;
    enum status status = STATUS_OK;
    if (task->settings->x != NULL)
        status = plot_rows_find_column(table, task->settings->x, &x, err);
    if (status == STATUS_OK)
        status = choose_curves(task, table, x, &columns, &n, err);
    struct frame_number *numbers = mem_alloc(1 + n, sizeof *numbers);
    for (size_t i = 0; i <= n; i++)
        numbers[i] = (struct frame_number){i == 0 ? x : columns[i - 1], -INFINITY, INFINITY};
    if (status == STATUS_OK)
        status =
            frame_load(&frame, table, &(struct frame_options){numbers, 1 + n, .keep_missing = true, .threads = 1}, err);
    if (status == STATUS_OK)
        status = plot_rows_check(task, frame, table, err);
    if (status == STATUS_OK && *figure == NULL) {
        const char *const names[] = {table_name(table, x), n == 1 ? table_name(table, columns[0]) : "value"};
        *figure = figure_new("curve", 2, names);
        (*figure)->counts[0] = true; /* iterations, epochs or rows */
        (*figure)->x_label = mem_format("%s", table_name(table, x));
        (*figure)->y_label = mem_format("%s", table_name(table, columns[0]));
    }
    const char **names = mem_alloc(n, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = table_name(table, columns[i]);
    if (status == STATUS_OK)
        add_curves(*figure, frame, n, names, several ? table_file(table) : NULL);
    free(names);
    frame_free(frame);
    free(numbers);
    free(columns);
    return status;
}

static enum status plot_trace_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    static const char *const standard_input[] = {"-"};
    size_t n = task->run->n_operands > 0 ? task->run->n_operands : 1;
    const char *const *paths = task->run->n_operands > 0 ? task->run->operands : standard_input;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        struct table *table = NULL;
        struct invocation one = *task->run;
        one.operands = paths + i;
        one.n_operands = 1;
        status = command_open_table(&table, &task->settings->input, &one, COMMAND_BY_COLUMN, err);
        if (status == STATUS_OK)
            status = add_file(task, table, n > 1, figure, err);
        table_close(table);
    }
    return status;
}

const struct plot_kind plot_trace = {
    .name = "trace",
    .help = "learning curves, from the traces of trainers",
    .accepts = " features values log ",
    .make = plot_trace_make,
};
