/* The model of a pass: classes and coefficients in the order of labels, sums, and the state of the fit, from which a
 * later pass can start (model/online_state.c). */
#include "app/train/train_online.h"

#include "app/train/train_fields.h"
#include "base/mem.h"
#include "data/keys/order.h"

#include <stdlib.h>
#include <string.h>

static void add_aliased(struct model *model, const struct online_fit *fit)
{
    bool *constant = mem_alloc(fit->d, sizeof *constant);
    for (size_t j = 0; j < fit->d; j++)
        constant[j] = online_fit_is_constant(fit, j);
    train_fields_write_aliased(model, fit->d, fit->features, constant, &(struct relations){0});
    free(constant);
}

/* Labels and coefficients in the order of labels; of two, the positive class last. */
static enum status add_classes(const struct train_online *p, struct model *model, const struct online_fit *fit,
                               struct err *err)
{
    size_t classes = dict_count(fit->labels), scores = online_fit_scores(fit), width = 1 + fit->d;
    uint32_t *order = mem_alloc(classes, sizeof *order);
    double *values = mem_alloc(scores, width * sizeof *values), *ordered = mem_alloc(scores, width * sizeof *ordered);
    const char **labels = mem_alloc(classes, sizeof *labels);
    enum status status = STATUS_OK;
    online_fit_coefficients(fit, values);
    order_of(fit->labels, order);
    if (p->settings->positive != NULL) {
        char echo[ERR_ECHO];
        uint32_t positive = dict_find(fit->labels, slice_of(p->settings->positive));
        if (positive == DICT_NONE)
            status = err_data(err, "no row has the class '%s'; the classes are '%s', '%s'",
                              err_echo(echo, slice_of(p->settings->positive)), dict_text(fit->labels, order[0]).p,
                              dict_text(fit->labels, order[1]).p);
        order[0] = positive == 0;
        order[1] = positive != 0;
    }
    for (size_t k = 0; k < classes; k++)
        labels[k] = dict_text(fit->labels, order[k]).p;
    for (size_t k = 0; k < scores && scores > 1; k++)
        memcpy(ordered + k * width, values + order[k] * width, width * sizeof *values);
    for (size_t j = 0; j < width && scores == 1; j++)
        ordered[j] = order[1] == 1 ? values[j] : -values[j];
    model_set_texts(model, &field_labels, classes, labels);
    model_set_matrix(model, &field_coefficients, scores, width, ordered);
    online_state_write(model, fit, order);
    free(order);
    free(values);
    free(ordered);
    free(labels);
    return status;
}

enum status train_online_model(const struct train_online *p, const struct online_fit *fit, struct model **made,
                               struct err *err)
{
    const struct train_penalty *penalty = &p->settings->penalty;
    struct model *model = *made = model_new(p->task->kind);
    double l2 = penalty->prior_sd > 0 ? 1 / (fit->weight_sum * penalty->prior_sd * penalty->prior_sd) : penalty->l2;
    model_set_texts(model, &field_features, fit->d, (const char *const *)fit->features);
    enum status status = add_classes(p, model, fit, err);
    model_set_text(model, &field_target, fit->target);
    if (fit->offset != NULL)
        model_set_text(model, &field_offset, fit->offset);
    add_aliased(model, fit);
    if (fit->several)
        model_set_text(model, &field_parametrisation, "symmetric");
    train_fields_write_rows(model, &p->settings->columns,
                            train_fields_cases(&p->settings->columns, fit->rows, fit->weight_sum), fit->skipped,
                            fit->weight_sum);
    model_set_number(model, &field_progressive_loss, online_fit_loss(fit));
    model_set_number(model, &field_converged, 1);
    model_set_number(model, &field_l2, l2);
    model_set_number(model, &field_standardize, penalty->standardize);
    model_set_number(model, &field_confidence, p->settings->confidence);
    model_set_text(model, &field_loss, p->task->loss_name);
    model_set_text(model, &field_solver, "online");
    model_set_text(model, &field_training, "online, in one pass");
    model_set_text(model, &field_command, p->run->command_line);
    return status;
}
