/* Divergences between the Gaussians of two tables of mle-gauss, paired by group and column (gaussian_list_align): in
 * both directions, with the cross entropy and the entropies (family/dist/gaussians.c). */
#include "app/measure/kl_work.h"

#include "app/measure/gaussian_rows.h"
#include "base/mem.h"
#include "family/dist/gaussians.h"

#include <stdlib.h>

static enum status read_gaussians(const struct kl *w, struct gaussian_list *list[2], struct err *err)
{
    const struct kl_settings *s = w->settings;
    enum status status = STATUS_OK;
    for (size_t k = 0; k < 2 && status == STATUS_OK; k++) {
        struct table *table = NULL;
        status = command_open_operand(&table, &s->input, w->run, k, err);
        if (status == STATUS_OK)
            status = gaussian_list_read(&list[k], table, s->group, s->cov, err);
        table_close(table);
    }
    if (status != STATUS_OK)
        return status;
    return gaussian_list_align(list[0], list[1], command_operand_name(w->run, 0), command_operand_name(w->run, 1), err);
}

static enum status compare_lists(const struct kl *w, struct gaussian_list *const list[2],
                                 struct gaussians_divergence *d, struct err *err)
{
    for (size_t i = 0; i < list[0]->n; i++) {
        const struct gaussian_list_entry *p = &list[0]->gaussian[i], *q = &list[1]->gaussian[i];
        size_t singular;
        if (!gaussians_compare(p->n, (const double *const[]){p->mean, q->mean},
                               (const double *const[]){p->covariance, q->covariance}, &d[i], &singular))
            return gaussian_list_singular(list[singular], i, command_operand_name(w->run, singular), err);
    }
    return STATUS_OK;
}

static enum status write_gaussians(const struct kl *w, const struct gaussian_list *list,
                                   const struct gaussians_divergence *d, struct err *err)
{
    static const char *const measures[] = {"D", "D_reverse", "cross_entropy", "h_p", "h_q"};
    char column[5][UNIT_COLUMN];
    const char *names[GAUSSIAN_ROWS_NAMES + 5];
    size_t n = gaussian_rows_names(names, list);
    for (size_t i = 0; i < 5; i++)
        names[n++] = unit_column(column[i], measures[i], &w->unit);
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < list->n; i++, d++) {
        double nats[] = {d->forward, d->reverse, d->entropy_p + d->forward, d->entropy_p, d->entropy_q};
        gaussian_rows_start(out, list, i);
        for (size_t k = 0; k < 5; k++)
            out_number(out, nats[k] * w->unit.per_nat);
        out_end_row(out);
    }
    return out_close(out, err);
}

enum status kl_compare_gaussians(const struct kl *w, struct err *err)
{
    struct gaussian_list *list[2] = {NULL, NULL};
    struct gaussians_divergence *d = NULL;
    enum status status = read_gaussians(w, list, err);
    if (status == STATUS_OK) {
        d = mem_alloc(list[0]->n, sizeof *d);
        status = compare_lists(w, list, d, err);
    }
    if (status == STATUS_OK)
        status = write_gaussians(w, list[0], d, err);
    free(d);
    gaussian_list_free(list[0]);
    gaussian_list_free(list[1]);
    return status;
}
