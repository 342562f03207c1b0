/* From a table to a dataset: the one entry of trainers that keep their rows.
 *
 *     table (by row) --dataset_dense.c-----> chunks of dense rows
 *                    \--dataset_sparse.c--> chunks of sparse rows (svmlight text; dense text of mostly zeros)
 *
 * Both stand on dataset_classes.c, dataset_levels.c and dataset_probabilities.c, and these on dataset.c. */

#include "data/dataset/dataset_state.h"

#include "base/mem.h"

enum status dataset_load(struct dataset **dataset, struct table *table, const struct dataset_options *options,
                         struct err *err)
{
    struct dataset *loaded = mem_zero(1, sizeof *loaded);
    enum status status = table_is_sparse(table) ? dataset_load_sparse(loaded, table, options, err)
                                                : dataset_load_dense(loaded, table, options, err);
    if (status == STATUS_OK)
        *dataset = loaded;
    else
        dataset_free(loaded);
    return status;
}
