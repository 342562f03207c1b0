/* The columns of predictions for each loss, by name.
 *
 * 1. find_columns: those of --predictions; else where predictions of the loss's kind usually stand (usual_columns);
 *    else mean_TARGET.
 * 2. choose_columns: the class of each column, from p_LABEL or logit_LABEL; of several columns the one of the positive
 *    class, if the loss takes one (choose_positive).
 * 3. choose_baseline, choose_class_probabilities: the columns of --baseline, and those of a target of probabilities,
 *    which are matched with the classes by their names (match_classes). */
#include "app/score/loss_columns.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "data/keys/names.h"
#include "data/table/columns.h"

#include <stdlib.h>
#include <string.h>

bool loss_columns_has_threshold(const struct loss *loss)
{
    return loss->decides;
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

static bool needs_one(const struct loss_columns *w, const struct evaluator_term *t)
{
    bool many = t->loss->prediction == LOSS_PROBABILITIES || t->loss->prediction == LOSS_LOGITS;
    return !many || (loss_columns_has_threshold(t->loss) && w->settings->threshold != 0.5);
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
        return loss_columns_has_threshold(loss) ? classes : probabilities;
    }
}

/* The columns mean_TARGET, and for a loss of both sd_TARGET, which predictions of several targets have; false: one is
 * not there. */
static bool find_of_target(const struct loss_columns *w, struct evaluator_term *t)
{
    static const char *const prefix[] = {"mean", "sd"};
    const char *const *names = table_names(w->table);
    size_t wanted = t->loss->prediction == LOSS_MEAN_SD ? 2 : 1;
    t->columns = mem_zero(wanted, sizeof *t->columns);
    t->n = 0;
    for (size_t k = 0; k < wanted && t->n == k; k++) {
        char *name = mem_format("%s_%s", prefix[k], names[w->result->targets[0]]);
        for (size_t c = 0; c < table_width(w->table) && t->n == k; c++)
            if (strcmp(names[c], name) == 0)
                t->columns[t->n++] = c;
        free(name);
    }
    if (t->n == wanted)
        return true;
    free(t->columns);
    t->columns = NULL;
    return false;
}

static enum status find_columns(const struct loss_columns *w, struct evaluator_term *t, struct err *err)
{
    const char *const given[] = {w->settings->predictions, NULL};
    const char *const *specs = given[0] != NULL ? given : usual_columns(t->loss);
    struct err other;
    enum status status = columns_find(table_names(w->table), table_width(w->table), specs[0], &t->columns, &t->n, err);
    for (size_t i = 1; status != STATUS_OK && specs[i] != NULL; i++)
        if (columns_find(table_names(w->table), table_width(w->table), specs[i], &t->columns, &t->n, &other) ==
            STATUS_OK)
            status = STATUS_OK;
    if (status != STATUS_OK && given[0] == NULL && loss_is_of_numbers(t->loss) && find_of_target(w, t))
        status = STATUS_OK;
    return status;
}

/* Of several classes the one of --positive, for a metric of one class. */
static enum status choose_own(const struct loss_columns *w, struct evaluator_term *t, struct err *err)
{
    for (size_t k = 0; k < t->n; k++)
        if (names_same_label(t->labels[k], slice_of(w->settings->positive)))
            t->own = k + 1;
    return t->own > 0
               ? STATUS_OK
               : usage_option(err, "--positive", "no prediction column is for the class '%s'", w->settings->positive);
}

