/* Regressions of classes by one pass over rows that are not kept (fit/online/).
 *
 * 1. take_labels or part_labels: the classes of --init or --labels, in the order of the fit; without either, classes
 *    are found on the way.
 * 2. load_start: the state of the model of --init, or its coefficients (model/online_state.c).
 * 3. learn: the pass, which writes a trace and, after every N rows, the model so far (snapshot).
 * 4. write_model: labels in their order (data/keys/order.c), coefficients, and the state from which a later pass can
 * start. */
#include "app/train/train_work.h"

#include "app/show/model_write.h"
#include "app/train/train_fields.h"
#include "app/train/train_notice.h"
#include "base/mem.h"
#include "cli/out.h"
#include "cli/usage.h"
#include "data/keys/order.h"
#include "data/table/columns.h"
#include "fit/online/online_fit.h"
#include "model/online_state.h"

#include <stdlib.h>
#include <string.h>

struct pass {
    const struct train_settings *settings;
    const struct train_task *task;
    const struct invocation *run;
    struct out *trace; /* NULL = none */
    size_t traced_rows;
    double traced_weight, traced_loss; /* up to the last line of the trace */
    char **labels;
    size_t n_labels;
    struct train_init init; /* without a path: none */
    struct online_state_start start;
};

/* ---- before the pass ---- */

static enum status check_settings(const struct train_settings *s, const struct train_task *task, struct err *err)
{
    if (task->loss != task->likelihood)
        return usage_conflict(err, "--solver online", "--loss %s", task->loss_name);
    if (s->reference != NULL)
        return usage_conflict(err, "--reference", "--solver online");
    if (s->columns.roles.categorical != NULL)
        return usage_conflict(err, "--categorical", "--solver online");
    if (s->class_weights != NULL)
        return usage_conflict(err, "--class-weight", "--solver online; use --weights");
    if (s->columns.aweights != NULL)
        return usage_conflict(err, "--aweights", "--solver online; use --weights");
    if (s->check_gradient)
        return usage_conflict(err, "--check-gradient", "--solver online");
    if (s->max_iterations > 0)
        return usage_conflict(err, "--max-iter", "--solver online");
    if (s->init != NULL && s->labels != NULL)
        return usage_conflict(err, "--labels", "--init, whose model lists the classes");
    if (s->columns.roles.offset != NULL && s->labels == NULL && s->init == NULL)
        return usage_requires(err, "--offset with --solver online", "--labels or --init, which order the classes");
    if (s->every > 0 && s->output == NULL)
        return usage_requires(err, "--every", "--output");
    return STATUS_OK;
}

/* Takes the labels of --init. */
static enum status take_labels(struct pass *p, struct err *err)
{
    const struct predictor *init = p->init.predictor;
    uint32_t *order = mem_alloc(init->labels, sizeof *order);
    enum status status = online_state_order(init, order, err);
    if (status != STATUS_OK)
        err_at(err, p->init.path, 0);
    p->n_labels = init->labels;
    p->labels = mem_zero(init->labels, sizeof *p->labels);
    for (size_t k = 0; k < init->labels && status == STATUS_OK; k++)
        p->labels[order[k]] = mem_copy_text(init->label[k]);
    free(order);
    return status;
}

/* Parts --labels at its commas. */
static enum status part_labels(struct pass *p, struct err *err)
{
    const char *text = p->settings->labels;
    size_t capacity = 0;
    while (text != NULL) {
        size_t n = strcspn(text, ",");
        p->labels = mem_grow(p->labels, &capacity, p->n_labels + 1, sizeof *p->labels);
        char *label = p->labels[p->n_labels++] = mem_copy(text, n);
        for (size_t i = 0; i + 1 < p->n_labels; i++)
            if (strcmp(p->labels[i], label) == 0)
                return usage_option(err, "--labels", "'%s' is listed twice", label);
        text = text[n] == ',' ? text + n + 1 : NULL;
    }
    bool two = p->task->loss->prediction != LOSS_LOGITS;
    if (p->settings->labels != NULL && (p->n_labels < 2 || (two && p->n_labels > 2)))
        return usage_value(err, "--labels", p->settings->labels, "%s2 classes", two ? "" : "at least ");
    return STATUS_OK;
}

