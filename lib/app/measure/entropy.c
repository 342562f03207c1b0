/* Entropy of what the operands hold, one row of result per column and group.
 *
 * 1. The symbols and how often each occurs: of bytes, lines and tokens (entropy_stream.c), or of columns, whose values
 *    are symbols, counts or probabilities (entropy_columns.c).
 * 2. entropy_write: the estimate of each set of symbols (family/dist/information.c) and its row (entropy_write.c).
 * With --gauss the input is a table of fitted Gaussians instead (entropy_gauss.c). */
#include "app/measure/entropy_work.h"

#include "cli/memory.h"
#include "family/dist/information.h"

#include <stdlib.h>

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
    enum status status;
    w.limit.memory = memory_limit(settings->memory);
    w.limit.directory = memory_directory();
    if (settings->gauss)
        status = entropy_measure_gaussians(&w, err);
    else
        status = measure_symbols(&w, of_columns, err);
    symbols_free(w.symbols);
    free(w.by.columns);
    free(w.given);
    table_close(w.table);
    return status;
}
