#include "app/train/train.h"

#include "app/show/model_view.h"
#include "app/train/gradient.h"
#include "app/train/train_fit.h"
#include "app/train/train_solver.h"
#include "base/mem.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "fit/glm/glm_sgd.h"
#include "fit/glm/inference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    NEWTON_PARAMETERS = 1000, /* up to which --solver auto takes Newton's method, */
    COLUMNS_NAMED = 5,        /* in a message */
    ALIASED_APART = 3,        /* that have a message each */
    REMEMBERED = 1 << 25,     /* numbers at most that L-BFGS remembers beyond the usual */
};
static const double newton_products = 1e10; /* if a Hessian takes no more of them */

/* clang-format off */
const struct opt_choice train_errors[] = {
    {"no", "none"},
    {"se", "standard errors and intervals"},
    {"p", "z and p-values, too"},
    {NULL, NULL},
};
/* clang-format on */

/* ---- before the fit ---- */

enum status train_check_penalty(const struct train_penalty *p, struct err *err)
{
    if (p->l2 > 0 && p->prior_sd > 0)
        return err_usage(err, "--l2 and --prior-sd say the same thing; give one of them");
    if (p->standardize && !(p->l1 > 0 || p->l2 > 0 || p->prior_sd > 0))
        return err_usage(err, "--standardize is about the penalty; give --l1, --l2 or --prior-sd too");
    if (p->l1 > 0 && p->prior_sd > 0)
        return err_usage(err, "--l1 goes with --l2, not with --prior-sd");
    return STATUS_OK;
}

enum status train_check_trace(const char *trace, const char *output, struct err *err)
{
    if (trace != NULL && output != NULL && strcmp(trace, output) == 0)
        return err_usage(err, "--trace and --output name the same file");
    if (trace != NULL && output == NULL && strcmp(trace, "-") == 0)
        return err_usage(err, "--trace - is standard output, where the model goes; give -o FILE for that");
    return STATUS_OK;
}

/* The solver of --solver; NULL: auto. */
static const struct optim *asked_solver(const struct train_settings *s)
{
    return train_solver_at(s->solver);
}

static bool streams(const struct train_settings *s)
{
    return asked_solver(s) != NULL && asked_solver(s)->streams;
}

static enum status check_penalized_errors(const struct train_settings *s, struct err *err)
{
    if (s->penalty.l1 > 0)
        return err_usage(
            err, "--penalized-errors does not go with --l1: coefficients that are made 0 have no standard errors");
    if (!(s->penalty.l2 > 0 || s->penalty.prior_sd > 0))
        return err_usage(err, "--penalized-errors is about the penalty; give --l2 or --prior-sd too");
    const struct optim *solver = asked_solver(s);
    if (solver != NULL && solver->run == NULL)
        return err_usage(err, "--penalized-errors needs the optimum, which --solver %s does not reach", solver->name);
    return STATUS_OK;
}

static enum status check_settings(const struct train_settings *s, struct err *err)
{
    const struct optim *solver = asked_solver(s);
    bool takes_rate = solver != NULL && solver->takes_rate, is_stochastic = solver != NULL && solver->is_stochastic;
    if (train_check_penalty(&s->penalty, err) != STATUS_OK ||
        train_check_class_weights(s->class_weights, err) != STATUS_OK)
        return err->status;
    if (s->penalized_errors != TRAIN_ERRORS_NO && check_penalized_errors(s, err) != STATUS_OK)
        return err->status;
    if (s->penalty.l1 > 0 && solver != NULL && !solver->takes_l1)
        return err_usage(err, "--l1 needs --solver newton or newton-cg");
    if (s->learning_rate > 0 && !takes_rate)
        return err_usage(err, "--learning-rate needs --solver gd or sgd");
    if (s->epochs > 0 && !is_stochastic)
        return err_usage(err, "--epochs needs --solver sgd");
    if (s->max_iterations > 0 && is_stochastic)
        return err_usage(err, "--solver sgd takes --epochs, not --max-iter");
    if (train_check_trace(s->trace, s->output, err) != STATUS_OK)
        return err->status;
    if (!streams(s) && (s->every > 0 || s->labels != NULL))
        return err_usage(err, "--%s needs --solver online", s->every > 0 ? "every" : "labels");
    return STATUS_OK;
}

