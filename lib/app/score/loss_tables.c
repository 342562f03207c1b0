/* The results of an evaluation as tables: losses, comparisons with a baseline row by row, confusions of classes,
 * and calibration by bins of probability; each with a row per group. */
#include "app/score/loss_tables.h"

#include "base/mem.h"
#include "data/keys/order.h"
#include "family/loss/averages.h"
#include "family/loss/calibration.h"
#include "family/loss/confusion.h"
#include "math/moments.h"

#include <math.h>
#include <stdlib.h>

/* Opens a table of n columns, without the first, of groups, where there are none. */
static enum status open_out(struct out **out, const struct loss_tables *t, const struct output_settings *settings,
                            size_t n, const char **names, struct err *err)
{
    size_t first = t->group == NULL;
    names[0] = t->group;
    return out_open(out, settings, n - first, names + first, err);
}

static void start_row(struct out *out, const struct loss_tables *t, size_t group)
{
    if (t->group != NULL)
        out_group(out, dict_text(t->evaluation->names, (uint32_t)group));
}

/* The cell that says what the numbers of a row about a term are in, and what they are to be multiplied by for it. */
static void write_unit(struct out *out, const struct loss_tables *t, size_t term)
{
    switch (t->terms[term].loss->unit) {
    case LOSS_NATS:
        out_word(out, t->unit.name);
        break;
    case LOSS_TARGET:
        out_word(out, t->target);
        break;
    case LOSS_TARGET_SQUARED: {
        char *square = mem_format("%s^2", t->target);
        out_word(out, square);
        free(square);
        break;
    }
    case LOSS_ONE:
        out_word(out, "1");
        break;
    }
}

static void write_sum(struct out *out, const struct loss *loss, double sum)
{
    if (loss->counts)
        out_total(out, sum);
    else
        out_number(out, sum);
}

