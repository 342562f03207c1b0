/* The tables of a kind that has estimates by class, such as naive Bayes. For people each group (class probabilities,
 * Gaussians, levels of categories) is a table of its own with the columns that it fills; for programs all groups are
 * one table with empty cells. */

#include "app/show/model_view.h"

#include "model/kind.h"

enum { ESTIMATE_CELLS = 6 };

static const char *const cell_names[ESTIMATE_CELLS] = {"class", "column", "level", "probability", "mean", "sd"};

/* The cells that the groups fill. */
static const bool cells[KIND_GROUPS][ESTIMATE_CELLS] = {
    [KIND_PRIOR] = {[0] = true, [3] = true},
    [KIND_GAUSSIAN] = {[0] = true, [1] = true, [4] = true, [5] = true},
    [KIND_LEVEL] = {[0] = true, [1] = true, [2] = true, [3] = true},
};
static const bool all_cells[ESTIMATE_CELLS] = {true, true, true, true, true, true};

static void add_row(struct out *out, const struct kind_estimate *e, const bool *shown)
{
    const char *words[] = {e->class, e->column, e->level};
    const double numbers[] = {e->probability, e->mean, e->sd};
    for (size_t i = 0; i < ESTIMATE_CELLS; i++) {
        if (!shown[i])
            continue;
        if (i >= 3)
            out_number(out, numbers[i - 3]);
        else
            out_text(out, words[i] != NULL ? slice_of(words[i]) : (struct slice){NULL, 0});
    }
    out_end_row(out);
}

/* From the first estimate on those of its group, or all; returns the first one behind them. */
static size_t add_table(struct sink *sink, const struct model_view *view, int to, size_t first, bool one_group)
{
    const struct predictor *p = view->predictor;
    struct kind_estimate e;
    const char *names[ESTIMATE_CELLS];
    size_t n = 0, i = first;
    p->kind->estimate(p, first, &e);
    enum kind_group group = e.group;
    const bool *shown = one_group ? cells[group] : all_cells;
    for (size_t c = 0; c < ESTIMATE_CELLS; c++)
        if (shown[c])
            names[n++] = cell_names[c];
    struct out *out;
    out_begin(&out, sink, to, view->digits, n, names);
    for (; p->kind->estimate(p, i, &e) && (!one_group || e.group == group); i++)
        add_row(out, &e, shown);
    out_finish(out);
    return i;
}

void model_view_estimates(struct sink *sink, const struct model_view *view, int to)
{
    const struct predictor *p = view->predictor;
    struct kind_estimate e;
    size_t i = add_table(sink, view, to, 0, to == OUT_TABLE);
    while (p->kind->estimate(p, i, &e)) {
        sink_text(sink, "\n");
        i = add_table(sink, view, to, i, true);
    }
}
