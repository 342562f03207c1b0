/* What nn-train reads before there is a network: the options that are texts (nn_parse); the model of --init or the
 * checkpoint, which also decides what --loss and --layers leave open (load_init); the rows, whose target is classes or
 * numbers by the loss or by the column (guess_target); the rows of --valid FILE, which must have the same features and
 * classes (load_valid). */
#include "app/nn/nn_work.h"

#include "app/train/train_classes.h"
#include "app/train/train_notice.h"
#include "base/mem.h"
#include "cli/loss_option.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "model/kind_network.h"
#include "model/predictor_open.h"
#include "text/number.h"

#include <stdlib.h>
#include <string.h>

/* ---- options ---- */

static enum status parse_loss(struct nn *nn, struct err *err)
{
    struct loss_option option;
    if (nn->settings->loss == NULL)
        return STATUS_OK;
    enum status status = loss_option_parse(&option, slice_of(nn->settings->loss), err);
    if (status != STATUS_OK)
        return status;
    if (option.loss->metric)
        return usage_option(err, "--loss", "%s has no gradient to train by", option.loss->name);
    nn->loss = option.loss;
    bool is_estimated = nn->loss == &loss_nll && !option.is_given; /* a variance that is not given is learnt */
    nn->loss_parameter = is_estimated ? 0 : option.parameter;
    return STATUS_OK;
}

/* A number is a share, anything else a file. */
static enum status parse_valid(struct nn *nn, struct err *err)
{
    const char *text = nn->settings->valid;
    if (text == NULL)
        return STATUS_OK;
    if (!number_parse(slice_of(text), &nn->valid_share))
        nn->valid_file = text;
    else if (!(nn->valid_share > 0 && nn->valid_share < 1))
        return usage_value(err, "--valid", text, "a fraction between 0 and 1, or a file; a file of that name is ./%s",
                           text);
    return STATUS_OK;
}

enum status nn_parse(struct nn *nn, struct err *err)
{
    enum status status = parse_loss(nn, err);
    if (status == STATUS_OK)
        status = parse_valid(nn, err);
    if (status == STATUS_OK)
        status = usage_of_option(network_parse(nn->settings->layers, &nn->items, &nn->n_items, err), err, "--layers");
    if (status == STATUS_OK)
        status = train_classes_check(nn->settings->class_weights, err);
    nn->bias = !nn->settings->no_bias;
    return status;
}

/* ---- the initial model ---- */

static enum status load_init(struct nn *nn, struct err *err)
{
    nn_find_checkpoint(nn);
    const char *path = nn->is_resumed ? nn->settings->output : nn->settings->init;
    if (path == NULL)
        return STATUS_OK;
    enum status status = predictor_open(&nn->initial, path, err);
    if (status != STATUS_OK)
        return status;
    nn->init = nn->initial->model;
    if (strcmp(model_kind(nn->init), "network") != 0)
        return err_data(err, "--%s: %s is not a network, but a model of the kind '%s'",
                        nn->is_resumed ? "resume" : "init", path, model_kind(nn->init));
    const struct network *initial = kind_network_parts(nn->initial).network;
    if (nn->loss == NULL) {
        nn->loss = initial->loss;
        nn->loss_parameter = initial->loss_parameter;
    }
    if (nn->settings->layers == NULL)
        network_items(initial, &nn->items, &nn->n_items);
    if (!nn->settings->no_bias)
        nn->bias = initial->layer[initial->lowest].shape.bias;
    return STATUS_OK;
}

/* ---- rows ---- */

/* A target whose loss nobody named is a number where its column holds numbers. */
static enum status guess_target(struct nn *nn, struct table *table, struct dataset_options *how, struct err *err)
{
    size_t *columns = NULL, n = 0;
    enum status status = columns_find(table_names(table), table_width(table), how->roles.target, &columns, &n, err);
    if (status != STATUS_OK)
        return err_at(err, table_file(table), 0);
    bool text = table_kind(table, columns[0]) == COLUMN_TEXT;
    free(columns);
    how->several = n > 1;
    if (nn->loss != NULL) {
        nn->soft = n > 1 && nn->loss->soft;
        how->classes = !loss_is_of_numbers(nn->loss) && !nn->soft;
        how->probabilities = nn->soft;
        if (how->classes && n > 1)
            return err_data(err, "the loss %s supports one target, not %zu", nn->loss->name, n);
        return STATUS_OK;
    }
    how->classes = text && n == 1;
    return STATUS_OK;
}

