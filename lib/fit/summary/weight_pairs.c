/* Pairs of weights of the same symbol under two distributions p and q: from two columns, from the counts of two
 * files, or from keyed tables. The first symbol with q = 0 < p is remembered, to explain an infinite divergence.
 * Of counted files only the number of symbols per pair of counts is kept (frequencies.c), so that memory does
 * not grow with the symbols. */
#include "fit/summary/weight_pairs.h"

#include "base/mem.h"
#include "data/table/input.h"
#include "family/dist/information.h"
#include "fit/summary/frequencies.h"
#include "fit/summary/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void weight_pairs_release(struct weight_pairs *pairs)
{
    free(pairs->value[0]);
    free(pairs->value[1]);
    free(pairs->times);
}

double weight_pairs_symbols(const struct weight_pairs *pairs)
{
    return pairs->times != NULL ? information_sum(pairs->times, pairs->n) : (double)pairs->n;
}

void weight_pairs_smooth(struct weight_pairs *pairs, double alpha)
{
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < pairs->n; i++)
            pairs->value[k][i] += alpha;
}

enum status weight_pairs_check(const struct weight_pairs *pairs, size_t which, struct err *err)
{
    double sum = information_sum(pairs->value[which], pairs->n);
    if (sum == 0)
        return err_data(err, "all values are 0");
    if (isinf(sum))
        return err_data(err, "the sum is too large");
    if (pairs->probabilities && !(fabs(sum - 1) <= 1e-9 * (double)pairs->n))
        return err_data(err, "the probabilities sum to %.12g, not to 1", sum);
    return STATUS_OK;
}

/* ---- two columns ---- */

static enum status weight_pairs_read_block(void *context, void *state, struct block *block, struct err *err)
{
    struct weight_pairs *pairs = context;
    (void)state;
    for (size_t r = 0; r < block->rows; r++, pairs->n++) {
        for (size_t s = 0; s < 2; s++) {
            if (keyed_check_value(block, r, s, pairs->probabilities, err) != STATUS_OK)
                return err->status;
            pairs->value[s] = mem_grow(pairs->value[s], &pairs->capacity[s], pairs->n + 1, sizeof **pairs->value);
            pairs->value[s][pairs->n] = block->numbers[r * block->row_step + s * block->column_step];
        }
        double p = pairs->value[0][pairs->n];
        if (pairs->value[1][pairs->n] == 0 && p > 0 && pairs->infinite.status == STATUS_OK)
            block_row_error(block, r, &pairs->infinite, "q = 0 where p = %g; the divergence is infinite", p);
    }
    return STATUS_OK;
}

enum status weight_pairs_read(struct weight_pairs *pairs, struct table *table, const size_t column[2], size_t threads,
                              struct err *err)
{
    table_want_number(table, column[0]);
    table_want_number(table, column[1]);
    enum status status =
        table_fold(table, &(struct table_fold){.reduce = weight_pairs_read_block}, pairs, threads, err);
    if (status != STATUS_OK || pairs->n > 0)
        return status;
    err_data(err, "no data");
    return err_at(err, table_file(table), 0);
}

/* ---- symbols ---- */

static void note_infinite(struct weight_pairs *pairs, struct slice symbol, double p)
{
    char echo[ERR_ECHO];
    err_data(&pairs->infinite, "'%s': q = 0 where p = %g; the divergence is infinite", err_echo(echo, symbol), p);
}

/* How many symbols have which pair of counts, and the least symbol that only the second file lacks. */
struct weight_pairs_streams {
    struct frequencies *frequencies;
    char *lacking;
    size_t lacking_n;
    double p;
};

static void add_symbol(struct weight_pairs_streams *s, struct slice symbol, double p, double q)
{
    frequencies_add(s->frequencies, 0, p, q);
    if (q > 0 || (s->lacking != NULL && slice_compare((struct slice){s->lacking, s->lacking_n}, symbol) < 0))
        return;
    free(s->lacking);
    s->lacking = mem_copy(symbol.p, symbol.n);
    s->lacking_n = symbol.n;
    s->p = p;
}

static enum status weight_pairs_add_text(void *context, struct slice key, const struct dd *count, struct err *err)
{
    (void)err;
    add_symbol(context, key, count[0].high, count[1].high);
    return STATUS_OK;
}

/* Adds the counts of bytes; bytes that occur in neither file are not symbols. */
static void add_bytes(struct weight_pairs_streams *s, const uint64_t *p, const uint64_t *q)
{
    for (size_t i = 0; i < 256; i++) {
        char byte = (char)i;
        if (p[i] + q[i] > 0)
            add_symbol(s, (struct slice){&byte, 1}, (double)p[i], (double)q[i]);
    }
}

static void finish_streams(struct weight_pairs *pairs, const struct weight_pairs_streams *s)
{
    size_t start[2];
    struct information_frequency *f = frequencies_sorted(s->frequencies, 1, start);
    pairs->n = start[1];
    for (size_t k = 0; k < 2; k++)
        pairs->value[k] = mem_alloc(pairs->n, sizeof **pairs->value);
    pairs->times = mem_alloc(pairs->n, sizeof *pairs->times);
    for (size_t i = 0; i < pairs->n; i++) {
        pairs->value[0][i] = f[i].count;
        pairs->value[1][i] = f[i].whole;
        pairs->times[i] = f[i].times;
    }
    if (s->lacking != NULL)
        note_infinite(pairs, (struct slice){s->lacking, s->lacking_n}, s->p);
    free(f);
}

enum status weight_pairs_count(struct weight_pairs *pairs, const char *const paths[2], enum weight_pairs_of what,
                               const struct counts_limit *limit, size_t threads, struct err *err)
{
    bool is_bytes = what == WEIGHT_PAIRS_BYTES || what == WEIGHT_PAIRS_DECOMPRESSED_BYTES;
    struct counts *texts = is_bytes ? NULL : counts_new(2, limit);
    struct weight_pairs_streams streams = {.frequencies = frequencies_new()};
    struct tally tally[2] = {0};
    enum status status = STATUS_OK;
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++) {
        tally[k] = (struct tally){.texts = texts, .tokens = what == WEIGHT_PAIRS_TOKENS, .which = k};
        tally[k].decompresses = what == WEIGHT_PAIRS_DECOMPRESSED_BYTES;
        status = tally_file(&tally[k], paths[k], threads, err);
        if (status == STATUS_OK && tally[k].n == 0) {
            err_data(err, "no data");
            status = err_at(err, input_name(paths[k]), 0);
        }
    }
    if (status == STATUS_OK && texts == NULL)
        add_bytes(&streams, tally[0].bytes, tally[1].bytes);
    else if (status == STATUS_OK)
        status = counts_walk(texts, false, &streams, weight_pairs_add_text, err);
    if (status == STATUS_OK)
        finish_streams(pairs, &streams);
    counts_free(texts);
    frequencies_free(streams.frequencies);
    free(streams.lacking);
    return status;
}

void weight_pairs_from_keyed(struct weight_pairs *pairs, struct keyed *keyed)
{
    pairs->n = dict_count(keyed->keys);
    for (size_t k = 0; k < 2; k++) {
        keyed_fill(keyed, k, 0);
        pairs->value[k] = keyed->value[k];
        keyed->value[k] = NULL;
    }
    for (uint32_t i = 0; i < pairs->n && pairs->infinite.status == STATUS_OK; i++) {
        if (pairs->value[1][i] > 0 || pairs->value[0][i] == 0)
            continue;
        char *name = keyed_name(keyed, i);
        note_infinite(pairs, slice_of(name), pairs->value[0][i]);
        free(name);
    }
}
