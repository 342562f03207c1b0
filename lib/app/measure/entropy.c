/* Entropy of what the operands hold, one row of result per column and group.
 *
 * 1. check_settings: which options exclude each other.
 * 2. The symbols and how often each occurs: of bytes, lines and tokens (entropy_stream.c), or of columns, whose values
 *    are symbols, counts or probabilities (entropy_columns.c).
 * 3. entropy_write: the estimate of each set of symbols (family/dist/information.c) and its row (entropy_write.c).
 * With --gauss the input is a table of fitted Gaussians instead (entropy_gauss.c). */
#include "app/measure/entropy_work.h"

#include "cli/memory.h"
#include "cli/usage.h"
#include "family/dist/information.h"

#include <stdlib.h>

static enum status check_gauss(const struct entropy_settings *s, struct err *err)
{
    if (!s->gauss)
        return s->cov ? usage_requires(err, "--cov", "--gauss") : STATUS_OK;
    const struct usage_given others[] = {
        {"--bytes", s->bytes},
        {"--tokens", s->tokens},
        {"--columns", s->columns != NULL},
        {"--counts", s->counts},
        {"--probabilities", s->probabilities},
        {"--joint", s->joint},
        {"--given", s->given != NULL},
        {"--weights", s->weights != NULL},
        {"--aweights", s->aweights != NULL},
        {"--se", s->se},
        {"--redundancy", s->redundancy},
        {"--estimate", s->estimate != INFORMATION_ML},
        {NULL, false},
    };
    return usage_exclude(err, "--gauss", others);
}

static enum status check_settings(const struct entropy_settings *s, bool of_columns, struct err *err)
{
    const struct usage_given inputs[] = {
        {"--bytes", s->bytes}, {"--tokens", s->tokens}, {"columns of a table", of_columns}, {NULL, false}};
    const struct usage_given values[] = {{"--joint", s->joint},
                                         {"--given", s->given != NULL},
                                         {"--weights", s->weights != NULL},
                                         {"--aweights", s->aweights != NULL},
                                         {NULL, false}};
    const struct usage_given weights[] = {
        {"--weights", s->weights != NULL}, {"--aweights", s->aweights != NULL}, {NULL, false}};
    const struct usage_given samples[] = {
        {"--se", s->se}, {"--estimate", s->estimate != INFORMATION_ML}, {NULL, false}};
    enum status status = check_gauss(s, err);
    if (status == STATUS_OK && s->counts && s->probabilities)
        status = usage_conflict(err, "--counts", "--probabilities");
    if (status == STATUS_OK)
        status = usage_exclude_each_other(err, inputs);
    if (status == STATUS_OK)
        status = usage_exclude_each_other(err, weights);
    if (status == STATUS_OK && s->aweights != NULL && s->estimate == INFORMATION_GRASSBERGER)
        status = usage_conflict(err, "--aweights", "--estimate grassberger");
    if (status == STATUS_OK && (s->counts || s->probabilities))
        status = usage_exclude(err, s->counts ? "--counts" : "--probabilities", values);
    if (status == STATUS_OK && s->probabilities)
        status = usage_exclude(err, "--probabilities", samples);
    return status;
}

static enum status measure_symbols(struct entropy *w, bool of_columns, struct err *err)
{
    enum status status = of_columns ? entropy_count_columns(w, err) : entropy_count_stream(w, err);
    return status == STATUS_OK ? entropy_write(w, err) : status;
}

enum status entropy_run(const struct entropy_settings *settings, const struct invocation *run, struct err *err)
{
    struct entropy w = {.settings = settings, .run = run};
    bool of_columns = settings->columns != NULL || settings->counts || settings->probabilities || settings->joint ||
                      settings->given != NULL || settings->group != NULL || settings->weights != NULL ||
                      settings->aweights != NULL;
    enum status status = check_settings(settings, of_columns, err);
    w.limit.memory = memory_limit(settings->memory);
    w.limit.directory = memory_directory();
    if (status == STATUS_OK && settings->gauss)
        status = entropy_measure_gaussians(&w, err);
    else if (status == STATUS_OK)
        status = measure_symbols(&w, of_columns, err);
    symbols_free(w.symbols);
    free(w.by.columns);
    free(w.given);
    table_close(w.table);
    return status;
}
