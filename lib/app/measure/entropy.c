/* Entropy of what the operands hold, one row of result per column and group.
 *
 * 1. check_settings: which options exclude each other.
 * 2. The symbols and how often each occurs: of bytes, lines and tokens (entropy_stream.c), or of columns, whose values
 *    are symbols, counts or probabilities (entropy_columns.c).
 * 3. entropy_write: the estimate of each set of symbols (family/dist/information.c) and its row (entropy_write.c).
 * With --gauss the input is a table of fitted Gaussians instead (entropy_gauss.c). */
#include "app/measure/entropy_work.h"

#include "cli/memory.h"
#include "family/dist/information.h"

#include <stdlib.h>

static enum status check_gauss(const struct entropy_settings *s, struct err *err)
{
    if (!s->gauss)
        return s->cov ? err_usage(err, "--cov goes with --gauss") : STATUS_OK;
    if (s->bytes || s->tokens || s->columns != NULL || s->counts || s->probabilities || s->joint || s->given != NULL ||
        s->weights != NULL || s->se || s->redundancy || s->estimate != INFORMATION_ML)
        return err_usage(err, "--gauss goes with --cov, --by and units alone");
    return STATUS_OK;
}

static enum status check_settings(const struct entropy_settings *s, bool of_columns, struct err *err)
{
    bool values = s->joint || s->given != NULL || s->weights != NULL;
    if (check_gauss(s, err) != STATUS_OK)
        return err->status;
    if (s->counts && s->probabilities)
        return err_usage(err, "--counts and --probabilities exclude each other");
    if (s->bytes && s->tokens)
        return err_usage(err, "--bytes and --tokens exclude each other");
    if (s->tokens && of_columns)
        return err_usage(err, "--tokens is not for columns");
    if (s->bytes && of_columns)
        return err_usage(err, "--bytes goes with neither --columns nor --counts nor --probabilities");
    if (values && (s->counts || s->probabilities))
        return err_usage(
            err, "--joint, --given and --weights count values; they go with neither --counts nor --probabilities");
    if (s->probabilities && (s->se || s->estimate != INFORMATION_ML))
        return err_usage(err, "--se and --estimate are for samples, not for --probabilities");
    return STATUS_OK;
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
                      settings->given != NULL || settings->group != NULL || settings->weights != NULL;
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
