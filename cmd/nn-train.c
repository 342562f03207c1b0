#include "base/mem.h"
#include "base/number.h"
#include "cli/model_view.h"
#include "cli/out.h"
#include "cli/progress.h"
#include "cli/train.h"
#include "data/columns.h"
#include "file/kind_network.h"
#include "fit/gradcheck.h"
#include "fit/trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Networks of layers. */

struct settings {
    struct train_columns columns;
    const char *layers, *loss;
    bool no_bias;
    int start, scale, optimizer, schedule, precision;
    double learning_rate, warm_up, momentum, decay, clip, valid;
    size_t batch, epochs, patience;
    bool check_gradient;
    const char *trace, *output, *memory;
    struct input_settings input;
    struct general_settings general;
};

static const struct opt_choice starts[] = {
    [NETWORK_START_AUTO] = {"auto", "he before relu, else glorot"},
    [NETWORK_START_GLOROT] = {"glorot", "uniform, by inputs and outputs of the layer"},
    [NETWORK_START_HE] = {"he", "normal, by inputs of the layer"},
    {NULL, NULL},
};

static const struct opt_choice scales[] = {
    [TRAINER_SCALE_COLUMNS] = {"columns", "to mean 0 and sd 1, each column by itself"},
    [TRAINER_SCALE_TABLE] = {"table", "by one mean and one sd for all columns, such as pixels"},
    [TRAINER_SCALE_NONE] = {"none", "not at all"},
    {NULL, NULL},
};

static const struct opt_choice precisions[] = {
    {"double", "every operation in double precision"},
    {"float", "products of matrices in single precision, which is faster"},
    {NULL, NULL},
};

enum { PRECISION_DOUBLE, PRECISION_FLOAT };

static const struct opt_choice *optimizers(void)
{
    static struct opt_choice choices[16];
    for (size_t i = 0; step_all[i].name != NULL && i + 1 < sizeof choices / sizeof *choices; i++)
        choices[i] = (struct opt_choice){step_all[i].name, step_all[i].help};
    return choices;
}

static const struct opt_choice *schedules(void)
{
    static struct opt_choice choices[16];
    for (size_t i = 0; schedule_all[i].name != NULL && i + 1 < sizeof choices / sizeof *choices; i++)
        choices[i] = (struct opt_choice){schedule_all[i].name, schedule_all[i].help};
    return choices;
}

static const struct opt_choice *losses(void)
{
    static struct opt_choice choices[64];
    size_t n = 0;
    for (size_t i = 0; loss_all[i] != NULL && n + 1 < sizeof choices / sizeof *choices; i++)
        if (!loss_all[i]->metric)
            choices[n++] = (struct opt_choice){loss_all[i]->name, loss_all[i]->help};
    return choices;
}

