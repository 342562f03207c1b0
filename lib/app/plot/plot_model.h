#ifndef LIKELY_APP_PLOT_PLOT_MODEL_H
#define LIKELY_APP_PLOT_PLOT_MODEL_H

#include "app/plot/plot.h"
#include "data/dataset/frame.h"
#include "model/predictor.h"

/* Opens the model of --model; the caller frees it. reads_rows: the picture also shows rows, which cannot come
 * from standard input if the model does. */
enum status plot_model_open(const struct plot_task *task, bool reads_rows, struct predictor **predictor,
                            struct err *err);

/* Finds the class of each word of a frame's first text; the caller frees the array. Error: a word that is not a
 * class of the model. */
enum status plot_model_find_classes(const struct frame *frame, const struct predictor *predictor,
                                    const struct table *table, uint32_t **class, struct err *err);

#endif