void train_notice_skipped(const struct invocation *run, size_t skipped, size_t kept)
{
    if (skipped > 0)
        notice(run, "%zu of %zu rows left out because of missing values", skipped, skipped + kept);
}

static enum status load(struct train *t, const struct input_settings *input, const char **file, struct err *err)
{
    const struct train_settings *s = t->settings;
    struct table *table = NULL;
    enum status status = train_open_table(&table, input, &s->columns, t->run, COMMAND_SPARSE, err);
    if (status != STATUS_OK)
        return status;
    struct dataset_options options = {
        .roles = train_roles(&s->columns),
        .may_be_categories = true,
        .classes = true,
        .may_be_sparse = true,
        .may_be_probabilities = t->task->takes_probabilities,
        .threads = t->run->general->threads,
        .memory = memory_limit(s->memory),
        .spool_directory = memory_directory(),
    };
    t->is_svm = table_is_sparse(table);
    status = dataset_load(&t->data, table, &options, err);
    *file = command_operand_name(t->run, 0);
    table_close(table);
    if (status == STATUS_OK)
        train_notice_skipped(t->run, t->data->skipped, t->data->n);
    if (status == STATUS_OK && t->data->n_targets > 1 && s->class_weights != NULL)
        return err_usage(err, "--class-weight needs rows of one class each, not probabilities of classes");
    if (status == STATUS_OK && train_weigh_classes(t->data, s->class_weights, err) != STATUS_OK)
        status = err_at(err, *file, 0);
    return status;
}

enum status train_find_label(const struct dataset *data, const char *label, size_t *class, struct err *err)
{
    char echo[ERR_ECHO], list[ERR_ECHO];
    struct buffer all = {0};
    for (size_t k = 0; k < data->classes; k++) {
        if (strcmp(data->labels[k], label) == 0) {
            *class = k;
            buffer_free(&all);
            return STATUS_OK;
        }
        buffer_add_format(&all, "%s'%s'", k > 0 ? ", " : "", data->labels[k]);
    }
    err_data(err, "no row has the class '%s'; the classes are %s", err_echo(echo, slice_of(label)),
             err_echo(list, (struct slice){all.p, all.n}));
    buffer_free(&all);
    return err->status;
}

static bool is_penalised(const struct train *t)
{
    return t->settings->penalty.l1 > 0 || t->l2 > 0;
}

/* Solvers of a fixed learning rate stop short of an optimum, and accept more coefficients than rows. */
static bool needs_rows(const struct train *t)
{
    const struct optim *solver = asked_solver(t->settings);
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
    if (task->positive != NULL)
        status = train_find_label(t->data, task->positive, &options.positive, err);
    if (status == STATUS_OK && task->reference != NULL)
        status = train_find_label(t->data, task->reference, &options.reference, err);
    if (status == STATUS_OK && is_penalised(t))
        options.reference = GLM_SYMMETRIC;
    if (status == STATUS_OK)
        status = glm_new_in_place(&t->glm, t->data, &options, err);
    return status == STATUS_OK ? status : err_at(err, file, 0);
}

/* Of dense rows L-BFGS needs fewer passes than conjugate gradients do. */
static void choose_solver(struct train *t)
{
    double width = (double)t->glm->width, scores = (double)t->glm->scores,
           pairs = scores > 1 ? scores * (scores - 1) / 2 : 1;
    bool cheap = width * (double)t->glm->blocks <= NEWTON_PARAMETERS &&
                 (double)t->data->n * pairs * width * width / 2 <= newton_products;
    t->solver = asked_solver(t->settings);
    if (t->solver == NULL)
        t->solver = cheap                                            ? &optim_newton
                    : t->data->sparse || t->settings->penalty.l1 > 0 ? &optim_newton_cg
                                                                     : &optim_lbfgs;
}