static const struct opt options[] = {
    {TEXT(struct settings, columns.target), .letter = 't', .name = "target", .arg = "COLUMN", .required = true,
     .completes = OPT_COMPLETES_COLUMN, .help = "the column to predict: numbers or class labels"},
    OPT_COLUMNS_ROWS(struct settings, columns),
    {TEXT(struct settings, layers), .letter = 'l', .name = "layers", .arg = "LIST", .group = OPT_MODEL_GROUP,
     .help = "the hidden layers, such as '128 relu, dropout 0.2, 64 tanh'; without it none"},
    {TEXT(struct settings, loss), .name = "loss", .arg = "LOSS", .choices_of = losses, .group = OPT_MODEL_GROUP,
     .help = "what to minimise, NAME or NAME:PARAMETER; without it l2 for numbers, log-logit for two classes, ce-logits for more"},
    {FLAG(struct settings, no_bias), .name = "no-bias", .group = OPT_MODEL_GROUP, .help = "weighted sums without a constant"},
    {CHOICE(struct settings, scale), .name = "scale", .arg = "WHAT", .fallback = "columns", .choices = scales,
     .group = OPT_MODEL_GROUP, .help = "how to scale the features; the model does so, too"},
    {REAL(struct settings, decay), .name = "decay", .arg = "LAMBDA", .min = 0, .max = 1e300, .group = OPT_MODEL_GROUP,
     .help = "add LAMBDA/2 times the sum of squared weights to the mean loss"},
    {CHOICE(struct settings, optimizer), .name = "optimizer", .arg = "NAME", .fallback = "adam", .choices_of = optimizers,
     .group = OPT_SOLVER, .help = "how to descend"},
    {REAL(struct settings, learning_rate), .name = "learning-rate", .arg = "RATE", .min = 1e-300, .max = 1e300,
     .group = OPT_SOLVER, .help = "length of steps; without it 0.001 of adam, 0.01 of momentum, 0.1 of sgd and gd"},
    {CHOICE(struct settings, schedule), .name = "schedule", .arg = "HOW", .fallback = "constant", .choices_of = schedules,
     .group = OPT_SOLVER, .help = "how the learning rate changes from step to step"},
    {REAL(struct settings, warm_up), .name = "warm-up", .arg = "EPOCHS", .min = 0, .max = 1e9, .group = OPT_SOLVER,
     .help = "let the learning rate grow from 0 at first"},
    {REAL(struct settings, momentum), .name = "momentum", .arg = "MU", .fallback = "0.9", .min = 0, .max = 0.999999,
     .group = OPT_SOLVER, .help = "share of the last step that --optimizer momentum keeps"},
    {COUNT(struct settings, batch), .name = "batch", .arg = "N", .fallback = "32", .min = 1, .max = 1e9, .group = OPT_SOLVER,
     .help = "rows that a step sees"},
    {COUNT(struct settings, epochs), .name = "epochs", .arg = "N", .fallback = "100", .min = 1, .max = 1e9, .group = OPT_SOLVER,
     .help = "how often to go over all rows"},
    {REAL(struct settings, clip), .name = "clip", .arg = "LENGTH", .min = 1e-300, .max = 1e300, .group = OPT_SOLVER,
     .help = "shorten gradients that are longer"},
    {CHOICE(struct settings, start), .name = "init", .arg = "HOW", .fallback = "auto", .choices = starts, .group = OPT_SOLVER,
     .help = "how the random weights of the start are spread"},
    {REAL(struct settings, valid), .name = "valid", .arg = "SHARE", .min = 1e-9, .max = 0.999999999, .group = OPT_SOLVER,
     .help = "keep a random share of the rows apart, and the parameters of the epoch that predicts them best"},
    {COUNT(struct settings, patience), .name = "patience", .arg = "N", .fallback = "10", .min = 1, .max = 1e9, .group = OPT_SOLVER,
     .help = "with --valid, stop after N epochs without a better one"},
    {CHOICE(struct settings, precision), .name = "precision", .arg = "KIND", .fallback = "double", .choices = precisions,
     .group = OPT_SOLVER, .help = "precision of training"},
    {TEXT(struct settings, trace), .name = "trace", .arg = "FILE", .completes = OPT_COMPLETES_FILE, .group = OPT_SOLVER,
     .help = "write epoch, losses, accuracies, rate and seconds to FILE as CSV"},
    {FLAG(struct settings, check_gradient), .name = "check-gradient", .group = OPT_SOLVER,
     .help = "compare the gradient with differences of the objective at a random point, and do nothing else"},
    OPT_MODEL_OUTPUT_ROW(struct settings, output),
    OPT_MEMORY_ROW(struct settings, memory),
    OPT_INPUT_ROWS(struct settings, input),
    OPT_GENERAL_ROWS(struct settings, general),
};

struct work {
    const struct settings *settings;
    const struct invocation *run;
    const char *file; /* the first input, for messages */
    const struct loss *loss;
    double loss_parameter;
    struct network_item *items;
    size_t n_items;
    struct dataset *data;
    struct network *network;
    double *center, *scale, *parameters;
    struct trainer_result result;
};

/* ---- before training ---- */

static enum status parse_loss(struct work *w, struct err *err)
{
    const char *text = w->settings->loss, *colon = text != NULL ? strchr(text, ':') : NULL;
    char echo[ERR_ECHO];
    if (text == NULL)
        return STATUS_OK;
    char *name = mem_copy(text, colon != NULL ? (size_t)(colon - text) : strlen(text));
    w->loss = loss_find(name);
    free(name);
    if (w->loss == NULL)
        return err_usage(err, "--loss: there is no loss '%s'; see --help", err_echo(echo, slice_of(text)));
    if (w->loss->metric)
        return err_usage(err, "--loss: %s has no gradient to follow", w->loss->name);
    w->loss_parameter = w->loss->fallback;
    if (colon == NULL)
        return STATUS_OK;
    if (w->loss->parameter == NULL)
        return err_usage(err, "--loss: %s has no parameter", w->loss->name);
    if (!number_parse(slice_of(colon + 1), &w->loss_parameter) ||
        !(w->loss_parameter >= w->loss->min && w->loss_parameter <= w->loss->max))
        return err_usage(err, "--loss: the %s of %s must be a number from %g to %g", w->loss->parameter, w->loss->name, w->loss->min,
                         w->loss->max);
    return STATUS_OK;
}

