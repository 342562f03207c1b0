/* The tables of a network: its layers, and the parameters of one of them. Outputs of a layer are named as nn-predict
 * --layer names its columns, so that one table can be matched with the other. */

#include "app/show/model_view.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "model/kind.h"

#include <stdlib.h>

void model_view_layers(struct sink *sink, const struct model_view *view, int to)
{
    static const char *const names[] = {"layer", "what", "inputs", "outputs", "parameters"};
    const struct predictor *p = view->predictor;
    struct kind_layer layer;
    struct out *out;
    out_begin(&out, sink, to, view->digits, 5, names);
    for (size_t i = 0; p->kind->layer(p, i, &layer); i++) {
        out_count(out, i + 1);
        out_word(out, layer.text);
        out_count(out, layer.inputs);
        out_count(out, layer.outputs);
        out_count(out, layer.parameters);
        out_end_row(out);
    }
    out_finish(out);
}

/* The names of what a layer puts out are those of nn-predict --layer. */
static char *output_name(size_t layer, size_t output)
{
    return mem_format("layer%zu_%zu", layer, output + 1);
}

/* What one row of parameters belongs to. */
static void add_subject(struct out *out, const struct predictor *p, size_t number, const struct kind_layer *layer,
                        size_t row)
{
    if (!layer->is_weighted || row < layer->has_bias) {
        out_word(out, layer->is_weighted ? "(bias)" : "(parameter)");
        return;
    }
    row -= layer->has_bias;
    if (number == 1) {
        out_word(out, p->features[row]);
        return;
    }
    char *name = output_name(number - 1, row);
    out_word(out, name);
    free(name);
}

enum status model_view_weights(struct sink *sink, const struct model_view *view, size_t number, int to, struct err *err)
{
    const struct predictor *p = view->predictor;
    struct kind_layer layer;
    enum status status = usage_of_option(kind_find_layer(p, number, &layer, err), err, "--layer");
    if (status != STATUS_OK)
        return status;
    if (layer.parameters == 0)
        return usage_option(err, "--layer", "layer %zu, %s, has no parameters", number, layer.text);
    size_t columns = layer.parameters / layer.rows;
    char **names = mem_alloc(1 + columns, sizeof *names);
    names[0] = mem_format("input");
    for (size_t k = 0; k < columns; k++)
        names[1 + k] = output_name(number, k);
    struct out *out;
    out_begin(&out, sink, to, view->digits, 1 + columns, (const char *const *)names);
    for (size_t k = 0; k <= columns; k++)
        free(names[k]);
    free(names);
    for (size_t row = 0; row < layer.rows; row++) {
        add_subject(out, p, number, &layer, row);
        for (size_t k = 0; k < columns; k++)
            out_number(out, layer.values[row * columns + k]);
        out_end_row(out);
    }
    out_finish(out);
    return STATUS_OK;
}
