/* Online learning, resumed: what a pass over rows (fit/online/online_fit) knows becomes fields of the model that it
 * made, and these become the start of the next pass.
 *
 * Written are, for either learner, the counts of rows and the order of the classes in the pass. Where features are few
 * there is also the quadratic approximation of the log-likelihood and the rows that wait for a batch (write_recursion,
 * write_kept); where they are many, two averages per coefficient (write_diagonal).
 *
 * online_state_read assumes that model_check has seen types, shapes and finite numbers. Arrays are not copied, so the
 * model must outlive the start. With two classes and one score the next pass may call the other class the positive one:
 * then the numbers that change their sign are copied (flip_recursion, flip_diagonal). */

#include "model/online_state.h"

#include "base/mem.h"
#include "data/table/svm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static void write_recursion(struct model *model, const struct online *online, size_t d)
{
    struct online_state s = online_save(online);
    size_t shape[] = {online_scores(online), 1 + d, 1 + d};
    model_set_number(model, &field_online_weight, s.weight);
    model_set_number(model, &field_online_earlier, s.earlier);
    model_set_vector(model, &field_online_center, d, s.center);
    model_set_vector(model, &field_online_mean, d, s.mean);
    model_set_vector(model, &field_online_m2, d, s.m2);
    model_set_array(model, &field_online_theta, 2, shape, s.theta);
    model_set_array(model, &field_online_linear, 2, shape, s.linear);
    model_set_array(model, &field_online_quadratic, 3, shape, s.quadratic);
    if (s.origin != NULL)
        model_set_array(model, &field_online_origin, 2, shape, s.origin);
    if (s.start != NULL)
        model_set_array(model, &field_online_start, 2, shape, s.start);
}

/* Rows that wait for a batch, and the numbers of their labels behind them. */
static void write_kept(struct model *model, const struct online_pending *kept, size_t d)
{
    size_t shape[] = {kept->rows, d + 3};
    double *numbers = mem_alloc(shape[0], shape[1] * sizeof *numbers);
    for (size_t i = 0; i < kept->rows; i++) {
        memcpy(numbers + i * (d + 3), kept->x + i * (d + 2), (d + 2) * sizeof *numbers);
        numbers[i * (d + 3) + d + 2] = kept->label[i];
    }
    model_set_array(model, &field_online_kept, 2, shape, numbers);
    free(numbers);
}

static void write_diagonal(struct model *model, const struct online_fit *fit)
{
    const struct online_diagonal *diagonal = online_fit_diagonal(fit);
    size_t shape[] = {online_diagonal_rows(online_diagonal_scores(diagonal)), 1 + fit->d};
    double *numbers = mem_zero(shape[0], shape[1] * sizeof *numbers);
    struct online_diagonal_state s = {0};
    online_diagonal_totals(diagonal, &s);
    online_diagonal_save(diagonal, fit->d, fit->index, numbers);
    model_set_number(model, &field_online_weight, s.weight);
    model_set_number(model, &field_online_earlier, s.earlier);
    model_set_number(model, &field_online_values, s.values);
    model_set_number(model, &field_online_sparse, fit->sparse);
    model_set_number(model, &field_online_share, s.mix.share);
    model_set_number(model, &field_online_share_curvature, s.mix.curvature);
    model_set_array(model, &field_online_diagonal, 2, shape, numbers);
    free(numbers);
}

void online_state_write(struct model *model, const struct online_fit *fit, const uint32_t *order)
{
    const struct online_batches *batches = online_fit_batches(fit);
    size_t classes = dict_count(fit->labels);
    double *numbers = mem_alloc(classes, sizeof *numbers);
    for (size_t k = 0; k < classes; k++)
        numbers[k] = order[k];
    model_set_number(model, &field_online_rows, (double)fit->rows);
    model_set_number(model, &field_online_loss, fit->loss_sum);
    model_set_number(model, &field_online_mark_rows, (double)fit->mark.rows);
    model_set_number(model, &field_online_mark_weight, fit->mark.weight);
    model_set_number(model, &field_online_mark_loss, fit->mark.loss);
    model_set_vector(model, &field_online_order, classes, numbers);
    model_set_vector(model, &field_online_class_weights, classes, fit->class_weight);
    if (batches != NULL && batches->pending.rows > 0)
        write_kept(model, &batches->pending, fit->d);
    if (batches != NULL)
        write_recursion(model, batches->online, fit->d);
    else
        write_diagonal(model, fit);
    free(numbers);
}

/* ---- reading ---- */

bool online_state_is_there(const struct model *model)
{
    return model_has(model, &field_online_rows);
}

