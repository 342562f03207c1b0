/* Symbols of entropy that are bytes, lines or tokens of the operands, whose texts may exceed memory: counts_walk goes
 * over them, and what does not fit lies in a temporary file. */
#include "app/measure/entropy_work.h"

#include "data/table/input.h"
#include "fit/summary/tally.h"

#include <string.h>

static enum status take_text(void *context, struct slice key, const struct dd *count, struct err *err)
{
    (void)key;
    (void)err;
    frequencies_add(context, 0, count->high, 0);
    return STATUS_OK;
}

enum status entropy_count_stream(struct entropy *w, struct err *err)
{
    static const char *const standard_input[] = {"-"};
    struct tally tally = {.tokens = w->settings->tokens, .decompresses = w->settings->decompress};
    struct frequencies *frequencies = frequencies_new();
    size_t n = w->run->n_operands;
    const char *const *paths = n > 0 ? w->run->operands : standard_input;
    enum status status = STATUS_OK;
    if (!w->settings->bytes)
        tally.texts = counts_new(1, &w->limit);
    for (size_t i = 0; i < (n > 0 ? n : 1) && status == STATUS_OK; i++)
        status = tally_file(&tally, paths[i], w->settings->general.threads, err);
    if (status == STATUS_OK && tally.n == 0) {
        err_data(err, "no data");
        status = err_at(err, input_name(paths[0]), 0);
    }
    for (size_t i = 0; i < 256 && w->settings->bytes; i++)
        if (tally.bytes[i] > 0)
            frequencies_add(frequencies, 0, (double)tally.bytes[i], 0);
    if (status == STATUS_OK && tally.texts != NULL)
        status = counts_walk(tally.texts, false, frequencies, take_text, err);
    if (status == STATUS_OK)
        symbols_single(&w->symbols, frequencies);
    counts_free(tally.texts);
    frequencies_free(frequencies);
    return status;
}
