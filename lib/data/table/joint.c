/* Columns taken together. The table keeps the lists of columns; the texts are put together block by block
 * (table_worker.c). */

#include "data/table/joint.h"

#include "base/mem.h"
#include "data/table/columns.h"
#include "data/table/table_state.h"

#include <stdlib.h>

enum status joint_find(struct table *t, const char *spec, size_t *column, struct err *err)
{
    struct joint j = {NULL, 0, NULL};
    if (columns_find(table_names(t), t->width, spec, &j.columns, &j.n, err) != STATUS_OK) {
        free(j.columns);
        return err->status;
    }
    if (j.n == 1) {
        *column = j.columns[0];
        free(j.columns);
        return STATUS_OK;
    }
    struct buffer name = {0};
    for (size_t i = 0; i < j.n; i++) {
        if (i > 0)
            buffer_add_char(&name, JOINT_SEPARATOR);
        buffer_add_text(&name, table_name(t, j.columns[i]));
    }
    j.name = mem_copy(name.p, name.n);
    buffer_free(&name);
    t->joint = mem_grow(t->joint, &t->joints_capacity, t->n_joints + 1, sizeof *t->joint);
    t->joint[t->n_joints] = j;
    *column = t->width + t->n_joints++;
    return STATUS_OK;
}

/* The columns that one of those found stands for. */
static const size_t *joint_columns(const struct table *t, size_t joint, size_t *n)
{
    *n = joint < t->width ? 1 : t->joint[joint - t->width].n;
    return joint < t->width ? NULL : t->joint[joint - t->width].columns;
}

bool joint_has(const struct table *t, size_t joint, size_t column)
{
    size_t n;
    const size_t *columns = joint_columns(t, joint, &n);
    return joint == column || (columns != NULL && columns_contain(columns, n, column));
}
