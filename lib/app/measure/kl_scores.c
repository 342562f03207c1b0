/* kl --logits: for each row the divergence of its targets, a distribution, from the softmax of its scores, with the
 * parts it is made of. Rows are written as they are read, in constant memory. */
#include "app/measure/kl_work.h"

#include "base/mem.h"
#include "cli/out.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "family/dist/information.h"

#include <math.h>
#include <stdlib.h>

struct kl_scores {
    size_t *targets, *logits, n, n_logits;
    double *q, *o, per_bit;
    struct out *out;
};

static enum status read_row(struct kl_scores *s, const struct block *block, size_t row, struct err *err)
{
    bool finite = false;
    for (size_t i = 0; i < 2 * s->n; i++) {
        double v = block->numbers[row * block->row_step + i * block->column_step];
        if (isnan(v))
            return block_number_error(block, row, i, err, "the value is missing");
        if (i < s->n && (v < 0 || v > 1))
            return block_number_error(block, row, i, err, "%g is not a probability", v);
        if (i >= s->n && v == INFINITY)
            return block_number_error(block, row, i, err, "inf is not a score");
        finite = finite || (i >= s->n && isfinite(v));
        (i < s->n ? s->q : s->o)[i % s->n] = v;
    }
    double sum = information_sum(s->q, s->n);
    if (!(fabs(sum - 1) <= 1e-9 * (double)s->n))
        return block_row_error(block, row, err, "the targets sum to %.12g, not to 1", sum);
    return finite ? STATUS_OK : block_row_error(block, row, err, "all scores are -inf");
}

static enum status score_block(void *context, void *state, struct block *block, struct err *err)
{
    struct kl_scores *s = context;
    (void)state;
    for (size_t r = 0; r < block->rows; r++) {
        if (read_row(s, block, r, err) != STATUS_OK)
            return err->status;
        struct information_scored d = information_score(s->q, s->o, s->n);
        out_count(s->out, block->first_row + r + 1);
        out_number(s->out, d.divergence * s->per_bit);
        out_number(s->out, d.entropy * s->per_bit);
        out_number(s->out, d.log_sum_exp * s->per_bit);
        out_number(s->out, d.score * s->per_bit);
        out_end_row(s->out);
    }
    return STATUS_OK;
}

static enum status choose_columns(struct kl_scores *s, struct table *table, const char *targets, const char *logits,
                                  struct err *err)
{
    const char *const *names = table_names(table);
    enum status status = columns_find(names, table_width(table), targets, &s->targets, &s->n, err);
    if (status == STATUS_OK)
        status = columns_find(names, table_width(table), logits, &s->logits, &s->n_logits, err);
    if (status == STATUS_OK && s->n != s->n_logits)
        status =
            usage_option(err, "--logits", "expected as many columns as --columns, %zu, not %zu", s->n, s->n_logits);
    if (status != STATUS_OK)
        return err_at(err, table_file(table), 0);
    for (size_t i = 0; i < 2 * s->n; i++)
        table_want_number(table, i < s->n ? s->targets[i] : s->logits[i - s->n]);
    return STATUS_OK;
}

static enum status write_rows(const struct kl *w, struct kl_scores *s, struct table *table, struct err *err)
{
    static const char *const measures[] = {"D", "H_q", "logsumexp", "q_logits"};
    char column[4][UNIT_COLUMN];
    const char *names[5] = {"row"};
    for (size_t i = 0; i < 4; i++)
        names[i + 1] = unit_column(column[i], measures[i], &w->unit);
    enum status status = out_open(&s->out, &w->settings->output, 5, names, err);
    if (status != STATUS_OK)
        return status;
    s->q = mem_alloc(s->n, sizeof *s->q);
    s->o = mem_alloc(s->n, sizeof *s->o);
    status = table_fold(table, &(struct table_fold){.reduce = score_block}, s, w->settings->general.threads, err);
    if (status == STATUS_OK)
        return out_close(s->out, err);
    out_abandon(s->out);
    return status;
}

enum status kl_compare_scores(const struct kl *w, struct err *err)
{
    const struct kl_settings *settings = w->settings;
    struct kl_scores s = {.per_bit = w->unit.per_bit};
    struct table *table = NULL;
    enum status status = command_open_table(&table, &settings->input, w->run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = choose_columns(&s, table, settings->columns, settings->logits, err);
    if (status == STATUS_OK)
        status = write_rows(w, &s, table, err);
    table_close(table);
    free(s.targets);
    free(s.logits);
    free(s.q);
    free(s.o);
    return status;
}
