/* Regressions of classes, from the options to the written model.
 *
 * 1. check_settings: options that the solver does not take; the other rules between options are train_rules.list.
 * 2. load: the rows as a dataset in memory or in a temporary file. --solver online reads them once (train_online.c).
 * 3. prepare: the objective of loss and penalty (fit/glm/glm.c).
 * 4. train_fit: the optimum, separation, standard errors (train_fit.c).
 * 5. train_model, train_verdict: the model is written also where it is not the optimum, which the verdict says. */
#include "app/train/train_work.h"

#include "app/show/model_write.h"
#include "app/train/train_classes.h"
#include "app/train/train_notice.h"
#include "app/train/train_trace.h"
#include "cli/usage.h"

#include <stdlib.h>

/* ---- before the fit ---- */

static bool streams(const struct train_settings *s)
{
    const struct optim *solver = train_solver_at(s->solver);
    return solver != NULL && solver->streams;
}

/* What the properties of the solver decide; other rules between options are train_rules.list. */
static enum status check_solver(const struct train_settings *s, const struct invocation *run, struct err *err)
{
    const struct optim *solver = train_solver_at(s->solver);
    bool takes_rate = solver != NULL && solver->takes_rate, is_stochastic = solver != NULL && solver->is_stochastic;
    if (s->penalized_errors != TRAIN_ERRORS_NO && solver != NULL && solver->run == NULL)
        return usage_conflict(err, "--penalized-errors", "--solver %s", solver->name);
    if (command_gives(run, "confidence") && (is_stochastic || streams(s)))
        return usage_conflict(err, "--confidence", "--solver %s, which has no standard errors", solver->name);
    if (s->penalty.l1 > 0 && solver != NULL && !solver->takes_l1)
        return usage_requires(err, "--l1", "--solver newton or newton-cg");
    if (s->learning_rate > 0 && !takes_rate)
        return usage_requires(err, "--learning-rate", "--solver gd or sgd");
    if (s->epochs > 0 && !is_stochastic)
        return usage_requires(err, "--epochs", "--solver sgd");
    if (s->max_iterations > 0 && is_stochastic)
        return usage_conflict(err, "--max-iter", "--solver sgd; use --epochs");
    return STATUS_OK;
}

static enum status check_settings(const struct train_settings *s, const struct invocation *run, struct err *err)
{
    if (check_solver(s, run, err) != STATUS_OK || train_classes_check(s->class_weights, err) != STATUS_OK)
        return err->status;
    return train_trace_check(s->trace, s->output, err);
}

static enum status load(struct train *t, const char **file, struct err *err)
{
    const struct train_settings *s = t->settings;
    struct table *table = NULL;
    enum status status = train_columns_open(&table, &s->input, &s->columns, t->run, COMMAND_SPARSE, err);
    if (status != STATUS_OK)
        return status;
    struct dataset_options options = {
        .roles = train_columns_roles(&s->columns),
        .may_be_categories = true,
        .classes = s->trials == NULL,
        .trials = s->trials != NULL,
        .may_be_sparse = true,
        .may_be_probabilities = t->task->takes_probabilities,
        .threads = t->run->general->threads,
        .memory = memory_limit(s->memory),
        .spool_directory = memory_directory(),
    };
    if (s->trials != NULL) {
        options.roles.weights = s->trials;
        options.roles.weighting = WEIGHTING_COUNTS;
    }
    t->is_svm = table_is_sparse(table);
    status = dataset_load(&t->data, table, &options, err);
    *file = command_operand_name(t->run, 0);
    table_close(table);
    if (status == STATUS_OK)
        train_notice_skipped(t->run, t->data->skipped, t->data->n);
    if (status == STATUS_OK)
        train_notice_numbers(t->run, t->data->target, t->data->classes, t->data->labels, t->data->n, "linreg-train");
    if (status == STATUS_OK && t->data->unwhole > 0)
        notice(t->run, "rows whose number of successes is not whole, used as it is: %zu", t->data->unwhole);
    if (status == STATUS_OK && t->data->n_targets > 1 && s->class_weights != NULL)
        return usage_requires(err, "--class-weight", "one class per row, not class probabilities");
    if (status == STATUS_OK && train_classes_weigh(t->data, s->class_weights, err) != STATUS_OK)
        status = err_at(err, *file, 0);
    return status;
}

/* Solvers of a fixed learning rate stop short of an optimum, and accept more coefficients than rows. */
static bool needs_rows(const struct train *t)
{
    const struct optim *solver = train_solver_at(t->settings->solver);
    return !t->settings->check_gradient && (solver == NULL || !solver->takes_rate);
}

static enum status prepare(struct train *t, const char *file, struct err *err)
{
    const struct train_task *task = t->task;
    struct glm_options options = {.loss = task->loss,
                                  .positive = t->data->classes - 1,
                                  .l1 = t->settings->penalty.l1,
                                  .l2 = t->l2,
                                  .standardize = t->settings->penalty.standardize,
                                  .needs_rows = needs_rows(t),
                                  .threads = t->run->general->threads};
    enum status status = STATUS_OK;
    if (t->settings->positive != NULL)
        status = train_classes_find(t->data, t->settings->positive, &options.positive, err);
    if (status == STATUS_OK && t->settings->reference != NULL)
        status = train_classes_find(t->data, t->settings->reference, &options.reference, err);
    if (status == STATUS_OK && train_fit_is_penalised(t))
        options.reference = GLM_SYMMETRIC;
    if (status == STATUS_OK)
        status = glm_new_in_place(&t->glm, t->data, &options, err);
    return status == STATUS_OK ? status : err_at(err, file, 0);
}

enum status train_run(const struct train_settings *settings, const struct train_task *task,
                      const struct invocation *run, struct err *err)
{
    struct train t = {.settings = settings, .task = task, .run = run};
    struct model *model = NULL;
    const char *file = NULL;
    enum status status = check_settings(settings, run, err);
    if (status == STATUS_OK && streams(settings))
        return train_online(settings, task, run, err);
    if (status == STATUS_OK && settings->init != NULL)
        status = train_init_open(&t.init, settings->init, task->kind, run, err);
    if (status == STATUS_OK)
        status = load(&t, &file, err);
    if (status != STATUS_OK)
        goto done;
    double sd = settings->penalty.prior_sd;
    t.l2 = sd > 0 ? 1 / (t.data->weight_sum * sd * sd) : settings->penalty.l2;
    status = prepare(&t, file, err);
    if (status != STATUS_OK)
        goto done;
    if (settings->check_gradient) {
        status = train_check_gradient(&t, err);
        goto done;
    }
    status = train_fit(&t, err);
    if (status != STATUS_OK)
        goto done;
    train_verdict_notice(&t);
    model = train_model(&t);
    status = model_write(settings->output, model, run, err);
    if (status == STATUS_OK)
        status = train_verdict(&t, err);
done:
    model_free(model);
    separation_free(&t.separation);
    inference_free(&t.inference);
    free(t.theta);
    glm_free(t.glm);
    dataset_free(t.data);
    train_init_close(&t.init);
    return status;
}
