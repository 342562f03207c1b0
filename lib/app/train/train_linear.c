/* Linear regressions that need their rows more than once: Huber's loss by Newton's method (fit/linear/robust.c), least
 * absolute deviations from vertex to vertex (fit/linear/lad.c), and a standard deviation that is linear in features
 * (fit/linear/hetero.c). Each fit makes its model and says whether it is the optimum. */
#include "app/train/train_linear.h"

#include "app/show/model_write.h"
#include "app/train/train_fields.h"
#include "app/train/train_notice.h"
#include "base/mem.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "fit/linear/hetero.h"
#include "fit/linear/lad.h"
#include "fit/linear/lad_errors.h"
#include "fit/linear/robust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Narrower than this part of the residuals' spread, a row's sd is on its way to 0. */
static const double narrow = 1e-4;

struct train_linear_work {
    const struct train_linear *task;
    struct dataset *data;
    struct regress *rows;
    struct model *model;
    const char *how;      /* the solver */
    double norm, minimum; /* of the gradient; of the mean loss */
    double decrement;     /* NaN: there is none */
    size_t iterations;
    bool *in_sd;
};

/* One target, though the option takes a list for least squares. */
static enum status check_target(const struct table *table, const char *spec, struct err *err)
{
    size_t *columns = NULL, n = 0;
    enum status status = columns_find(table_names(table), table_width(table), spec, &columns, &n, err);
    free(columns);
    if (status == STATUS_OK && n > 1)
        return usage_option(err, "--target",
                            "--loss l1, --loss huber and --heteroscedastic support one target, not %zu", n);
    return status == STATUS_OK ? status : err_at(err, table_file(table), 0);
}

static const char *input_name(const struct train_linear_work *w)
{
    return command_operand_name(w->task->run, 0);
}

static enum status load(struct train_linear_work *w, struct err *err)
{
    const struct train_linear *t = w->task;
    struct table *table = NULL;
    enum status status = train_columns_open(&table, t->input, t->columns, t->run, COMMAND_BY_ROW, err);
    if (status != STATUS_OK)
        return status;
    struct dataset_options options = {
        .roles = train_columns_roles(t->columns),
        .may_be_categories = true,
        .threads = t->run->general->threads,
        .memory = memory_limit(t->memory),
        .spool_directory = memory_directory(),
    };
    status = check_target(table, t->columns->roles.target, err);
    if (status == STATUS_OK)
        status = dataset_load(&w->data, table, &options, err);
    table_close(table);
    if (status != STATUS_OK)
        return status;
    train_notice_skipped(t->run, w->data->skipped, w->data->n);
    status = regress_new_in_place(&w->rows, w->data, t->no_intercept, t->run->general->threads, err);
    return status == STATUS_OK ? status : err_at(err, input_name(w), 0);
}

/* Which features the sd depends on. */
static enum status choose_sd(struct train_linear_work *w, struct err *err)
{
    const struct dataset *data = w->data;
    const char *spec = w->task->sd_features;
    bool all = strcmp(spec, "all") == 0;
    size_t *columns = NULL, n = 0;
    enum status status = STATUS_OK;
    if (!all)
        status = columns_find((const char *const *)data->features, data->d, spec, &columns, &n, err);
    w->in_sd = mem_zero(data->d, sizeof *w->in_sd);
    for (size_t j = 0; j < data->d; j++)
        w->in_sd[j] = all;
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        w->in_sd[columns[i]] = true;
    free(columns);
    return status == STATUS_OK ? status : err_at(err, input_name(w), 0);
}

/* ---- the model ---- */

static void start_model(struct train_linear_work *w)
{
    const struct dataset *data = w->data;
    const char *target = data->target;
    train_notice_aliased(w->task->run, data->d, data->features, w->rows->aliased);
    w->model = model_new("linear");
    model_set_texts(w->model, &field_features, data->d, (const char *const *)data->features);
    model_set_texts(w->model, &field_targets, 1, &target);
    if (data->offset != NULL)
        model_set_text(w->model, &field_offset, data->offset);
    train_fields_write_aliased(w->model, data->d, data->features, w->rows->aliased, &w->rows->relations);
    train_columns_write_categories(w->model, data->n_categories, data->category);
    model_set_number(w->model, &field_intercept, !w->task->no_intercept);
}

/* coefficients: those of a block of theta, whose covariance, unless it is NULL, has the row length ld. */
static void add_block(struct train_linear_work *w, const struct regress_block *block, bool is_sd, const double *theta,
                      const double *covariance, size_t ld)
{
    size_t width = 1 + w->data->d;
    double *coefficients = mem_alloc(width, sizeof *coefficients);
    regress_unscale(w->rows, block, !is_sd, theta, coefficients);
    model_set_matrix(w->model, is_sd ? &field_sd_coefficients : &field_coefficients, 1, width, coefficients);
    if (covariance != NULL) {
        double *own = mem_alloc(width * width, sizeof *own);
        regress_unscale_covariance(w->rows, block, covariance, ld, own);
        for (size_t i = 0; i < width; i++)
            coefficients[i] = sqrt(own[i * width + i]);
        model_set_matrix(w->model, is_sd ? &field_sd_standard_errors : &field_standard_errors, 1, width, coefficients);
        if (!is_sd && width <= TRAIN_COVARIANCE_MAX)
            model_set_triangle(w->model, &field_covariance, width, own);
        free(own);
    }
    free(coefficients);
}

