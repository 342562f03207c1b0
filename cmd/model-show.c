#include "app/show/model_view.h"
#include "cli/command.h"
#include "model/kind.h"
#include "model/predictor_open.h"

struct settings {
    bool count, image, plain;
    size_t layer;
    const char *tile;
    double confidence;
    const char *output;
    int to;
    size_t digits;
    struct general_settings general;
};

enum { TO_TEXT, TO_CSV, TO_TSV, TO_TABLE, TO_JSON, TO_C };

/* clang-format off */
static const struct opt_choice formats[] = {
    {"text", "a summary for reading"},
    {"csv", "the coefficients with their standard errors"},
    {"tsv", "the same, separated by tabs"},
    {"table", "the same in aligned columns"},
    {"json", "everything that is in the model"},
    {"c", "the whole model as a function in C99"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
static const struct opt options[] = {
    {FLAG(struct settings, count), .name = "count", .help = "print the number of free parameters and nothing else"},
    {REAL(struct settings, confidence), .name = "confidence", .arg = "LEVEL", .min = 1e-6, .max = 1 - 1e-12,
     .help = "level of the confidence intervals; without it that of the trainer"},
    {COUNT(struct settings, layer), .name = "layer", .arg = "N", .min = 1, .max = 1e9,
     .help = "show the bias and weights of a network's layer N: a row per input, a column per output"},
    {FLAG(struct settings, image), .name = "image",
     .help = "write a picture (PGM) of weights, a tile per output: of layer N, else of the first that has any"},
    {TEXT(struct settings, tile), .name = "tile", .arg = "WxH",
     .help = "the width and height of the inputs' arrangement for --image; without it a square"},
    {FLAG(struct settings, plain), .name = "plain", .help = "write --image as text (P2), not in bytes (P5)"},
    {TEXT(struct settings, output), .letter = 'o', .name = "output", .arg = "FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_OUTPUT_GROUP, .help = "write the result to FILE, all of it or nothing"},
    {CHOICE(struct settings, to), .name = "to", .arg = "FORMAT", .fallback = "text", .choices = formats,
     .group = OPT_OUTPUT_GROUP, .help = "what to show, and how"},
    {COUNT(struct settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17, .group = OPT_OUTPUT_GROUP,
     .help = "significant digits; without it 6 for reading, else as many as read back to the same number"},
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

static int out_format(int to)
{
    return to == TO_CSV ? OUT_CSV : to == TO_TSV ? OUT_TSV : to == TO_JSON ? OUT_JSON : OUT_TABLE;
}

static enum status show(const struct settings *s, const struct predictor *predictor, struct sink *sink, struct err *err)
{
    struct model_view view = {
        .predictor = predictor,
        .confidence = s->confidence > 0 ? s->confidence : model_view_confidence(predictor->model),
        .digits = s->digits > 0 || (s->to != TO_TEXT && s->to != TO_TABLE) ? s->digits : 6,
    };
    struct model_image image = {s->layer, s->tile, s->plain};
    if (s->image)
        return model_view_image(sink, &view, &image, err);
    if (s->layer > 0)
        return model_view_weights(sink, &view, s->layer, out_format(s->to), err);
    if (s->count)
        sink_format(sink, "%zu\n", predictor->kind->parameters(predictor));
    else if (s->to == TO_TEXT)
        model_view_text(sink, &view);
    else if (s->to == TO_JSON)
        model_view_json(sink, &view);
    else if (s->to == TO_C)
        model_view_c(sink, &view);
    else
        model_view_coefficients(sink, &view, out_format(s->to));
    return STATUS_OK;
}

static enum status check(const struct settings *s, const struct invocation *run, struct err *err)
{
    if (s->to == TO_C && s->digits > 0)
        return err_usage(err, "--precision: a function in C keeps every digit");
    if ((s->tile != NULL || s->plain) && !s->image)
        return err_usage(err, "%s is for --image", s->plain ? "--plain" : "--tile");
    if (s->image && s->to != TO_TEXT)
        return err_usage(err, "--image is a picture of its own format; it does not go with --to");
    if (s->count && (s->image || s->layer > 0))
        return err_usage(err, "--count counts all parameters; it does not go with --%s", s->image ? "image" : "layer");
    if (s->to == TO_C && s->layer > 0)
        return err_usage(err, "--to c is the whole model; it does not go with --layer");
    if (run->n_operands > 1)
        return err_usage(err, "one model at a time, not %zu", run->n_operands);
    return STATUS_OK;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct predictor *predictor = NULL;
    struct sink *sink = NULL;
    enum status status = check(s, run, err);
    if (status == STATUS_OK)
        status = predictor_open(&predictor, run->n_operands > 0 ? run->operands[0] : "-", err);
    if (status == STATUS_OK)
        status = sink_open(&sink, s->output, err);
    if (status == STATUS_OK)
        status = show(s, predictor, sink, err);
    if (status == STATUS_OK)
        status = sink_close(sink, err);
    else
        sink_abandon(sink);
    predictor_free(predictor);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "model-show",
    .purpose = "Show what is in a model",
    .operands = "[MODEL]",
    .example = "logreg-train -t diagnosis breast-cancer.csv | model-show",
    .see_also = "bayes-train,linreg-train,logreg-train,softmax-train,nn-train,nn-predict,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
