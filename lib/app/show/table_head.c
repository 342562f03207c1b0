/* A fold over the first rows of a table. One thread maps and reduces each block at once, in map: behind the last row
 * that is wanted nothing is read, and nothing matters, neither an error in the same block nor input that comes later.
 */

#include "app/show/table_show_work.h"

#include "base/mem.h"

struct table_head {
    const struct table_fold *fold;
    void *context;
    size_t taken, left; /* rows */
    bool is_done;
};

static enum status head_map(void *context, void *state, struct block *block, struct err *err)
{
    struct table_head *head = context;
    block->first_row = head->taken;
    block->rows = block->rows < head->left ? block->rows : head->left;
    head->taken += block->rows;
    head->left -= block->rows;
    enum status status = head->fold->map(head->context, state, block, err);
    if (status == STATUS_OK)
        status = head->fold->reduce(head->context, state, block, err);
    head->is_done = status == STATUS_OK && head->left == 0;
    return head->is_done ? err_data(err, "no more rows are wanted") : status;
}

enum status table_head_fold(const struct table_show *show, const struct table_fold *fold, void *context,
                            struct err *err)
{
    const struct table_show_settings *s = show->settings;
    if (s->head == 0)
        return table_fold(show->table, fold, context, s->general.threads, err);
    struct table_head head = {.fold = fold, .context = context, .left = s->head};
    struct table_fold limited = {fold->state_size, head_map, NULL, fold->release};
    enum status status = table_fold(show->table, &limited, &head, 1, err);
    return head.is_done ? STATUS_OK : status;
}
