/* The fit of classes.
 *
 * 1. choose_solver: Newton's method where second derivatives are cheap, else one of gradients (optim/).
 * 2. start_at_init, optimise: from the start to the optimum of the objective (fit/glm/glm_objective.c), or by
 *    stochastic gradients (fit/glm/glm_sgd.c).
 * 3. infer: with the Hessian at the optimum, whether the classes are separated (fit/glm/separation.c), and the
 *    covariance of the coefficients (fit/glm/inference.c). */
#include "app/train/train_work.h"

#include "app/train/train_trace.h"
#include "base/mem.h"
#include "fit/glm/glm_sgd.h"

#include <math.h>
#include <stdlib.h>

enum {
    NEWTON_PARAMETERS = 1000, /* up to which --solver auto takes Newton's method, */
    CHEAP_PARAMETERS = 500,   /* up to which a Hessian is cheap beside products with it */
    REMEMBERED = 1 << 25,     /* numbers at most that L-BFGS remembers beyond the usual */
};
static const double newton_products = 1e10; /* if a Hessian takes no more of them */

bool train_fit_is_penalised(const struct train *t)
{
    return t->settings->penalty.l1 > 0 || t->l2 > 0;
}

/* Of dense rows L-BFGS needs fewer passes than conjugate gradients do. */
static void choose_solver(struct train *t)
{
    double width = (double)t->glm->width, scores = (double)t->glm->scores,
           pairs = scores > 1 ? scores * (scores - 1) / 2 : 1;
    bool cheap = width * (double)t->glm->blocks <= NEWTON_PARAMETERS &&
                 (double)t->data->n * pairs * width * width / 2 <= newton_products;
    t->solver = train_solver_at(t->settings->solver);
    if (t->solver != NULL)
        return;
    if (cheap)
        t->solver = &optim_newton;
    else
        t->solver = t->data->sparse || t->settings->penalty.l1 > 0 ? &optim_newton_cg : &optim_lbfgs;
}

static size_t parameters(const struct train *t)
{
    return t->glm->blocks * t->glm->width;
}

/* Whether the effective number of coefficients under an l2 costs little, as the Hessian is at hand. */
static bool counts_effective(const struct train *t)
{
    return t->l2 > 0 && t->solver->uses_hessian && parameters(t) <= TRAIN_COVARIANCE_MAX;
}

/* Whether separation, standard errors or the effective number of coefficients follow from the Hessian of the likelihood
 * at the optimum. */
static bool infers(const struct train *t)
{
    bool wanted = !train_fit_is_penalised(t) || t->settings->penalized_errors != TRAIN_ERRORS_NO || counts_effective(t);
    return wanted && t->task->loss == t->task->likelihood && !t->solver->is_stochastic;
}

static void descend(struct train *t, struct train_trace *trace)
{
    const struct train_settings *s = t->settings;
    struct glm_sgd_options options = {.epochs = s->epochs > 0 ? s->epochs : t->solver->max_iterations,
                                      .rate = s->learning_rate,
                                      .tolerance = s->tolerance,
                                      .seed = t->run->general->seed,
                                      .context = trace,
                                      .progress = train_trace_add};
    glm_sgd(t->glm, &options, t->theta, &t->result);
    if (s->init != NULL && t->result.status == OPTIM_STALLED)
        t->result.status = OPTIM_EPOCHS; /* the start may well be better than noisy steps from there */
}

static enum status optimise(struct train *t, struct err *err)
{
    const struct train_settings *s = t->settings;
    struct objective objective = glm_objective(t->glm);
    struct train_trace trace = {0};
    struct optim_options options = {
        .tolerance = s->tolerance,
        .is_polished = true,
        .max_iterations = s->max_iterations > 0 ? s->max_iterations : t->solver->max_iterations,
        .learning_rate = s->learning_rate > 0 ? s->learning_rate : 0.1,
        .wants_hessian = infers(t),
        .hessian_is_cheap = objective.n <= CHEAP_PARAMETERS,
        .progress = train_trace_add,
        .diagonal = t->glm->diagonal,
        .pairs = 2 * OPTIM_PAIRS_MAX * objective.n <= REMEMBERED ? OPTIM_PAIRS_MAX : OPTIM_PAIRS,
        .context = &trace};
    enum status status = train_trace_open(&trace, s->trace, err);
    if (status != STATUS_OK)
        return status;
    if (s->init == NULL)
        t->theta = mem_zero(objective.n, sizeof *t->theta);
    bool is_convex = t->task->loss == t->task->likelihood;
    if (s->init == NULL && is_convex)
        glm_start_intercepts(t->glm, t->theta);
    if (s->init == NULL && is_convex && t->solver->uses_hessian)
        glm_start(t->glm, t->theta);
    if (t->solver->is_stochastic)
        descend(t, &trace);
    else
        t->solver->run(&objective, &options, t->theta, &t->result);
    glm_center(t->glm, t->theta);
    return train_trace_close(&trace, err);
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

/* The sandwich, where rows are not independent observations of the weight that they have. */
static void choose_errors(struct train *t)
{
    bool are_importances = t->settings->columns.aweights != NULL;
    t->is_sandwich = !inference_counts_rows(t->glm, are_importances);
    if (t->is_sandwich)
        inference_use_sandwich(&t->inference, t->glm, t->theta, are_importances);
}

/* Separation, where the objective is a likelihood without a penalty, and standard errors. */
static void infer(struct train *t)
{
    struct objective objective = glm_objective(t->glm);
    size_t n = objective.n;
    if (!infers(t))
        return;
    if (n > TRAIN_COVARIANCE_MAX) {
        if (t->settings->penalized_errors != TRAIN_ERRORS_NO)
            notice(t->run, "no standard errors are given for more than %d coefficients", TRAIN_COVARIANCE_MAX);
        else if (!train_fit_is_penalised(t))
            separation_find_wide(t->glm, t->theta, &t->separation);
        return;
    }
    double *gradient = mem_alloc(n, sizeof *gradient), *hessian = mem_alloc(n, n * sizeof *hessian);
    objective.evaluate(objective.context, t->theta, gradient, hessian);
    bool has_optimum = t->result.status == OPTIM_CONVERGED, is_definite = false;
    if (counts_effective(t) && has_optimum)
        t->effective = inference_effective(t->glm, t->theta, hessian);
    if (!train_fit_is_penalised(t) || t->settings->penalized_errors != TRAIN_ERRORS_NO)
        is_definite = inference_new(&t->inference, t->glm, t->theta, hessian);
    if (!train_fit_is_penalised(t)) {
        if (is_definite)
            inference_invert(&t->inference, t->glm, hessian);
        separation_find(t->glm, t->theta, gradient, is_definite ? hessian : NULL, &t->separation);
    }
    t->has_errors = is_definite && has_optimum && t->separation.kind == SEPARATION_NONE;
    if (t->has_errors && !train_fit_is_penalised(t))
        choose_errors(t);
    if (t->has_errors && t->inference.digits > 0)
        notice(t->run,
               "columns are nearly collinear and too many for a QR factor: standard errors have about %d digits",
               t->inference.digits);
    free(hessian);
    free(gradient);
}

enum status train_fit(struct train *t, struct err *err)
{
    choose_solver(t);
    t->effective = (double)NAN;
    enum status status = start_at_init(t, err);
    if (status == STATUS_OK)
        status = optimise(t, err);
    if (status == STATUS_OK)
        infer(t);
    return status;
}
