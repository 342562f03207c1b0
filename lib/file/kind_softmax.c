#include "file/kind.h"
#include "math/special.h"

#include <string.h>

/* P(class k) proportional to exp(intercept[k] + x' weights[k]); the reference class, where there is one, has score 0. */

static enum status prepare(struct predictor *p, struct err *err)
{
    enum status status = model_need_texts(p->model, "labels", &p->labels, &p->label, err);
    if (status == STATUS_OK && p->labels < 2)
        status = err_data(err, "a softmax model has 2 labels or more, this one has %zu", p->labels);
    if (status == STATUS_OK)
        status = predictor_prepare_linear(p, p->labels, err);
    if (status != STATUS_OK)
        return status;
    p->outputs = p->labels;
    p->score_names = predictor_names("logit", p->label, p->labels);
    p->output_names = predictor_names("p", p->label, p->labels);
    return STATUS_OK;
}

static void respond(const struct predictor *p, const double *scores, double *outputs)
{
    special_softmax(p->scores, scores, outputs);
}

static size_t choose(const struct predictor *p, const double *outputs, double threshold)
{
    size_t best = 0;
    if (p->labels == 2)
        return outputs[1] >= threshold;
    for (size_t k = 1; k < p->labels; k++)
        if (outputs[k] > outputs[best])
            best = k;
    return best;
}

static size_t parameters(const struct predictor *p)
{
    const char *parametrisation;
    bool reference = model_text(p->model, "parametrisation", &parametrisation) && strcmp(parametrisation, "reference") == 0;
    return (p->labels - reference) * (1 + p->d);
}

const struct kind kind_softmax = {
    .name = "softmax",
    .help = "multinomial logistic regression",
    .prepare = prepare,
    .respond = respond,
    .choose = choose,
    .parameters = parameters,
};
