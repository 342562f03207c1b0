/* A network of layers (fit/network/network.h).
 *
 * Writing: kind_network_write sets the layers' texts, their parameters, the loss, and the scale of the outputs.
 *
 * Reading (prepare):
 * 1. The loss says what is predicted: numbers, numbers with their sd, two classes by one score, or classes.
 * 2. parse_layers reads the texts of the layers before the last weighted sums; network_new adds those that the loss
 *    needs at the end, as it did in training.
 * 3. check_layers compares the parameters in the model with the shapes of these layers before memory is allocated.
 *
 * Predicting: features are centred and scaled, and pass through the layers in batches of ROWS. Scores are the last
 * weighted sums (of numbers in the targets' units); outputs are probabilities or the numbers. Each call has a batch of
 * its own, so threads share the predictor. */

#include "model/kind_network.h"

#include "base/mem.h"
#include "fit/network/network_batch.h"
#include "math/c_special.h"
#include "math/special.h"
#include "model/kind.h"
#include "model/predictor_prepare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 256 }; /* at a time */

struct kind_network_own {
    struct network *network;
    const struct loss *loss;
    double parameter; /* of the loss */
    char **targets;   /* outputs */
    double *parameters;
    const double *center, *scale;
    char **texts;
};

/* ---- writing ---- */

static void write_scale(struct model *model, const struct field *field, size_t n, const double *values)
{
    if (n == 1)
        model_set_number(model, field, values[0]);
    else
        model_set_vector(model, field, n, values);
}

void kind_network_write(struct model *model, const struct network *w, const double *parameters)
{
    const char **texts = mem_alloc(w->n_layers, sizeof *texts);
    for (size_t i = 0; i < w->n_layers; i++)
        texts[i] = network_layer_text(&w->layer[i]);
    model_set_texts(model, &field_layers, w->n_layers, texts);
    for (size_t i = 0; i < w->n_layers; i++) {
        const struct network_layer *l = &w->layer[i];
        free((char *)texts[i]);
        if (l->rows > 0)
            model_set_item(model, &field_parameters, i + 1, l->rows, l->columns, parameters + l->offset);
    }
    free(texts);
    model_set_text(model, &field_loss, w->loss->name);
    model_set_number(model, &field_loss_parameter, w->loss_parameter);
    if (w->targets > 0) {
        write_scale(model, &field_output_center, w->targets, w->center);
        write_scale(model, &field_output_scale, w->targets, w->scale);
    }
}

/* ---- reading ---- */

/* Of the layers before the last weighted sums. */
static enum status parse_layers(const struct model *model, struct network_item **items, size_t *n, struct err *err)
{
    size_t layers, length = 0;
    const char *const *texts = model_texts(model, &field_layers, &layers);
    while (layers > 0 && strncmp(texts[layers - 1], "linear", 6) != 0)
        layers--;
    if (layers == 0)
        return err_data(err, "the network ends without weighted sums");
    for (size_t i = 0; i + 1 < layers; i++)
        length += strlen(texts[i]) + 2;
    char *joined = mem_zero(length + 1, 1), *end = joined;
    for (size_t i = 0; i + 1 < layers; i++) {
        end += strlen(strcpy(end, i > 0 ? ", " : ""));
        end += strlen(strcpy(end, texts[i]));
    }
    enum status status = network_parse(joined, items, n, err);
    free(joined);
    return status == STATUS_OK ? status : err_data(err, "the model's layers are damaged");
}

/* The shape of a layer's parameters is that which the layers before it make. */
static enum status check_layer(const struct model *model, const struct network *w, size_t i, struct err *err)
{
    const struct network_layer *l = &w->layer[i];
    struct model_array array = model_item(model, &field_parameters, i + 1);
    if (l->rows == 0)
        return STATUS_OK;
    if (array.values == NULL)
        return err_data(err, "the model has no '%s_%zu'", field_parameters.name, i + 1);
    if (array.shape[0] != l->rows || array.shape[1] != l->columns)
        return err_data(err, "the model's '%s_%zu' is not %zu x %zu", field_parameters.name, i + 1, l->rows,
                        l->columns);
    return STATUS_OK;
}

