#ifndef LIKELY_APP_PLOT_PLOT_SCENE_H
#define LIKELY_APP_PLOT_PLOT_SCENE_H

#include "app/plot/plot.h"
#include "app/plot/plot_view.h"
#include "data/dataset/frame.h"
#include "model/predictor.h"

/* A model and the rows that a picture shows together. */
struct plot_scene {
    const struct plot_task *task;
    struct predictor *predictor;
    struct table *table;
    struct plot_view view;
    struct frame *frame; /* numbers: the shown features, then a numeric target; texts: a target of classes */
    uint32_t *class;     /* class of each word of the target; NULL: the model predicts numbers */
};

/* Opens the model of --model. */
enum status plot_scene_open(struct plot_scene *scene, const struct plot_task *task, struct err *err);

/* Reads the rows, of which n_shown features vary (plot_view_load). */
enum status plot_scene_load(struct plot_scene *scene, size_t n_shown, bool keeps_rows, struct err *err);

void plot_scene_close(struct plot_scene *scene);

#endif
