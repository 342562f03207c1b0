/* Shared by pictures of rows: columns by name, ranges of axes with a margin, and confidence intervals of proportions
 * (Wilson 1927). */
#include "app/plot/plot_rows.h"

#include "data/table/columns.h"
#include "data/table/joint.h"
#include "math/special.h"

#include <math.h>

enum status plot_rows_find_column(const struct table *table, const char *spec, size_t *column, struct err *err)
{
    enum status status = columns_find_one(table_names(table), table_width(table), spec, column, err);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

enum status plot_rows_find_group(struct table *table, const char *spec, size_t *column, struct err *err)
{
    enum status status = joint_find(table, spec, column, err);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

enum status plot_rows_check(const struct plot_task *task, const struct frame *frame, const struct table *table,
                            struct err *err)
{
    if (frame->skipped > 0)
        notice(task->run, "rows with missing values, omitted: %zu", frame->skipped);
    if (frame->rows > 0)
        return STATUS_OK;
    err_data(err, "there are no rows to draw");
    return err_at(err, table_file(table), 0);
}

void plot_rows_range(const struct frame *frame, size_t number, double margin, double range[2])
{
    range[0] = range[1] = frame_value(frame, 0, number);
    for (size_t r = 1; r < frame->rows; r++) {
        range[0] = fmin(range[0], frame_value(frame, r, number));
        range[1] = fmax(range[1], frame_value(frame, r, number));
    }
    double more = range[1] > range[0] ? margin * (range[1] - range[0]) : 1;
    range[0] -= more;
    range[1] += more;
}

void plot_rows_interval(double hits, double n, double level, double *low, double *high)
{
    double z = -special_normal_quantile((1 - level) / 2), share = hits / n, square = z * z / n;
    double middle = (share + square / 2) / (1 + square);
    double half = z * sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square);
    *low = fmax(0, middle - half);
    *high = fmin(1, middle + half);
}
