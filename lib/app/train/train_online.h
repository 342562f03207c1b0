#ifndef LIKELY_APP_TRAIN_TRAIN_ONLINE_H
#define LIKELY_APP_TRAIN_TRAIN_ONLINE_H

#include "app/train/train_work.h"
#include "cli/out.h"
#include "fit/online/online_fit.h"
#include "model/online_state.h"

/* A pass over the rows. */
struct train_online {
    const struct train_settings *settings;
    const struct train_task *task;
    const struct invocation *run;
    struct out *trace; /* NULL = none */
    char **labels;
    size_t n_labels;
    struct train_init init; /* without a path: none */
    struct online_state_start start;
};

/* Finds the classes: of the model of --init in the order of its state, or of --labels. With an offset, of two classes
 * the one whose log-odds are modelled stands second. */
enum status train_online_labels(struct train_online *p, struct err *err);
void train_online_release_labels(struct train_online *p);

/* Makes the model of what was learnt so far. *model: the caller frees it, also after an error, which is that no row
 * has the class of --positive. */
enum status train_online_model(const struct train_online *p, const struct online_fit *fit, struct model **model,
                               struct err *err);

#endif
