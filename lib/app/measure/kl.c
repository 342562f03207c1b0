/* Divergences between two distributions p and q.
 *
 * 1. The weights of each symbol in p and in q: of two columns, or of what occurs in two files (kl_columns.c), or of two
 *    tables matched by keys (kl_keyed.c).
 * 2. write_result: smoothing, the divergences (family/dist/information.c), one row.
 * Gaussians have divergences of their own (kl_gauss.c); --logits compares targets with the softmax of scores, row by
 * row (kl_scores.c). */
#include "app/measure/kl_work.h"

#include "cli/out.h"
#include "cli/usage.h"
#include "family/dist/information.h"

static enum status write_result(const struct kl *w, struct weight_pairs *pairs, struct err *err)
{
    static const char *const measures[] = {"D", "D_reverse", "cross_entropy", "H_p", "H_q", "JS"};
    const struct err *infinite = &pairs->infinite;
    char column[6][UNIT_COLUMN];
    const char *names[8] = {"n", [7] = "total_variation"};
    for (size_t i = 0; i < 6; i++)
        names[i + 1] = unit_column(column[i], measures[i], &w->unit);
    if (infinite->line > 0 && w->settings->smooth == 0)
        notice(w->run, "%s:%zu: %s", infinite->file, infinite->line, infinite->reason);
    else if (infinite->status != STATUS_OK && w->settings->smooth == 0)
        notice(w->run, "%s", infinite->reason);
    weight_pairs_smooth(pairs, w->settings->smooth);
    struct information_divergence d = information_compare(pairs->value[0], pairs->value[1], pairs->times, pairs->n);
    double bits[] = {d.forward, d.reverse, d.cross_entropy, d.entropy_p, d.entropy_q, d.jensen_shannon};
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, 8, names, err);
    if (status != STATUS_OK)
        return status;
    out_total(out, weight_pairs_symbols(pairs));
    for (size_t i = 0; i < 6; i++)
        out_number(out, bits[i] * w->unit.per_bit);
    out_number(out, d.total_variation);
    out_end_row(out);
    return out_close(out, err);
}

static enum status compare_weights(const struct kl *w, struct err *err)
{
    const struct kl_settings *s = w->settings;
    struct weight_pairs pairs = {.probabilities = s->probabilities};
    enum status status;
    if (s->keys != NULL)
        status = kl_read_keyed(w, &pairs, err);
    else if (s->bytes || s->lines || s->tokens)
        status = kl_count_streams(w, &pairs, err);
    else
        status = kl_read_columns(w, &pairs, err);
    if (status == STATUS_OK)
        status = write_result(w, &pairs, err);
    weight_pairs_release(&pairs);
    return status;
}

static enum status check_files(const struct kl *w, struct err *err)
{
    if (w->run->n_operands < 2)
        return usage_missing(err, "operand: expected 2 files, not %zu", w->run->n_operands);
    return w->run->n_operands > 2 ? usage_operand(err, w->run->operands[2], "2 files") : STATUS_OK;
}

enum status kl_run(const struct kl_settings *settings, const struct invocation *run, struct err *err)
{
    struct kl w = {settings, run, unit_of(&settings->unit)};
    bool of_files = settings->bytes || settings->lines || settings->tokens || settings->gauss || settings->keys != NULL;
    if (of_files && check_files(&w, err) != STATUS_OK)
        return err->status;
    if (settings->gauss)
        return kl_compare_gaussians(&w, err);
    return settings->logits != NULL ? kl_compare_scores(&w, err) : compare_weights(&w, err);
}
