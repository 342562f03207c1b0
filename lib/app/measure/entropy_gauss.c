/* Differential entropies of the Gaussians in a table of mle-gauss: (n log 2 pi e + log |covariance|) / 2 of n
 * variables (family/dist/gaussians.c). */
#include "app/measure/entropy_work.h"

#include "app/measure/gaussian_rows.h"
#include "base/mem.h"
#include "cli/out.h"
#include "family/dist/gaussians.h"

#include <stdlib.h>

static enum status write_entropies(const struct entropy_settings *s, const struct gaussian_list *list,
                                   const double *nats, struct err *err)
{
    struct unit unit = unit_of(&s->unit);
    char column[UNIT_COLUMN];
    const char *names[GAUSSIAN_ROWS_NAMES + 1];
    size_t n = gaussian_rows_names(names, list);
    names[n++] = unit_column(column, "h", &unit);
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < list->n; i++) {
        gaussian_rows_start(out, list, i);
        out_number(out, nats[i] * unit.per_nat);
        out_end_row(out);
    }
    return out_close(out, err);
}

static enum status measure_list(const struct entropy *w, const struct gaussian_list *list, struct err *err)
{
    double *nats = mem_alloc(list->n, sizeof *nats);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->n && status == STATUS_OK; i++)
        if (!gaussians_entropy(list->gaussian[i].n, list->gaussian[i].covariance, &nats[i]))
            status = gaussian_list_singular(list, i, table_file(w->table), err);
    if (status == STATUS_OK)
        status = write_entropies(w->settings, list, nats, err);
    free(nats);
    return status;
}

enum status entropy_measure_gaussians(struct entropy *w, struct err *err)
{
    const struct entropy_settings *s = w->settings;
    struct gaussian_list *list = NULL;
    enum status status = command_open_table(&w->table, &s->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = gaussian_list_read(&list, w->table, s->group, s->cov, err);
    if (status == STATUS_OK)
        status = measure_list(w, list, err);
    gaussian_list_free(list);
    return status;
}
