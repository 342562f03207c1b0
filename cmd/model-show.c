#include "cli/command.h"
#include "cli/model_view.h"
#include "file/kind.h"
#include "file/modelfile.h"

struct settings {
    bool count;
    double confidence;
    const char *output;
    int to;
    size_t digits;
    struct general_settings general;
};

enum { TO_TEXT, TO_CSV, TO_TSV, TO_TABLE, TO_JSON, TO_C };

static const struct opt_choice formats[] = {
    {"text", "a summary for reading"},
    {"csv", "the coefficients with their standard errors"},
    {"tsv", "the same, separated by tabs"},
    {"table", "the same in aligned columns"},
    {"json", "everything that is in the model"},
    {"c", "the whole model as a function in C99"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {FLAG(struct settings, count), .name = "count", .help = "print the number of free parameters and nothing else"},
    {REAL(struct settings, confidence), .name = "confidence", .arg = "LEVEL", .min = 1e-6, .max = 1 - 1e-12,
     .help = "level of the confidence intervals; without it that of the trainer"},
    {TEXT(struct settings, output), .letter = 'o', .name = "output", .arg = "FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_OUTPUT_GROUP, .help = "write the result to FILE, all of it or nothing"},
    {CHOICE(struct settings, to), .name = "to", .arg = "FORMAT", .fallback = "text", .choices = formats,
     .group = OPT_OUTPUT_GROUP, .help = "what to show, and how"},
    {COUNT(struct settings, digits), .name = "precision", .arg = "N", .min = 1, .max = 17, .group = OPT_OUTPUT_GROUP,
     .help = "significant digits; without it 6 for reading, else as many as read back to the same number"},
    OPT_GENERAL_ROWS(struct settings, general),
};

static void show(const struct settings *s, const struct predictor *predictor, struct sink *sink)
{
    struct model_view view = {
        .predictor = predictor,
        .confidence = s->confidence > 0 ? s->confidence : model_view_confidence(predictor->model),
        .digits = s->digits > 0 || (s->to != TO_TEXT && s->to != TO_TABLE) ? s->digits : 6,
    };
    if (s->count)
        sink_format(sink, "%zu\n", predictor->kind->parameters(predictor));
    else if (s->to == TO_TEXT)
        model_view_text(sink, &view);
    else if (s->to == TO_JSON)
        model_view_json(sink, &view);
    else if (s->to == TO_C)
        model_view_c(sink, &view);
    else
        model_view_coefficients(sink, &view, s->to == TO_CSV ? OUT_CSV : s->to == TO_TSV ? OUT_TSV : OUT_TABLE);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct model *model = NULL;
    struct predictor *predictor = NULL;
    struct sink *sink = NULL;
    const char *path = run->n_operands > 0 ? run->operands[0] : "-";
    if (s->to == TO_C && s->digits > 0)
        return err_usage(err, "--precision: a function in C keeps every digit");
    if (run->n_operands > 1)
        return err_usage(err, "one model at a time, not %zu", run->n_operands);
    enum status status = modelfile_load(path, &model, err);
    if (status == STATUS_OK && predictor_new(&predictor, model, err) != STATUS_OK)
        status = err_at(err, path[0] == '-' && path[1] == '\0' ? "standard input" : path, 0);
    if (status == STATUS_OK)
        status = sink_open(&sink, s->output, err);
    if (status == STATUS_OK) {
        show(s, predictor, sink);
        status = sink_close(sink, err);
    }
    predictor_free(predictor);
    model_free(model);
    return status;
}

const struct command command = {
    .name = "model-show",
    .purpose = "Show what is in a model",
    .operands = "[MODEL]",
    .example = "logreg-train -t diagnosis breast-cancer.csv | model-show",
    .see_also = "logreg-train,softmax-train,nn-predict",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
