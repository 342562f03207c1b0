#include "app/show/model_view.h"

#include "model/c_function.h"
#include "model/modelfile.h"
#include "model/predictor_open.h"

#include <stdlib.h>

enum { TEXT_DIGITS = 6 };

double model_view_confidence(const struct model *model)
{
    return model_number(model, &field_confidence, 0.95);
}

enum status model_write(const char *path, const struct model *model, const struct invocation *run, struct err *err)
{
    struct sink *sink = NULL;
    struct predictor *predictor = NULL;
    enum status status = sink_open(&sink, path, err);
    if (status != STATUS_OK)
        return status;
    if (path == NULL && sink_is_terminal(sink)) {
        status = predictor_open_model(&predictor, model, err);
        if (status == STATUS_OK) {
            notice(run, "a model is not written to a terminal; this is what is in it (-o FILE keeps it)");
            struct model_view view = {predictor, model_view_confidence(model), TEXT_DIGITS};
            model_view_text(sink, &view);
        }
    } else {
        void *bytes;
        size_t n;
        modelfile_encode(model, &bytes, &n);
        sink_write(sink, bytes, n);
        free(bytes);
    }
    predictor_free(predictor);
    if (status == STATUS_OK)
        return sink_close(sink, err);
    sink_abandon(sink);
    return status;
}

void model_view_c(struct sink *sink, const struct model_view *view)
{
    struct c_text text = {0};
    c_function_write(&text, view->predictor);
    sink_write(sink, text.text.p, text.text.n);
    c_text_free(&text);
}
