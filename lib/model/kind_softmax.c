/* Multinomial logistic regression: P(class k) is proportional to exp(intercept[k] + x' weights[k]), with a score for
 * each class. Those of a reference class are 0 and are not counted as free parameters. In the symmetric parametrisation
 * of penalised fits the weights of all classes are free, and the intercepts but for a constant that all may share. */

#include "math/c_special.h"
#include "math/special.h"
#include "model/kind.h"
#include "model/predictor_prepare.h"

#include <string.h>

static enum status kind_softmax_prepare(struct predictor *p, struct err *err)
{
    predictor_prepare_classes(p);
    return predictor_prepare_linear(p, p->labels, err);
}

static bool kind_softmax_respond(const struct predictor *p, const double *scores, double *outputs)
{
    special_softmax(p->scores, scores, outputs);
    return true;
}

static void kind_softmax_c_respond(const struct predictor *p, struct c_text *t)
{
    c_special_softmax(t, p->scores, "score", "output");
}

static size_t kind_softmax_parameters(const struct predictor *p)
{
    const char *parametrisation = model_text(p->model, &field_parametrisation);
    bool reference = parametrisation != NULL && strcmp(parametrisation, "reference") == 0;
    return p->labels - 1 + predictor_slopes(p, p->labels - reference);
}

static const struct model_check_group groups[] = {
    {FIELD_GROUP_COLUMNS, true},      {FIELD_GROUP_CLASSES, true}, {FIELD_GROUP_CATEGORIES, false},
    {FIELD_GROUP_COEFFICIENTS, true}, {FIELD_GROUP_ONLINE, false}, {FIELD_GROUP_RECURSION, false},
    {FIELD_GROUP_DIAGONAL, false},    KIND_TRAINING_GROUPS,
};

const struct kind kind_softmax = {
    .name = "softmax",
    .help = "multinomial logistic regression",
    .fields = {KIND_FIELDS(groups), .scores = FIELD_CLASSES, .labels_at_least = 2},
    .prepare = kind_softmax_prepare,
    .respond = kind_softmax_respond,
    .c_respond = kind_softmax_c_respond,
    .choose = predictor_choose,
    .parameters = kind_softmax_parameters,
};