enum status loss_tables_losses(const struct loss_tables *t, const struct output_settings *settings, struct err *err)
{
    const char *names[] = {"", "loss", "n", "sum", "mean", "se", "unit"};
    struct out *out;
    enum status status = open_out(&out, t, settings, 7, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t g = 0; g < t->evaluation->groups; g++) {
        for (size_t i = 0; i < t->n; i++) {
            const struct evaluation_cell *cell = &t->evaluation->cell[g * t->n + i];
            double factor = unit_factor(&t->unit, t->terms[i].loss);
            start_row(out, t, g);
            out_word(out, t->names[i]);
            out_count(out, cell->moments.n + cell->infinite);
            write_sum(out, t->terms[i].loss, evaluation_sum(cell, &t->terms[i]) * factor);
            out_number(out, evaluation_mean(cell, &t->terms[i]) * factor);
            out_number(out, evaluation_se(cell, &t->terms[i]) * factor);
            write_unit(out, t, i);
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

enum status loss_tables_comparison(const struct loss_tables *t, const struct output_settings *settings, struct err *err)
{
    const char *names[] = {"", "loss", "n", "mean", "baseline", "difference", "se", "p", "unit"};
    struct out *out;
    enum status status = open_out(&out, t, settings, 9, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t g = 0; g < t->evaluation->groups; g++) {
        for (size_t i = 0; i < t->n; i++) {
            const struct evaluation_cell *cell = &t->evaluation->cell[g * 2 * t->n + i], *baseline = cell + t->n;
            struct evaluation_comparison difference = evaluation_compare(cell, baseline);
            double factor = unit_factor(&t->unit, t->terms[i].loss);
            start_row(out, t, g);
            out_word(out, t->names[i]);
            out_count(out, cell->moments.n + cell->infinite);
            out_number(out, evaluation_mean(cell, &t->terms[i]) * factor);
            out_number(out, evaluation_mean(baseline, &t->terms[i]) * factor);
            out_number(out, difference.mean * factor);
            out_number(out, difference.se * factor);
            out_number(out, difference.p);
            write_unit(out, t, i);
            out_end_row(out);
        }
    }
    return out_close(out, err);
}

/* The class's label: of one prediction column 0 or the other class, none where no row has it, and 1 or the column's. */
static struct slice label_of(const struct loss_tables *t, size_t class)
{
    if (t->terms->labelled)
        return class < dict_count(t->evaluation->classes) ? dict_text(t->evaluation->classes, (uint32_t) class)
                                                          : (struct slice)
        {
            NULL, 0
        };
    if (t->terms->n > 1)
        return t->terms->labels[class];
    struct slice own = t->terms->labels[0];
    if (own.p == NULL)
        return slice_of(class == 0 ? "0" : "1");
    const char *other = t->evaluation->sample[0].other;
    if (class == 1)
        return own;
    return other != NULL ? slice_of(other) : (struct slice){NULL, 0};
}

/* The classes in the order to show them in: that of the columns, or of labels. The caller frees it. */
static uint32_t *order_classes(const struct loss_tables *t, size_t *classes)
{
    bool labelled = t->terms->labelled;
    *classes = t->terms->n == 1 ? 2 : t->terms->n;
    if (labelled)
        *classes = dict_count(t->evaluation->classes);
    uint32_t *order = mem_alloc(*classes, sizeof *order);
    for (uint32_t k = 0; k < *classes; k++)
        order[k] = k;
    if (labelled)
        order_of(t->evaluation->classes, order);
    return order;
}

/* The confusions of one group of rows. */
struct loss_tables_group {
    size_t group, classes;
    const uint32_t *order; /* of the classes */
    const struct confusion_cell *cells;
};

/* The proportions of the predictions of rows of the class `own`. */
static void write_class(struct out *out, const struct loss_tables *t, const struct loss_tables_group *g, size_t own)
{
    const struct confusion_cell *row = g->cells + own * g->classes;
    double weight = 0;
    for (size_t k = 0; k < g->classes; k++)
        weight += row[k].weight;
    for (size_t k = 0; k < g->classes; k++) {
        const struct confusion_cell *cell = &row[g->order[k]];
        start_row(out, t, g->group);
        out_text(out, label_of(t, own));
        out_text(out, label_of(t, g->order[k]));
        out_count(out, cell->n);
        out_total(out, cell->weight);
        out_number(out, weight > 0 ? cell->weight / weight : NAN);
        out_end_row(out);
    }
}

static void write_report(struct out *out, const struct loss_tables *t, const struct loss_tables_group *g, size_t own)
{
    struct averages_counts count = {.both = g->cells[own * g->classes + own].weight};
    size_t n = 0;
    for (size_t k = 0; k < g->classes; k++) {
        n += g->cells[own * g->classes + k].n;
        count.own += g->cells[own * g->classes + k].weight;
        count.predicted += g->cells[k * g->classes + own].weight;
    }
    start_row(out, t, g->group);
    out_text(out, label_of(t, own));
    out_count(out, n);
    out_total(out, count.own);
    out_total(out, count.predicted);
    out_total(out, count.both);
    out_number(out, averages_precision(&count, 1));
    out_number(out, averages_recall(&count, 1));
    out_number(out, averages_f(&count, 1));
    out_end_row(out);
}

/* A table of n columns with what `write` says of each class in each group. */
static enum status write_classes(const struct loss_tables *t, const struct output_settings *settings, size_t n,
                                 const char **names,
                                 void (*write)(struct out *out, const struct loss_tables *t,
                                               const struct loss_tables_group *g, size_t own),
                                 struct err *err)
{
    struct out *out;
    enum status status = open_out(&out, t, settings, n, names, err);
    if (status != STATUS_OK)
        return status;
    size_t classes;
    uint32_t *order = order_classes(t, &classes);
    struct confusion_cell *cells = mem_alloc(classes * classes, sizeof *cells);
    for (size_t i = 0; i < t->evaluation->groups; i++) {
        struct loss_sample sample = evaluation_points(t->evaluation, t->terms, 0, i);
        confusion_count(&sample, classes, cells);
        for (size_t k = 0; k < classes; k++)
            write(out, t, &(struct loss_tables_group){i, classes, order, cells}, order[k]);
    }
    free(order);
    free(cells);
    return out_close(out, err);
}

enum status loss_tables_confusion(const struct loss_tables *t, const struct output_settings *settings, struct err *err)
{
    const char *names[] = {"", "target", "predicted", "n", "weight", "share"};
    return write_classes(t, settings, 6, names, write_class, err);
}

enum status loss_tables_report(const struct loss_tables *t, const struct output_settings *settings, struct err *err)
{
    const char *names[] = {"", "class", "n", "weight", "predicted", "correct", "precision", "recall", "f1"};
    return write_classes(t, settings, 9, names, write_report, err);
}

enum status loss_tables_calibration(const struct loss_tables *t, const struct output_settings *settings,
                                    struct err *err)
{
    const char *names[] = {"", "low", "high", "n", "confidence", "share", "se"};
    size_t bins = (size_t)t->terms->parameter;
    struct out *out;
    enum status status = open_out(&out, t, settings, 7, names, err);
    if (status != STATUS_OK)
        return status;
    struct calibration_bin *bin = mem_alloc(bins, sizeof *bin);
    for (size_t g = 0; g < t->evaluation->groups; g++) {
        struct loss_sample sample = evaluation_points(t->evaluation, t->terms, 0, g);
        calibration_count(&sample, bins, bin);
        for (size_t k = 0; k < bins; k++) {
            double share = bin[k].outcome / bin[k].weight, n = t->importances ? bin[k].effective : bin[k].weight;
            bool is_few = moments_are_few(n) && share > 0 && share < 1;
            start_row(out, t, g);
            out_number(out, (double)k / (double)bins);
            out_number(out, (double)(k + 1) / (double)bins);
            out_count(out, bin[k].n);
            out_number(out, bin[k].confidence / bin[k].weight);
            out_number(out, share);
            out_number(out, is_few ? NAN : sqrt(share * (1 - share) / n));
            out_end_row(out);
        }
    }
    free(bin);
    return out_close(out, err);
}
