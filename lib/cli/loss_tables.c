#include "cli/loss_tables.h"

#include "base/mem.h"
#include "family/calibration.h"
#include "family/confusion.h"

#include <math.h>
#include <stdlib.h>

/* Opens a table of n columns, without the first, of groups, where there are none. */
static enum status open_out(struct out **out, const struct loss_tables *t, const struct output_settings *settings, size_t n,
                            const char **names, struct err *err)
{
    size_t first = t->group == NULL;
    names[0] = t->group;
    return out_open(out, settings, n - first, names + first, err);
}

static void start_row(struct out *out, const struct loss_tables *t, size_t group)
{
    if (t->group != NULL)
        out_text(out, dict_text(t->evaluation->names, (uint32_t)group));
}

/* The class's label: of one prediction column 0 or the other class, none where no row has it, and 1 or the column's. */
static struct slice label_of(const struct loss_tables *t, size_t class)
{
    if (t->term->n > 1)
        return t->term->labels[class];
    struct slice own = t->term->labels[0];
    if (own.p == NULL)
        return slice_of(class == 0 ? "0" : "1");
    const char *other = t->evaluation->sample[0].other;
    if (class == 1)
        return own;
    return other != NULL ? slice_of(other) : (struct slice){NULL, 0};
}

enum status loss_tables_confusion(const struct loss_tables *t, const struct output_settings *settings, struct err *err)
{
    const char *names[] = {"", "target", "predicted", "n", "weight", "share"};
    size_t classes = t->term->n == 1 ? 2 : t->term->n;
    struct out *out;
    enum status status = open_out(&out, t, settings, 6, names, err);
    if (status != STATUS_OK)
        return status;
    struct confusion_cell *cells = mem_alloc(classes * classes, sizeof *cells);
    for (size_t g = 0; g < t->evaluation->groups; g++) {
        struct loss_sample sample = evaluation_points(t->evaluation, t->term, 0, g);
        confusion_count(&sample, classes, cells);
        for (size_t own = 0; own < classes; own++) {
            const struct confusion_cell *row = cells + own * classes;
            double weight = 0;
            for (size_t k = 0; k < classes; k++)
                weight += row[k].weight;
            for (size_t k = 0; k < classes; k++) {
                start_row(out, t, g);
                out_text(out, label_of(t, own));
                out_text(out, label_of(t, k));
                out_count(out, row[k].n);
                out_number(out, row[k].weight);
                out_number(out, weight > 0 ? row[k].weight / weight : NAN);
                out_end_row(out);
            }
        }
    }
    free(cells);
    return out_close(out, err);
}

enum status loss_tables_calibration(const struct loss_tables *t, const struct output_settings *settings, struct err *err)
{
    const char *names[] = {"", "low", "high", "n", "confidence", "share", "se"};
    size_t bins = (size_t)t->term->parameter;
    struct out *out;
    enum status status = open_out(&out, t, settings, 7, names, err);
    if (status != STATUS_OK)
        return status;
    struct calibration_bin *bin = mem_alloc(bins, sizeof *bin);
    for (size_t g = 0; g < t->evaluation->groups; g++) {
        struct loss_sample sample = evaluation_points(t->evaluation, t->term, 0, g);
        calibration_count(&sample, bins, bin);
        for (size_t k = 0; k < bins; k++) {
            double share = bin[k].outcome / bin[k].weight;
            start_row(out, t, g);
            out_number(out, (double)k / (double)bins);
            out_number(out, (double)(k + 1) / (double)bins);
            out_count(out, bin[k].n);
            out_number(out, bin[k].confidence / bin[k].weight);
            out_number(out, share);
            out_number(out, sqrt(share * (1 - share) / bin[k].weight));
            out_end_row(out);
        }
    }
    free(bin);
    return out_close(out, err);
}
