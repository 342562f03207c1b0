/* model-show: what is in a model.
 * The option table; the work is done in lib/app/show/model_show.c. */
#include "app/show/model_fields.h"
#include "app/show/model_show.h"

/* clang-format off */
static const struct opt_choice formats[] = {
    [MODEL_SHOW_TEXT] = {"text", "a summary for reading"},
    [MODEL_SHOW_CSV] = {"csv", "coefficients and standard errors"},
    [MODEL_SHOW_TSV] = {"tsv", "the same, tab-separated"},
    [MODEL_SHOW_TABLE] = {"table", "the same, in aligned columns"},
    [MODEL_SHOW_JSON] = {"json", "the whole model"},
    [MODEL_SHOW_C] = {"c", "a C99 function that predicts"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {FLAG(struct model_show_settings, count), .name = "count",
     .help = "write only the number of free parameters"},
    {FLAG(struct model_show_settings, fields), .name = "fields",
     .help = "list the fields of the model with type, shape, size, unit and meaning"},
    {FLAG(struct model_show_settings, measures), .name = "measures",
     .help = "write the measures of fit as a table: likelihoods, AIC, deviance, R^2, F, convergence"},
    {REAL(struct model_show_settings, confidence), .name = "confidence", .arg = "LEVEL", .min = 1e-6, .max = 1 - 1e-12,
     .help = "level of the confidence intervals; default: that of the trainer"},
    {COUNT(struct model_show_settings, layer), .name = "layer", .arg = "N", .min = 1, .max = 1e9,
     .help = "show bias and weights of layer N of a network: a row per input, a column per output"},
    {FLAG(struct model_show_settings, image), .name = "image",
     .help = "write a picture (PGM) of the weights of --layer, by default the first layer, with a tile per output"},
    {TEXT(struct model_show_settings, tile), .name = "tile", .arg = "WxH",
     .help = "width and height of a tile of --image, in inputs; default: a square"},
    {FLAG(struct model_show_settings, plain), .name = "plain", .help = "write --image as text (P2), not as bytes (P5)"},
    {TEXT(struct model_show_settings, output), .letter = 'o', .name = "output", .arg = "FILE",
     .completes = OPT_COMPLETES_FILE, .group = OPT_OUTPUT_GROUP,
     .help = "write the result to FILE, which is complete or not created"},
    {CHOICE(struct model_show_settings, to), .name = "to", .arg = "FORMAT", .fallback = "text", .choices = formats,
     .group = OPT_OUTPUT_GROUP,
     .help = "contents and format of the result"},
    {COUNT(struct model_show_settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17,
     .group = OPT_OUTPUT_GROUP,
     .help = "significant digits; default: 6 for --to text, else the fewest that read back to the same number"},
    OPT_GENERAL_ROWS(struct model_show_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--fields|--measures", "--count"),
    OPT_EXCLUDES("--measures", "--fields"),
    OPT_EXCLUDES("--fields|--measures|--count", "--image|--layer|--confidence"),
    OPT_EXCLUDES("--fields|--count", "--precision"),
    OPT_EXCLUDES("--count", "--to"),
    OPT_EXCLUDES("--fields|--measures|--layer|--precision", "--to c"),
    OPT_EXCLUDES("--image", "--to|--precision"),
    OPT_EXCLUDES("--confidence", "--layer|--image|--to json|--to c"),
    OPT_REQUIRES("--tile|--plain", "--image"),
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return model_show_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "model-show",
    .purpose = "Show the contents of a model",
    .operands = "[MODEL]",
    .example = "logreg-train -t diagnosis breast-cancer.csv | model-show",
    .see_also = "bayes-train,linreg-train,logreg-train,softmax-train,nn-train,nn-predict,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct model_show_settings),
    .general_offset = offsetof(struct model_show_settings, general),
    .run = run,
    .page = model_fields_page,
};
/* clang-format on */