static enum status check_settings(const struct settings *s, struct err *err)
{
    const struct step *step = &step_all[s->optimizer];
    if (s->trace != NULL && s->output != NULL && strcmp(s->trace, s->output) == 0)
        return err_usage(err, "--trace and --output name the same file");
    if (step->move == NULL && (s->learning_rate > 0 || s->warm_up > 0 || s->schedule > 0 || s->clip > 0 || s->valid > 0))
        return err_usage(err, "--optimizer %s chooses its own steps, by all rows: %s has no place there", step->name,
                         s->learning_rate > 0 ? "--learning-rate" : s->warm_up > 0 ? "--warm-up" : s->schedule > 0 ? "--schedule"
                         : s->clip > 0 ? "--clip" : "--valid");
    if (step->move == NULL && s->precision == PRECISION_FLOAT)
        return err_usage(err, "--optimizer %s needs --precision double", step->name);
    return STATUS_OK;
}

/* A target whose loss nobody named is a number where its column holds numbers. */
static enum status guess_target(struct work *w, const struct table *table, bool *classes, struct err *err)
{
    size_t column;
    if (w->loss != NULL) {
        *classes = w->loss->prediction != LOSS_MEAN;
        return STATUS_OK;
    }
    enum status status = columns_find_one(table_names(table), table_width(table), w->settings->columns.target, &column, err);
    if (status != STATUS_OK)
        return err_at(err, table_file(table), 0);
    *classes = table_kind(table, column) == COLUMN_TEXT;
    if (!*classes)
        notice(w->run, "the target is a number, fitted by --loss l2; ce-logits would take its values as classes");
    return STATUS_OK;
}

static enum status load(struct work *w, struct err *err)
{
    const struct train_columns *columns = &w->settings->columns;
    struct table *table = NULL;
    struct dataset_options how = {
        .target = columns->target,
        .features = columns->features,
        .exclude = columns->exclude,
        .weights = columns->weights,
        .skip_missing = columns->missing == TRAIN_MISSING_SKIP,
        .threads = w->run->general->threads,
        .spool_directory = memory_directory(),
    };
    enum status status = memory_limit(w->settings->memory, &how.memory, err);
    if (status == STATUS_OK)
        status = train_open_table(&table, &w->settings->input, columns, w->run, true, err);
    if (status == STATUS_OK)
        status = guess_target(w, table, &how.classes, err);
    if (status == STATUS_OK)
        status = dataset_load(&w->data, table, &how, err);
    table_close(table);
    w->file = w->run->n_operands > 0 && strcmp(w->run->operands[0], "-") != 0 ? w->run->operands[0] : "standard input";
    if (status == STATUS_OK)
        train_notice_skipped(w->run, w->data->skipped, w->data->n);
    return status;
}

static enum status choose_loss(struct work *w, struct err *err)
{
    char echo[ERR_ECHO];
    size_t classes = w->data->classes;
    if (w->loss == NULL)
        w->loss = loss_find(classes == 0 ? "l2" : classes == 2 ? "log-logit" : "ce-logits");
    bool one = w->loss->prediction == LOSS_LOGIT || w->loss->prediction == LOSS_PROBABILITY;
    if (w->loss->prediction == LOSS_MEAN)
        return STATUS_OK;
    err_echo(echo, slice_of(w->data->target));
    if (classes < 2)
        err_data(err, "the target '%s' has one class only, '%s'", echo, w->data->labels[0]);
    else if (one && classes > 2)
        err_data(err, "the loss %s is for two classes, and the target '%s' has %zu; ce-logits is for any number", w->loss->name, echo,
                 classes);
    else
        return STATUS_OK;
    return err_at(err, w->file, 0);
}

static void build(struct work *w)
{
    size_t d = w->data->d;
    bool many = w->loss->prediction == LOSS_LOGITS || w->loss->prediction == LOSS_PROBABILITIES;
    network_new(&w->network, d, w->items, w->n_items, many ? w->data->classes : 1, !w->settings->no_bias, w->loss,
                w->loss_parameter);
    w->center = mem_alloc(d, sizeof *w->center);
    w->scale = mem_alloc(d, sizeof *w->scale);
    trainer_scale(w->data, (enum trainer_scale)w->settings->scale, w->center, w->scale);
    if (w->loss->prediction == LOSS_MEAN && w->settings->scale != TRAINER_SCALE_NONE)
        trainer_scale_target(w->network, w->data);
}