/* ---- the fit ---- */

/* Whether separation and standard errors follow from the Hessian of the likelihood at the optimum. */
static bool infers(const struct train *t)
{
    bool wanted = !is_penalised(t) || t->settings->penalized_errors != TRAIN_ERRORS_NO;
    return wanted && t->task->loss == t->task->likelihood && !t->solver->is_stochastic;
}

struct trace {
    struct out *out;
    struct timespec start;
};

static void trace_add(void *context, const struct optim_progress *progress)
{
    struct trace *trace = context;
    progress_iteration(progress->iteration, progress->value);
    if (trace->out == NULL)
        return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    out_count(trace->out, progress->iteration);
    out_number(trace->out, progress->value);
    out_number(trace->out, progress->gradient_norm);
    out_number(trace->out,
               (double)(now.tv_sec - trace->start.tv_sec) + 1e-9 * (double)(now.tv_nsec - trace->start.tv_nsec));
    out_end_row(trace->out);
}

static void descend(struct train *t, struct trace *trace)
{
    const struct train_settings *s = t->settings;
    struct glm_sgd_options options = {.epochs = s->epochs > 0 ? s->epochs : t->solver->max_iterations,
                                      .rate = s->learning_rate,
                                      .seed = t->run->general->seed,
                                      .context = trace,
                                      .progress = trace_add};
    glm_sgd(t->glm, &options, t->theta, &t->result);
    if (s->init != NULL && t->result.status == OPTIM_STALLED)
        t->result.status = OPTIM_CONVERGED; /* the start may well be better than noisy steps from there */
}

static enum status optimise(struct train *t, struct err *err)
{
    static const char *const names[] = {"iteration", "objective", "gradient_norm", "seconds"};
    const struct train_settings *s = t->settings;
    struct objective objective = glm_objective(t->glm);
    struct trace trace = {0};
    struct optim_options options = {
        .tolerance = s->tolerance,
        .max_iterations = s->max_iterations > 0 ? s->max_iterations : t->solver->max_iterations,
        .learning_rate = s->learning_rate > 0 ? s->learning_rate : 0.1,
        .wants_hessian = infers(t),
        .progress = trace_add,
        .diagonal = t->glm->diagonal,
        .pairs = 2 * OPTIM_PAIRS_MAX * objective.n <= REMEMBERED ? OPTIM_PAIRS_MAX : OPTIM_PAIRS,
        .context = &trace};
    if (s->trace != NULL) {
        struct output_settings output = {.path = s->trace, .to = OUT_CSV};
        enum status status = out_open(&trace.out, &output, 4, names, err);
        if (status != STATUS_OK)
            return status;
    }
    clock_gettime(CLOCK_MONOTONIC, &trace.start);
    if (s->init == NULL)
        t->theta = mem_zero(objective.n, sizeof *t->theta);
    if (s->init == NULL && t->solver->uses_hessian && t->task->loss == t->task->likelihood)
        glm_start(t->glm, t->theta);
    if (t->solver->is_stochastic)
        descend(t, &trace);
    else
        t->solver->run(&objective, &options, t->theta, &t->result);
    glm_center(t->glm, t->theta);
    return s->trace != NULL ? out_close(trace.out, err) : STATUS_OK;
}

/* Sets theta to where the model of --init is. */
static enum status start_at_init(struct train *t, struct err *err)
{
    const struct glm *glm = t->glm;
    const struct dataset *data = t->data;
    size_t positive = glm->options.positive;
    const char *pair[] = {data->labels[1 - (positive != 0)], data->labels[positive]};
    const char *const *labels = glm->scores == 1 ? pair : (const char *const *)data->labels;
    double *coefficients;
    if (t->settings->init == NULL)
        return STATUS_OK;
    enum status status = train_init_coefficients(&t->init, data->d, (const char *const *)data->features, data->classes,
                                                 labels, &coefficients, err);
    if (status != STATUS_OK)
        return status;
    t->theta = mem_alloc(glm->blocks * glm->width, sizeof *t->theta);
    glm_parameters(glm, coefficients, t->theta);
    free(coefficients);
    return STATUS_OK;
}

