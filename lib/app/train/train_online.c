/* Regressions of classes by one pass over rows that are not kept (fit/online/).
 *
 * 1. train_online_labels: the classes of --init or --labels, in the order of the fit; without either, classes
 *    are added as rows have them.
 * 2. load_start: the state of the model of --init, or its coefficients (model/online_state.c).
 * 3. learn: the pass, which writes a trace and, after every N rows, the model so far (snapshot).
 * 4. train_online_model: labels in their order (data/keys/order.c), coefficients, and the state from which a later
 *    pass can start. */
#include "app/train/train_online.h"

#include "app/show/model_write.h"
#include "app/train/train_notice.h"
#include "cli/usage.h"
#include "data/table/columns.h"

#include <stdlib.h>

static enum status load_start(struct train_online *p, struct err *err)
{
    const struct predictor *init = p->init.predictor;
    const char *const *labels = (const char *const *)p->labels;
    if (online_state_is_there(init->model)) {
        if (online_state_read(&p->start, init, p->init.path, labels, err) != STATUS_OK)
            return err_at(err, p->init.path, 0);
        return STATUS_OK;
    }
    double *coefficients = NULL;
    enum status status =
        train_init_coefficients(&p->init, init->d, init->features, init->labels, labels, &coefficients, err);
    online_state_start_at(&p->start, init, p->init.path, coefficients);
    return status;
}

/* Labels, though the option may take a list for other solvers. */
static enum status check_target(const struct table *table, const char *spec, struct err *err)
{
    struct err ignored = {0};
    size_t *columns = NULL, n = 0;
    columns_find(table_names(table), table_width(table), spec, &columns, &n, &ignored);
    free(columns);
    return n > 1 ? usage_conflict(err, "--solver online", "%zu target columns; use one column of labels", n)
                 : STATUS_OK;
}

static enum status open_trace(struct train_online *p, struct err *err)
{
    static const char *const names[] = {"rows", "progressive_loss", "recent_loss"};
    struct output_settings output = {.path = p->settings->trace, .to = OUT_CSV};
    return output.path != NULL ? out_open(&p->trace, &output, 3, names, err) : STATUS_OK;
}

static enum status write_model(const struct train_online *p, const struct online_fit *fit, struct err *err)
{
    struct model *model = NULL;
    enum status status = train_online_model(p, fit, &model, err);
    if (status == STATUS_OK)
        status = model_write(p->settings->output, model, p->run, err);
    model_free(model);
    return status;
}

/* As long as there is one class only, there is no model to write. */
static enum status snapshot(void *context, const struct online_fit *fit, struct err *err)
{
    return online_fit_is_ready(fit) ? write_model(context, fit, err) : STATUS_OK;
}

static void trace_add(void *context, const struct online_fit *fit)
{
    const struct train_online *p = context;
    if (p->trace == NULL || fit->mark.rows == fit->rows)
        return;
    out_count(p->trace, fit->rows);
    double loss = fit->loss_sum + fit->ahead_loss;
    out_number(p->trace, loss / fit->weight_sum);
    out_number(p->trace, (loss - fit->mark.loss) / (fit->weight_sum - fit->mark.weight));
    out_end_row(p->trace);
}

static enum status learn(struct train_online *p, struct online_fit **fit, struct table *table, struct err *err)
{
    const struct train_settings *s = p->settings;
    struct online_fit_options options = {
        .roles = train_columns_roles(&s->columns),
        .labels = (const char *const *)p->labels,
        .n_labels = p->n_labels,
        .several = p->task->loss->prediction == LOSS_LOGITS,
        .prior = {s->penalty.l2, s->penalty.prior_sd, s->penalty.standardize},
        .every = s->every,
        .threads = p->run->general->threads,
        .context = p,
        .snapshot = snapshot,
        .progress = trace_add,
    };
    if (p->init.predictor != NULL)
        options.start = &p->start.fit;
    return online_fit(fit, table, &options, err);
}

static void notice_fit(const struct train_online *p, const struct online_fit *fit)
{
    train_notice_skipped(p->run, fit->skipped, fit->rows);
    for (size_t j = 0; j < fit->d; j++)
        if (online_fit_is_constant(fit, j))
            notice(p->run, "column '%s' is constant; its coefficient is 0", fit->features[j]);
    notice_verbose(p->run, "trained on %zu rows in one pass; mean loss before each update: %.12g", fit->rows,
                   online_fit_loss(fit));
}

/* The error of batches whose optimum was not reached. */
static enum status verdict(const struct online_fit *fit, struct err *err)
{
    const struct online_batches *batches = online_fit_batches(fit);
    size_t unsettled = batches != NULL ? online_unsettled(batches->online) : 0;
    if (unsettled == 0)
        return STATUS_OK;
    err_data(err, "not converged: Newton's method did not reach the optimum of %zu batch%s of rows", unsettled,
             unsettled == 1 ? "" : "es");
    return train_unconverged(err);
}

enum status train_online(const struct train_settings *settings, const struct train_task *task,
                         const struct invocation *run, struct err *err)
{
    struct train_online p = {.settings = settings, .task = task, .run = run};
    struct table *table = NULL;
    struct online_fit *fit = NULL;
    struct input_settings source = settings->input;
    source.prompt = settings->every > 0;
    enum status status = STATUS_OK;
    if (settings->init != NULL)
        status = train_init_open(&p.init, settings->init, task->kind, run, err);
    if (status == STATUS_OK)
        status = train_online_labels(&p, err);
    if (status == STATUS_OK && settings->init != NULL)
        status = load_start(&p, err);
    if (status == STATUS_OK)
        status = train_columns_open(&table, &source, &settings->columns, run, COMMAND_SPARSE, err);
    if (status == STATUS_OK && task->takes_probabilities && !table_is_sparse(table))
        status = check_target(table, settings->columns.roles.target, err);
    if (status == STATUS_OK)
        status = open_trace(&p, err);
    if (status == STATUS_OK)
        status = learn(&p, &fit, table, err);
    if (status == STATUS_OK) {
        notice_fit(&p, fit);
        status = write_model(&p, fit, err);
    }
    if (status == STATUS_OK && p.trace != NULL) {
        status = out_close(p.trace, err);
        p.trace = NULL;
    }
    if (status == STATUS_OK)
        status = verdict(fit, err);
    out_abandon(p.trace);
    train_online_release_labels(&p);
    online_fit_free(fit);
    table_close(table);
    online_state_release(&p.start);
    train_init_close(&p.init);
    return status;
}