static void finish_model(struct train_linear_work *w, const char *loss, bool converged)
{
    struct model *model = w->model;
    train_fields_write_rows(model, w->task->columns, w->data->cases, w->data->skipped, w->data->weight_sum);
    model_set_number(model, &field_objective, w->minimum);
    model_set_number(model, &field_confidence, w->task->confidence);
    model_set_text(model, &field_loss, loss);
    model_set_text(model, &field_solver, w->how);
    model_set_number(model, &field_iterations, (double)w->iterations);
    model_set_number(model, &field_gradient_norm, w->norm);
    if (!isnan(w->decrement))
        model_set_number(model, &field_decrement, w->decrement);
    model_set_number(model, &field_converged, converged);
    model_set_text(model, &field_command, w->task->run->command_line);
    notice_verbose(w->task->run, "minimised (1/%.12g) sum %s(row) = %.12g by %s in %zu iterations", w->data->weight_sum,
                   loss, w->minimum, w->how, w->iterations);
}

/* ---- the fits: each makes the model, and fills err where it is not the optimum ---- */

/* Coefficients with their errors, which are those of an estimated variance: Student's distribution has `freedom`.
 * triangle: R with covariance of theta variance (R'R)^-1, rows `ld` apart; NULL: no errors are given. */
static void add_estimates(struct train_linear_work *w, const double *theta, const double *triangle, size_t ld,
                          double variance, double freedom)
{
    const struct regress *r = w->rows;
    size_t first = !r->intercept, width = 1 + w->data->d;
    struct regress_block all = regress_all_terms(r);
    double *covariance = mem_zero(r->terms * r->terms, sizeof *covariance);
    if (triangle != NULL)
        regress_covariance(r, triangle, ld, variance, covariance);
    add_block(w, &all, false, theta + first, triangle != NULL ? covariance + first * (r->terms + 1) : NULL, r->terms);
    if (triangle != NULL && width <= TRAIN_COVARIANCE_MAX) {
        double *factor = mem_alloc(width * width, sizeof *factor), *center = mem_alloc(width, sizeof *center);
        regress_factor(r, triangle, ld, variance, factor, center);
        model_set_triangle(w->model, &field_factor, width, factor);
        model_set_vector(w->model, &field_factor_center, w->data->d, center);
        free(factor);
        free(center);
    }
    if (freedom > 0)
        model_set_number(w->model, &field_df_residual, freedom);
    else
        train_notice_freedom(w->task->run, r->terms - first, r->data->weight_sum);
    free(all.term);
    free(covariance);
}

static double freedom_of(const struct regress *r)
{
    return r->data->weight_sum - (double)(r->terms - !r->intercept);
}

static void refuse_optimum(const struct optim_result *result, double tolerance, const char *remedy, struct err *err)
{
    struct buffer distance = {0};
    train_notice_add_distance(&optim_newton, result->decrement, &distance);
    err_data(err, "not converged after %zu iteration%s, %s: %s, required %.3g%s", result->iterations,
             result->iterations == 1 ? "" : "s", optim_status_text(result->status), buffer_text(&distance), tolerance,
             remedy);
    buffer_free(&distance);
}

static enum status huber_verdict(const struct robust *fit, double tolerance, struct err *err)
{
    const struct optim_result *result = &fit->result;
    if (result->status == OPTIM_CONVERGED)
        return STATUS_OK;
    if (result->status == OPTIM_DIVERGED)
        err_data(err, "the scale of the errors approaches 0, as too many rows are fitted exactly; use --loss l1");
    else
        refuse_optimum(result, tolerance, "; use a larger DELTA", err);
    return train_unconverged(err);
}

