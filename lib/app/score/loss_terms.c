/* The losses that the options ask for, as terms of an evaluation: name and parameter of each (loss_terms_parse), then
 * their columns (loss_terms_choose; loss_columns.c). */
#include "app/score/loss_terms.h"

#include "app/score/loss_columns.h"
#include "base/mem.h"
#include "cli/loss_option.h"
#include "cli/usage.h"
#include "data/table/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* NAME or NAME:PARAMETER, n bytes. */
static enum status parse_loss(const struct loss_terms_settings *s, struct evaluator_term *term, const char *text,
                              size_t n, struct err *err)
{
    struct loss_option option;
    enum status status = loss_option_parse(&option, (struct slice){text, n}, err);
    if (status != STATUS_OK)
        return status;
    term->loss = s->logit && option.loss->of_logits != NULL ? option.loss->of_logits : option.loss;
    term->parameter = option.parameter;
    term->threshold = s->threshold;
    term->estimated = !option.is_given && term->loss->statistic != NULL;
    return STATUS_OK;
}

/* The losses that are listed, or the one that the table asked for is made of. */
static enum status parse_list(struct loss_terms *terms, const struct loss_terms_settings *s, const char *text,
                              struct err *err)
{
    terms->terms = mem_zero(2 * strlen(text) + 2, sizeof *terms->terms);
    terms->names = mem_zero(strlen(text) + 1, sizeof *terms->names);
    for (;;) {
        size_t n = strcspn(text, ",");
        enum status status = parse_loss(s, &terms->terms[terms->n], text, n, err);
        terms->names[terms->n++] = mem_copy(text, n);
        for (size_t i = 0; status == STATUS_OK && i + 1 < terms->n; i++)
            if (strcmp(terms->names[i], terms->names[terms->n - 1]) == 0)
                status = usage_option(err, "--loss", "'%s' is listed twice", terms->names[i]);
        if (status != STATUS_OK || text[n] == '\0')
            return status;
        text += n + 1;
    }
}

/* --logit that changes no loss of the list. */
static enum status check_logit(const struct loss_terms *terms, const struct loss_terms_settings *s, struct err *err)
{
    bool used = !s->logit;
    for (size_t i = 0; i < terms->n; i++)
        used |= strcmp(terms->terms[i].loss->name, terms->names[i]) != 0 &&
                (terms->terms[i].loss->prediction == LOSS_LOGIT || terms->terms[i].loss->prediction == LOSS_LOGITS);
    return used ? STATUS_OK : usage_requires(err, "--logit", "--loss log or ce");
}

enum status loss_terms_parse(struct loss_terms *terms, const struct loss_terms_settings *s, struct err *err)
{
    char table[32] = "f1";
    if (s->calibration > 0)
        snprintf(table, sizeof table, "ece:%zu", s->calibration);
    if (s->losses == NULL && !s->confusion && !s->report && s->calibration == 0)
        return usage_missing(err, "--loss, --confusion, --report or --calibration");
    enum status status = parse_list(terms, s, s->losses != NULL ? s->losses : table, err);
    return status == STATUS_OK ? check_logit(terms, s, err) : status;
}

void loss_terms_release(struct loss_terms *terms)
{
    for (size_t i = 0; terms->terms != NULL && i < 2 * terms->n; i++) {
        free(terms->terms[i].columns);
        free(terms->terms[i].labels);
        free(terms->terms[i].targets);
    }
    for (size_t i = 0; i < terms->n; i++)
        free(terms->names[i]);
    free(terms->terms);
    free(terms->names);
    free(terms->targets);
}

static enum status check_use(const struct loss_columns *w, struct err *err)
{
    bool threshold = w->settings->threshold == 0.5, temperature = w->settings->temperature == 1;
    for (size_t i = 0; i < w->result->n; i++) {
        const struct evaluator_term *t = &w->result->terms[i];
        threshold |= loss_columns_has_threshold(t->loss) && !t->labelled;
        temperature |= t->loss->prediction == LOSS_LOGIT || t->loss->prediction == LOSS_LOGITS;
    }
    if (!temperature)
        return usage_requires(err, "--temperature", "a loss of logits");
    return threshold ? STATUS_OK
                     : usage_requires(err, "--threshold", "a metric of the class that a probability predicts");
}

enum status loss_terms_choose(struct loss_terms *terms, const struct loss_terms_settings *settings, struct table *table,
                              struct err *err)
{
    struct loss_columns w = {settings, table, terms};
    enum status status =
        columns_find(table_names(table), table_width(table), settings->target, &terms->targets, &terms->n_targets, err);
    if (status == STATUS_OK)
        status = loss_columns_choose(&w, err);
    return status == STATUS_OK ? check_use(&w, err) : err_at(err, table_file(table), 0);
}
