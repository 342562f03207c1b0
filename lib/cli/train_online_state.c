#include "cli/train_online_state.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

void train_online_save(struct model *model, const struct online_fit *fit, const uint32_t *order)
{
    struct online_state s = online_save(fit->online);
    size_t classes = dict_count(fit->labels), scores = online_scores(fit->online), width = 1 + fit->d, square = width * width;
    size_t shape[] = {scores, width, width};
    double *theta = mem_alloc(scores, width * sizeof *theta), *linear = mem_alloc(scores, width * sizeof *linear);
    double *origin = mem_zero(scores, width * sizeof *origin);
    double *quadratic = mem_alloc(scores, square * sizeof *quadratic), *weights = mem_alloc(classes, sizeof *weights);
    for (size_t k = 0; k < scores; k++) {
        size_t from = scores > 1 ? order[k] : 0;
        double sign = scores == 1 && order[1] == 0 ? -1 : 1;
        for (size_t j = 0; j < width; j++) {
            theta[k * width + j] = sign * s.theta[from * width + j];
            linear[k * width + j] = sign * s.linear[from * width + j];
            if (s.origin != NULL)
                origin[k * width + j] = sign * s.origin[from * width + j];
        }
        memcpy(quadratic + k * square, s.quadratic + from * square, square * sizeof *quadratic);
    }
    for (size_t k = 0; k < classes; k++)
        weights[k] = fit->class_weight[order[k]];
    model_set_number(model, "online_rows", (double)s.rows);
    model_set_number(model, "online_weight", s.weight);
    model_set_number(model, "online_earlier", s.earlier);
    model_set_number(model, "online_loss", fit->loss_sum);
    model_set_vector(model, "online_class_weights", classes, weights);
    model_set_vector(model, "online_center", fit->d, s.center);
    model_set_vector(model, "online_mean", fit->d, s.mean);
    model_set_vector(model, "online_m2", fit->d, s.m2);
    model_set_array(model, "online_theta", 2, shape, theta);
    model_set_array(model, "online_linear", 2, shape, linear);
    model_set_array(model, "online_quadratic", 3, shape, quadratic);
    if (s.origin != NULL)
        model_set_array(model, "online_origin", 2, shape, origin);
    free(theta);
    free(linear);
    free(origin);
    free(quadratic);
    free(weights);
}

/* ---- reading ---- */

/* An array of `count` finite numbers. */
static enum status need(const struct model *model, const char *name, size_t count, const double **values, struct err *err)
{
    size_t dimensions, n = 1;
    const size_t *shape;
    if (!model_array(model, name, &dimensions, &shape, values))
        return err_data(err, "the model has no '%s'", name);
    for (size_t i = 0; i < dimensions; i++)
        n *= shape[i];
    if (n != count)
        return err_data(err, "the model's '%s' has %zu numbers instead of %zu", name, n, count);
    for (size_t i = 0; i < n; i++)
        if (!isfinite((*values)[i]))
            return err_data(err, "a number of the model's '%s' is not finite", name);
    return STATUS_OK;
}

/* Lets the one score be that of the other class. */
static void flip(struct train_online_start *s, size_t width)
{
    const double **of_score[] = {&s->state.theta, &s->state.linear, &s->state.origin};
    double *to = s->numbers = mem_alloc(3 * width + 2, sizeof *s->numbers);
    for (size_t i = 0; i < 3; i++, to += width) {
        for (size_t j = 0; *of_score[i] != NULL && j < width; j++)
            to[j] = -(*of_score[i])[j];
        *of_score[i] = *of_score[i] != NULL ? to : NULL;
    }
    for (size_t k = 0; k < 2; k++)
        to[k] = s->fit.class_weight[1 - k];
    s->fit.class_weight = to;
}

static enum status load_state(struct train_online_start *s, const struct model *model, size_t scores, bool flipped, struct err *err)
{
    size_t d = s->fit.d, width = 1 + d, n = scores * width;
    double rows = 0, skipped = 0;
    size_t dimensions;
    const size_t *shape;
    struct online_state *state = &s->state;
    enum status status = need(model, "online_center", d, &state->center, err);
    if (status == STATUS_OK)
        status = need(model, "online_mean", d, &state->mean, err);
    if (status == STATUS_OK)
        status = need(model, "online_m2", d, &state->m2, err);
    if (status == STATUS_OK)
        status = need(model, "online_theta", n, &state->theta, err);
    if (status == STATUS_OK)
        status = need(model, "online_linear", n, &state->linear, err);
    if (status == STATUS_OK)
        status = need(model, "online_quadratic", n * width, &state->quadratic, err);
    if (status == STATUS_OK && model_array(model, "online_origin", &dimensions, &shape, &state->origin))
        status = need(model, "online_origin", n, &state->origin, err);
    if (status == STATUS_OK)
        status = need(model, "online_class_weights", s->fit.n_labels, &s->fit.class_weight, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "online_weight", &state->weight, err);
    if (status != STATUS_OK)
        return status;
    model_number(model, "online_rows", &rows);
    model_number(model, "skipped", &skipped);
    if (!(rows >= 1 && rows < 1e18 && skipped >= 0 && skipped < 1e18))
        return err_data(err, "the model's 'online_rows' or 'skipped' is no number of rows");
    state->rows = (size_t)rows;
    s->fit.skipped = (size_t)skipped;
    model_number(model, "online_earlier", &state->earlier);
    model_number(model, "weight_sum", &s->fit.weight_sum);
    model_number(model, "online_loss", &s->fit.loss_sum);
    s->fit.state = state;
    if (!flipped)
        return STATUS_OK;
    flip(s, width);
    return STATUS_OK;
}

enum status train_online_load(struct train_online_start *s, const struct train_init *init, const char *const *labels, struct err *err)
{
    const struct predictor *p = init->predictor;
    const char *solver = "";
    double rows;
    s->fit = (struct online_fit_start){.name = init->path, .d = p->d, .features = p->features, .n_labels = p->labels};
    model_text(init->model, "solver", &solver);
    if (strcmp(solver, "online") == 0 && model_number(init->model, "online_rows", &rows)) {
        bool flipped = p->scores == 1 && strcmp(labels[1], p->label[1]) != 0;
        return load_state(s, init->model, p->scores, flipped, err) == STATUS_OK ? STATUS_OK : err_at(err, init->path, 0);
    }
    model_number(init->model, "weight_sum", &s->fit.weight);
    s->fit.weight = s->fit.weight > 0 && isfinite(s->fit.weight) ? s->fit.weight : 0;
    enum status status = train_init_coefficients(init, p->d, p->features, p->labels, labels, &s->numbers, err);
    s->fit.coefficients = s->numbers;
    return status;
}

void train_online_release(struct train_online_start *start)
{
    free(start->numbers);
}
