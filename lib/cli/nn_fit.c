#include "cli/nn.h"

#include "base/mem.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "fit/gradcheck.h"

#include <stdlib.h>
#include <time.h>

struct trace {
    struct out *out; /* NULL: nobody wants one */
    struct timespec start;
};

static void add_epoch(void *context, const struct trainer_epoch *epoch)
{
    struct trace *trace = context;
    struct timespec now;
    progress_iteration(epoch->epoch, epoch->loss);
    if (trace->out == NULL)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    out_count(trace->out, epoch->epoch);
    out_number(trace->out, epoch->loss);
    out_number(trace->out, epoch->accuracy);
    out_number(trace->out, epoch->valid_loss);
    out_number(trace->out, epoch->valid_accuracy);
    out_number(trace->out, epoch->rate);
    out_number(trace->out, (double)(now.tv_sec - trace->start.tv_sec) + 1e-9 * (double)(now.tv_nsec - trace->start.tv_nsec));
    out_end_row(trace->out);
}

double nn_rate(const struct nn_settings *s)
{
    return s->learning_rate > 0 ? s->learning_rate : step_all[s->optimizer].rate;
}

static enum status refuse_divergence(const struct nn *nn, struct err *err)
{
    const struct nn_settings *s = nn->settings;
    if (step_all[s->optimizer].move == NULL)
        err_data(err, "training diverged: the loss is no finite number; no model was written");
    else
        err_data(err, "training diverged in epoch %zu; no model was written; try a --learning-rate smaller than %g%s", nn->result.epochs,
                 nn_rate(s), s->clip > 0 ? "" : ", or --clip 1");
    return err->status = STATUS_UNCONVERGED;
}

static struct trainer_options options_of(const struct nn *nn)
{
    const struct nn_settings *s = nn->settings;
    return (struct trainer_options){
        .step = &step_all[s->optimizer],
        .settings = {nn_rate(s), s->momentum, 0.9, 0.999, 1e-8, s->decay, 1, 0},
        .schedule = &schedule_all[s->schedule],
        .warm_up = s->warm_up,
        .batch = s->batch,
        .epochs = s->epochs,
        .clip = s->clip,
        .patience = s->patience,
        .start = (enum network_start)s->start,
        .is_begun = nn->begun != NULL,
        .is_single = s->precision == NN_SINGLE,
        .seed = s->general.seed,
        .threads = s->general.threads,
        .progress = add_epoch,
    };
}

enum status nn_train(struct nn *nn, struct err *err)
{
    static const char *const names[] = {"epoch", "loss", "accuracy", "valid_loss", "valid_accuracy", "rate", "seconds"};
    const struct nn_settings *s = nn->settings;
    struct trace trace = {0};
    struct trainer_options how = options_of(nn);
    if (s->trace != NULL &&
        out_open(&trace.out, &(struct output_settings){.path = s->trace, .to = OUT_CSV}, 7, names, err) != STATUS_OK)
        return err->status;
    how.context = &trace;
    clock_gettime(CLOCK_MONOTONIC, &trace.start);
    trainer_run(nn->network, nn->data, &how, nn->parameters, &nn->result);
    if (trace.out != NULL && out_close(trace.out, err) != STATUS_OK)
        return err->status;
    return nn->result.is_diverged ? refuse_divergence(nn, err) : STATUS_OK;
}

/* ---- the gradient ---- */

enum status nn_check_gradient(const struct nn *nn, struct err *err)
{
    static const char *const names[] = {"layer", "parameter", "analytic", "numeric", "relative_error"};
    const struct network *network = nn->network;
    struct objective objective = trainer_objective(network, nn->data, nn->settings->decay, true, nn->settings->general.seed,
                                                   nn->settings->general.threads);
    double *theta = mem_alloc(objective.n, sizeof *theta);
    gradcheck_point(objective.n, nn->settings->general.seed, theta);
    struct gradcheck worst = gradcheck_at(&objective, theta);
    size_t layer = network->n_layers - 1;
    while (network->layer[layer].rows == 0 || network->layer[layer].offset > worst.parameter)
        layer--;
    trainer_objective_free(&objective);
    free(theta);
    struct out *out;
    enum status status = out_open(&out, &(struct output_settings){.path = nn->settings->output, .to = OUT_CSV}, 5, names, err);
    if (status != STATUS_OK)
        return status;
    out_count(out, layer + 1);
    out_count(out, worst.parameter - network->layer[layer].offset + 1);
    out_number(out, worst.analytic);
    out_number(out, worst.numeric);
    out_number(out, worst.error);
    out_end_row(out);
    status = out_close(out, err);
    if (status == STATUS_OK && !(worst.error < 1e-5))
        return err_data(err, "the gradient disagrees with differences of the objective");
    return status;
}