/* Separation, where the objective is a likelihood without a penalty, and standard errors. */
static void infer(struct train *t)
{
    struct objective objective = glm_objective(t->glm);
    size_t n = objective.n;
    if (!infers(t))
        return;
    if (n > TRAIN_COVARIANCE_MAX) {
        if (is_penalised(t))
            notice(t->run, "there are no standard errors of more than %d coefficients", TRAIN_COVARIANCE_MAX);
        else
            separation_find_wide(t->glm, t->theta, &t->separation);
        return;
    }
    double *gradient = mem_alloc(n, sizeof *gradient), *inverse = mem_alloc(n, n * sizeof *inverse);
    objective.evaluate(objective.context, t->theta, gradient, inverse);
    bool is_definite = inference_invert(t->glm, inverse);
    if (!is_penalised(t))
        separation_find(t->glm, t->theta, gradient, is_definite ? inverse : NULL, &t->separation);
    if (is_definite && t->separation.kind == SEPARATION_NONE && t->result.status == OPTIM_CONVERGED) {
        inference_covariance(t->glm, inverse);
        t->covariance = inverse;
    } else {
        free(inverse);
    }
    free(gradient);
}

/* ---- after the fit ---- */

void train_notice_aliased(const struct invocation *run, size_t n, char *const *features, const bool *aliased)
{
    char echo[ERR_ECHO];
    size_t count = 0, named = 0;
    for (size_t j = 0; j < n; j++)
        count += aliased[j];
    struct buffer list = {0};
    for (size_t j = 0; j < n && named < COLUMNS_NAMED; j++) {
        if (!aliased[j])
            continue;
        if (count <= ALIASED_APART)
            notice(run,
                   "column '%s' is constant or a linear combination of columns before it; its coefficient is left at 0",
                   err_echo(echo, slice_of(features[j])));
        buffer_add_format(&list, "%s'%s'", named++ > 0 ? ", " : "", err_echo(echo, slice_of(features[j])));
    }
    buffer_add_char(&list, '\0');
    if (count > ALIASED_APART)
        notice(run,
               "%zu columns are constant or linear combinations of columns before them (%s%s); their coefficients are "
               "left at 0",
               count, list.p, count > named ? ", ..." : "");
    buffer_free(&list);
}

static void say_what_was_done(const struct train *t)
{
    const struct glm *glm = t->glm;
    train_notice_aliased(t->run, glm->d, t->data->features, glm->aliased);
    struct buffer penalty = {0};
    if (t->settings->penalty.l1 > 0)
        buffer_add_format(&penalty, " + %g sum |theta|", t->settings->penalty.l1);
    if (t->l2 > 0)
        buffer_add_format(&penalty, " + %g/2 sum theta^2", t->l2);
    if (t->settings->penalty.standardize)
        buffer_add_text(&penalty, " (columns of unit sd)");
    buffer_add_char(&penalty, '\0');
    notice_verbose(t->run, "minimised (1/%.12g) sum %s(row)%s = %.12g by %s in %zu iterations; gradient norm %.3g",
                   t->data->weight_sum, t->task->loss_name, penalty.p, t->result.value, t->solver->name,
                   t->result.iterations, t->result.gradient_norm);
    buffer_free(&penalty);
}