static enum status check_layers(const struct model *model, const struct network *w, struct err *err)
{
    enum status status = STATUS_OK;
    size_t item;
    for (size_t i = 0; i < w->n_layers && status == STATUS_OK; i++)
        status = check_layer(model, w, i, err);
    for (size_t i = 0; i < model_entries(model) && status == STATUS_OK; i++)
        if (field_find(model_entry(model, i).name, &item) == &field_parameters &&
            (item > w->n_layers || w->layer[item - 1].rows == 0))
            status = err_data(err, "the model has '%s_%zu', but layer %zu has no parameters", field_parameters.name,
                              item, item);
    return status;
}

/* There is memory for the parameters once it is known that the model has as many. */
static enum status read_parameters(const struct predictor *p, struct kind_network_own *own, struct err *err)
{
    const struct network *w = own->network;
    enum status status = check_layers(p->model, w, err);
    if (status != STATUS_OK)
        return status;
    own->parameters = mem_alloc(w->parameters, sizeof *own->parameters);
    for (size_t i = 0; i < w->n_layers; i++)
        if (w->layer[i].rows > 0)
            memcpy(own->parameters + w->layer[i].offset, model_item(p->model, &field_parameters, i + 1).values,
                   w->layer[i].rows * w->layer[i].columns * sizeof(double));
    return STATUS_OK;
}

/* Whether the first layer that has parameters has a row more than inputs. */
static bool is_biased(const struct model *model, size_t d)
{
    size_t n;
    model_texts(model, &field_layers, &n);
    for (size_t i = 1; i <= n; i++) {
        struct model_array array = model_item(model, &field_parameters, i);
        if (array.values != NULL)
            return array.shape[0] == d + 1;
    }
    return false;
}

/* Of each target; model_check has seen that there are as many as targets, if the field is there. */
static enum status read_scale(const struct model *model, const struct field *field, size_t n, double *values,
                              struct err *err)
{
    if (!model_has(model, field))
        return err_data(err, "the model has no '%s'", field->name);
    if (n == 1)
        *values = model_number(model, field, 0);
    else
        memcpy(values, model_values(model, field), n * sizeof *values);
    return STATUS_OK;
}

static enum status read_network(struct predictor *p, struct kind_network_own *own, struct err *err)
{
    struct network_item *items = NULL;
    size_t n = 0;
    enum status status = parse_layers(p->model, &items, &n, err);
    if (status != STATUS_OK)
        return status;
    size_t outputs = network_has_sd(own->loss, own->parameter) ? p->scores / 2 : p->scores;
    network_new(&own->network, p->d, items, n, outputs, is_biased(p->model, p->d), own->loss, own->parameter);
    free(items);
    size_t targets = own->network->targets;
    if (targets > 0)
        status = read_scale(p->model, &field_output_center, targets, own->network->center, err);
    if (targets > 0 && status == STATUS_OK)
        status = read_scale(p->model, &field_output_scale, targets, own->network->scale, err);
    own->center = model_values(p->model, &field_center);
    own->scale = model_values(p->model, &field_scale);
    if (status == STATUS_OK)
        status = read_parameters(p, own, err);
    if (status != STATUS_OK)
        return status;
    own->texts = mem_alloc(own->network->n_layers, sizeof *own->texts);
    for (size_t i = 0; i < own->network->n_layers; i++)
        own->texts[i] = network_layer_text(&own->network->layer[i]);
    return STATUS_OK;
}

/* mean and sd of one target; mean_TARGET, sd_TARGET of each of several. */
static char **pair_names(const char *const *targets, size_t n)
{
    char **names = mem_alloc(2 * n, sizeof *names);
    for (size_t k = 0; k < n; k++) {
        names[2 * k] = n == 1 ? mem_format("mean") : mem_format("mean_%s", targets[k]);
        names[2 * k + 1] = n == 1 ? mem_format("sd") : mem_format("sd_%s", targets[k]);
    }
    return names;
}

static enum status prepare_numbers(struct predictor *p, bool pairs, struct err *err)
{
    size_t n;
    const char *const *targets = model_texts(p->model, &field_targets, &n);
    if (n == 0)
        return err_data(err, "the model has no '%s'", field_targets.name);
    struct kind_network_own *own = p->own;
    p->scores = p->outputs = pairs ? 2 * n : n;
    p->has_sds = pairs;
    p->score_names = pairs ? pair_names(targets, n) : predictor_prepare_names("mean", targets, n);
    p->output_names = pairs ? pair_names(targets, n) : predictor_prepare_names("mean", targets, n);
    if (n == 1 && !pairs)
        strcpy(p->output_names[0], "mean");
    own->targets = mem_alloc(p->outputs, sizeof *own->targets);
    for (size_t k = 0; k < p->outputs; k++)
        own->targets[k] = mem_format("%s%s", pairs && k % 2 > 0 ? "sd of " : "", targets[pairs ? k / 2 : k]);
    p->target = (const char *const *)own->targets;
    return STATUS_OK;
}

