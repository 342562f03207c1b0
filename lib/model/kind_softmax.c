#include "math/c_special.h"
#include "math/special.h"
#include "model/kind.h"
#include "model/predictor_prepare.h"

#include <string.h>

/* P(class k) proportional to exp(intercept[k] + x' weights[k]); the reference class, where there is one, has
 * score 0. */

static enum status prepare(struct predictor *p, struct err *err)
{
    enum status status = predictor_prepare_classes(p, 2, err);
    return status == STATUS_OK ? predictor_prepare_linear(p, p->labels, err) : status;
}

static bool respond(const struct predictor *p, const double *scores, double *outputs)
{
    special_softmax(p->scores, scores, outputs);
    return true;
}

static void c_respond(const struct predictor *p, struct c_text *t)
{
    c_special_softmax(t, p->scores, "score", "output");
}

static size_t parameters(const struct predictor *p)
{
    const char *parametrisation;
    bool reference =
        model_text(p->model, "parametrisation", &parametrisation) && strcmp(parametrisation, "reference") == 0;
    return p->labels - reference + predictor_slopes(p, p->labels - reference);
}

const struct kind kind_softmax = {
    .name = "softmax",
    .help = "multinomial logistic regression",
    .prepare = prepare,
    .respond = respond,
    .c_respond = c_respond,
    .choose = predictor_choose,
    .parameters = parameters,
};
