#include "app/train/train_online_state.h"

#include "base/mem.h"
#include "data/table/svm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static void save_recursion(struct model *model, const struct online *online, size_t d)
{
    struct online_state s = online_save(online);
    size_t shape[] = {online_scores(online), 1 + d, 1 + d};
    model_set_number(model, "online_weight", s.weight);
    model_set_number(model, "online_earlier", s.earlier);
    model_set_vector(model, "online_center", d, s.center);
    model_set_vector(model, "online_mean", d, s.mean);
    model_set_vector(model, "online_m2", d, s.m2);
    model_set_array(model, "online_theta", 2, shape, s.theta);
    model_set_array(model, "online_linear", 2, shape, s.linear);
    model_set_array(model, "online_quadratic", 3, shape, s.quadratic);
    if (s.origin != NULL)
        model_set_array(model, "online_origin", 2, shape, s.origin);
    if (s.start != NULL)
        model_set_array(model, "online_start", 2, shape, s.start);
}

/* Rows that wait for a batch, and the numbers of their labels behind them. */
static void save_kept(struct model *model, const struct online_pending *kept, size_t d)
{
    size_t shape[] = {kept->rows, d + 3};
    double *numbers = mem_alloc(shape[0], shape[1] * sizeof *numbers);
    for (size_t i = 0; i < kept->rows; i++) {
        memcpy(numbers + i * (d + 3), kept->x + i * (d + 2), (d + 2) * sizeof *numbers);
        numbers[i * (d + 3) + d + 2] = kept->label[i];
    }
    model_set_array(model, "online_kept", 2, shape, numbers);
    free(numbers);
}

static void save_diagonal(struct model *model, const struct online_fit *fit)
{
    const struct online_diagonal *diagonal = online_fit_diagonal(fit);
    size_t shape[] = {online_diagonal_rows(online_diagonal_scores(diagonal)), 1 + fit->d};
    double *numbers = mem_zero(shape[0], shape[1] * sizeof *numbers);
    struct online_diagonal_state s = {0};
    online_diagonal_totals(diagonal, &s);
    online_diagonal_save(diagonal, fit->d, fit->index, numbers);
    model_set_number(model, "online_weight", s.weight);
    model_set_number(model, "online_earlier", s.earlier);
    model_set_number(model, "online_values", s.values);
    model_set_number(model, "online_sparse", fit->sparse);
    model_set_number(model, "online_share", s.mix.share);
    model_set_number(model, "online_share_curvature", s.mix.curvature);
    model_set_array(model, "online_diagonal", 2, shape, numbers);
    free(numbers);
}

void train_online_save(struct model *model, const struct online_fit *fit, const uint32_t *order)
{
    const struct online_batches *batches = online_fit_batches(fit);
    size_t classes = dict_count(fit->labels);
    double *numbers = mem_alloc(classes, sizeof *numbers);
    for (size_t k = 0; k < classes; k++)
        numbers[k] = order[k];
    model_set_number(model, "online_rows", (double)fit->rows);
    model_set_number(model, "online_loss", fit->loss_sum);
    model_set_vector(model, "online_order", classes, numbers);
    model_set_vector(model, "online_class_weights", classes, fit->class_weight);
    if (batches != NULL && batches->pending.rows > 0)
        save_kept(model, &batches->pending, fit->d);
    if (batches != NULL)
        save_recursion(model, batches->online, fit->d);
    else
        save_diagonal(model, fit);
    free(numbers);
}

/* ---- reading ---- */

static bool holds_state(const struct model *model)
{
    const char *solver = "";
    double rows;
    model_text(model, "solver", &solver);
    return strcmp(solver, "online") == 0 && model_number(model, "online_rows", &rows);
}

/* An array of `count` finite numbers. */
static enum status need(const struct model *model, const char *name, size_t count, const double **values,
                        struct err *err)
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

enum status train_online_order(const struct train_init *init, uint32_t *order, struct err *err)
{
    size_t classes = init->predictor->labels, dimensions;
    const size_t *shape;
    const double *numbers;
    for (size_t k = 0; k < classes; k++)
        order[k] = (uint32_t)k;
    if (!holds_state(init->model) || !model_array(init->model, "online_order", &dimensions, &shape, &numbers))
        return STATUS_OK;
    if (need(init->model, "online_order", classes, &numbers, err) != STATUS_OK)
        return err_at(err, init->path, 0);
    bool *taken = mem_zero(classes, sizeof *taken);
    for (size_t k = 0; k < classes && err->status == STATUS_OK; k++) {
        if (numbers[k] >= 0 && numbers[k] < (double)classes)
            order[k] = (uint32_t)numbers[k];
        if ((double)order[k] != numbers[k] || taken[order[k]])
            err_data(err, "the model's 'online_order' is no order of its classes");
        else
            taken[order[k]] = true;
    }
    free(taken);
    return err->status == STATUS_OK ? STATUS_OK : err_at(err, init->path, 0);
}

