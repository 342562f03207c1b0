/* Targets that are probabilities of the classes instead of one class, as soft labels and the outputs of other models
 * are. They must sum to 1 within 1e-6, as numbers of six digits do, and are then divided by their sum. */

#include "data/dataset/dataset_state.h"

#include "base/mem.h"
#include "text/buffer.h"

#include <math.h>
#include <stdlib.h>

static const double sum_tolerance = 1e-6;

enum status dataset_probabilities_check(const struct block *b, size_t row, size_t slot, size_t n, struct err *err)
{
    const double *probability = b->numbers + row * b->row_step + slot;
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        if (!(probability[k] >= 0 && probability[k] <= 1 + sum_tolerance))
            return block_number_error(b, row, slot + k, err, "the probability %.15g is not between 0 and 1",
                                      probability[k]);
        sum += probability[k];
    }
    if (!(fabs(sum - 1) <= sum_tolerance))
        return block_row_error(b, row, err, "the probabilities sum to %.15g, not to 1", sum);
    return STATUS_OK;
}

void dataset_probabilities_set(const struct dataset *ds, struct dataset_chunk *chunk, double *first)
{
    chunk->probability = first;
    for (size_t row = 0; row < chunk->rows; row++) {
        double *probability = first + row * chunk->ld, sum = 0;
        for (size_t k = 0; k < ds->n_targets; k++)
            sum += probability[k];
        for (size_t k = 0; k < ds->n_targets; k++)
            probability[k] /= sum;
    }
}

void dataset_probabilities_name(struct dataset *ds)
{
    size_t n = ds->n_targets;
    struct buffer list = {0};
    ds->classes = n;
    ds->labels = mem_alloc(n, sizeof *ds->labels);
    for (size_t k = 0; k < n; k++) {
        buffer_add_text(&list, k > 0 ? "," : "");
        buffer_add_text(&list, ds->targets[k]);
        ds->labels[k] = mem_copy_text(ds->targets[k]);
    }
    free(ds->target);
    ds->target = buffer_text(&list);
}