static enum status choose_columns(struct loss_columns *w, struct evaluator_term *t, struct err *err)
{
    const char *const *names = table_names(w->table);
    enum loss_prediction kind = t->loss->prediction;
    enum status status = find_columns(w, t, err);
    if (status != STATUS_OK)
        return status;
    t->labelled =
        loss_columns_has_threshold(t->loss) && t->n == 1 &&
        (strcmp(names[t->columns[0]], "predicted") == 0 || table_kind(w->table, t->columns[0]) == COLUMN_TEXT);
    t->labels = mem_zero(t->n, sizeof *t->labels);
    if (kind == LOSS_MEAN_SD)
        return t->n == 2 ? status
                         : usage_option(err, "--loss", "%s requires two columns, mean and sd; use --predictions",
                                        t->loss->name);
    for (size_t k = 0; k < t->n; k++)
        t->labels[k] = label_of(names[t->columns[k]]);
    if (t->n > 1 && needs_one(w, t) && kind != LOSS_MEAN)
        choose_positive(t, w->settings->positive);
    if (t->n > 1 && needs_one(w, t) && t->loss->of_classes != NULL)
        return usage_option(err, "--loss",
                            "%s requires one column of predictions, not %zu; use --positive LABEL for one class, or "
                            "--loss %s for all classes",
                            t->loss->name, t->n, t->loss->of_classes);
    if (t->n > 1 && needs_one(w, t))
        return usage_option(err, "--loss", "%s requires one column of predictions, not %zu; use --predictions%s",
                            t->loss->name, t->n, kind == LOSS_MEAN ? "" : " or --positive");
    for (size_t k = 0; k < t->n; k++)
        if (t->n > 1 && t->labels[k].p == NULL)
            return usage_option(err, "--predictions", "column '%s' names no class; expected p_LABEL or logit_LABEL",
                                names[t->columns[k]]);
    if (t->labelled)
        t->labels[0] = (struct slice){NULL, 0};
    if (t->n == 1 && w->settings->positive != NULL) {
        t->labels[0] = slice_of(w->settings->positive);
        t->rest = t->other.p == NULL;
    }
    return t->n > 1 && w->settings->positive != NULL && t->loss->decides && t->loss->whole != NULL
               ? choose_own(w, t, err)
               : status;
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
static enum status match_classes(const struct loss_columns *w, const char *option, const size_t *columns, size_t found,
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
            status = usage_option(err, option, "%s has a name that ends with the class '%s'",
                                  matches == 0 ? "no column" : "more than one column", err_echo(echo, t->labels[k]));
    }
    return status;
}

/* The predictions that a term's are compared with. */
static enum status choose_baseline(struct loss_columns *w, size_t term, struct err *err)
{
    const struct evaluator_term *t = &w->result->terms[term];
    struct evaluator_term *b = &w->result->terms[w->result->n + term];
    size_t *columns = NULL, found;
    *b = *t;
    b->columns = NULL;
    b->targets = NULL;
    b->labels = mem_zero(t->n, sizeof *b->labels);
    memcpy(b->labels, t->labels, t->n * sizeof *b->labels);
    enum status status =
        columns_find(table_names(w->table), table_width(w->table), w->settings->baseline, &columns, &found, err);
    if (status == STATUS_OK && t->n == found && (t->n == 1 || loss_is_of_numbers(t->loss))) {
        b->columns = columns;
        return status;
    }
    if (status == STATUS_OK && t->labels[0].p == NULL)
        status = usage_option(err, "--baseline", "the loss %s requires %s, not %zu", t->loss->name,
                              t->n == 1 ? "one column" : "two columns", found);
    if (status == STATUS_OK)
        status = match_classes(w, "--baseline", columns, found, t, &b->columns, err);
    free(columns);
    return status;
}

/* The columns of the target with the probability of each class. */
static enum status choose_class_probabilities(struct loss_columns *w, struct evaluator_term *t, struct err *err)
{
    if (!t->loss->soft || t->n == 1)
        return usage_option(err, "--target",
                            "columns of class probabilities require --loss ce or ce-logits of several classes");
    return match_classes(w, "--target", w->result->targets, w->result->n_targets, t, &t->targets, err);
}

enum status loss_columns_choose(struct loss_columns *w, struct err *err)
{
    struct loss_terms *r = w->result;
    size_t all = w->settings->baseline != NULL ? 2 * r->n : r->n;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < r->n; i++) {
        status = choose_columns(w, &r->terms[i], err);
        if (status == STATUS_OK && w->settings->baseline != NULL)
            status = choose_baseline(w, i, err);
    }
    for (size_t i = 0; status == STATUS_OK && r->n_targets > 1 && i < all; i++)
        status = choose_class_probabilities(w, &r->terms[i], err);
    return status;
}
