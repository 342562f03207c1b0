#ifndef LIKELY_APP_PLOT_PLOT_MODEL_H
#define LIKELY_APP_PLOT_PLOT_MODEL_H

#include "app/plot/plot.h"
#include "data/dataset/frame.h"
#include "model/predictor.h"

/* The model of --model; the caller frees it. reads_rows: the picture shows rows as well, which cannot come from
 * standard input if the model does. */
enum status plot_model_open(const struct plot_task *task, bool reads_rows, struct predictor **predictor,
                            struct err *err);

/* The class of each word of a frame's first text. Error: a word that is no class of the model. The caller frees it. */
enum status plot_model_find_classes(const struct frame *frame, const struct predictor *predictor,
                                    const struct table *table, uint32_t **class, struct err *err);

#endif
