#include "math/c_special.h"
#include "math/special.h"
#include "model/kind.h"
#include "model/predictor_prepare.h"

/* logit P(positive) = intercept + x' weights. Labels are [negative, positive]; there is one output, P(positive). */

static enum status prepare(struct predictor *p, struct err *err)
{
    enum status status = model_need_texts(p->model, "labels", &p->labels, &p->label, err);
    if (status == STATUS_OK && p->labels != 2)
        status = err_data(err, "a logistic model has 2 labels, this one has %zu", p->labels);
    if (status == STATUS_OK)
        status = predictor_prepare_linear(p, 1, err);
    if (status != STATUS_OK)
        return status;
    p->outputs = 1;
    p->score_names = predictor_prepare_names("logit", p->label + 1, 1);
    p->output_names = predictor_prepare_names("p", p->label + 1, 1);
    return STATUS_OK;
}

static bool respond(const struct predictor *p, const double *scores, double *outputs)
{
    (void)p;
    outputs[0] = special_sigmoid(scores[0]);
    return true;
}

static void c_respond(const struct predictor *p, struct c_text *t)
{
    (void)p;
    c_special_sigmoid(t, 1, "score", "output");
}

static size_t choose(const struct predictor *p, const double *outputs, double threshold)
{
    (void)p;
    return outputs[0] >= threshold;
}

static size_t parameters(const struct predictor *p)
{
    return 1 + predictor_slopes(p, 1);
}

const struct kind kind_logistic = {
    .name = "logistic",
    .help = "logistic regression",
    .prepare = prepare,
    .respond = respond,
    .c_respond = c_respond,
    .choose = choose,
    .parameters = parameters,
};
