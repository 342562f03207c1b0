/* Training: the options of the trainer (fit/network/trainer.c), progress and trace after each epoch, and the advice
 * if the loss is not finite. */
#include "app/nn/nn_settings.h"

#include "base/mem.h"
#include "cli/out.h"
#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct nn_fit {
    struct nn *nn;
    struct out *out; /* of the trace; NULL: nobody wants one */
    struct timespec start;
    double seconds; /* before the start */
};

static void add_epoch(void *context, const struct trainer_epoch *e)
{
    struct nn_fit *t = context;
    struct timespec now;
    progress_iteration(e->epoch, e->loss);
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)(now.tv_sec - t->start.tv_sec) + 1e-9 * (double)(now.tv_nsec - t->start.tv_nsec);
    double row[] = {(double)e->epoch,  e->loss, e->accuracy,         e->valid_loss,
                    e->valid_accuracy, e->rate, t->seconds + seconds};
    nn_trace_add(&t->nn->trace, row);
    if (t->out != NULL)
        nn_trace_write_row(t->out, row);
}

static void save(void *context, const struct trainer_result *so_far, const double *parameters,
                 const struct trainer_state *state)
{
    const struct nn_fit *t = context;
    nn_save(t->nn, so_far, parameters, state);
}

/* The parameters that are left. */
static char *describe_rest(const struct nn *nn)
{
    const char *output = nn->settings->output != NULL ? nn->settings->output : "the model";
    if (nn->saved > 0)
        return mem_format("%s contains the checkpoint of epoch %zu", output, nn->saved);
    if (nn->result.best_epoch > 0)
        return mem_format("%s contains the parameters of epoch %zu", output, nn->result.best_epoch);
    return mem_copy_text("no model was written");
}

enum status nn_refuse_divergence(const struct nn *nn, struct err *err)
{
    const struct nn_settings *s = nn->settings;
    char *left = describe_rest(nn);
    if (step_all[s->optimizer].move == NULL)
        err_data(err, "training diverged: the loss is not finite; %s", left);
    else
        err_data(err, "training diverged in epoch %zu; %s; use a --learning-rate below %g%s", nn->result.epochs, left,
                 nn_settings_rate(s), s->clip > 0 ? "" : ", or --clip 1");
    free(left);
    return err->status = STATUS_UNCONVERGED;
}

static struct trainer_options options_of(const struct nn *nn)
{
    const struct nn_settings *s = nn->settings;
    return (struct trainer_options){
        .step = &step_all[s->optimizer],
        .settings = {nn_settings_rate(s), s->momentum, 0.9, 0.999, 1e-8, s->weight_decay, 1, 0},
        .schedule = &schedule_all[s->schedule],
        .warm_up = s->warm_up,
        .batch = s->batch,
        .epochs = s->epochs,
        .tolerance = s->tolerance,
        .clip = s->clip,
        .patience = s->patience,
        .start = (enum network_start)s->start,
        .is_warm_start = nn->initial != NULL,
        .is_single = s->dtype == NN_SINGLE,
        .seed = s->general.seed,
        .threads = s->general.threads,
        .progress = add_epoch,
        .checkpoint = s->checkpoint,
        .saves_last = nn_settings_keep_state(s),
        .save = save,
        .resume = nn->is_resumed ? &nn->state : NULL,
    };
}

enum status nn_train(struct nn *nn, struct err *err)
{
    const struct output_settings output = {.path = nn->settings->trace, .to = OUT_CSV};
    struct nn_fit fit = {.nn = nn, .seconds = nn->trace.seconds};
    struct trainer_options how = options_of(nn);
    if (output.path != NULL && out_open(&fit.out, &output, NN_TRACE_COLUMNS, nn_trace_names, err) != STATUS_OK)
        return err->status;
    for (size_t i = 0; fit.out != NULL && i < nn->trace.rows; i++)
        nn_trace_write_row(fit.out, nn->trace.values + i * NN_TRACE_COLUMNS);
    how.context = &fit;
    clock_gettime(CLOCK_MONOTONIC, &fit.start);
    trainer_run(nn->network, nn->data, &how, nn->parameters, &nn->result);
    return fit.out != NULL ? out_close(fit.out, err) : STATUS_OK;
}
