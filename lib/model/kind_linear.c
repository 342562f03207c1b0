/* Linear regression: the mean of each target is intercept + x' weights; its variance is the same for all rows. Outputs
 * are the means.
 *
 * With the field sd_coefficients there is one target, whose standard deviation is linear in the features too
 * (heteroscedastic regression). It is the second score and output; where it is not positive there is no response. */

#include "model/kind.h"
#include "model/predictor_prepare.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct kind_linear_sd {
    const char *target[2];
    char *sd_target;
};

static bool has_sd(const struct predictor *p)
{
    return p->own != NULL;
}

static char **copy_names(void)
{
    static const char *const names[] = {"mean", "sd"};
    char **copy = mem_alloc(2, sizeof *copy);
    for (size_t i = 0; i < 2; i++)
        copy[i] = mem_copy_text(names[i]);
    return copy;
}

/* Adds the sd to a predictor of one mean. */
static void prepare_sd(struct predictor *p, const char *target, const double *sd)
{
    double *weights = mem_alloc(2 * p->d, sizeof *weights), *intercept = mem_alloc(2, sizeof *intercept);
    for (size_t j = 0; j < p->d; j++) {
        weights[2 * j] = p->weights[j];
        weights[2 * j + 1] = sd[1 + j];
    }
    intercept[0] = p->intercept[0];
    intercept[1] = sd[0];
    free(p->weights);
    free(p->intercept);
    p->weights = weights;
    p->intercept = intercept;
    struct kind_linear_sd *own = mem_zero(1, sizeof *own);
    own->sd_target = mem_format("sd of %s", target);
    own->target[0] = target;
    own->target[1] = own->sd_target;
    p->own = own;
    p->target = own->target;
    p->scores = p->outputs = 2;
    p->has_sds = true;
    p->score_names = copy_names();
    p->output_names = copy_names();
}

static void kind_linear_release(struct predictor *p)
{
    struct kind_linear_sd *own = p->own;
    if (own != NULL)
        free(own->sd_target);
    free(own);
}

static enum status kind_linear_prepare(struct predictor *p, struct err *err)
{
    size_t n;
    const char *const *targets = model_texts(p->model, &field_targets, &n);
    const double *sd = model_values(p->model, &field_sd_coefficients);
    if (n == 0)
        return err_data(err, "a linear model has 1 target or more, this one has none");
    if (n > 1 && sd != NULL)
        return err_data(err, "the model has 'sd_coefficients' for one of %zu targets", n);
    enum status status = predictor_prepare_linear(p, n, err);
    if (status != STATUS_OK)
        return status;
    p->outputs = n;
    p->target = targets;
    if (sd != NULL) {
        prepare_sd(p, targets[0], sd);
        return STATUS_OK;
    }
    p->score_names = predictor_prepare_names("mean", targets, n);
    p->output_names = predictor_prepare_names("mean", targets, n);
    if (n == 1)
        strcpy(p->output_names[0], "mean");
    return STATUS_OK;
}

static bool kind_linear_respond(const struct predictor *p, const double *scores, double *outputs)
{
    memcpy(outputs, scores, p->outputs * sizeof *outputs);
    return !has_sd(p) || scores[1] > 0;
}

static void kind_linear_c_respond(const struct predictor *p, struct c_text *t)
{
    if (has_sd(p)) {
        c_text_line(t, "if (!(score[1] > 0))");
        c_text_line(t, "    return -1;");
    }
    c_text_line(t, "for (int k = 0; k < %zu; k++)", p->outputs);
    c_text_line(t, "    output[k] = score[k];");
}

/* Those of the mean and those of the sd that are used. */
static size_t parameters_with_sd(const struct predictor *p)
{
    size_t n = p->d - predictor_aliased(p) + predictor_has_intercept(p) + 1;
    for (size_t j = 0; j < p->d; j++)
        n += p->weights[2 * j + 1] != 0;
    return n;
}

/* Coefficients, and a variance per target. */
static size_t kind_linear_parameters(const struct predictor *p)
{
    if (has_sd(p))
        return parameters_with_sd(p);
    return p->outputs * (predictor_has_intercept(p) ? 2 : 1) + predictor_slopes(p, p->outputs);
}

static const struct model_check_group groups[] = {
    {FIELD_GROUP_COLUMNS, true},      {FIELD_GROUP_TARGETS, true},    {FIELD_GROUP_CATEGORIES, false},
    {FIELD_GROUP_COEFFICIENTS, true}, {FIELD_GROUP_RESIDUALS, false}, KIND_TRAINING_GROUPS,
};

const struct kind kind_linear = {
    .name = "linear",
    .help = "linear regression",
    .fields = {KIND_FIELDS(groups), .scores = FIELD_TARGETS},
    .prepare = kind_linear_prepare,
    .respond = kind_linear_respond,
    .c_respond = kind_linear_c_respond,
    .refusal = "the model's sd is not positive there: the row is too far from those the model was fitted to",
    .parameters = kind_linear_parameters,
    .release = kind_linear_release,
};
