#include "data/table/table.h"

#include <math.h>

const char block_leave_out_remedy[] = "the value is missing; --missing skip leaves such rows out";

enum status block_check_numbers(const struct block *block, size_t row, size_t slots, const char *remedy, bool *missing,
                                struct err *err)
{
    const double *x = block->numbers + row * block->row_step;
    for (size_t s = 0; s < slots; s++) {
        double value = x[s * block->column_step];
        if (isfinite(value))
            continue;
        if (isinf(value))
            return block_number_error(block, row, s, err, "the value is infinite");
        if (remedy != NULL)
            return block_number_error(block, row, s, err, "%s", remedy);
        *missing = true;
    }
    return STATUS_OK;
}

enum status block_check_text(const struct block *block, size_t row, size_t slot, const char *remedy, bool *missing,
                             struct err *err)
{
    if (block->texts[slot][row].p != NULL)
        return STATUS_OK;
    if (remedy != NULL)
        return block_text_error(block, row, slot, err, "%s", remedy);
    *missing = true;
    return STATUS_OK;
}