static enum status fit_huber(struct train_linear_work *w, struct err *err)
{
    const struct train_linear *t = w->task;
    const struct regress *r = w->rows;
    if (t->scaled && !(freedom_of(r) > 0)) {
        err_data(
            err,
            "weights that sum to %.12g leave no degrees of freedom to %zu coefficients and the scale of the errors; "
            "use --loss l1",
            r->data->weight_sum, r->terms - !r->intercept);
        return err_at(err, input_name(w), 0);
    }
    struct robust fit = {.k = t->scaled ? t->delta : 0,
                         .delta = t->delta,
                         .tolerance = t->tolerance,
                         .importances = t->columns->aweights != NULL};
    double *theta = mem_alloc(r->terms, sizeof *theta), variance;
    robust_fit(r, &fit, theta);
    bool converged = fit.result.status == OPTIM_CONVERGED, known = robust_variance(r, &fit, theta, &variance);
    char *loss = mem_format("huber:%.15g", fit.delta);
    add_estimates(w, theta, converged && known ? r->triangle : NULL, r->terms + 1, variance, freedom_of(r));
    if (converged && !known && freedom_of(r) > 0)
        notice(t->run, "only %.12g of %.12g errors are within DELTA: no standard errors are given; use a larger DELTA",
               fit.within, r->data->weight_sum);
    if (t->scaled) {
        model_set_number(w->model, &field_loss_parameter, fit.k);
        model_set_number(w->model, &field_error_scale, fit.scale);
    }
    w->how = "newton";
    w->norm = fit.result.gradient_norm;
    w->decrement = fit.result.decrement;
    w->minimum = fit.result.value;
    w->iterations = fit.result.iterations;
    finish_model(w, loss, converged);
    free(loss);
    free(theta);
    return huber_verdict(&fit, t->tolerance, err);
}

/* Laplace's likelihood at the scale that is its maximum, the mean absolute residual. */
static enum status fit_l1(struct train_linear_work *w, struct err *err)
{
    const struct regress *r = w->rows;
    struct lad_result result;
    double *theta = mem_alloc(r->terms, sizeof *theta), *factor = mem_zero(r->terms * r->terms, sizeof *factor);
    lad_fit(r, theta, &result);
    bool known = result.converged && lad_errors(r, theta, w->task->columns->aweights != NULL, factor);
    add_estimates(w, theta, known ? factor : NULL, r->terms, 1, freedom_of(r));
    if (result.converged && !known && freedom_of(r) > 0)
        notice(w->task->run, "the density of the errors at the median cannot be estimated from tied or few rows: no "
                             "standard errors are given");
    w->how = "simplex";
    w->norm = result.gap / r->target_scale;
    w->minimum = result.value;
    w->iterations = result.exchanges;
    model_set_number(w->model, &field_loglik, w->data->log_weights - w->data->weight_sum * (log(2 * result.value) + 1));
    finish_model(w, "l1", result.converged);
    free(theta);
    free(factor);
    if (result.converged)
        return STATUS_OK;
    if (isnan(result.gap))
        err_data(err,
                 "not converged after %zu exchanges: how far the mean absolute residual %.12g is above the minimum "
                 "is not known",
                 result.exchanges, result.value);
    else
        err_data(err,
                 "not converged after %zu exchanges: the mean absolute residual %.12g may be %.3g above the minimum",
                 result.exchanges, result.value, result.gap);
    return train_unconverged(err);
}

static enum status fit_sd(struct train_linear_work *w, struct err *err)
{
    struct hetero *fit = NULL;
    enum status status = choose_sd(w, err);
    if (status != STATUS_OK)
        return status;
    hetero_fit(&fit, w->rows, w->in_sd, w->task->tolerance);
    size_t n = fit->mean.n, ld = n + fit->sd.n;
    bool narrows = fit->least_sd < narrow, converged = fit->result.status == OPTIM_CONVERGED && !narrows;
    const double *covariance = converged ? fit->covariance : NULL;
    add_block(w, &fit->mean, false, fit->theta, covariance, ld);
    add_block(w, &fit->sd, true, fit->theta + n, covariance != NULL ? covariance + n * (ld + 1) : NULL, ld);
    w->how = "newton";
    w->norm = fit->result.gradient_norm;
    w->decrement = fit->result.decrement;
    w->minimum = -fit->loglik / w->data->weight_sum;
    w->iterations = fit->result.iterations;
    model_set_number(w->model, &field_loglik, fit->loglik);
    finish_model(w, "nll", converged);
    if (narrows)
        err_data(err, "the standard deviation approaches 0 at a row, where the likelihood is unbounded; use fewer "
                      "columns in --heteroscedastic");
    else if (!converged)
        refuse_optimum(&fit->result, w->task->tolerance, "", err);
    hetero_free(fit);
    return converged ? STATUS_OK : train_unconverged(err);
}

enum status train_linear_run(const struct train_linear *task, struct err *err)
{
    static enum status (*const fits[])(struct train_linear_work *, struct err *) = {
        [TRAIN_LINEAR_HUBER] = fit_huber, [TRAIN_LINEAR_L1] = fit_l1, [TRAIN_LINEAR_SD] = fit_sd};
    struct train_linear_work w = {.task = task, .decrement = (double)NAN};
    struct err written = {0};
    enum status status = load(&w, err);
    if (status == STATUS_OK) {
        start_model(&w);
        status = fits[task->loss](&w, err);
    }
    if ((status == STATUS_OK || status == STATUS_UNCONVERGED) &&
        model_write(task->output, w.model, task->run, &written) != STATUS_OK) {
        *err = written;
        status = written.status;
    }
    model_free(w.model);
    free(w.in_sd);
    regress_free(w.rows);
    dataset_free(w.data);
    return status;
}