enum status online_state_order(const struct predictor *p, uint32_t *order, struct err *err)
{
    const double *numbers = model_values(p->model, &field_online_order);
    bool *taken = mem_zero(p->labels, sizeof *taken);
    enum status status = STATUS_OK;
    for (size_t k = 0; k < p->labels && status == STATUS_OK; k++) {
        order[k] = (uint32_t)k;
        if (numbers == NULL)
            continue;
        if (numbers[k] >= 0 && numbers[k] < (double)p->labels)
            order[k] = (uint32_t)numbers[k];
        if ((double)order[k] != numbers[k] || taken[order[k]])
            status = err_data(err, "the model's '%s' is not an order of its classes", field_online_order.name);
        else
            taken[order[k]] = true;
    }
    free(taken);
    return status;
}

/* Takes the class weights for those of the other order. */
static void flip_classes(struct online_state_start *s)
{
    for (size_t k = 0; k < 2; k++)
        s->class_weight[k] = s->fit.class_weight[1 - k];
    s->fit.class_weight = s->class_weight;
}

/* Lets the one score of a recursion be that of the other class. */
static void flip_recursion(struct online_state_start *s, size_t width)
{
    const double **of_score[] = {&s->state.theta, &s->state.linear, &s->state.origin, &s->state.start};
    double *to = s->numbers = mem_alloc(4 * width, sizeof *s->numbers);
    for (size_t i = 0; i < 4; i++, to += width) {
        for (size_t j = 0; *of_score[i] != NULL && j < width; j++)
            to[j] = -(*of_score[i])[j];
        *of_score[i] = *of_score[i] != NULL ? to : NULL;
    }
    for (size_t i = 0; i < s->fit.pending; i++) {
        s->label[i] = 1 - s->label[i];
        s->kept[(i + 1) * (width + 1) - 1] *= -1; /* the offset */
    }
}

/* Rows that wait for a batch. */
static enum status read_kept(struct online_state_start *s, const struct model *model, struct err *err)
{
    struct model_array array = model_array(model, &field_online_kept);
    size_t d = s->fit.d, rows = array.values != NULL ? array.shape[0] : 0;
    if (rows > s->fit.rows)
        return err_data(err, "the model's '%s' has more rows than the model was trained on", field_online_kept.name);
    s->kept = mem_alloc(rows, (d + 2) * sizeof *s->kept);
    s->label = mem_alloc(rows, sizeof *s->label);
    for (size_t i = 0; i < rows; i++) {
        const double *row = array.values + i * (d + 3);
        if (!(row[d] >= 0 && row[d + 2] >= 0 && row[d + 2] < (double)s->fit.n_labels))
            return err_data(err, "the model's '%s' has an invalid weight or class", field_online_kept.name);
        memcpy(s->kept + i * (d + 2), row, (d + 2) * sizeof *s->kept);
        s->label[i] = (uint32_t)row[d + 2];
    }
    s->fit.pending = rows;
    s->fit.pending_x = s->kept;
    s->fit.pending_label = s->label;
    return STATUS_OK;
}

