/* Views of a model that are calls of the model room: its confidence level, and the function in C (model/c_function).
 * The summary, the tables, JSON and pictures are in model_view_*.c. */

#include "app/show/model_view.h"

#include "model/c_function.h"

double model_view_confidence(const struct model *model)
{
    return model_number(model, &field_confidence, 0.95);
}

void model_view_c(struct sink *sink, const struct model_view *view)
{
    struct c_text text = {0};
    c_function_write(&text, view->predictor);
    sink_write(sink, text.text.p, text.text.n);
    c_text_free(&text);
}
