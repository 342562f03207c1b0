/* Logistic regression: logit P(positive) = intercept + x' weights. Labels are [negative, positive]; the one output is
 * P(positive). */

#include "math/c_special.h"
#include "math/special.h"
#include "model/kind.h"
#include "model/predictor_prepare.h"

static enum status kind_logistic_prepare(struct predictor *p, struct err *err)
{
    predictor_prepare_positive(p);
    return predictor_prepare_linear(p, 1, err);
}

static bool kind_logistic_respond(const struct predictor *p, const double *scores, double *outputs)
{
    (void)p;
    outputs[0] = special_sigmoid(scores[0]);
    return true;
}

static void kind_logistic_c_respond(const struct predictor *p, struct c_text *t)
{
    (void)p;
    c_special_sigmoid(t, 1, "score", "output");
}

static size_t kind_logistic_choose(const struct predictor *p, const double *outputs, double threshold)
{
    (void)p;
    return outputs[0] >= threshold;
}

static size_t kind_logistic_parameters(const struct predictor *p)
{
    return 1 + predictor_slopes(p, 1);
}

static const struct model_check_group groups[] = {
    {FIELD_GROUP_COLUMNS, true},      {FIELD_GROUP_CLASSES, true}, {FIELD_GROUP_CATEGORIES, false},
    {FIELD_GROUP_COEFFICIENTS, true}, {FIELD_GROUP_ONLINE, false}, {FIELD_GROUP_RECURSION, false},
    {FIELD_GROUP_DIAGONAL, false},    KIND_TRAINING_GROUPS,
};

const struct kind kind_logistic = {
    .name = "logistic",
    .help = "logistic regression",
    .fields = {KIND_FIELDS(groups), .scores = FIELD_ONE, .labels_at_least = 2, .labels_at_most = 2},
    .prepare = kind_logistic_prepare,
    .respond = kind_logistic_respond,
    .c_respond = kind_logistic_c_respond,
    .choose = kind_logistic_choose,
    .parameters = kind_logistic_parameters,
};
