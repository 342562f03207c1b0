#include "base/mem.h"
#include "base/number.h"
#include "cli/command.h"
#include "cli/loss_rows.h"
#include "cli/loss_tables.h"
#include "cli/out.h"
#include "data/columns.h"
#include "family/loss.h"
#include "fit/evaluation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct settings {
    const char *target, *predictions, *baseline, *losses, *group, *weights, *positive;
    int missing;
    bool per_row, gradient, confusion;
    size_t calibration;
    double threshold, temperature;
    struct input_settings input;
    struct output_settings output;
    struct general_settings general;
};

enum { MISSING_ERROR, MISSING_SKIP };
static const struct opt_choice missing_choices[] = {
    {"error", "stop at the first missing value"}, {"skip", "leave such rows out of the losses and count them"}, {NULL, NULL}};

static const struct opt_choice *loss_choices(void)
{
    static struct opt_choice choices[64];
    for (size_t i = 0; loss_all[i] != NULL && i + 1 < sizeof choices / sizeof choices[0]; i++)
        choices[i] = (struct opt_choice){loss_all[i]->name, loss_all[i]->help};
    return choices;
}

static const struct opt options[] = {
    {TEXT(struct settings, target), .letter = 't', .name = "target", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .required = true, .help = "column of what was to be predicted, or several with the probability of each class"},
    {TEXT(struct settings, predictions), .letter = 'p', .name = "predictions", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns of the predictions; without it predicted, mean, p_* or logit_*, as the loss needs"},
    {TEXT(struct settings, losses), .letter = 'l', .name = "loss", .arg = "LIST", .choices_of = loss_choices,
     .help = "losses, comma-separated, each NAME or NAME:PARAMETER"},
    {FLAG(struct settings, per_row), .name = "per-row",
     .help = "write the losses of each row, as columns loss_NAME behind the unchanged row"},
    {FLAG(struct settings, gradient), .name = "gradient",
     .help = "with --per-row, the derivatives of the loss by the predictions, as columns dloss_COLUMN"},
    {TEXT(struct settings, baseline), .name = "baseline", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare the losses, row by row, with those of these predictions"},
    {FLAG(struct settings, confusion), .name = "confusion",
     .help = "write how often each class is taken for which, instead of losses"},
    {COUNT(struct settings, calibration), .name = "calibration", .arg = "BINS", .min = 1, .max = 10000,
     .help = "write how often what is predicted comes true, by bins of the probability, instead of losses"},
    {TEXT(struct settings, group), .letter = 'g', .name = "by", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "evaluate the rows of each value of COLUMN apart"},
    {TEXT(struct settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "how often each row counts"},
    {TEXT(struct settings, positive), .name = "positive", .arg = "LABEL",
     .help = "the target's label that a single probability is for; without it what the name p_LABEL says, or 1"},
    {REAL(struct settings, threshold), .name = "threshold", .arg = "P", .fallback = "0.5", .min = 0, .max = 1,
     .help = "probability from which on accuracy takes a single one for the positive class"},
    {REAL(struct settings, temperature), .name = "temperature", .arg = "T", .fallback = "1", .min = 1e-300, .max = 1e300,
     .help = "divide logits by T first"},
    {CHOICE(struct settings, missing), .name = "missing", .arg = "WHAT", .fallback = "error", .choices = missing_choices,
     .group = OPT_INPUT_GROUP, .help = "what to do with rows that lack a value"},
    OPT_INPUT_ROWS(struct settings, input),
    OPT_OUTPUT_ROWS(struct settings, output),
    OPT_GENERAL_ROWS(struct settings, general),
};

struct work {
    const struct settings *settings;
    struct table *table;
    struct evaluator_term *terms;
    char **names; /* of the terms, as they were given */
    size_t n_terms;          /* without those of the baseline, which follow */
    size_t *targets, n_targets; /* the columns of the target */
    struct evaluator_options options;
    struct evaluation *result;
};

/* Whether one probability tells two classes at a threshold. */
static bool has_threshold(const struct loss *loss)
{
    return loss->metric && loss->prediction == LOSS_PROBABILITIES && loss->parameter == NULL;
}

/* Whether predictions may be labels, which are equal to the target's or not. */
static bool takes_labels(const struct loss *loss)
{
    return has_threshold(loss) && loss->whole == NULL;
}

/* NAME or NAME:PARAMETER, n bytes. */
static enum status parse_loss(const struct settings *s, struct evaluator_term *term, const char *text, size_t n, struct err *err)
{
    char echo[ERR_ECHO], *name = mem_copy(text, n), *colon = strchr(name, ':');
    enum status status = STATUS_OK;
    if (colon != NULL)
        *colon = '\0';
    term->loss = loss_find(name);
    if (term->loss == NULL) {
        status = err_usage(err, "--loss: there is no loss '%s'; see --help", err_echo(echo, slice_of(name)));
    } else {
        term->parameter = term->loss->fallback;
        if (has_threshold(term->loss))
            term->parameter = s->threshold;
        term->estimated = colon == NULL && term->loss->statistic != NULL;
        if (colon != NULL && term->loss->parameter == NULL)
            status = err_usage(err, "--loss: %s has no parameter", name);
        else if (colon != NULL && (!number_parse(slice_of(colon + 1), &term->parameter) ||
                                   !(term->parameter >= term->loss->min && term->parameter <= term->loss->max)))
            status = err_usage(err, "--loss: the %s of %s must be a number from %g to %g", term->loss->parameter, name,
                               term->loss->min, term->loss->max);
        else if (term->loss->whole_parameter && term->parameter != floor(term->parameter))
            status = err_usage(err, "--loss: the %s of %s must be a whole number", term->loss->parameter, name);
    }
    free(name);
    return status;
}

/* The losses that are listed, or the one that the table asked for is made of. */
static enum status parse_losses(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    char table[32] = "f1";
    if (s->calibration > 0)
        snprintf(table, sizeof table, "ece:%zu", s->calibration);
    const char *text = s->losses != NULL ? s->losses : table;
    int outputs = (s->losses != NULL) + s->confusion + (s->calibration > 0);
    if (outputs != 1)
        return err_usage(err, outputs == 0 ? "one of --loss, --confusion and --calibration is needed"
                                           : "only one of --loss, --confusion and --calibration may be given");
    w->terms = mem_zero(2 * strlen(text) + 2, sizeof *w->terms);
    w->names = mem_zero(strlen(text) + 1, sizeof *w->names);
    for (;;) {
        size_t n = strcspn(text, ",");
        enum status status = parse_loss(w->settings, &w->terms[w->n_terms], text, n, err);
        w->names[w->n_terms++] = mem_copy(text, n);
        for (size_t i = 0; status == STATUS_OK && i + 1 < w->n_terms; i++)
            if (strcmp(w->names[i], w->names[w->n_terms - 1]) == 0)
                status = err_usage(err, "--loss: %s is listed twice", w->names[i]);
        if (status != STATUS_OK || text[n] == '\0')
            return status;
        text += n + 1;
    }
}

/* What follows p_ or logit_ in a column's name. */
static struct slice label_of(const char *name)
{
    if (strncmp(name, "p_", 2) == 0)
        return slice_of(name + 2);
    if (strncmp(name, "logit_", 6) == 0)
        return slice_of(name + 6);
    return (struct slice){NULL, 0};
}

static bool needs_one(const struct work *w, const struct evaluator_term *t)
{
    bool many = t->loss->prediction == LOSS_PROBABILITIES || t->loss->prediction == LOSS_LOGITS;
    return !many || (has_threshold(t->loss) && w->settings->threshold != 0.5);
}

/* Of several columns p_LABEL the one of the positive class: that of --positive, or p_1 of p_0 and p_1. */
static void choose_positive(struct evaluator_term *t, const char *positive)
{
    size_t found = t->n;
    bool is_binary = t->n == 2;
    for (size_t k = 0; k < t->n; k++) {
        struct slice label = t->labels[k];
        is_binary &= label.n == 1 && (label.p[0] == '0' || label.p[0] == '1');
        if (label.p != NULL && slice_equal(label, slice_of(positive != NULL ? positive : "1")))
            found = k;
    }
    if (found == t->n || (positive == NULL && !is_binary))
        return;
    if (t->n == 2)
        t->other = t->labels[1 - found];
    t->columns[0] = t->columns[found];
    t->labels[0] = t->labels[found];
    t->n = 1;
}

/* Lists where the predictions usually are; the first list that there is counts. */
static const char *const *usual_columns(const struct loss *loss)
{
    static const char *const means[] = {"predicted", "mean", NULL}, *const logits[] = {"logit_*", NULL};
    static const char *const classes[] = {"p_*", "predicted", NULL}, *const scores[] = {"p_*", "logit_*", NULL};
    static const char *const probabilities[] = {"p_*", NULL}, *const pairs[] = {"mean,sd", NULL};
    switch (loss->prediction) {
    case LOSS_MEAN:
        return means;
    case LOSS_MEAN_SD:
        return pairs;
    case LOSS_LOGIT:
    case LOSS_LOGITS:
        return logits;
    case LOSS_SCORE:
        return scores;
    default:
        return takes_labels(loss) ? classes : probabilities;
    }
}

static enum status find_columns(const struct work *w, struct evaluator_term *t, struct err *err)
{
    const char *const given[] = {w->settings->predictions, NULL};
    const char *const *specs = given[0] != NULL ? given : usual_columns(t->loss);
    struct err other;
    enum status status = columns_find(table_names(w->table), table_width(w->table), specs[0], &t->columns, &t->n, err);
    for (size_t i = 1; status != STATUS_OK && specs[i] != NULL; i++)
        if (columns_find(table_names(w->table), table_width(w->table), specs[i], &t->columns, &t->n, &other) == STATUS_OK)
            status = STATUS_OK;
    return status;
}

static enum status choose_columns(struct work *w, struct evaluator_term *t, struct err *err)
{
    const char *const *names = table_names(w->table);
    enum loss_prediction kind = t->loss->prediction;
    enum status status = find_columns(w, t, err);
    if (status != STATUS_OK)
        return status;
    t->labelled = takes_labels(t->loss) && t->n == 1 && strcmp(names[t->columns[0]], "predicted") == 0;
    t->labels = mem_zero(t->n, sizeof *t->labels);
    if (kind == LOSS_MEAN_SD)
        return t->n == 2 ? status : err_usage(err, "the nll-sd loss needs two columns, the mean and the sd; choose them by -p");
    for (size_t k = 0; k < t->n; k++)
        t->labels[k] = label_of(names[t->columns[k]]);
    if (t->n > 1 && needs_one(w, t) && kind != LOSS_MEAN)
        choose_positive(t, w->settings->positive);
    if (t->n > 1 && needs_one(w, t))
        return err_usage(err, "the %s loss needs one column of predictions, not %zu; choose one by -p%s", t->loss->name, t->n,
                         kind == LOSS_MEAN ? "" : " or --positive");
    for (size_t k = 0; k < t->n; k++)
        if (t->n > 1 && t->labels[k].p == NULL)
            return err_usage(err, "column '%s' names no class; the columns of several classes are called p_LABEL or logit_LABEL",
                             names[t->columns[k]]);
    if (t->n == 1 && w->settings->positive != NULL)
        t->labels[0] = slice_of(w->settings->positive);
    return status;
}

/* Whether a column is for the class: it has its name, or one that ends with _NAME. */
static bool is_of_class(const char *column, struct slice label)
{
    size_t n = strlen(column);
    if (label.p == NULL || n < label.n || !slice_equal((struct slice){column + n - label.n, label.n}, label))
        return false;
    return n == label.n || column[n - label.n - 1] == '_';
}

/* Of `found` columns the one of each class of the term, in their order; the caller frees them. */
static enum status match_classes(const struct work *w, const char *option, const size_t *columns, size_t found,
                                 const struct evaluator_term *t, size_t **result, struct err *err)
{
    char echo[ERR_ECHO];
    size_t *matched = *result = mem_zero(t->n, sizeof *matched);
    enum status status = STATUS_OK;
    for (size_t k = 0; status == STATUS_OK && k < t->n; k++) {
        size_t matches = 0;
        for (size_t i = 0; i < found; i++) {
            if (!is_of_class(table_names(w->table)[columns[i]], t->labels[k]))
                continue;
            matched[k] = columns[i];
            matches++;
        }
        if (matches != 1)
            status = err_usage(err, "--%s: %s column is for the class '%s', by a name that ends with it", option,
                               matches == 0 ? "no" : "more than one", err_echo(echo, t->labels[k]));
    }
    return status;
}

/* The predictions that a term's are compared with. */
static enum status choose_baseline(struct work *w, size_t term, struct err *err)
{
    const struct evaluator_term *t = &w->terms[term];
    struct evaluator_term *b = &w->terms[w->n_terms + term];
    size_t *columns = NULL, found;
    *b = *t;
    b->columns = NULL;
    b->targets = NULL;
    b->labels = mem_zero(t->n, sizeof *b->labels);
    memcpy(b->labels, t->labels, t->n * sizeof *b->labels);
    enum status status = columns_find(table_names(w->table), table_width(w->table), w->settings->baseline, &columns, &found, err);
    if (status == STATUS_OK && t->n == found && (t->n == 1 || loss_is_of_numbers(t->loss))) {
        b->columns = columns;
        return status;
    }
    if (status == STATUS_OK && t->labels[0].p == NULL)
        status = err_usage(err, "--baseline: the %s loss needs %s, not %zu", t->loss->name, t->n == 1 ? "one column" : "two columns",
                           found);
    if (status == STATUS_OK)
        status = match_classes(w, "baseline", columns, found, t, &b->columns, err);
    free(columns);
    return status;
}

/* The columns of the target with the probability of each class. */
static enum status choose_shares(struct work *w, struct evaluator_term *t, struct err *err)
{
    if (!t->loss->soft || t->n == 1)
        return err_usage(err, "--target: several columns, with the probability of each class, are for ce and "
                              "ce-logits of several classes");
    return match_classes(w, "target", w->targets, w->n_targets, t, &t->targets, err);
}

static enum status choose_terms(struct work *w, struct err *err)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < w->n_terms; i++) {
        status = choose_columns(w, &w->terms[i], err);
        if (status == STATUS_OK && w->settings->baseline != NULL)
            status = choose_baseline(w, i, err);
    }
    for (size_t i = 0; status == STATUS_OK && w->n_targets > 1 && i < w->options.n_terms; i++)
        status = choose_shares(w, &w->terms[i], err);
    return status;
}

static enum status check_use(const struct work *w, struct err *err)
{
    bool threshold = w->settings->threshold == 0.5, temperature = w->settings->temperature == 1;
    for (size_t i = 0; i < w->n_terms; i++) {
        const struct evaluator_term *t = &w->terms[i];
        threshold |= has_threshold(t->loss) && !t->labelled;
        temperature |= t->loss->prediction == LOSS_LOGIT || t->loss->prediction == LOSS_LOGITS;
    }
    if (!temperature)
        return err_usage(err, "--temperature is for losses of logits");
    return threshold ? STATUS_OK : err_usage(err, "--threshold is for the accuracy or the F1 of a probability");
}

static enum status choose(struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    struct evaluator_options *o = &w->options;
    const char *const *names = table_names(w->table);
    size_t width = table_width(w->table);
    *o = (struct evaluator_options){.terms = w->terms, .n_terms = w->n_terms, .threads = s->general.threads,
                                     .by_group = s->group != NULL, .weighted = s->weights != NULL,
                                     .skip_missing = s->missing == MISSING_SKIP, .gradient = s->gradient,
                                     .paired = s->baseline != NULL,
                                     .temperature = s->temperature == 1 ? 0 : s->temperature};
    o->n_terms *= o->paired ? 2 : 1;
    enum status status = columns_find(names, width, s->target, &w->targets, &w->n_targets, err);
    if (status == STATUS_OK)
        o->target = w->targets[0];
    if (status == STATUS_OK && o->by_group)
        status = columns_find_one(names, width, s->group, &o->group, err);
    if (status == STATUS_OK && o->weighted)
        status = columns_find_one(names, width, s->weights, &o->weight, err);
    if (status == STATUS_OK)
        status = choose_terms(w, err);
    return status == STATUS_OK ? check_use(w, err) : err_at(err, table_file(w->table), 0);
}

static enum status write_results(const struct work *w, struct err *err)
{
    const char *names[] = {"", "loss", "n", "sum", "mean", "se"};
    const struct settings *s = w->settings;
    size_t first = s->group == NULL;
    if (first == 0)
        names[0] = table_name(w->table, w->options.group);
    struct out *out;
    enum status status = out_open(&out, &s->output, 6 - first, names + first, err);
    if (status != STATUS_OK)
        return status;
    for (uint32_t g = 0; g < w->result->groups; g++) {
        for (size_t i = 0; i < w->n_terms; i++) {
            const struct evaluation_cell *cell = &w->result->cell[g * w->n_terms + i];
            if (s->group != NULL)
                out_text(out, dict_text(w->result->names, g));
            out_word(out, w->names[i]);
            out_count(out, cell->moments.n + cell->infinite);
            out_number(out, evaluation_sum(cell, &w->terms[i]));
            out_number(out, evaluation_mean(cell, &w->terms[i]));
            out_number(out, evaluation_se(cell, &w->terms[i]));
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

/* A paired comparison: Student's t of the mean difference. */
static enum status write_comparison(const struct work *w, struct err *err)
{
    const char *names[] = {"", "loss", "n", "mean", "baseline", "difference", "se", "p"};
    const struct settings *s = w->settings;
    size_t first = s->group == NULL;
    if (first == 0)
        names[0] = table_name(w->table, w->options.group);
    struct out *out;
    enum status status = out_open(&out, &s->output, 8 - first, names + first, err);
    if (status != STATUS_OK)
        return status;
    for (uint32_t g = 0; g < w->result->groups; g++) {
        for (size_t i = 0; i < w->n_terms; i++) {
            const struct evaluation_cell *cell = &w->result->cell[g * w->options.n_terms + i], *baseline = cell + w->n_terms;
            struct evaluation_comparison difference = evaluation_compare(cell, baseline);
            if (s->group != NULL)
                out_text(out, dict_text(w->result->names, g));
            out_word(out, w->names[i]);
            out_count(out, cell->moments.n + cell->infinite);
            out_number(out, evaluation_mean(cell, &w->terms[i]));
            out_number(out, evaluation_mean(baseline, &w->terms[i]));
            out_number(out, difference.mean);
            out_number(out, difference.se);
            out_number(out, difference.p);
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

/* Both rows and comparisons need the loss of every row by itself. */
static enum status check_single(const struct work *w, const char *option, struct err *err)
{
    if (w->settings->losses == NULL)
        return err_usage(err, "--%s says nothing with --%s", w->settings->confusion ? "confusion" : "calibration", option);
    for (size_t i = 0; i < w->n_terms; i++) {
        const struct loss *loss = w->terms[i].loss;
        if (loss->whole != NULL)
            return err_usage(err, "--loss: %s is of all rows together, not for --%s", w->names[i], option);
        if (w->terms[i].estimated)
            return err_usage(err, "--loss: %s needs its %s with --%s: %s:%s", w->names[i], loss->parameter, option, w->names[i],
                             loss->parameter);
    }
    return STATUS_OK;
}

/* --per-row reads the rows only once, and has one row for each. */
static enum status check_per_row(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    if (s->group != NULL || s->weights != NULL || s->baseline != NULL)
        return err_usage(err, "--%s says nothing with --per-row", s->group != NULL     ? "by"
                                                                  : s->weights != NULL ? "weights"
                                                                                       : "baseline");
    if (s->output.to != OUT_CSV)
        return err_usage(err, "--to says nothing with --per-row, which keeps the format of the input");
    if (s->gradient && w->n_terms > 1)
        return err_usage(err, "--gradient is of one loss, not %zu", w->n_terms);
    if (s->gradient && w->terms[0].loss->metric)
        return err_usage(err, "--gradient: %s has none", w->names[0]);
    return check_single(w, "per-row", err);
}

static enum status check_settings(const struct work *w, struct err *err)
{
    const struct settings *s = w->settings;
    if (s->per_row)
        return check_per_row(w, err);
    if (s->gradient)
        return err_usage(err, "--gradient needs --per-row");
    return s->baseline != NULL ? check_single(w, "baseline", err) : STATUS_OK;
}

static enum status per_row(const struct work *w, const struct invocation *run, struct err *err)
{
    struct sink *sink = NULL;
    size_t skipped = 0;
    enum status status = sink_open(&sink, w->settings->output.path, err);
    if (status == STATUS_OK)
        status = loss_rows_write(w->table, &w->options, w->names, w->settings->output.digits, sink, &skipped, err);
    if (status != STATUS_OK) {
        sink_abandon(sink);
        return status;
    }
    if (skipped > 0)
        notice(run, "rows with missing values, whose losses are empty: %zu", skipped);
    return sink_close(sink, err);
}

static enum status summarise(struct work *w, const struct invocation *run, struct err *err)
{
    enum status status = evaluation_run(&w->result, w->table, &w->options, err);
    if (status != STATUS_OK)
        return status;
    const struct err *infinite = &w->result->infinite;
    if (w->result->skipped > 0)
        notice(run, "rows with missing values, left out: %zu", w->result->skipped);
    if (infinite->status != STATUS_OK)
        notice(run, "%s:%zu: %s", infinite->file, infinite->line, infinite->reason);
    const struct loss_tables tables = {w->result, w->terms,
                                       w->options.by_group ? table_name(w->table, w->options.group) : NULL};
    if (w->settings->confusion)
        return loss_tables_confusion(&tables, &w->settings->output, err);
    if (w->settings->calibration > 0)
        return loss_tables_calibration(&tables, &w->settings->output, err);
    return w->options.paired ? write_comparison(w, err) : write_results(w, err);
}

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    struct work w = {.settings = settings};
    enum status status = parse_losses(&w, err);
    if (status == STATUS_OK)
        status = check_settings(&w, err);
    if (status == STATUS_OK)
        status = command_open_table(&w.table, &w.settings->input, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose(&w, err);
    if (status == STATUS_OK)
        status = w.settings->per_row ? per_row(&w, run, err) : summarise(&w, run, err);
    evaluation_free(w.result);
    for (size_t i = 0; w.terms != NULL && i < 2 * w.n_terms; i++) {
        free(w.terms[i].columns);
        free(w.terms[i].labels);
        free(w.terms[i].targets);
    }
    for (size_t i = 0; i < w.n_terms; i++)
        free(w.names[i]);
    free(w.targets);
    free(w.terms);
    free(w.names);
    table_close(w.table);
    return status;
}

const struct command command = {
    .name = "loss-eval",
    .purpose = "Evaluate losses and metrics of predictions against targets",
    .operands = "[FILE...]",
    .example = "loss-eval -t survived -p p_1 --loss log,accuracy predictions.csv",
    .see_also = "mle-gauss,nn-predict",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .settings_size = sizeof(struct settings),
    .general_offset = offsetof(struct settings, general),
    .run = run,
};
