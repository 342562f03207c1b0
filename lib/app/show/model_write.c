/* Writes a fitted model: the last step of every trainer. A file appears as a whole or not at all (cli/sink). Bytes are
 * not written to a terminal; it gets the summary of model-show instead, and a notice says so. */

#include "app/show/model_write.h"

#include "app/show/model_view.h"
#include "model/modelfile.h"
#include "model/predictor_open.h"

#include <stdlib.h>

enum { TEXT_DIGITS = 6 };

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
            notice(run, "a model is not written to a terminal; this is its summary; use --output to save the model");
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
