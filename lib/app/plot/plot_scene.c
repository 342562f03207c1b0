/* The model of a picture and the rows beside it, for the kinds of plots that draw both: opened, read in the columns of
 * a view (plot_view.c), with the class of each row (plot_model.c), and closed. */
#include "app/plot/plot_scene.h"

#include "app/plot/plot_model.h"

#include <stdlib.h>

enum status plot_scene_open(struct plot_scene *s, const struct plot_task *task, struct err *err)
{
    s->task = task;
    return plot_model_open(task, true, &s->predictor, err);
}

enum status plot_scene_load(struct plot_scene *s, size_t n_shown, bool keeps_rows, struct err *err)
{
    bool has_classes = s->predictor->labels > 0;
    enum status status = command_open_table(&s->table, &s->task->settings->input, s->task->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = plot_view_load(&s->view, s->task, s->table, s->predictor, n_shown, !has_classes, keeps_rows, &s->frame,
                                err);
    if (status == STATUS_OK && has_classes)
        status = plot_model_find_classes(s->frame, s->predictor, s->table, &s->class, err);
    return status;
}

void plot_scene_close(struct plot_scene *s)
{
    free(s->class);
    plot_view_free(&s->view);
    frame_free(s->frame);
    table_close(s->table);
    predictor_free(s->predictor);
}