static enum status prepare_labels(struct predictor *p, bool pair, struct err *err)
{
    size_t n;
    model_texts(p->model, &field_labels, &n);
    if (pair && n != 2)
        return err_data(err, "a network of one score has 2 labels, this one has %zu", n);
    if (n < 2)
        return err_data(err, "a network of classes has 2 labels or more, this one has %zu", n);
    if (pair)
        predictor_prepare_positive(p);
    else
        predictor_prepare_classes(p);
    return STATUS_OK;
}

static enum status kind_network_prepare(struct predictor *p, struct err *err)
{
    const char *loss = model_text(p->model, &field_loss);
    struct kind_network_own *own = mem_zero(1, sizeof *own);
    p->own = own;
    if (loss == NULL)
        return err_data(err, "the model has no '%s'", field_loss.name);
    own->loss = loss_find(loss);
    if (own->loss == NULL) {
        char echo[ERR_ECHO];
        return err_data(err, "this version of likely does not know the loss '%s'", err_echo(echo, slice_of(loss)));
    }
    enum loss_prediction prediction = own->loss->prediction;
    enum status status;
    p->features = model_texts(p->model, &field_features, &p->d);
    own->parameter = model_number(p->model, &field_loss_parameter, own->loss->fallback);
    if (loss_is_of_numbers(own->loss))
        status = prepare_numbers(p, network_has_sd(own->loss, own->parameter), err);
    else
        status = prepare_labels(p, prediction == LOSS_LOGIT || prediction == LOSS_PROBABILITY, err);
    return status == STATUS_OK ? read_network(p, own, err) : status;
}

static void kind_network_release(struct predictor *p)
{
    struct kind_network_own *own = p->own;
    if (own == NULL)
        return;
    for (size_t i = 0; own->texts != NULL && i < own->network->n_layers; i++)
        free(own->texts[i]);
    free(own->texts);
    for (size_t k = 0; own->targets != NULL && k < p->outputs; k++)
        free(own->targets[k]);
    free(own->targets);
    free(own->parameters);
    network_free(own->network);
    free(own);
}

/* ---- predicting ---- */

/* The outputs of that many layers: rows x outputs of the last of them. */
static void forward(const struct predictor *p, const struct predictor_rows *rows, size_t layers, double *outputs)
{
    const struct kind_network_own *own = p->own;
    const struct network *w = own->network;
    size_t n = w->layer[layers - 1].shape.outputs;
    struct network_batch *batch;
    network_batch_new(&batch, w, rows->rows < ROWS ? rows->rows : ROWS, false, NULL);
    batch->parameters.value = own->parameters;
    for (size_t first = 0; first < rows->rows; first += ROWS) {
        size_t some = rows->rows - first < ROWS ? rows->rows - first : ROWS;
        for (size_t r = 0; r < some; r++)
            for (size_t j = 0; j < p->d; j++)
                batch->value[0][r * p->d + j] = (rows->x[(first + r) * rows->ld + j] - own->center[j]) / own->scale[j];
        network_batch_forward(batch, 0, some, layers);
        memcpy(outputs + first * n, batch->value[layers], some * n * sizeof *outputs);
    }
    network_batch_free(batch);
}

static void kind_network_score(const struct predictor *p, const struct predictor_rows *rows, double *scores)
{
    const struct kind_network_own *own = p->own;
    const struct network *w = own->network;
    forward(p, rows, w->score_layers, scores);
    network_unscale(w, rows->rows, scores);
}

static void kind_network_activate(const struct predictor *p, const struct predictor_rows *rows, size_t layer,
                                  double *outputs)
{
    forward(p, rows, layer + 1, outputs);
}

static bool kind_network_respond(const struct predictor *p, const double *scores, double *outputs)
{
    if (p->labels == 0)
        memcpy(outputs, scores, p->scores * sizeof *outputs);
    else if (p->scores == 1)
        outputs[0] = special_sigmoid(scores[0]);
    else
        special_softmax(p->scores, scores, outputs);
    return true;
}

