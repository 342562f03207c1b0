/* A network from the options to the written model.
 *
 * 1. nn_parse, nn_load: what --loss, --layers and --valid say, the model to start from, the rows (nn_load.c).
 * 2. nn_build: the network with its random weights, and the scales of features and targets (nn_build.c).
 * 3. nn_resume: the state of a checkpoint, if there is one (nn_checkpoint.c).
 * 4. nn_train: epochs until done (nn_fit.c; the trainer itself is fit/network/trainer.c).
 * 5. write_model: the result (nn_model.c), with the state of training if it may be continued. */
#include "app/nn/nn_work.h"

#include "app/show/model_write.h"
#include "app/train/train_trace.h"
#include "cli/usage.h"

#include <stdio.h>

/* Options that the optimiser does not use. */
static enum status check_optimizer(const struct nn_settings *s, const struct invocation *run, struct err *err)
{
    const struct step *step = &step_all[s->optimizer];
    bool is_whole = step->move == NULL;
    char option[ERR_ECHO];
    snprintf(option, sizeof option, "--optimizer %s", step->name);
    const struct usage_given others[] = {
        {"--learning-rate", is_whole && s->learning_rate > 0},
        {"--warm-up", is_whole && s->warm_up > 0},
        {"--schedule", is_whole && s->schedule > 0},
        {"--clip", is_whole && s->clip > 0},
        {"--dtype float", is_whole && s->dtype == NN_SINGLE},
        {"--batch", step->is_whole && command_gives(run, "batch")},
        {NULL, false},
    };
    return usage_exclude(err, option, others);
}

static enum status check_settings(const struct nn_settings *s, const struct invocation *run, struct err *err)
{
    enum status status = train_trace_check(s->trace, s->output, err);
    if (status == STATUS_OK)
        status = check_optimizer(s, run, err);
    if (status == STATUS_OK && s->init != NULL && command_gives(run, "scale") && s->scale != TRAINER_SCALE_NONE)
        status = usage_conflict(err, "--scale", "--init, whose model contains the scaling");
    return status == STATUS_OK ? nn_checkpoint_check(s, err) : status;
}

static enum status write_model(struct nn *nn, struct err *err)
{
    notice_verbose(nn->run, "%zu parameters, %zu epochs, mean %s loss %.6g", nn->network->parameters, nn->result.epochs,
                   nn->loss->name, nn->result.best.loss);
    if (nn->model == NULL)
        nn->model = nn_model(nn, nn->parameters, &nn->result);
    return model_write(nn->settings->output, nn->model, nn->run, err);
}

static enum status train(struct nn *nn, struct err *err)
{
    const struct trainer_result *result = &nn->result;
    enum status status = nn_resume(nn, err);
    if (status == STATUS_OK && nn->is_finished)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = nn_train(nn, err);
    if (status != STATUS_OK)
        return status;
    if (nn->is_resumed && !result->is_diverged && result->epochs == nn->state.epoch) { /* an optimum of lbfgs */
        nn_notice_finished(nn);
        return STATUS_OK;
    }
    bool is_worse = result->is_diverged && (result->best_epoch == 0 || nn->saved > 0); /* than what there is */
    if (!is_worse)
        status = write_model(nn, err);
    return status == STATUS_OK && result->is_diverged ? nn_refuse_divergence(nn, err) : status;
}

enum status nn_run(const struct nn_settings *settings, const struct invocation *run, struct err *err)
{
    struct nn nn = {.settings = settings, .run = run};
    enum status status = check_settings(settings, run, err);
    if (status == STATUS_OK)
        status = nn_parse(&nn, err);
    if (status == STATUS_OK)
        status = nn_load(&nn, err);
    if (status == STATUS_OK)
        status = nn_build(&nn, err);
    if (status == STATUS_OK)
        status = settings->check_gradient ? nn_check_gradient(&nn, err) : train(&nn, err);
    nn_release(&nn);
    return status;
}
