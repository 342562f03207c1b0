/* model-show: what is in a model. */
#include "app/show/model_fields.h"
#include "app/show/model_show.h"

/* clang-format off */
static const struct opt_choice formats[] = {
    [MODEL_SHOW_TEXT] = {"text", "a summary for reading"},
    [MODEL_SHOW_CSV] = {"csv", "the coefficients with their standard errors"},
    [MODEL_SHOW_TSV] = {"tsv", "the same, separated by tabs"},
    [MODEL_SHOW_TABLE] = {"table", "the same in aligned columns"},
    [MODEL_SHOW_JSON] = {"json", "everything that is in the model"},
    [MODEL_SHOW_C] = {"c", "the whole model as a function in C99"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {FLAG(struct model_show_settings, count), .name = "count",
     .help = "print the number of free parameters and nothing else"},
    {FLAG(struct model_show_settings, fields), .name = "fields",
     .help = "list the fields of the model with type, shape, size, unit and meaning"},
    {REAL(struct model_show_settings, confidence), .name = "confidence", .arg = "LEVEL", .min = 1e-6, .max = 1 - 1e-12,
     .help = "level of the confidence intervals; without it that of the trainer"},
    {COUNT(struct model_show_settings, layer), .name = "layer", .arg = "N", .min = 1, .max = 1e9,
     .help = "show the bias and weights of a network's layer N: a row per input, a column per output"},
    {FLAG(struct model_show_settings, image), .name = "image",
     .help = "write a picture (PGM) of weights, a tile per output: of layer N, else of the first that has any"},
    {TEXT(struct model_show_settings, tile), .name = "tile", .arg = "WxH",
     .help = "the width and height of the inputs' arrangement for --image; without it a square"},
    {FLAG(struct model_show_settings, plain), .name = "plain", .help = "write --image as text (P2), not in bytes (P5)"},
    {TEXT(struct model_show_settings, output), .letter = 'o', .name = "output", .arg = "FILE",
     .completes = OPT_COMPLETES_FILE, .group = OPT_OUTPUT_GROUP,
     .help = "write the result to FILE, all of it or nothing"},
    {CHOICE(struct model_show_settings, to), .name = "to", .arg = "FORMAT", .fallback = "text", .choices = formats,
     .group = OPT_OUTPUT_GROUP,
     .help = "what to show, and how"},
    {COUNT(struct model_show_settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17,
     .group = OPT_OUTPUT_GROUP,
     .help = "significant digits; without it 6 for reading, else as many as read back to the same number"},
    OPT_GENERAL_ROWS(struct model_show_settings, general),
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return model_show_run(settings, run, err);
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
    .settings_size = sizeof(struct model_show_settings),
    .general_offset = offsetof(struct model_show_settings, general),
    .run = run,
    .page = model_fields_page,
};
/* clang-format on */