static enum status verdict(const struct train *t, struct err *err)
{
    const struct separation *s = &t->separation;
    if (s->kind != SEPARATION_NONE) {
        struct buffer list = {0};
        char echo[ERR_ECHO];
        for (size_t i = 0; i < s->n && i < COLUMNS_NAMED; i++)
            buffer_add_format(&list, "%s'%s'", i > 0 ? ", " : "",
                              err_echo(echo, slice_of(t->data->features[s->column[i]])));
        if (s->n > COLUMNS_NAMED)
            buffer_add_format(&list, " and %zu more", s->n - COLUMNS_NAMED);
        buffer_add_char(&list, '\0');
        err_data(
            err,
            "%s separation by %s%s: the likelihood has no maximum and the coefficients no finite estimates; add --l2",
            s->kind == SEPARATION_COMPLETE ? "complete" : "quasi-complete", list.p,
            s->n < 2   ? ""
            : s->alone ? " (each by itself)"
                       : " (together)");
        buffer_free(&list);
        return train_unconverged(err);
    }
    if (t->result.status == OPTIM_CONVERGED)
        return STATUS_OK;
    const char *remedy = t->result.status == OPTIM_ITERATIONS ? "; --max-iter allows more"
                         : t->solver->takes_rate              ? "; try a smaller --learning-rate"
                                                              : "";
    err_data(err, "not converged after %zu iteration%s, %s: gradient norm %.3g, wanted %.3g%s", t->result.iterations,
             t->result.iterations == 1 ? "" : "s", optim_status_text(t->result.status), t->result.gradient_norm,
             t->settings->tolerance, remedy);
    return train_unconverged(err);
}

static enum status check_gradient(const struct train *t, struct err *err)
{
    const struct glm *glm = t->glm;
    struct objective objective = glm_objective(t->glm);
    struct out *out;
    double *theta = mem_alloc(objective.n, sizeof *theta);
    gradcheck_point(objective.n, t->run->general->seed, theta);
    struct gradcheck worst = gradcheck_at(&objective, theta);
    free(theta);
    enum status status = gradient_begin(&out, t->settings->output, "class", "term", err);
    if (status != STATUS_OK)
        return status;
    size_t class = glm->scores == 1 ? glm->options.positive : glm_block_score(glm, worst.parameter / glm->width);
    size_t term = worst.parameter % glm->width;
    out_word(out, t->data->labels[class]);
    out_word(out, term == 0 ? "(intercept)" : t->data->features[term - 1]);
    return gradient_end(out, &worst, err);
}

enum status train_run(const struct train_settings *settings, const struct input_settings *input,
                      const struct train_task *task, const struct invocation *run, struct err *err)
{
    struct train t = {.settings = settings, .task = task, .run = run};
    struct model *model = NULL;
    const char *file = NULL;
    enum status status = check_settings(settings, err);
    if (status == STATUS_OK && settings->penalized_errors != TRAIN_ERRORS_NO && task->loss != task->likelihood)
        status = err_usage(err, "--penalized-errors needs the negative log-likelihood, not --loss %s", task->loss_name);
    if (status == STATUS_OK && streams(settings))
        return train_online(settings, input, task, run, err);
    if (status == STATUS_OK && settings->init != NULL)
        status = train_init_open(&t.init, settings->init, task->kind, run, err);
    if (status == STATUS_OK)
        status = load(&t, input, &file, err);
    if (status != STATUS_OK)
        goto done;
    double sd = settings->penalty.prior_sd;
    t.l2 = sd > 0 ? 1 / (t.data->weight_sum * sd * sd) : settings->penalty.l2;
    status = prepare(&t, file, err);
    if (status != STATUS_OK)
        goto done;
    if (settings->check_gradient) {
        status = check_gradient(&t, err);
        goto done;
    }
    choose_solver(&t);
    status = start_at_init(&t, err);
    if (status == STATUS_OK)
        status = optimise(&t, err);
    if (status != STATUS_OK)
        goto done;
    infer(&t);
    say_what_was_done(&t);
    model = train_model(&t);
    status = model_write(settings->output, model, run, err);
    if (status == STATUS_OK)
        status = verdict(&t, err);
done:
    model_free(model);
    separation_free(&t.separation);
    free(t.covariance);
    free(t.theta);
    glm_free(t.glm);
    dataset_free(t.data);
    train_init_close(&t.init);
    return status;
}