/* Puts the class whose log-odds an offset is added to behind the other one, where scores are of the class 1. */
static void order_labels(struct pass *p)
{
    struct dict *dict = dict_new();
    uint32_t order[2] = {0, 1};
    for (size_t k = 0; k < p->n_labels; k++)
        dict_add(dict, slice_of(p->labels[k]));
    if (p->settings->positive != NULL)
        order[1] = strcmp(p->settings->positive, p->labels[0]) != 0;
    else
        order_of(dict, order);
    if (order[1] == 0) {
        char *first = p->labels[0];
        p->labels[0] = p->labels[1];
        p->labels[1] = first;
    }
    dict_free(dict);
}

static enum status load_start(struct pass *p, struct err *err)
{
    const struct predictor *init = p->init.predictor;
    const char *const *labels = (const char *const *)p->labels;
    if (online_state_is_there(init->model)) {
        if (online_state_read(&p->start, init, p->init.path, labels, err) != STATUS_OK)
            return err_at(err, p->init.path, 0);
        p->traced_rows = p->start.fit.rows;
        p->traced_weight = p->start.fit.weight_sum;
        p->traced_loss = p->start.fit.loss_sum;
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

static enum status open_trace(struct pass *p, struct err *err)
{
    static const char *const names[] = {"rows", "progressive_loss", "recent_loss"};
    struct output_settings output = {.path = p->settings->trace, .to = OUT_CSV};
    return output.path != NULL ? out_open(&p->trace, &output, 3, names, err) : STATUS_OK;
}

/* ---- the model ---- */

static void add_aliased(struct model *model, const struct online_fit *fit)
{
    bool *constant = mem_alloc(fit->d, sizeof *constant);
    for (size_t j = 0; j < fit->d; j++)
        constant[j] = online_fit_is_constant(fit, j);
    train_fields_write_aliased(model, fit->d, fit->features, constant);
    free(constant);
}

/* Labels and coefficients in the order of labels; of two, the positive class last. */
static enum status add_classes(const struct pass *p, struct model *model, const struct online_fit *fit, struct err *err)
{
    size_t classes = dict_count(fit->labels), scores = online_fit_scores(fit), width = 1 + fit->d;
    uint32_t *order = mem_alloc(classes, sizeof *order);
    double *values = mem_alloc(scores, width * sizeof *values), *ordered = mem_alloc(scores, width * sizeof *ordered);
    const char **labels = mem_alloc(classes, sizeof *labels);
    enum status status = STATUS_OK;
    online_fit_coefficients(fit, values);
    order_of(fit->labels, order);
    if (p->settings->positive != NULL) {
        char echo[ERR_ECHO];
        uint32_t positive = dict_find(fit->labels, slice_of(p->settings->positive));
        if (positive == DICT_NONE)
            status = err_data(err, "no row has the class '%s'; the classes are '%s', '%s'",
                              err_echo(echo, slice_of(p->settings->positive)), dict_text(fit->labels, order[0]).p,
                              dict_text(fit->labels, order[1]).p);
        order[0] = positive == 0;
        order[1] = positive != 0;
    }
    for (size_t k = 0; k < classes; k++)
        labels[k] = dict_text(fit->labels, order[k]).p;
    for (size_t k = 0; k < scores && scores > 1; k++)
        memcpy(ordered + k * width, values + order[k] * width, width * sizeof *values);
    for (size_t j = 0; j < width && scores == 1; j++)
        ordered[j] = order[1] == 1 ? values[j] : -values[j];
    model_set_texts(model, &field_labels, classes, labels);
    model_set_matrix(model, &field_coefficients, scores, width, ordered);
    online_state_write(model, fit, order);
    free(order);
    free(values);
    free(ordered);
    free(labels);
    return status;
}

static enum status write_model(const struct pass *p, const struct online_fit *fit, struct err *err)
{
    const struct train_penalty *penalty = &p->settings->penalty;
    struct model *model = model_new(p->task->kind);
    double l2 = penalty->prior_sd > 0 ? 1 / (fit->weight_sum * penalty->prior_sd * penalty->prior_sd) : penalty->l2;
    model_set_texts(model, &field_features, fit->d, (const char *const *)fit->features);
    enum status status = add_classes(p, model, fit, err);
    model_set_text(model, &field_target, fit->target);
    if (fit->offset != NULL)
        model_set_text(model, &field_offset, fit->offset);
    add_aliased(model, fit);
    if (fit->several)
        model_set_text(model, &field_parametrisation, "symmetric");
    train_fields_write_rows(model, &p->settings->columns,
                            train_fields_cases(&p->settings->columns, fit->rows, fit->weight_sum), fit->skipped,
                            fit->weight_sum);
    model_set_number(model, &field_progressive_loss, online_fit_loss(fit));
    model_set_number(model, &field_converged, 1);
    model_set_number(model, &field_l2, l2);
    model_set_number(model, &field_standardize, penalty->standardize);
    model_set_number(model, &field_confidence, p->settings->confidence);
    model_set_text(model, &field_loss, p->task->loss_name);
    model_set_text(model, &field_solver, "online");
    model_set_text(model, &field_training, "online, in one pass");
    model_set_text(model, &field_command, p->run->command_line);
    if (status == STATUS_OK)
        status = model_write(p->settings->output, model, p->run, err);
    model_free(model);
    return status;
}

/* ---- on the way ---- */

/* As long as there is one class only, there is no model to write. */
static enum status snapshot(void *context, const struct online_fit *fit, struct err *err)
{
    return online_fit_is_ready(fit) ? write_model(context, fit, err) : STATUS_OK;
}

static void trace_add(void *context, const struct online_fit *fit)
{
    struct pass *p = context;
    if (p->trace == NULL || p->traced_rows == fit->rows)
        return;
    out_count(p->trace, fit->rows);
    double loss = fit->loss_sum + fit->ahead_loss;
    out_number(p->trace, loss / fit->weight_sum);
    out_number(p->trace, (loss - p->traced_loss) / (fit->weight_sum - p->traced_weight));
    out_end_row(p->trace);
    p->traced_rows = fit->rows;
    p->traced_loss = loss;
    p->traced_weight = fit->weight_sum;
}

static enum status learn(struct pass *p, struct online_fit **fit, struct table *table, struct err *err)
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

static void say_what_was_done(const struct pass *p, const struct online_fit *fit)
{
    train_notice_skipped(p->run, fit->skipped, fit->rows);
    for (size_t j = 0; j < fit->d; j++)
        if (online_fit_is_constant(fit, j))
            notice(p->run, "column '%s' is constant; its coefficient is left at 0", fit->features[j]);
    notice_verbose(p->run, "learnt from %zu rows, each once; mean loss before learning from each: %.12g", fit->rows,
                   online_fit_loss(fit));
}

enum status train_online(const struct train_settings *settings, const struct train_task *task,
                         const struct invocation *run, struct err *err)
{
    struct pass p = {.settings = settings, .task = task, .run = run};
    struct table *table = NULL;
    struct online_fit *fit = NULL;
    struct input_settings source = settings->input;
    source.prompt = settings->every > 0;
    enum status status = check_settings(settings, task, err);
    if (status == STATUS_OK && settings->init != NULL)
        status = train_init_open(&p.init, settings->init, task->kind, run, err);
    if (status == STATUS_OK)
        status = settings->init != NULL ? take_labels(&p, err) : part_labels(&p, err);
    if (status == STATUS_OK && settings->columns.roles.offset != NULL)
        order_labels(&p);
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
        say_what_was_done(&p, fit);
        status = write_model(&p, fit, err);
    }
    if (status == STATUS_OK && p.trace != NULL) {
        status = out_close(p.trace, err);
        p.trace = NULL;
    }
    out_abandon(p.trace);
    for (size_t k = 0; k < p.n_labels; k++)
        free(p.labels[k]);
    free(p.labels);
    online_fit_free(fit);
    table_close(table);
    online_state_release(&p.start);
    train_init_close(&p.init);
    return status;
}