/* ---- training ---- */

struct trace {
    struct out *out; /* NULL: nobody wants one */
    struct timespec start;
};

static void add_epoch(void *context, const struct trainer_epoch *epoch)
{
    struct trace *trace = context;
    struct timespec now;
    progress_iteration(epoch->epoch, epoch->loss);
    if (trace->out == NULL)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    out_count(trace->out, epoch->epoch);
    out_number(trace->out, epoch->loss);
    out_number(trace->out, epoch->accuracy);
    out_number(trace->out, epoch->valid_loss);
    out_number(trace->out, epoch->valid_accuracy);
    out_number(trace->out, epoch->rate);
    out_number(trace->out, (double)(now.tv_sec - trace->start.tv_sec) + 1e-9 * (double)(now.tv_nsec - trace->start.tv_nsec));
    out_end_row(trace->out);
}

static double rate_of(const struct settings *s)
{
    return s->learning_rate > 0 ? s->learning_rate : step_all[s->optimizer].rate;
}

static enum status train(struct work *w, struct err *err)
{
    static const char *const names[] = {"epoch", "loss", "accuracy", "valid_loss", "valid_accuracy", "rate", "seconds"};
    const struct settings *s = w->settings;
    struct trace trace = {0};
    struct trainer_options how = {
        .step = &step_all[s->optimizer],
        .settings = {rate_of(s), s->momentum, 0.9, 0.999, 1e-8, s->decay, 1, 0},
        .schedule = &schedule_all[s->schedule],
        .warm_up = s->warm_up,
        .batch = s->batch,
        .epochs = s->epochs,
        .clip = s->clip,
        .valid = s->valid,
        .patience = s->patience,
        .start = (enum network_start)s->start,
        .is_single = s->precision == PRECISION_FLOAT,
        .seed = s->general.seed,
        .threads = s->general.threads,
        .context = &trace,
        .progress = add_epoch,
    };
    enum status status = STATUS_OK;
    if (s->trace != NULL)
        status = out_open(&trace.out, &(struct output_settings){.path = s->trace, .to = OUT_CSV}, 7, names, err);
    if (status != STATUS_OK)
        return status;
    clock_gettime(CLOCK_MONOTONIC, &trace.start);
    w->parameters = mem_alloc(w->network->parameters, sizeof *w->parameters);
    status = trainer_run(w->network, w->data, &how, w->parameters, &w->result, err);
    if (status != STATUS_OK) {
        out_abandon(trace.out);
        return err_at(err, w->file, 0);
    }
    return trace.out != NULL ? out_close(trace.out, err) : STATUS_OK;
}

static enum status refuse_divergence(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    if (step_all[s->optimizer].move == NULL)
        err_data(err, "training diverged: the loss is no finite number; no model was written");
    else
        err_data(err, "training diverged in epoch %zu; no model was written; try a --learning-rate smaller than %g%s", w->result.epochs,
                 rate_of(s), s->clip > 0 ? "" : ", or --clip 1");
    return err->status = STATUS_UNCONVERGED;
}

/* ---- after training ---- */

static void add_training(const struct work *w, struct model *model)
{
    const struct settings *s = w->settings;
    const struct step *step = &step_all[s->optimizer];
    char *text;
    if (step->move == NULL)
        text = mem_format("%s, %zu iterations", step->name, w->result.epochs);
    else if (step->is_whole)
        text = mem_format("%s, rate %g, epoch %zu of %zu", step->name, rate_of(s), w->result.best_epoch, w->result.epochs);
    else
        text = mem_format("%s, rate %g, batches of %zu, epoch %zu of %zu", step->name, rate_of(s), s->batch, w->result.best_epoch,
                          w->result.epochs);
    model_set_text(model, "training", text);
    free(text);
}

static double squared_weights(const struct work *w)
{
    double sum = 0;
    for (size_t i = 0; i < w->network->n_blocks; i++) {
        const struct network_block *b = &w->network->block[i];
        for (size_t k = b->offset + b->biases; k < b->offset + b->n; k++)
            sum += w->parameters[k] * w->parameters[k];
    }
    return sum;
}

