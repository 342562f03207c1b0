#include "data/dataset/dataset_state.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Targets that are shares of the classes instead of one class. */

static const double sum_tolerance = 1e-6;

enum status dataset_check_shares(const struct block *b, size_t row, size_t slot, size_t n, struct err *err)
{
    const double *share = b->numbers + row * b->row_step + slot;
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        if (!(share[k] >= 0 && share[k] <= 1 + sum_tolerance))
            return block_number_error(b, row, slot + k, err, "the probability %.15g is not between 0 and 1", share[k]);
        sum += share[k];
    }
    if (!(fabs(sum - 1) <= sum_tolerance))
        return block_row_error(b, row, err, "the probabilities sum to %.15g, not to 1", sum);
    return STATUS_OK;
}

void dataset_set_shares(const struct dataset *ds, struct dataset_chunk *chunk, double *first)
{
    chunk->share = first;
    for (size_t row = 0; row < chunk->rows; row++) {
        double *share = first + row * chunk->ld, sum = 0;
        for (size_t k = 0; k < ds->n_targets; k++)
            sum += share[k];
        for (size_t k = 0; k < ds->n_targets; k++)
            share[k] /= sum;
    }
}

void dataset_name_shares(struct dataset *ds)
{
    size_t n = ds->n_targets;
    char *list = mem_copy_text("");
    ds->classes = n;
    ds->labels = mem_alloc(n, sizeof *ds->labels);
    for (size_t k = 0; k < n; k++) {
        char *longer = mem_format("%s%s%s", list, k > 0 ? "," : "", ds->targets[k]);
        free(list);
        list = longer;
        ds->labels[k] = mem_copy_text(ds->targets[k]);
    }
    free(ds->target);
    ds->target = list;
}
