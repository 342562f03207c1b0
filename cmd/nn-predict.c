#include "app/score/predict.h"
#include "cli/command.h"
#include "model/predictor_open.h"

#include <string.h>

struct settings {
    struct opt_texts models;
    const char *output_path;
    int output, missing, unseen, to;
    bool append;
    double threshold, temperature, interval;
    size_t layer, digits;
    struct split_settings split;
    struct input_settings input;
    struct general_settings general;
};

/* clang-format off */
static const struct opt_choice outputs[] = {
    [PREDICT_OUTPUTS] = {"prob", "probabilities, as columns p_LABEL, or predicted means"},
    [PREDICT_LABEL] = {"label", "the most probable class, as a column 'predicted'"},
    [PREDICT_SCORES] = {"logit", "the linear predictor, as columns logit_LABEL"},
    [PREDICT_ALL] = {"all", "all of these"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
static const struct opt_choice unseens[] = {
    {"error", "stop and say where"},
    {"ignore", "predict from the other columns"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
static const struct opt_choice formats[] = {
    {"csv", "comma-separated values"},
    {"tsv", "tab-separated values"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
static const struct opt options[] = {
    {TEXTS(struct settings, models), .letter = 'm', .name = "model", .arg = "MODEL", .required = true,
     .completes = OPT_COMPLETES_MODEL,
     .help = "the model to apply, - being standard input; given several times, the average of these models"},
    {FLAG(struct settings, append), .name = "append", .help = "write the predictions behind the unchanged input rows"},
    {CHOICE(struct settings, output), .name = "output", .arg = "WHAT", .fallback = "prob", .choices = outputs,
     .help = "what to predict"},
    {REAL(struct settings, threshold), .name = "threshold", .arg = "P", .fallback = "0.5", .min = 0, .max = 1,
     .help = "probability from which on the positive of two classes is predicted"},
    {REAL(struct settings, temperature), .name = "temperature", .arg = "T", .fallback = "1", .min = 1e-300, .max = 1e300,
     .help = "divide the linear predictors of classes by T: above 1 the probabilities are less extreme"},
    {COUNT(struct settings, layer), .name = "layer", .arg = "N", .min = 1, .max = 1e9,
     .help = "write what layer N of a network puts out, as columns layerN_1, layerN_2 and so on"},
    {REAL(struct settings, interval), .name = "interval", .arg = "LEVEL", .min = 1e-6, .max = 0.999999999,
     .help = "add confidence intervals of that level, as columns NAME_lower and NAME_upper"},
    OPT_MISSING_ROW(struct settings, missing, "what to do with rows that lack a value; skip leaves their predictions empty"),
    {CHOICE(struct settings, unseen), .name = "unseen", .arg = "WHAT", .fallback = "error", .choices = unseens,
     .group = OPT_INPUT_GROUP, .help = "what to do with a category that the model has not seen"},
    OPT_SPLIT_ROWS(struct settings, split, "predict the rows of fold k of K only"),
    OPT_INPUT_ROWS(struct settings, input),
    {TEXT(struct settings, output_path), .letter = 'o', .name = "output-file", .arg = "FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_OUTPUT_GROUP, .help = "write the result to FILE, all of it or nothing"},
    {CHOICE(struct settings, to), .name = "to", .arg = "FORMAT", .fallback = "csv", .choices = formats,
     .group = OPT_OUTPUT_GROUP, .help = "format of the result without --append, which keeps that of the input"},
    {COUNT(struct settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17, .group = OPT_OUTPUT_GROUP,
     .help = "significant digits of numbers; without it as many as read back to the same number"},
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

static enum status predict(const struct settings *s, const struct invocation *run, struct ensemble *ensemble,
                           struct err *err)
{
    struct predict_options how = {
        .output = s->output,
        .append = s->append,
        .skip_missing = s->missing == MISSING_SKIP,
        .ignore_unseen = s->unseen != 0,
        .layer = s->layer,
        .threshold = s->threshold,
        .temperature = s->temperature,
        .interval = s->interval,
        .digits = s->digits,
        .delimiter = s->to == 0 ? ',' : '\t',
        .threads = s->general.threads,
    };
    struct table *table = NULL;
    struct sink *sink = NULL;
    enum status status = command_open_split(&table, &s->input, &s->split, COMMAND_FOLD, run, COMMAND_SPARSE, err);
    if (status == STATUS_OK)
        status = sink_open(&sink, s->output_path, err);
    if (status == STATUS_OK)
        status = predict_table(table, ensemble, &how, sink, err);
    if (status == STATUS_OK)
        status = sink_close(sink, err);
    else
        sink_abandon(sink);
    table_close(table);
    return status;
}

/* Standard input can be one thing only: a model or the rows. */
static enum status check_input(const struct settings *s, const struct invocation *run, struct err *err)
{
    bool data_on_stdin = run->n_operands == 0;
    size_t models_on_stdin = 0;
    for (size_t i = 0; i < run->n_operands; i++)
        data_on_stdin |= strcmp(run->operands[i], "-") == 0;
    for (size_t i = 0; i < s->models.n; i++)
        models_on_stdin += strcmp(s->models.text[i], "-") == 0;
    if (models_on_stdin > 1)
        return err_usage(err, "one model at most can be read from standard input, not %zu", models_on_stdin);
    if (models_on_stdin > 0 && data_on_stdin)
        return err_usage(err, "the model and the rows cannot both be read from standard input");
    return STATUS_OK;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct predictor *predictor[OPT_TEXTS_MAX] = {NULL};
    struct ensemble *ensemble = NULL;
    enum status status = check_input(s, run, err);
    for (size_t i = 0; i < s->models.n && status == STATUS_OK; i++)
        status = predictor_open(&predictor[i], s->models.text[i], err);
    if (status == STATUS_OK)
        status = ensemble_new(&ensemble, s->models.n, (const struct predictor *const *)predictor, s->models.text, err);
    if (status == STATUS_OK)
        status = predict(s, run, ensemble, err);
    ensemble_free(ensemble);
    for (size_t i = 0; i < s->models.n; i++)
        predictor_free(predictor[i]);
    return status;
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
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
