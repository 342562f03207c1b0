#include "file/kind.h"

#include <string.h>

/* Mean of each target = intercept + x' weights; its variance is the same everywhere. Outputs are the means. */

static enum status prepare(struct predictor *p, struct err *err)
{
    size_t n;
    const char *const *targets;
    enum status status = model_need_texts(p->model, "targets", &n, &targets, err);
    if (status == STATUS_OK && n == 0)
        status = err_data(err, "a linear model has 1 target or more, this one has none");
    if (status == STATUS_OK)
        status = predictor_prepare_linear(p, n, err);
    if (status != STATUS_OK)
        return status;
    p->outputs = n;
    p->target = targets;
    p->score_names = predictor_names("mean", targets, n);
    p->output_names = predictor_names("mean", targets, n);
    if (n == 1)
        strcpy(p->output_names[0], "mean");
    return STATUS_OK;
}

static bool respond(const struct predictor *p, const double *scores, double *outputs)
{
    memcpy(outputs, scores, p->outputs * sizeof *outputs);
    return true;
}

/* Coefficients, and a variance per target; under an l1 the coefficients that are not 0 (H. Zou, T. Hastie and R. Tibshirani, Ann.
 * Stat. 35 (2007), 2173: their number estimates the lasso's degrees of freedom without bias). */
static size_t parameters(const struct predictor *p)
{
    double intercept = 1, l1 = 0;
    model_number(p->model, "intercept", &intercept);
    model_number(p->model, "l1", &l1);
    size_t slopes = p->outputs * (p->d - predictor_aliased(p)), used = 0;
    for (size_t i = 0; i < p->outputs * p->d; i++)
        used += p->weights[i] != 0;
    return p->outputs * (intercept != 0 ? 2 : 1) + (l1 > 0 ? used : slopes);
}

const struct kind kind_linear = {
    .name = "linear",
    .help = "linear regression",
    .prepare = prepare,
    .respond = respond,
    .parameters = parameters,
};