/* Takes the class weights for those of the other order. */
static void flip_classes(struct train_online_start *s)
{
    for (size_t k = 0; k < 2; k++)
        s->class_weight[k] = s->fit.class_weight[1 - k];
    s->fit.class_weight = s->class_weight;
}

/* Lets the one score of a recursion be that of the other class. */
static void flip_recursion(struct train_online_start *s, size_t width)
{
    const double **of_score[] = {&s->state.theta, &s->state.linear, &s->state.origin, &s->state.start};
    double *to = s->numbers = mem_alloc(4 * width, sizeof *s->numbers);
    for (size_t i = 0; i < 4; i++, to += width) {
        for (size_t j = 0; *of_score[i] != NULL && j < width; j++)
            to[j] = -(*of_score[i])[j];
        *of_score[i] = *of_score[i] != NULL ? to : NULL;
    }
    for (size_t i = 0; i < s->fit.kept; i++) {
        s->label[i] = 1 - s->label[i];
        s->kept[(i + 1) * (width + 1) - 1] *= -1; /* the offset */
    }
}

/* Rows that wait for a batch. */
static enum status load_kept(struct train_online_start *s, const struct model *model, struct err *err)
{
    size_t d = s->fit.d, dimensions;
    const size_t *shape;
    const double *numbers;
    if (!model_array(model, "online_kept", &dimensions, &shape, &numbers))
        return STATUS_OK;
    size_t rows = shape[0];
    if (rows > s->fit.rows)
        return err_data(err, "the model's 'online_kept' has more rows than the model is of");
    if (need(model, "online_kept", rows * (d + 3), &numbers, err) != STATUS_OK)
        return err->status;
    s->kept = mem_alloc(rows, (d + 2) * sizeof *s->kept);
    s->label = mem_alloc(rows, sizeof *s->label);
    for (size_t i = 0; i < rows; i++) {
        const double *row = numbers + i * (d + 3);
        if (!(row[d] >= 0 && row[d + 2] >= 0 && row[d + 2] < (double)s->fit.n_labels))
            return err_data(err, "the model's 'online_kept' has a weight or class that is none");
        memcpy(s->kept + i * (d + 2), row, (d + 2) * sizeof *s->kept);
        s->label[i] = (uint32_t)row[d + 2];
    }
    s->fit.kept = rows;
    s->fit.kept_x = s->kept;
    s->fit.kept_label = s->label;
    return STATUS_OK;
}

static enum status load_recursion(struct train_online_start *s, const struct model *model, size_t scores,
                                  struct err *err)
{
    size_t d = s->fit.d, width = 1 + d, n = scores * width, dimensions;
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
    if (status == STATUS_OK && model_array(model, "online_start", &dimensions, &shape, &state->start))
        status = need(model, "online_start", n, &state->start, err);
    if (status == STATUS_OK)
        status = load_kept(s, model, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "online_weight", &state->weight, err);
    model_number(model, "online_earlier", &state->earlier);
    state->rows = s->fit.rows - s->fit.kept;
    s->fit.state = state;
    return status;
}

/* The index, from 0, that a feature of svmlight text is called by; SVM_COLUMNS_MAX: its name is none. */
static uint32_t index_of(const char *name)
{
    uint32_t index = 0;
    for (size_t i = 0; name[i] != '\0'; i++) {
        if (name[i] < (i == 0 ? '1' : '0') || name[i] > '9' || index > SVM_COLUMNS_MAX / 10)
            return SVM_COLUMNS_MAX;
        index = 10 * index + (uint32_t)(name[i] - '0');
    }
    return index > 0 && index <= SVM_COLUMNS_MAX ? index - 1 : SVM_COLUMNS_MAX;
}

/* The indexes of the model's features, if all are called by such. */
static void set_indexes(struct train_online_start *s)
{
    s->index = mem_alloc(s->fit.d, sizeof *s->index);
    s->fit.index = s->index;
    for (size_t j = 0; j < s->fit.d; j++) {
        s->index[j] = index_of(s->fit.features[j]);
        if (s->index[j] == SVM_COLUMNS_MAX)
            s->fit.index = NULL;
    }
}