static void add_results(const struct work *w, struct model *model)
{
    const struct trainer_epoch *best = &w->result.best;
    double decay = w->settings->decay;
    model_set_number(model, "rows", (double)w->result.rows);
    model_set_number(model, "skipped", (double)w->data->skipped);
    model_set_number(model, "objective", best->loss + decay / 2 * squared_weights(w) * w->network->loss_unit);
    model_set_number(model, "l2", decay);
    model_set_number(model, "standardize", w->settings->scale == TRAINER_SCALE_COLUMNS);
    model_set_number(model, "mean_loss", best->loss);
    if (w->data->classes > 0)
        model_set_number(model, "accuracy", best->accuracy);
    if (w->result.valid_rows > 0) {
        model_set_number(model, "valid_rows", (double)w->result.valid_rows);
        model_set_number(model, "valid_loss", best->valid_loss);
        if (w->data->classes > 0)
            model_set_number(model, "valid_accuracy", best->valid_accuracy);
    }
    model_set_number(model, "seed", (double)w->settings->general.seed);
}

static struct model *make_model(const struct work *w)
{
    struct model *model = model_new("network");
    const struct dataset *data = w->data;
    size_t shape[] = {1, data->d};
    model_set_texts(model, "features", data->d, (const char *const *)data->features);
    if (data->classes > 0) {
        model_set_texts(model, "labels", data->classes, (const char *const *)data->labels);
        model_set_text(model, "target", data->target);
    } else {
        model_set_texts(model, "targets", 1, (const char *const *)&data->target);
    }
    kind_network_write(model, w->network, w->parameters);
    model_set_array(model, "center", 2, shape, w->center);
    model_set_array(model, "scale", 2, shape, w->scale);
    add_training(w, model);
    add_results(w, model);
    model_set_text(model, "command", w->run->command_line);
    return model;
}

static enum status check_gradient(const struct work *w, struct err *err)
{
    static const char *const names[] = {"layer", "parameter", "analytic", "numeric", "relative_error"};
    const struct network *network = w->network;
    struct objective objective = trainer_objective(network, w->data, w->settings->decay, true, w->settings->general.seed,
                                                   w->settings->general.threads);
    double *theta = mem_alloc(objective.n, sizeof *theta);
    gradcheck_point(objective.n, w->settings->general.seed, theta);
    struct gradcheck worst = gradcheck_at(&objective, theta);
    size_t layer = network->n_layers - 1;
    while (network->layer[layer].rows == 0 || network->layer[layer].offset > worst.parameter)
        layer--;
    trainer_objective_free(&objective);
    free(theta);
    struct out *out;
    enum status status = out_open(&out, &(struct output_settings){.path = w->settings->output, .to = OUT_CSV}, 5, names, err);
    if (status != STATUS_OK)
        return status;
    out_count(out, layer + 1);
    out_count(out, worst.parameter - network->layer[layer].offset + 1);
    out_number(out, worst.analytic);
    out_number(out, worst.numeric);
    out_number(out, worst.error);
    out_end_row(out);
    status = out_close(out, err);
    if (status == STATUS_OK && !(worst.error < 1e-5))
        return err_data(err, "the gradient disagrees with differences of the objective");
    return status;
}

static enum status finish(struct work *w, struct err *err)
{
    if (w->settings->check_gradient)
        return check_gradient(w, err);
    enum status status = train(w, err);
    if (status != STATUS_OK)
        return status;
    if (w->result.is_diverged)
        return refuse_divergence(w, err);
    notice_verbose(w->run, "%zu parameters, %zu epochs, mean %s loss %.6g", w->network->parameters, w->result.epochs, w->loss->name,
                   w->result.best.loss);
    struct model *model = make_model(w);
    status = model_write(w->settings->output, model, w->run, err);
    model_free(model);
    return status;
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings, .run = run};
    enum status status = check_settings(w.settings, err);
    if (status == STATUS_OK)
        status = parse_loss(&w, err);
    if (status == STATUS_OK)
        status = network_parse(w.settings->layers, &w.items, &w.n_items, err);
    if (status == STATUS_OK)
        status = load(&w, err);
    if (status == STATUS_OK)
        status = choose_loss(&w, err);
    if (status == STATUS_OK) {
        build(&w);
        status = finish(&w, err);
    }
    free(w.items);
    free(w.center);
    free(w.scale);
    free(w.parameters);
    network_free(w.network);
    dataset_free(w.data);
    return status;
}

const struct command command = {
    .name = "nn-train",
    .purpose = "Train a neural network",
    .operands = "[FILE...]",
    .example = "nn-train -t species --layers '16 relu' --valid 0.2 iris.csv -o iris.model",
    .see_also = "nn-predict,model-show,loss-eval,softmax-train,logreg-train",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
