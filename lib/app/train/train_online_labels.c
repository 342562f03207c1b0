/* The classes of a pass that are known before it starts: those of --labels, or of the model of --init in the order of
 * its state. Others are added as rows have them. */
#include "app/train/train_online.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "data/keys/order.h"

#include <stdlib.h>
#include <string.h>

/* The labels of the model of --init. */
static enum status read_labels_of_init(struct train_online *p, struct err *err)
{
    const struct predictor *init = p->init.predictor;
    uint32_t *order = mem_alloc(init->labels, sizeof *order);
    enum status status = online_state_order(init, order, err);
    if (status != STATUS_OK)
        err_at(err, p->init.path, 0);
    p->n_labels = init->labels;
    p->labels = mem_zero(init->labels, sizeof *p->labels);
    for (size_t k = 0; k < init->labels && status == STATUS_OK; k++)
        p->labels[order[k]] = mem_copy_text(init->label[k]);
    free(order);
    return status;
}

/* Splits --labels at its commas. */
static enum status parse_labels(struct train_online *p, struct err *err)
{
    const char *text = p->settings->labels;
    size_t capacity = 0;
    while (text != NULL) {
        size_t n = strcspn(text, ",");
        p->labels = mem_grow(p->labels, &capacity, p->n_labels + 1, sizeof *p->labels);
        char *label = p->labels[p->n_labels++] = mem_copy(text, n);
        for (size_t i = 0; i + 1 < p->n_labels; i++)
            if (strcmp(p->labels[i], label) == 0)
                return usage_option(err, "--labels", "'%s' is listed twice", label);
        text = text[n] == ',' ? text + n + 1 : NULL;
    }
    bool two = p->task->loss->prediction != LOSS_LOGITS;
    if (p->settings->labels != NULL && (p->n_labels < 2 || (two && p->n_labels > 2)))
        return usage_value(err, "--labels", p->settings->labels, "%s2 classes", two ? "" : "at least ");
    return STATUS_OK;
}

/* Puts the class whose log-odds an offset is added to behind the other one, where scores are of the class 1. */
static void order_labels(struct train_online *p)
{
    struct dict *dict = dict_new();
    uint32_t order[2] = {0, 1};
    for (size_t k = 0; k < p->n_labels; k++)
        dict_add(dict, slice_of(p->labels[k]));
    if (p->settings->positive != NULL)
        order[1] = strcmp(p->settings->positive, p->labels[0]) != 0;
    else
        order_of(dict, order);
    if (order[1] == 0) {
        char *first = p->labels[0];
        p->labels[0] = p->labels[1];
        p->labels[1] = first;
    }
    dict_free(dict);
}

enum status train_online_labels(struct train_online *p, struct err *err)
{
    enum status status = p->settings->init != NULL ? read_labels_of_init(p, err) : parse_labels(p, err);
    if (status == STATUS_OK && p->settings->columns.roles.offset != NULL)
        order_labels(p);
    return status;
}

void train_online_release_labels(struct train_online *p)
{
    for (size_t k = 0; k < p->n_labels; k++)
        free(p->labels[k]);
    free(p->labels);
}