/* Those of columns are where they stand. */
static void number_columns(struct train_online_start *s)
{
    for (size_t j = 0; j < s->fit.d; j++)
        s->index[j] = (uint32_t)j;
}

/* Lets the one score of a diagonal be that of the other class. */
static void flip_diagonal(struct train_online_start *s, size_t width)
{
    size_t n = online_diagonal_rows(1) * width;
    s->numbers = mem_alloc(n, sizeof *s->numbers);
    memcpy(s->numbers, s->diagonal.numbers, n * sizeof *s->numbers);
    for (size_t i = ONLINE_DIAGONAL_MOMENTS * width; i < n - width; i++) /* all but curvatures */
        s->numbers[i] *= -1;
    s->diagonal.numbers = s->numbers;
}

static enum status load_diagonal(struct train_online_start *s, const struct model *model, size_t scores,
                                 struct err *err)
{
    size_t width = 1 + s->fit.d, n = online_diagonal_rows(scores) * width;
    double sparse = 0;
    enum status status = need(model, "online_diagonal", n, &s->diagonal.numbers, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "online_weight", &s->diagonal.weight, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "online_values", &s->diagonal.values, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "online_share", &s->diagonal.mix.share, err);
    if (status == STATUS_OK)
        status = model_need_number(model, "online_share_curvature", &s->diagonal.mix.curvature, err);
    model_number(model, "online_sparse", &sparse);
    model_number(model, "online_earlier", &s->diagonal.earlier);
    s->fit.sparse = sparse != 0;
    if (!s->fit.sparse)
        number_columns(s);
    else if (status == STATUS_OK && s->fit.index == NULL)
        status = err_data(err, "the model has features that are no indexes of svmlight text");
    s->diagonal.n = s->fit.d;
    s->diagonal.index = s->index;
    s->fit.diagonal = &s->diagonal;
    return status == STATUS_OK && !online_diagonal_is_sound(&s->diagonal, scores)
               ? err_data(err, "the numbers of the model's 'online_diagonal' cannot be such")
               : status;
}

static enum status load_state(struct train_online_start *s, const struct model *model, size_t scores, bool flipped,
                              struct err *err)
{
    double rows = 0, skipped = 0;
    size_t dimensions;
    const size_t *shape;
    const double *values;
    enum status status = need(model, "online_class_weights", s->fit.n_labels, &s->fit.class_weight, err);
    if (status != STATUS_OK)
        return status;
    model_number(model, "online_rows", &rows);
    model_number(model, "skipped", &skipped);
    if (!(rows >= 1 && rows < 1e18 && skipped >= 0 && skipped < 1e18))
        return err_data(err, "the model's 'online_rows' or 'skipped' is no number of rows");
    s->fit.rows = (size_t)rows;
    s->fit.skipped = (size_t)skipped;
    model_number(model, "weight_sum", &s->fit.weight_sum);
    model_number(model, "online_loss", &s->fit.loss_sum);
    bool is_diagonal = model_array(model, "online_diagonal", &dimensions, &shape, &values);
    status = (is_diagonal ? load_diagonal : load_recursion)(s, model, scores, err);
    if (status != STATUS_OK || !flipped)
        return status;
    (is_diagonal ? flip_diagonal : flip_recursion)(s, 1 + s->fit.d);
    flip_classes(s);
    return STATUS_OK;
}

enum status train_online_load(struct train_online_start *s, const struct train_init *init, const char *const *labels,
                              struct err *err)
{
    const struct predictor *p = init->predictor;
    s->fit = (struct online_fit_start){.name = init->path, .d = p->d, .features = p->features, .n_labels = p->labels};
    set_indexes(s);
    if (holds_state(init->model)) {
        uint32_t *order = mem_alloc(p->labels, sizeof *order);
        enum status status = train_online_order(init, order, err);
        bool flipped = p->scores == 1 && strcmp(labels[1], p->label[order[1] == 1]) != 0;
        if (status == STATUS_OK && load_state(s, init->model, p->scores, flipped, err) != STATUS_OK)
            status = err_at(err, init->path, 0);
        free(order);
        return status;
    }
    model_number(init->model, "weight_sum", &s->fit.weight);
    s->fit.weight = s->fit.weight > 0 && isfinite(s->fit.weight) ? s->fit.weight : 0;
    enum status status = train_init_coefficients(init, p->d, p->features, p->labels, labels, &s->numbers, err);
    s->fit.coefficients = s->numbers;
    return status;
}

void train_online_release(struct train_online_start *start)
{
    free(start->index);
    free(start->label);
    free(start->kept);
    free(start->numbers);
}
