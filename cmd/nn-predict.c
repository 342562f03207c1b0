/* nn-predict: the predictions of models for the rows of a table.
 * The option table; the work is done in lib/app/score/nn_predict.c. */
#include "app/score/nn_predict.h"

/* clang-format off */
static const struct opt_choice outputs[] = {
    [PREDICT_OUTPUTS] = {"prob", "probabilities, as columns p_LABEL, or predicted means"},
    [PREDICT_LABEL] = {"label", "the most probable class, as a column 'predicted'"},
    [PREDICT_SCORES] = {"logit", "the linear predictor, as columns logit_LABEL"},
    [PREDICT_ALL] = {"all", "all of these"},
    {NULL, NULL},
};

static const struct opt_choice unseens[] = {
    [PREDICT_UNSEEN_ERROR] = {"error", "an unknown category is an error"},
    [PREDICT_UNSEEN_MISSING] = {"missing", "the predictions of the row are empty"},
    [PREDICT_UNSEEN_REFERENCE] = {"reference", "the category counts as the reference level of its column"},
    [PREDICT_UNSEEN_OMIT] = {"omit", "naive Bayes: the other columns alone determine the prediction"},
    {NULL, NULL},
};

static const struct opt_choice inestimables[] = {
    [PREDICT_INESTIMABLE_MISSING] = {"missing", "the predictions of the row are empty, and the exit status is 3"},
    [PREDICT_INESTIMABLE_PREDICT] = {"predict", "coefficients of aliased features count as 0"},
    [PREDICT_INESTIMABLE_ERROR] = {"error", "the row is an error"},
    {NULL, NULL},
};

static const struct opt_choice formats[] = {
    [NN_PREDICT_CSV] = {"csv", "comma-separated values"},
    [NN_PREDICT_TSV] = {"tsv", "tab-separated values"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {TEXTS(struct nn_predict_settings, models), .letter = 'm', .name = "model", .arg = "MODEL", .required = true,
     .completes = OPT_COMPLETES_MODEL,
     .help = "model to apply; - is standard input; several models are averaged"},
    {FLAG(struct nn_predict_settings, append), .name = "append",
     .help = "append the predictions to the unchanged input rows"},
    {CHOICE(struct nn_predict_settings, predict), .name = "predict", .arg = "WHAT", .fallback = "prob",
     .choices = outputs,
     .help = "quantity to predict"},
    {REAL(struct nn_predict_settings, threshold), .name = "threshold", .arg = "P", .fallback = "0.5", .min = 0,
     .max = 1,
     .help = "smallest probability at which the positive of two classes is predicted"},
    {REAL(struct nn_predict_settings, temperature), .letter = 'T', .name = "temperature", .arg = "T",
     .fallback = "1", .min = 1e-300, .max = 1e300,
     .help = "divide the linear predictors of the classes by T; above 1, probabilities are less extreme"},
    {COUNT(struct nn_predict_settings, layer), .name = "layer", .arg = "N", .min = 1, .max = 1e9,
     .help = "write the outputs of layer N of a network, as columns layerN_1, layerN_2 and so on"},
    {REAL(struct nn_predict_settings, interval), .name = "interval", .arg = "LEVEL", .min = 1e-6, .max = 0.999999999,
     .help = "add confidence intervals of level LEVEL, as columns NAME_lower and NAME_upper"},
    OPT_MISSING_ROW(struct nn_predict_settings, missing,
                    "treatment of rows with missing or infinite values; skip leaves their predictions empty"),
    {CHOICE(struct nn_predict_settings, unseen), .name = "unseen", .arg = "WHAT", .fallback = "error",
     .choices = unseens, .group = OPT_INPUT_GROUP,
     .help = "treatment of categories that the model does not know"},
    {CHOICE(struct nn_predict_settings, inestimable), .name = "inestimable", .arg = "WHAT", .fallback = "missing",
     .choices = inestimables,
     .help = "treatment of rows whose predictions the training data do not determine"},
    OPT_SPLIT_ROWS(struct nn_predict_settings, split, "predict only the rows of fold k of K"),
    OPT_INPUT_ROWS(struct nn_predict_settings, input),
    {TEXT(struct nn_predict_settings, output), .letter = 'o', .name = "output", .arg = "FILE",
     .completes = OPT_COMPLETES_FILE, .group = OPT_OUTPUT_GROUP,
     .help = "write the result to FILE, which is complete or not created"},
    {CHOICE(struct nn_predict_settings, to), .name = "to", .arg = "FORMAT", .fallback = "csv", .choices = formats,
     .group = OPT_OUTPUT_GROUP,
     .help = "format of the result; --append keeps that of the input"},
    {COUNT(struct nn_predict_settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17,
     .group = OPT_OUTPUT_GROUP,
     .help = "significant digits of numbers; default: the fewest that read back to the same number"},
    OPT_GENERAL_ROWS(struct nn_predict_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--layer", "--predict|--interval|--temperature|--threshold|--unseen|--inestimable"),
    OPT_REQUIRES("--threshold", "--predict label|--predict all"),
    OPT_EXCLUDES("--interval", "--predict label"),
    OPT_EXCLUDES("--precision", "--predict label"),
    OPT_EXCLUDES_HINT("--append", "--to", ", as it keeps the format of the input"),
    OPT_SPLIT_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return nn_predict_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "nn-predict",
    .purpose = "Apply a model to the rows of a table",
    .operands = "[FILE...]",
    .example = "nn-predict -m iris.model --append iris.csv | loss-eval -t species -l ce",
    .see_also = "bayes-train,linreg-train,logreg-train,softmax-train,nn-train,model-show,loss-eval",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct nn_predict_settings),
    .general_offset = offsetof(struct nn_predict_settings, general),
    .run = run,
};
/* clang-format on */
