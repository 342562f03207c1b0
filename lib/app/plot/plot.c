#include "app/plot/plot.h"

#include "base/mem.h"
#include "data/keys/names.h"
#include "data/table/columns.h"
#include "math/special.h"
#include "model/predictor_open.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct plot *const plot_all[] = {&plot_trace, &plot_gauss,       &plot_fit,     &plot_boundary,
                                       &plot_roc,   &plot_reliability, &plot_weights, NULL};

enum status plot_find_column(const struct table *table, const char *spec, size_t *column, struct err *err)
{
    enum status status = columns_find_one(table_names(table), table_width(table), spec, column, err);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

enum status plot_check_rows(const struct plot_task *task, const struct frame *frame, const struct table *table,
                            struct err *err)
{
    if (frame->skipped > 0)
        notice(task->run, "rows with missing values, left out: %zu", frame->skipped);
    if (frame->rows > 0)
        return STATUS_OK;
    err_data(err, "there are no rows to draw");
    return err_at(err, table_file(table), 0);
}

void plot_range(const struct frame *frame, size_t number, double margin, double range[2])
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

/* ---- models ---- */

enum status plot_load_model(const struct plot_task *task, bool reads_rows, struct predictor **predictor,
                            struct err *err)
{
    const char *path = task->settings->model;
    bool data_on_stdin = reads_rows && task->run->n_operands == 0;
    for (size_t i = 0; i < task->run->n_operands; i++)
        data_on_stdin |= strcmp(task->run->operands[i], "-") == 0;
    if (strcmp(path, "-") == 0 && data_on_stdin)
        return err_usage(err, "the model and the rows cannot both be read from standard input");
    return predictor_open(predictor, path, err);
}

enum status plot_find_classes(const struct frame *frame, const struct predictor *predictor, const struct table *table,
                              uint32_t **class, struct err *err)
{
    size_t words = dict_count(frame->words[0]);
    uint32_t *found = *class = mem_alloc(words, sizeof *found);
    for (uint32_t w = 0; w < words; w++) {
        struct slice word = dict_text(frame->words[0], w);
        char echo[ERR_ECHO];
        found[w] = 0;
        while (found[w] < predictor->labels && !names_same_label(word, slice_of(predictor->label[found[w]])))
            found[w]++;
        if (found[w] == predictor->labels) {
            err_data(err, "the model has no class '%s'", err_echo(echo, word));
            return err_at(err, table_file(table), 0);
        }
    }
    return STATUS_OK;
}

/* ---- shares ---- */

void plot_share_interval(double hits, double n, double level, double *low, double *high)
{
    double z = -special_normal_quantile((1 - level) / 2), share = hits / n, square = z * z / n;
    double middle = (share + square / 2) / (1 + square);
    double half = z * sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square);
    *low = fmax(0, middle - half);
    *high = fmin(1, middle + half);
}
