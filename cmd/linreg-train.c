#include "app/show/model_view.h"
#include "app/train/train.h"
#include "app/train/train_linear.h"
#include "base/mem.h"
#include "data/dataset/roles.h"
#include "family/loss/loss.h"
#include "fit/linear/leastsq.h"
#include "text/buffer.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Linear regression: by least squares in one pass, else over stored rows. */

enum { COVARIANCE_TERMS = 2000 }; /* up to which their covariance is in the model */

struct settings {
    struct train_columns columns;
    struct train_penalty penalty;
    bool no_intercept;
    double confidence;
    const char *loss, *heteroscedastic, *output;
    size_t memory;
    struct input_settings input;
    struct general_settings general;
};

/* clang-format off */
static const struct opt_choice losses[] = {
    {"l2", "least squares"},
    {"l1", "least absolute deviations: the median"},
    {"huber", "squared near 0, absolute beyond DELTA"},
    {NULL, NULL},
};
/* clang-format on */

static const struct opt_choice *loss_choices(void)
{
    return losses;
}

/* clang-format off */
static const struct opt options[] = {
    { TEXT(struct settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMNS", .required = true,
      .completes = OPT_COMPLETES_COLUMNS, .help = "the column to be explained, or several, each for itself (least squares only)" },
    OPT_COLUMNS_ROWS(struct settings, columns),
    OPT_OFFSET_ROW(struct settings, columns.roles.offset),
    OPT_CATEGORICAL_ROW(struct settings, columns.roles.categorical),
    { FLAG(struct settings, no_intercept), .name = "no-intercept", .group = OPT_MODEL_GROUP,
      .help = "no constant: the mean is 0 where all features are 0" },
    OPT_PENALTY_ROWS(struct settings, penalty),
    { REAL(struct settings, penalty.prior_sd), .name = "prior-sd", .arg = "SD", .min = 1e-100, .max = 1e100,
      .group = OPT_MODEL_GROUP, .help = "a Gaussian prior of that sd on coefficients: --l2 VARIANCE/(n SD^2), the variance "
      "being estimated, too" },
    { TEXT(struct settings, loss), .name = "loss", .arg = "LOSS", .fallback = "l2", .choices_of = loss_choices,
      .group = OPT_MODEL_GROUP, .help = "what to minimise; huber:DELTA says where it bends, in units of the target, instead of at 1" },
    { TEXT(struct settings, heteroscedastic), .name = "heteroscedastic", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
      .word = "all", .group = OPT_MODEL_GROUP, .help = "let the standard deviation of errors be linear in these features, or in all of them: 'all'" },
    OPT_CONFIDENCE_ROW(struct settings, confidence),
    OPT_MODEL_OUTPUT_ROW(struct settings, output),
    OPT_MEMORY_ROW(struct settings, memory),
    OPT_INPUT_ROWS(struct settings, input),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

struct work {
    const struct settings *settings;
    const struct invocation *run;
    struct table *table;
    struct roles roles;
    struct leastsq *fit;
};

static enum status fit(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    const struct roles_options wanted = train_roles(&s->columns);
    const struct roles_rules rules = {.several = true, .numbers = true, .may_be_categories = true};
    enum status status = roles_find(&w->roles, w->table, &wanted, &rules, err);
    if (status == STATUS_OK && w->roles.has_offset && w->roles.n_targets > 1)
        status = err_usage(err, "--offset takes one target, not %zu", w->roles.n_targets);
    if (status != STATUS_OK)
        return status;
    struct leastsq_options how = {
        .roles = w->roles,
        .no_intercept = s->no_intercept,
        .l1 = s->penalty.l1,
        .l2 = s->penalty.l2,
        .prior_sd = s->penalty.prior_sd,
        .standardize = s->penalty.standardize,
        .threads = s->general.threads,
        .memory = memory_all(),
    };
    return leastsq_fit(&w->fit, w->table, &how, err);
}

/* ---- the model ---- */

static void set_names(const struct work *w, struct model *model)
{
    const struct leastsq *fit = w->fit;
    const char **names = mem_alloc(fit->n_features + fit->n_targets, sizeof *names);
    size_t n = 0;
    model_set_texts(model, "features", fit->n_features, (const char *const *)fit->features);
    for (size_t t = 0; t < fit->n_targets; t++)
        names[t] = table_name(w->table, w->roles.targets[t]);
    model_set_texts(model, "targets", fit->n_targets, names);
    if (w->roles.has_offset)
        model_set_text(model, "offset", table_name(w->table, w->roles.offset));
    for (size_t j = 0; j < fit->n_features; j++)
        if (fit->aliased[j])
            names[n++] = fit->features[j];
    model_set_texts(model, "aliased", n, names);
    train_add_categories(model, fit->n_categories, fit->category);
    free(names);
}

static void add_estimates(const struct leastsq *fit, struct model *model)
{
    size_t shape[] = {fit->n_targets, fit->width};
    double *coefficients = mem_alloc(shape[0] * shape[1], sizeof *coefficients);
    double *errors = mem_alloc(shape[0] * shape[1], sizeof *errors);
    for (size_t t = 0; t < fit->n_targets; t++) {
        for (size_t i = 0; i < fit->width; i++) {
            coefficients[t * fit->width + i] = fit->target[t].coefficients[i];
            errors[t * fit->width + i] = fit->target[t].standard_errors[i];
        }
    }
    model_set_array(model, "coefficients", 2, shape, coefficients);
    model_set_array(model, "standard_errors", 2, shape, errors);
    if (fit->freedom > 0 && fit->width <= COVARIANCE_TERMS)
        model_set_triangle(model, "covariance_unscaled", fit->width, fit->covariance);
    free(coefficients);
    free(errors);
}

/* Sums of squares and variances of each target; log-likelihoods and objectives summed over the targets. */
static void add_sums(const struct work *w, struct model *model)
{
    const struct leastsq *fit = w->fit;
    size_t n = fit->n_targets;
    double loglik = 0, loglik_null = 0, objective = 0;
    double *rss = mem_alloc(n, sizeof *rss), *tss = mem_alloc(n, sizeof *tss),
           *variance = mem_alloc(n, sizeof *variance);
    double *unbiased = mem_alloc(n, sizeof *unbiased), *l2 = mem_alloc(n, sizeof *l2);
    for (size_t t = 0; t < n; t++) {
        const struct leastsq_target *target = &fit->target[t];
        rss[t] = target->rss;
        tss[t] = target->tss;
        variance[t] = rss[t] / fit->weight;
        unbiased[t] = fit->freedom > 0 ? rss[t] / fit->freedom : (double)NAN;
        l2[t] = target->l2;
        loglik += target->loglik;
        loglik_null += target->loglik_null;
        objective += target->objective;
    }
    model_set_vector(model, "rss", n, rss);
    model_set_vector(model, "tss", n, tss);
    model_set_vector(model, "variance", n, variance);
    model_set_vector(model, "variance_unbiased", n, unbiased);
    model_set_number(model, "df_residual", fit->freedom);
    model_set_number(model, "loglik", loglik);
    model_set_number(model, "loglik_null", loglik_null);
    model_set_number(model, "objective", objective);
    model_set_number(model, "l1", w->settings->penalty.l1);
    if (w->settings->penalty.prior_sd > 0)
        model_set_number(model, "prior_sd", w->settings->penalty.prior_sd);
    if (w->settings->penalty.prior_sd > 0 && n > 1)
        model_set_vector(model, "prior_l2", n, l2);
    else
        model_set_number(model, "l2", l2[0]);
    free(rss);
    free(tss);
    free(variance);
    free(unbiased);
    free(l2);
}

static struct model *make_model(const struct work *w)
{
    const struct settings *s = w->settings;
    const struct leastsq *fit = w->fit;
    struct model *model = model_new("linear");
    set_names(w, model);
    model_set_number(model, "intercept", !s->no_intercept);
    add_estimates(fit, model);
    model_set_number(model, "rows", s->columns.fweights != NULL ? fit->weight : (double)fit->rows);
    model_set_number(model, "skipped", (double)fit->skipped);
    model_set_number(model, "weight_sum", fit->weight);
    train_add_weighting(model, &s->columns);
    add_sums(w, model);
    model_set_number(model, "standardize", s->penalty.standardize);
    model_set_number(model, "confidence", s->confidence);
    model_set_text(model, "loss", "l2");
    model_set_text(model, "solver", "qr");
    model_set_text(model, "command", w->run->command_line);
    return model;
}

/* ---- what was done ---- */

static void say_objective(const struct work *w, size_t which)
{
    const struct leastsq_target *target = &w->fit->target[which];
    char echo[ERR_ECHO];
    struct buffer penalty = {0};
    if (w->settings->penalty.l1 > 0)
        buffer_add_format(&penalty, " + %.12g sum |theta|", w->settings->penalty.l1);
    if (target->l2 > 0)
        buffer_add_format(&penalty, " + %.12g/2 sum theta^2", target->l2);
    if (w->settings->penalty.standardize)
        buffer_add_text(&penalty, " (columns of unit sd)");
    buffer_add_char(&penalty, '\0');
    notice_verbose(w->run, "minimised (1/%.12g) sum l2(row)%s = %.12g for '%s' by QR, rank %zu%s", w->fit->weight,
                   penalty.p, target->objective,
                   err_echo(echo, slice_of(table_name(w->table, w->roles.targets[which]))), w->fit->rank,
                   target->refinements > 0 ? ", refined" : "");
    buffer_free(&penalty);
}

static void say_what_was_done(const struct work *w)
{
    const struct leastsq *fit = w->fit;
    train_notice_skipped(w->run, fit->skipped, fit->rows);
    train_notice_aliased(w->run, fit->n_features, fit->features, fit->aliased);
    if (fit->freedom <= 0)
        notice(w->run,
               "%zu coefficients take all the freedom of weights that sum to %.12g: there are no standard errors",
               fit->rank, fit->weight);
    for (size_t t = 0; t < fit->n_targets; t++) {
        char echo[ERR_ECHO];
        if (fit->target[t].rss == 0)
            notice(w->run, "'%s' is fitted exactly: the likelihood grows without bound as the variance goes to 0",
                   err_echo(echo, slice_of(table_name(w->table, w->roles.targets[t]))));
        say_objective(w, t);
    }
}

static enum status verdict(const struct work *w, struct err *err)
{
    char echo[ERR_ECHO];
    for (size_t t = 0; t < w->fit->n_targets; t++) {
        if (w->fit->target[t].converged)
            continue;
        err_data(err, "not converged for '%s': the zeros that --l1 makes were not all found",
                 err_echo(echo, slice_of(table_name(w->table, w->roles.targets[t]))));
        return err->status = STATUS_UNCONVERGED;
    }
    return STATUS_OK;
}

/* ---- over stored rows ---- */

static enum status parse_loss(const struct settings *s, struct train_linear *task, bool *is_l2, struct err *err)
{
    static const char huber[] = "huber";
    char echo[ERR_ECHO];
    const char *parameter = NULL;
    size_t n = strlen(huber);
    *is_l2 = strcmp(s->loss, "l2") == 0;
    task->loss = strcmp(s->loss, "l1") == 0 ? TRAIN_LINEAR_L1 : TRAIN_LINEAR_HUBER;
    task->delta = loss_huber.fallback;
    if (*is_l2 || task->loss == TRAIN_LINEAR_L1)
        return STATUS_OK;
    if (strncmp(s->loss, huber, n) != 0 || (s->loss[n] != '\0' && s->loss[n] != ':'))
        return err_usage(err, "--loss: there is no loss '%s' here; there are l2, l1 and huber[:DELTA]",
                         err_echo(echo, slice_of(s->loss)));
    parameter = s->loss[n] == ':' ? s->loss + n + 1 : NULL;
    if (parameter != NULL && (!number_parse(slice_of(parameter), &task->delta) ||
                              !(task->delta >= loss_huber.min && task->delta <= loss_huber.max)))
        return err_usage(err, "--loss: the DELTA of huber must be a number above 0");
    return STATUS_OK;
}

/* Whether the rows are to be kept, and for which fit. */
static enum status choose_fit(const struct settings *s, struct train_linear *task, bool *stored, struct err *err)
{
    bool is_l2, penalised = s->penalty.l1 > 0 || s->penalty.l2 > 0 || s->penalty.prior_sd > 0;
    enum status status = parse_loss(s, task, &is_l2, err);
    if (status != STATUS_OK)
        return status;
    *stored = !is_l2 || s->heteroscedastic != NULL;
    if (!is_l2 && s->heteroscedastic != NULL)
        return err_usage(err, "--heteroscedastic goes with --loss l2");
    if (*stored && penalised)
        return err_usage(err, "penalties go with --loss l2, and without --heteroscedastic");
    if (s->heteroscedastic != NULL && s->columns.aweights != NULL)
        return err_usage(
            err,
            "--aweights says how the variance differs, and --heteroscedastic fits that; give -w for counts of rows");
    if (s->heteroscedastic != NULL)
        task->loss = TRAIN_LINEAR_SD;
    return STATUS_OK;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings, .run = run};
    enum status status = train_check_penalty(&w.settings->penalty, err);
    struct train_linear task = {
        .columns = &w.settings->columns,
        .input = &w.settings->input,
        .run = run,
        .sd_features = w.settings->heteroscedastic,
        .no_intercept = w.settings->no_intercept,
        .confidence = w.settings->confidence,
        .output = w.settings->output,
        .memory = w.settings->memory,
    };
    bool stored = false;
    if (status == STATUS_OK)
        status = choose_fit(w.settings, &task, &stored, err);
    if (status == STATUS_OK && stored)
        return train_linear_run(&task, err);
    if (status == STATUS_OK)
        status = train_open_table(&w.table, &w.settings->input, &w.settings->columns, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = fit(&w, err);
    if (status == STATUS_OK) {
        say_what_was_done(&w);
        struct model *model = make_model(&w);
        status = model_write(w.settings->output, model, run, err);
        model_free(model);
        if (status == STATUS_OK)
            status = verdict(&w, err);
    }
    leastsq_free(w.fit);
    roles_release(&w.roles);
    table_close(w.table);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "linreg-train",
    .purpose = "Fit a linear regression",
    .operands = "[FILE...]",
    .example = "linreg-train -t petal_width --exclude species iris.csv | model-show",
    .see_also = "logreg-train,nn-train,nn-predict,model-show,loss-eval,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