/* The layers turn one array into the other and back. */
static void kind_network_c_score(const struct predictor *p, struct c_text *t)
{
    const struct kind_network_own *own = p->own;
    const struct network *w = own->network;
    size_t widest = p->d;
    const char *from = "value", *to = "other";
    for (size_t i = 0; i < w->score_layers; i++)
        widest = w->layer[i].shape.outputs > widest ? w->layer[i].shape.outputs : widest;
    c_text_line(t, "double value[%zu], other[%zu];", widest, widest);
    c_text_numbers(t, "center", p->d, own->center);
    c_text_numbers(t, "scale", p->d, own->scale);
    c_text_line(t, "for (int j = 0; j < %zu; j++)", p->d);
    c_text_line(t, "    value[j] = (x[j] - center[j]) / scale[j];");
    for (size_t i = 0; i < w->score_layers; i++) {
        const struct network_layer *l = &w->layer[i];
        c_text_line(t, "/* %s */", own->texts[i]);
        l->layer->c_forward(&l->shape, own->parameters + l->offset, from, to, t);
        const char *last = from;
        from = to;
        to = last;
    }
    c_text_line(t, "for (int k = 0; k < %zu; k++)", p->scores);
    c_text_line(t, "    score[k] = %s[k];", from);
    if (p->labels == 0) {
        c_text_numbers(t, "output_center", w->targets, w->center);
        c_text_numbers(t, "output_scale", w->targets, w->scale);
        c_text_line(t, "for (int k = 0; k < %zu; k++)", p->scores);
        if (w->pairs)
            c_text_line(t, "    score[k] = (k %% 2 == 0 ? output_center[k / 2] : 0) + output_scale[k / 2] * score[k];");
        else
            c_text_line(t, "    score[k] = output_center[k] + output_scale[k] * score[k];");
    }
}

static void kind_network_c_respond(const struct predictor *p, struct c_text *t)
{
    if (p->labels == 0)
        c_text_line(t, "for (int k = 0; k < %zu; k++) output[k] = score[k];", p->scores);
    else if (p->scores == 1)
        c_special_sigmoid(t, 1, "score", "output");
    else
        c_special_softmax(t, p->scores, "score", "output");
}

static size_t kind_network_choose(const struct predictor *p, const double *outputs, double threshold)
{
    return p->scores == 1 ? outputs[0] >= threshold : predictor_choose(p, outputs, threshold);
}

static size_t kind_network_parameters(const struct predictor *p)
{
    const struct kind_network_own *own = p->own;
    return own->network->parameters;
}

struct kind_network_parts kind_network_parts(const struct predictor *p)
{
    const struct kind_network_own *own = p->own;
    return (struct kind_network_parts){own->network, own->parameters, own->center, own->scale};
}

static bool kind_network_layer(const struct predictor *p, size_t i, struct kind_layer *layer)
{
    const struct kind_network_own *own = p->own;
    const struct network *w = own->network;
    if (i == w->n_layers)
        return false;
    const struct network_layer *l = &w->layer[i];
    bool is_weighted = l->rows == l->shape.inputs + l->shape.bias && l->columns == l->shape.outputs;
    *layer = (struct kind_layer){
        .text = own->texts[i],
        .inputs = l->shape.inputs,
        .outputs = l->shape.outputs,
        .parameters = l->rows * l->columns,
        .rows = l->rows,
        .values = own->parameters + l->offset,
        .is_weighted = is_weighted,
        .has_bias = is_weighted && l->shape.bias,
    };
    return true;
}

static const struct model_check_group groups[] = {
    {FIELD_GROUP_COLUMNS, true}, {FIELD_GROUP_CLASSES, false},  {FIELD_GROUP_TARGETS, false},
    {FIELD_GROUP_NETWORK, true}, {FIELD_GROUP_SETTINGS, false}, {FIELD_GROUP_CHECKPOINT, false},
    KIND_TRAINING_GROUPS,
};

const struct kind kind_network = {
    .name = "network",
    .help = "neural network",
    .fields = {KIND_FIELDS(groups)},
    .prepare = kind_network_prepare,
    .score = kind_network_score,
    .respond = kind_network_respond,
    .c_score = kind_network_c_score,
    .c_respond = kind_network_c_respond,
    .choose = kind_network_choose,
    .parameters = kind_network_parameters,
    .layer = kind_network_layer,
    .activate = kind_network_activate,
    .release = kind_network_release,
};
