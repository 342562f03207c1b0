/* The results of mutual-info: a row per group and pair, or a symmetric matrix with the entropies on its diagonal. The
 * normalised value is that of the plug-in estimates. */
#include "app/measure/mutual_info_work.h"

#include "base/mem.h"
#include "cli/out.h"
#include "math/moments.h"

#include <math.h>
#include <stdlib.h>

/* Whether the rows, of more than one kind, have weights that sum to less than any number of rows. */
static bool is_uncountable(const struct dependence *d)
{
    return d->entropy_joint > 0 && moments_are_few(d->n);
}

static double estimate_of(const struct mutual_info *w, const struct dependence *d)
{
    if (w->estimate != MUTUAL_INFO_MILLER_MADOW)
        return d->mutual;
    return is_uncountable(d) ? NAN : d->mutual + d->correction;
}

/* Of the plug-in estimates: empty where there is no entropy to divide by. */
static double normalised(const struct mutual_info *w, const struct dependence *d)
{
    double x = d->entropy_x, y = d->entropy_y;
    double by[] = {[MUTUAL_INFO_BY_MEAN] = (x + y) / 2,
                   [MUTUAL_INFO_BY_ROOT] = sqrt(x * y),
                   [MUTUAL_INFO_BY_LEAST] = fmin(x, y),
                   [MUTUAL_INFO_BY_GREATEST] = fmax(x, y),
                   [MUTUAL_INFO_BY_JOINT] = d->entropy_joint,
                   [MUTUAL_INFO_BY_X] = x,
                   [MUTUAL_INFO_BY_Y] = y};
    double whole = by[w->settings->normalize];
    return whole > 0 ? d->mutual / whole : NAN;
}

static void write_pair(const struct mutual_info *w, struct out *out, size_t group, const struct dependence_pair *pair,
                       const struct dependence *d, double per_bit)
{
    const struct mutual_info_settings *s = w->settings;
    if (w->by.by_group)
        out_group(out, dict_text(w->codes->names, (uint32_t)group));
    out_word(out, table_name(w->table, w->columns[pair->x]));
    out_word(out, table_name(w->table, w->columns[pair->y]));
    out_count(out, d->rows);
    out_count(out, w->codes->start[group + 1] - w->codes->start[group] - d->rows);
    if (w->by.weighted)
        out_total(out, d->weight);
    if (w->by.importances)
        out_number(out, d->n);
    out_number(out, estimate_of(w, d) * per_bit);
    if (s->se)
        out_number(out, is_uncountable(d) ? NAN : d->se * per_bit);
    if (!mutual_info_is_of_numbers(w)) {
        out_number(out, d->entropy_x * per_bit);
        out_number(out, d->entropy_y * per_bit);
        out_number(out, normalised(w, d));
    }
    if (s->permutations > 0)
        out_number(out, d->n > 0 ? (double)(d->reached + 1) / (double)(s->permutations + 1) : NAN);
    out_end_row(out);
}

static void notice_uncountable(const struct mutual_info *w)
{
    const struct mutual_info_settings *s = w->settings;
    if (!s->se && w->estimate != MUTUAL_INFO_MILLER_MADOW)
        return;
    for (size_t i = 0; i < w->codes->groups * w->n_pairs; i++) {
        if (!is_uncountable(&w->result[i]) || w->by.importances)
            continue;
        notice(w->run, "the weights sum to %.6g, which is too few rows for %s; use --aweights for relative weights",
               w->result[i].n, w->estimate == MUTUAL_INFO_MILLER_MADOW ? "--estimate" : "--se");
        return;
    }
}

enum status mutual_info_write_pairs(const struct mutual_info *w, struct err *err)
{
    const struct mutual_info_settings *s = w->settings;
    struct unit unit = unit_of(&s->unit);
    char mutual[UNIT_COLUMN], se[UNIT_COLUMN], h_x[UNIT_COLUMN], h_y[UNIT_COLUMN];
    const char *names[13];
    size_t n = 0;
    if (w->by.by_group)
        names[n++] = table_name(w->table, w->by.group);
    names[n++] = "x";
    names[n++] = "y";
    names[n++] = "n";
    names[n++] = "missing";
    if (w->by.weighted)
        names[n++] = "weight";
    if (w->by.importances)
        names[n++] = "effective_n";
    names[n++] = unit_column(mutual, "I", &unit);
    if (s->se)
        names[n++] = unit_column(se, "I_se", &unit);
    if (!mutual_info_is_of_numbers(w)) {
        names[n++] = unit_column(h_x, "H_x", &unit);
        names[n++] = unit_column(h_y, "H_y", &unit);
        names[n++] = "normalised";
    }
    if (s->permutations > 0)
        names[n++] = "p";
    notice_uncountable(w);
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < w->codes->groups * w->n_pairs; i++)
        write_pair(w, out, i / w->n_pairs, &w->pairs[i % w->n_pairs], &w->result[i], unit.per_bit);
    return out_close(out, err);
}

enum status mutual_info_write_matrix(const struct mutual_info *w, struct err *err)
{
    struct unit unit = unit_of(&w->settings->unit);
    size_t n = w->n_columns;
    notice_uncountable(w);
    char mutual[UNIT_COLUMN];
    const char **names = mem_alloc(n + 1, sizeof *names);
    double *value = mem_alloc(n * n, sizeof *value);
    names[0] = unit_column(mutual, "I", &unit);
    for (size_t c = 0; c < n; c++)
        names[c + 1] = table_name(w->table, w->columns[c]);
    for (size_t i = 0; i < w->n_pairs; i++) {
        size_t x = w->pairs[i].x, y = w->pairs[i].y;
        value[x * n + y] = value[y * n + x] = estimate_of(w, &w->result[i]) * unit.per_bit;
    }
    struct out *out;
    enum status status = out_open(&out, &w->settings->output, n + 1, names, err);
    for (size_t x = 0; status == STATUS_OK && x < n; x++) {
        out_word(out, names[x + 1]);
        for (size_t y = 0; y < n; y++)
            out_number(out, value[x * n + y]);
        out_end_row(out);
    }
    free(names);
    free(value);
    return status == STATUS_OK ? out_close(out, err) : status;
}
