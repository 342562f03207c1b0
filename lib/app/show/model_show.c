/* Shows a model: opens it and calls the view that they ask for (model_view.h).
 * Tables have all digits unless they are for reading. */
#include "app/show/model_show.h"

#include "app/show/model_fields.h"
#include "app/show/model_view.h"
#include "cli/usage.h"
#include "model/kind.h"
#include "model/predictor_open.h"

/* The format of a table of numbers: an aligned one where the choice is a summary for reading. */
static int out_format(int to)
{
    switch (to) {
    case MODEL_SHOW_CSV:
        return OUT_CSV;
    case MODEL_SHOW_TSV:
        return OUT_TSV;
    case MODEL_SHOW_JSON:
        return OUT_JSON;
    default:
        return OUT_TABLE;
    }
}

static enum status show(const struct model_show_settings *s, const struct predictor *predictor, struct sink *sink,
                        struct err *err)
{
    struct model_view view = {
        .predictor = predictor,
        .confidence = s->confidence > 0 ? s->confidence : model_view_confidence(predictor->model),
        .digits = s->digits > 0 || (s->to != MODEL_SHOW_TEXT && s->to != MODEL_SHOW_TABLE) ? s->digits : 6,
    };
    struct model_image image = {s->layer, s->tile, s->plain};
    if (s->image)
        return model_view_image(sink, &view, &image, err);
    if (s->layer > 0)
        return model_view_weights(sink, &view, s->layer, out_format(s->to), err);
    if (s->measures)
        model_view_measures(sink, &view, out_format(s->to));
    else if (s->fields)
        model_fields_table(sink, predictor->model, out_format(s->to));
    else if (s->count)
        sink_format(sink, "%zu\n", predictor->kind->parameters(predictor));
    else if (s->to == MODEL_SHOW_TEXT)
        model_view_text(sink, &view);
    else if (s->to == MODEL_SHOW_JSON)
        model_view_json(sink, &view);
    else if (s->to == MODEL_SHOW_C)
        model_view_c(sink, &view);
    else
        model_view_coefficients(sink, &view, out_format(s->to));
    return STATUS_OK;
}

enum status model_show_run(const struct model_show_settings *settings, const struct invocation *run, struct err *err)
{
    struct predictor *predictor = NULL;
    struct sink *sink = NULL;
    if (run->n_operands > 1)
        return usage_operand(err, run->operands[1], "one model");
    enum status status = predictor_open(&predictor, run->n_operands > 0 ? run->operands[0] : "-", err);
    if (status == STATUS_OK)
        status = sink_open(&sink, settings->output, err);
    if (status == STATUS_OK)
        status = show(settings, predictor, sink, err);
    if (status == STATUS_OK)
        status = sink_close(sink, err);
    else
        sink_abandon(sink);
    predictor_free(predictor);
    return status;
}