static struct dataset_options options_of(const struct nn *nn)
{
    return (struct dataset_options){
        .roles = train_columns_roles(&nn->settings->columns),
        .threads = nn->run->general->threads,
        .memory = memory_limit(nn->settings->memory),
        .spool_directory = memory_directory(),
        .single = nn->settings->dtype == NN_SINGLE,
    };
}

static enum status load_valid(struct nn *nn, const struct dataset_options *how, struct err *err)
{
    struct table *table = NULL;
    char echo[ERR_ECHO], other[ERR_ECHO];
    struct invocation run = *nn->run;
    size_t unknown = 0;
    if (nn->valid_file == NULL)
        return STATUS_OK;
    run.operands = &nn->valid_file;
    run.n_operands = 1;
    enum status status = command_open_table(&table, &nn->settings->input, &run, COMMAND_BY_ROW, err);
    if (status == STATUS_OK)
        status = dataset_load(&nn->valid, table, how, err);
    table_close(table);
    if (status != STATUS_OK)
        return status;
    const struct dataset *rows = nn->rows, *valid = nn->valid;
    size_t j = 0;
    while (j < rows->d && j < valid->d && strcmp(rows->features[j], valid->features[j]) == 0)
        j++;
    if (j < rows->d && j < valid->d)
        err_data(err, "feature %zu is '%s' here, but '%s' in the training rows", j + 1,
                 err_echo(echo, slice_of(valid->features[j])), err_echo(other, slice_of(rows->features[j])));
    else if (rows->d != valid->d)
        err_data(err, "there are %zu features, but %zu in the training rows", valid->d, rows->d);
    else if (how->classes && !dataset_use_labels(nn->valid, rows->classes, (const char *const *)rows->labels, &unknown))
        err_data(err, "no training row has the class '%s'", err_echo(echo, slice_of(valid->labels[unknown])));
    else
        return STATUS_OK;
    return err_at(err, nn->valid_file, 0);
}

/* The classes of columns of probabilities that are called "p_LABEL", or simply LABEL. */
static void name_labels(struct nn *nn)
{
    const struct dataset *rows = nn->rows;
    bool prefixed = true;
    if (!nn->soft)
        return;
    for (size_t k = 0; k < rows->n_targets; k++)
        prefixed &= strncmp(rows->targets[k], "p_", 2) == 0;
    nn->class_names = mem_alloc(rows->n_targets, sizeof *nn->class_names);
    for (size_t k = 0; k < rows->n_targets; k++)
        nn->class_names[k] = rows->targets[k] + (prefixed ? 2 : 0);
}

/* Numbers the classes as the initial model does, if there is one. */
static enum status use_initial_labels(struct nn *nn, struct err *err)
{
    char echo[ERR_ECHO];
    size_t unknown;
    const struct predictor *p = nn->initial;
    if (p == NULL || nn->rows->classes == 0 || p->labels == 0 ||
        dataset_use_labels(nn->rows, p->labels, p->label, &unknown))
        return STATUS_OK;
    err_data(err, "the model of --%s has no class '%s'", nn->is_resumed ? "resume" : "init",
             err_echo(echo, slice_of(nn->rows->labels[unknown])));
    return err_at(err, nn->file, 0);
}

enum status nn_load(struct nn *nn, struct err *err)
{
    struct table *table = NULL;
    struct dataset_options how = options_of(nn);
    nn->file = command_operand_name(nn->run, 0);
    enum status status = load_init(nn, err);
    if (status == STATUS_OK)
        status = train_columns_open(&table, &nn->settings->input, &nn->settings->columns, nn->run, COMMAND_BY_ROW, err);
    if (status == STATUS_OK)
        status = guess_target(nn, table, &how, err);
    if (status == STATUS_OK)
        status = dataset_load(&nn->rows, table, &how, err);
    table_close(table);
    if (status != STATUS_OK)
        return status;
    train_notice_skipped_targets(nn->run, nn->rows->skipped, nn->rows->n, nn->rows->n_targets);
    if (nn->loss == NULL && nn->rows->classes == 0 && nn->rows->n_targets == 1)
        notice(nn->run, "the target is numeric and fitted with --loss l2; use --loss ce-logits for classes");
    train_notice_numbers(nn->run, nn->rows->target, nn->rows->classes, nn->rows->labels, nn->rows->n, "--loss l2");
    name_labels(nn);
    status = use_initial_labels(nn, err);
    if (status == STATUS_OK)
        status = load_valid(nn, &how, err);
    if (status == STATUS_OK && nn->settings->class_weights != NULL && !how.classes)
        return usage_requires(err, "--class-weight", "a target of class labels");
    if (status == STATUS_OK && train_classes_weigh(nn->rows, nn->settings->class_weights, err) != STATUS_OK)
        status = err_at(err, nn->file, 0);
    return status;
}
