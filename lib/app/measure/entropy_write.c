/* The result of entropy: a row per group and column, in the unit asked for, and the notices about missing values. The
 * estimates are those of family/dist/information.c. */
#include "app/estimate/summary.h"
#include "app/measure/entropy_work.h"

#include "cli/out.h"
#include "family/dist/information.h"
#include "math/moments.h"

#include <math.h>

/* Whether the counts, of more than one symbol, sum to less than any number of rows: proportions given as weights. */
static bool is_uncountable(const struct symbols_set *set)
{
    return set->distinct > 1 && moments_are_few(set->total);
}

static void write_set(const struct entropy *w, struct out *out, const struct symbols_set *set, double per_bit)
{
    const struct entropy_settings *s = w->settings;
    bool empty = set->n == 0;
    struct information_estimated e = {NAN, NAN};
    if (!empty)
        e = information_estimate((enum information_estimate)s->estimate, set->frequency, set->n, set->condition,
                                 set->n_conditions);
    if (is_uncountable(set)) {
        e.se = NAN;
        e.entropy = s->estimate == INFORMATION_ML ? e.entropy : NAN;
    }
    double greatest = set->distinct > 1 ? log2((double)set->distinct) : NAN;
    if (w->by.weighted)
        out_count(out, set->rows);
    else
        out_total(out, s->probabilities ? NAN : set->total);
    if (w->by.weighted)
        out_total(out, set->weight);
    if (w->by.importances)
        out_number(out, set->total);
    out_count(out, set->distinct);
    out_number(out, e.entropy * per_bit);
    if (s->se)
        out_number(out, e.se * per_bit);
    out_number(out, exp2(e.entropy));
    out_number(out, e.entropy / greatest);
    if (s->redundancy)
        out_number(out, 1 - e.entropy / greatest);
    out_end_row(out);
}

static void notice_missing(const struct entropy *w)
{
    const struct symbols *symbols = w->symbols;
    struct buffer text = {0};
    summary_notice_ungrouped(&w->by, w->table, symbols->ungrouped, w->run);
    for (size_t c = 0; c < symbols->columns; c++) {
        size_t missing = 0;
        for (size_t g = 0; g < symbols->groups; g++)
            missing += symbols->set[g * symbols->columns + c].missing;
        summary_notice_missing(w->run, entropy_column_name(w, c, &text), missing);
    }
    buffer_free(&text);
}

/* Numbers that hardly occur twice are measurements: their relative frequencies say nothing. */
static void notice_continuous(const struct entropy *w)
{
    enum { FEW = 8 };
    const struct symbols *symbols = w->symbols;
    struct buffer text = {0};
    bool of_values = w->table != NULL && !w->settings->counts && !w->settings->probabilities && !w->settings->joint;
    for (size_t i = 0; of_values && i < symbols->groups * symbols->columns; i++) {
        const struct symbols_set *set = &symbols->set[i];
        size_t column = i % symbols->columns;
        char echo[ERR_ECHO];
        if (table_kind(w->table, w->by.columns[column]) != COLUMN_NUMBER || set->total < FEW ||
            (double)set->distinct <= set->total / 2)
            continue;
        notice(
            w->run,
            "column '%s' has %zu different values in %.6g rows, each of which is a symbol: the entropy is near log n; "
            "mle-gauss and --gauss measure continuous columns",
            err_echo(echo, entropy_column_name(w, column, &text)), set->distinct, set->total);
        break;
    }
    buffer_free(&text);
}

static void notice_uncountable(const struct entropy *w)
{
    const struct entropy_settings *s = w->settings;
    const struct symbols *symbols = w->symbols;
    if (!s->se && s->estimate == INFORMATION_ML)
        return;
    for (size_t i = 0; i < symbols->groups * symbols->columns; i++) {
        if (!is_uncountable(&symbols->set[i]) || w->by.importances)
            continue;
        notice(w->run, "the %s sum to %.6g, which is too few rows for %s%s", s->counts ? "counts" : "weights",
               symbols->set[i].total, s->estimate == INFORMATION_ML ? "--se" : "--estimate",
               s->counts ? "" : "; use --aweights for relative weights");
        return;
    }
}

enum status entropy_write(const struct entropy *w, struct err *err)
{
    const struct entropy_settings *s = w->settings;
    const struct symbols *symbols = w->symbols;
    struct unit unit = unit_of(&s->unit);
    char entropy[UNIT_COLUMN], se[UNIT_COLUMN];
    const char *names[12];
    size_t n = 0;
    if (w->by.by_group)
        names[n++] = table_name(w->table, w->by.group);
    if (w->table != NULL)
        names[n++] = "column";
    if (w->n_given > 0)
        names[n++] = "given";
    names[n++] = "n";
    if (w->by.weighted)
        names[n++] = "weight";
    if (w->by.importances)
        names[n++] = "effective_n";
    names[n++] = "distinct";
    names[n++] = unit_column(entropy, "H", &unit);
    if (s->se)
        names[n++] = unit_column(se, "H_se", &unit);
    names[n++] = "perplexity";
    names[n++] = "normalised";
    if (s->redundancy)
        names[n++] = "redundancy";
    struct buffer text = {0}, given = {0};
    struct out *out;
    enum status status = out_open(&out, &s->output, n, names, err);
    if (status != STATUS_OK)
        return status;
    if (w->n_given > 0)
        entropy_add_names(&given, w->table, w->given, w->n_given);
    for (size_t i = 0; i < symbols->groups * symbols->columns; i++) {
        if (w->by.by_group)
            out_group(out, dict_text(symbols->names, (uint32_t)(i / symbols->columns)));
        if (w->table != NULL)
            out_text(out, entropy_column_name(w, i % symbols->columns, &text));
        if (w->n_given > 0)
            out_text(out, (struct slice){given.p, given.n});
        write_set(w, out, &symbols->set[i], unit.per_bit);
    }
    buffer_free(&text);
    buffer_free(&given);
    notice_uncountable(w);
    notice_continuous(w);
    if (w->table != NULL)
        notice_missing(w);
    return out_close(out, err);
}
