/* Weights of features as tiles: one tile per unit of the first layer of a network, or per score of a linear
 * model. */
#include "app/plot/plot_model.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>

static const char *const names[] = {"column", "row", "weight"};

/* The weight of unit u and feature j is value[j * units + u]. */
struct plot_weights_matrix {
    const double *value;
    size_t features, units;
    bool hidden; /* the units are hidden and have no names */
};

static enum status find_network(const struct predictor *p, struct plot_weights_matrix *w, struct err *err)
{
    struct kind_layer layer;
    *w = (struct plot_weights_matrix){0};
    for (size_t i = 0; p->kind->layer(p, i, &layer); i++) {
        if (layer.rows > 0 && w->value != NULL)
            w->hidden = true;
        else if (layer.rows > 0)
            *w = (struct plot_weights_matrix){layer.values +
                                                  (layer.rows - layer.inputs) * layer.outputs /* behind the biases */,
                                              layer.inputs, layer.outputs, false};
    }
    return w->value != NULL ? STATUS_OK : err_data(err, "the network has no weights");
}

static enum status find_weights(const struct predictor *p, struct plot_weights_matrix *w, struct err *err)
{
    if (p->kind->layer != NULL)
        return find_network(p, w, err);
    if (p->weights == NULL)
        return err_data(err, "models of this kind (%s) have no weights", p->kind->help);
    *w = (struct plot_weights_matrix){p->weights, p->d, p->scores, false};
    return w->features > 0 ? STATUS_OK : err_data(err, "the model has no features");
}

/* The name of a unit: the label of its score or the name of its column. The caller frees it. */
static char *unit_name(const struct predictor *p, const struct plot_weights_matrix *w, size_t u)
{
    if (w->hidden)
        return mem_format("unit %zu", u + 1);
    if (p->labels > 0)
        return mem_format("%s", p->scores == 1 ? p->label[1] : p->label[u]);
    return mem_format("%s", p->target[u]);
}

/* The width of a tile: square if the number of features is a square, otherwise one row. */
static size_t tile_width(size_t features)
{
    size_t side = (size_t)(sqrt((double)features) + 0.5);
    return side * side == features ? side : features;
}

static enum status draw(const struct plot_task *task, const struct predictor *p, struct figure **figure,
                        struct err *err)
{
    struct plot_weights_matrix w = {0};
    enum status status = find_weights(p, &w, err);
    size_t width = task->settings->tile > 0 ? task->settings->tile : tile_width(w.features);
    if (status == STATUS_OK && w.features % width != 0)
        status = err_data(err, "--tile: %zu features do not make rows of %zu", w.features, width);
    if (status != STATUS_OK)
        return err_at(err, task->settings->model, 0);
    struct figure *f = *figure = figure_new("unit", 3, names);
    f->counts[0] = f->counts[1] = true;
    f->y_label = mem_format("weight");
    for (size_t u = 0; u < w.units; u++) {
        char *name = unit_name(p, &w, u);
        struct figure_series *s = figure_add(f, name, FIGURE_TILES, 0);
        s->column[FIGURE_Y_LOW] = 2;
        for (size_t j = 0; j < w.features; j++) {
            size_t column = j % width + 1, row = j / width + 1;
            figure_row(f, s, (double[]){(double)column, (double)row, w.value[j * w.units + u]});
        }
        if (!w.hidden)
            figure_legend(s, "%s", name);
        free(name);
    }
    return status;
}

static enum status plot_weights_make(const struct plot_task *task, struct figure **figure, struct err *err)
{
    struct predictor *predictor = NULL;
    if (task->run->n_operands > 0)
        return usage_operand(err, task->run->operands[0], "no files with --kind weights");
    enum status status = plot_model_open(task, false, &predictor, err);
    if (status == STATUS_OK)
        status = draw(task, predictor, figure, err);
    predictor_free(predictor);
    return status;
}

const struct plot_kind plot_weights = {
    .name = "weights",
    .help = "weights of a linear model, or of the first layer of a network, as tiles",
    .accepts = " model tile ",
    .requires = "model",
    .make = plot_weights_make,
};
