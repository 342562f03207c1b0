#include "cli/model_view.h"

#include "file/kind.h"

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