static enum status read_recursion(struct online_state_start *s, const struct model *model, struct err *err)
{
    if (!model_has(model, &field_online_theta))
        return err_data(err, "the model has no '%s'", field_online_theta.name);
    enum status status = read_kept(s, model, err);
    s->state = (struct online_state){
        .rows = s->fit.rows - s->fit.pending,
        .weight = model_number(model, &field_online_weight, 0),
        .earlier = model_number(model, &field_online_earlier, 0),
        .center = model_values(model, &field_online_center),
        .mean = model_values(model, &field_online_mean),
        .m2 = model_values(model, &field_online_m2),
        .theta = model_values(model, &field_online_theta),
        .linear = model_values(model, &field_online_linear),
        .quadratic = model_values(model, &field_online_quadratic),
        .origin = model_values(model, &field_online_origin),
        .start = model_values(model, &field_online_start),
    };
    s->fit.state = &s->state;
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
static void set_indexes(struct online_state_start *s)
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
static void number_columns(struct online_state_start *s)
{
    for (size_t j = 0; j < s->fit.d; j++)
        s->index[j] = (uint32_t)j;
}

/* Lets the one score of a diagonal be that of the other class. */
static void flip_diagonal(struct online_state_start *s, size_t width)
{
    size_t n = online_diagonal_rows(1) * width;
    s->numbers = mem_alloc(n, sizeof *s->numbers);
    memcpy(s->numbers, s->diagonal.numbers, n * sizeof *s->numbers);
    for (size_t i = ONLINE_DIAGONAL_MOMENTS * width; i < n - width; i++) /* all but curvatures */
        s->numbers[i] *= -1;
    s->diagonal.numbers = s->numbers;
}

static enum status read_diagonal(struct online_state_start *s, const struct model *model, size_t scores,
                                 struct err *err)
{
    struct model_array array = model_array(model, &field_online_diagonal);
    if (array.shape[0] != online_diagonal_rows(scores))
        return err_data(err, "the model's '%s' has %zu rows instead of %zu", field_online_diagonal.name, array.shape[0],
                        online_diagonal_rows(scores));
    s->fit.sparse = model_number(model, &field_online_sparse, 0) != 0;
    if (s->fit.sparse && s->fit.index == NULL)
        return err_data(err, "the model has features whose names are not indexes of svmlight rows");
    if (!s->fit.sparse)
        number_columns(s);
    s->diagonal = (struct online_diagonal_state){
        .n = s->fit.d,
        .weight = model_number(model, &field_online_weight, 0),
        .earlier = model_number(model, &field_online_earlier, 0),
        .values = model_number(model, &field_online_values, 0),
        .index = s->index,
        .numbers = array.values,
        .mix = {model_number(model, &field_online_share, 0), model_number(model, &field_online_share_curvature, 0)},
    };
    s->fit.diagonal = &s->diagonal;
    return online_diagonal_is_sound(&s->diagonal, scores)
               ? STATUS_OK
               : err_data(err, "the model's '%s' has invalid numbers", field_online_diagonal.name);
}

static void begin(struct online_state_start *s, const struct predictor *p, const char *name)
{
    s->fit = (struct online_fit_start){.name = name, .d = p->d, .features = p->features, .n_labels = p->labels};
    set_indexes(s);
}

/* Whether the class of the one score is another one than in the state. */
static enum status compare_classes(const struct predictor *p, const char *const *labels, bool *flipped, struct err *err)
{
    uint32_t *order = mem_alloc(p->labels, sizeof *order);
    enum status status = online_state_order(p, order, err);
    *flipped = status == STATUS_OK && p->scores == 1 && strcmp(labels[1], p->label[order[1] == 1]) != 0;
    free(order);
    return status;
}

/* The last report. Models of 0.1.0 lack it, and the end of the last batch replaces it. */
static void read_mark(struct online_state_start *s, const struct model *model)
{
    struct online_fit_mark *mark = &s->fit.mark;
    *mark = (struct online_fit_mark){s->fit.rows - s->fit.pending, s->fit.weight_sum, s->fit.loss_sum};
    for (size_t i = 0; i < s->fit.pending; i++)
        mark->weight -= s->fit.pending_x[i * (s->fit.d + 2) + s->fit.d];
    mark->rows = (size_t)model_number(model, &field_online_mark_rows, (double)mark->rows);
    mark->weight = model_number(model, &field_online_mark_weight, mark->weight);
    mark->loss = model_number(model, &field_online_mark_loss, mark->loss);
}

enum status online_state_read(struct online_state_start *s, const struct predictor *p, const char *name,
                              const char *const *labels, struct err *err)
{
    const struct model *m = p->model;
    bool flipped, is_diagonal = model_has(m, &field_online_diagonal);
    begin(s, p, name);
    s->fit.rows = (size_t)model_number(m, &field_online_rows, 0);
    s->fit.skipped = (size_t)model_number(m, &field_skipped, 0);
    s->fit.weight_sum = model_number(m, &field_weight_sum, 0);
    s->fit.loss_sum = model_number(m, &field_online_loss, 0);
    s->fit.class_weight = model_values(m, &field_online_class_weights);
    if (s->fit.rows == 0)
        return err_data(err, "the model's '%s' is 0", field_online_rows.name);
    enum status status = compare_classes(p, labels, &flipped, err);
    if (status == STATUS_OK)
        status = is_diagonal ? read_diagonal(s, m, p->scores, err) : read_recursion(s, m, err);
    if (status == STATUS_OK)
        read_mark(s, m);
    if (status != STATUS_OK || !flipped)
        return status;
    (is_diagonal ? flip_diagonal : flip_recursion)(s, 1 + s->fit.d);
    flip_classes(s);
    return STATUS_OK;
}

void online_state_start_at(struct online_state_start *s, const struct predictor *p, const char *name,
                           double *coefficients)
{
    double weight = model_number(p->model, &field_weight_sum, 0);
    begin(s, p, name);
    s->fit.coefficients = s->numbers = coefficients;
    s->fit.weight = weight > 0 && isfinite(weight) ? weight : 0;
}

void online_state_release(struct online_state_start *start)
{
    free(start->index);
    free(start->label);
    free(start->kept);
    free(start->numbers);
}
