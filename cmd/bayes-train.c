#include "app/show/model_view.h"
#include "app/train/train.h"
#include "cli/command.h"
#include "fit/bayes/bayes.h"

/* Naive Bayes. */

struct settings {
    struct train_columns columns;
    const char *output;
    double pseudo_count, variance_floor;
    struct input_settings input;
    struct general_settings general;
};

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMN", .required = true,
     .completes = OPT_COMPLETES_COLUMN, .help = "the column with the class labels"},
    OPT_COLUMNS_ROWS(struct settings, columns),
    {TEXT(struct settings, columns.roles.categorical), .name = "categorical", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns of numbers that are categories, as text columns are"},
    {REAL(struct settings, pseudo_count), .name = "pseudo-count", .arg = "N", .fallback = "0", .min = 0, .max = 1e300,
     .group = OPT_MODEL_GROUP, .help = "count each level of each category N times more in each class"},
    {REAL(struct settings, variance_floor), .name = "variance-floor", .arg = "FRACTION", .fallback = "0", .min = 0, .max = 1,
     .group = OPT_MODEL_GROUP, .help = "let no variance in a class be less than FRACTION of the column's variance over all rows"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_MODEL_OUTPUT_ROW(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};
/* clang-format on */

static void set_matrix(struct model *model, const char *name, size_t rows, size_t columns, const double *values)
{
    model_set_array(model, name, 2, (const size_t[]){rows, columns}, values);
}

static struct model *make_model(const struct settings *s, const struct invocation *run, const struct bayes_fit *f)
{
    struct model *model = model_new("bayes");
    model_set_texts(model, "features", f->numbers, (const char *const *)f->number_names);
    model_set_texts(model, "text_features", f->texts, (const char *const *)f->text_names);
    model_set_texts(model, "levels", f->levels, (const char *const *)f->level_names);
    model_set_vector(model, "level_counts", f->texts, f->level_counts);
    model_set_texts(model, "labels", f->classes, (const char *const *)f->labels);
    model_set_text(model, "target", f->target);
    model_set_vector(model, "class_weights", f->classes, f->weights);
    set_matrix(model, "priors", 1, f->classes, f->priors);
    set_matrix(model, "means", f->classes, f->numbers, f->means);
    set_matrix(model, "variances", f->classes, f->numbers, f->variances);
    set_matrix(model, "frequencies", f->classes, f->levels, f->frequencies);
    model_set_number(model, "rows", s->columns.fweights != NULL ? f->weight_sum : (double)f->n);
    model_set_number(model, "skipped", (double)f->skipped);
    model_set_number(model, "weight_sum", f->weight_sum);
    train_add_weighting(model, &s->columns);
    model_set_number(model, "loglik", f->loglik);
    model_set_number(model, "pseudo_count", s->pseudo_count);
    model_set_number(model, "variance_floor", s->variance_floor);
    model_set_text(model, "command", run->command_line);
    return model;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    const struct settings *s = settings;
    struct bayes_options how = {
        .roles = train_roles(&s->columns),
        .pseudo_count = s->pseudo_count,
        .variance_floor = s->variance_floor,
        .threads = s->general.threads,
    };
    struct table *table = NULL;
    struct bayes_fit *fit = NULL;
    struct model *model = NULL;
    enum status status = train_open_table(&table, &s->input, &s->columns, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = bayes_fit(&fit, table, &how, err);
    table_close(table);
    if (status != STATUS_OK)
        return status;
    train_notice_skipped(run, fit->skipped, fit->n);
    model = make_model(s, run, fit);
    status = model_write(s->output, model, run, err);
    model_free(model);
    bayes_free(fit);
    return status;
}

/* clang-format off */
const struct command command = {
    .name = "bayes-train",
    .purpose = "Fit a naive Bayes classifier",
    .operands = "[FILE...]",
    .example = "bayes-train -t species iris.csv | model-show",
    .see_also = "logreg-train,softmax-train,nn-train,nn-predict,model-show,loss-eval",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
/* clang-format on */
