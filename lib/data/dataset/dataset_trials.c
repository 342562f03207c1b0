/* Rows that count successes among trials, as two rows of classes each: the failures and the successes, weighted by
 * their numbers.
 *
 *  1. dataset_trials_check: a row's target is a number of successes up to its trials, or a proportion.
 *  2. dataset_trials_expand, after the last row: if some target is not whole, all are proportions. Each row becomes two
 *     that stand together, the failures first. The log-likelihood of an exact fit is summed on the way.
 *
 * The log-likelihood of the two rows is that of the binomial distribution without its coefficient. Memory: that of the
 * rows twice, and once more until it is done. */

#include "data/dataset/dataset_state.h"

#include "base/mem.h"
#include "data/keys/spool.h"

#include <math.h>
#include <string.h>

/* Of a number of successes: more than the rounding of a proportion, as R's glm has it. */
static const double rounded = 1e-3;

enum status dataset_trials_check(const struct block *b, size_t row, size_t successes, size_t trials, struct err *err)
{
    const double *numbers = b->numbers + row * b->row_step;
    double s = numbers[successes], n = numbers[trials];
    if (s < 0)
        return block_number_error(b, row, successes, err, "%g successes are fewer than 0", s);
    if (s > 1 && s > n)
        return block_number_error(b, row, successes, err, "%g successes are more than %g trials", s, n);
    if (s > 1 && s != floor(s))
        return block_number_error(b, row, successes, err, "%g is neither a number of successes nor a proportion", s);
    return STATUS_OK;
}

static double entropy_part(double part, double whole)
{
    return part > 0 ? part * log(part / whole) : 0;
}

/* Writes the two rows of each row behind one another; their weights are numbers of the row itself. */
static void expand_rows(struct dataset *ds, struct dataset_chunk *chunk, bool are_proportions, double *x)
{
    size_t ld = chunk->ld, weight = (size_t)(chunk->weight - chunk->x), target = (size_t)(chunk->target - chunk->x);
    uint32_t *label = mem_alloc(2 * chunk->rows, sizeof *label);
    for (size_t row = 0; row < chunk->rows; row++) {
        const double *from = chunk->x + row * ld;
        double *failures = x + 2 * row * ld, *successes = failures + ld, n = from[weight];
        double s = are_proportions ? from[target] * n : from[target];
        ds->unwhole += fabs(s - nearbyint(s)) > rounded;
        memcpy(failures, from, ld * sizeof *from);
        memcpy(successes, from, ld * sizeof *from);
        failures[weight] = n - s;
        successes[weight] = s;
        label[2 * row] = 0;
        label[2 * row + 1] = 1;
        ds->saturated += entropy_part(s, n) + entropy_part(n - s, n);
    }
    chunk->label = label;
    if (chunk->offset != NULL)
        chunk->offset = x + (chunk->offset - chunk->x);
    chunk->weight = x + weight;
    chunk->target = NULL;
    chunk->x = x;
    chunk->rows *= 2;
}

/* Whether some target is not whole. Error: others are above 1. */
static enum status find_proportions(const struct dataset *ds, bool *are_proportions, struct err *err)
{
    double greatest = 0;
    *are_proportions = false;
    for (size_t c = 0; c < ds->chunks; c++) {
        for (size_t row = 0; row < ds->chunk[c].rows; row++) {
            double value = ds->chunk[c].target[row * ds->chunk[c].ld];
            *are_proportions |= value != floor(value);
            greatest = fmax(greatest, value);
        }
    }
    char name[ERR_ECHO];
    if (*are_proportions && greatest > 1)
        return err_data(err, "the target column '%s' has both proportions and numbers of successes",
                        err_echo(name, slice_of(ds->target)));
    return STATUS_OK;
}

enum status dataset_trials_expand(struct dataset *ds, const struct dataset_options *o, size_t bytes, struct err *err)
{
    struct arena arena = ds->arena;
    struct spool *spool = ds->spool;
    bool are_proportions;
    if (find_proportions(ds, &are_proportions, err) != STATUS_OK)
        return err->status;
    ds->arena = (struct arena){0};
    ds->spool = NULL;
    ds->chunks_in_memory = 0;
    enum status status = STATUS_OK;
    for (size_t c = 0; c < ds->chunks && status == STATUS_OK; c++) {
        size_t count = 2 * ds->chunk[c].rows * ds->chunk[c].ld;
        double *x = NULL;
        if (dataset_fits(ds, o, bytes, count)) {
            x = arena_room(&ds->arena, count);
            arena_claim(&ds->arena, count);
            bytes += count * sizeof *x;
            ds->chunks_in_memory++;
        } else {
            status = dataset_spool(ds, o, count, &x, err);
        }
        if (status == STATUS_OK)
            expand_rows(ds, &ds->chunk[c], are_proportions, x);
    }
    arena_free(&arena);
    spool_close(spool);
    ds->are_trials = true;
    ds->n *= 2;
    ds->counted = ds->weight_sum;
    ds->classes = 2;
    ds->labels = mem_alloc(2, sizeof *ds->labels);
    ds->labels[0] = mem_format("not %s", ds->target);
    ds->labels[1] = mem_copy_text(ds->target);
    ds->counts = mem_zero(2, sizeof *ds->counts);
    ds->counts[0] = ds->counts[1] = ds->n / 2;
    return status;
}
