/* Scores of naive Bayes models, held against the joint log-probabilities of the formula; damaged models are
 * refused. */

#include "base/err.h"
#include "model/kind.h"
#include "model/predictor_open.h"
#include "test.h"

#include <math.h>
#include <string.h>

/* Two classes, a number x and a text z with the levels p and q. */
static struct model *sample(void)
{
    struct model *m = model_new("bayes");
    model_set_texts(m, &field_labels, 2, (const char *[]){"no", "yes"});
    model_set_texts(m, &field_features, 1, (const char *[]){"x"});
    model_set_texts(m, &field_text_features, 1, (const char *[]){"z"});
    model_set_texts(m, &field_levels, 2, (const char *[]){"p", "q"});
    model_set_vector(m, &field_level_counts, 1, (const double[]){2});
    model_set_array(m, &field_priors, 2, (const size_t[]){1, 2}, (const double[]){0.25, 0.75});
    model_set_array(m, &field_means, 2, (const size_t[]){2, 1}, (const double[]){0, 1});
    model_set_array(m, &field_variances, 2, (const size_t[]){2, 1}, (const double[]){1, 4});
    model_set_array(m, &field_frequencies, 2, (const size_t[]){2, 2}, (const double[]){0.5, 0.5, 1, 0});
    return m;
}

static bool close_to(double a, double b)
{
    return fabs(a - b) <= 1e-14 * fmax(1, fabs(b));
}

static void scores_are_log_joint_probabilities(void)
{
    struct model *m = sample();
    struct predictor *p = NULL;
    struct err err = {0};
    CHECK(predictor_open_model(&p, m, &err) == STATUS_OK, "%s", err.reason);
    const double x[] = {2, 2, 2, 1e200}, log_sqrt_two_pi = 0.5 * log(2 * acos(-1));
    const uint32_t level[] = {0, 1, PREDICTOR_UNSEEN, 0};
    double scores[8], outputs[2];
    predictor_scores(p, &(struct predictor_rows){4, x, 1, level}, scores);
    double no = log(0.25) - log_sqrt_two_pi - 2, yes = log(0.75) - log_sqrt_two_pi - log(2) - 0.125;
    CHECK(close_to(scores[0], no + log(0.5)) && close_to(scores[1], yes), "%.17g %.17g", scores[0], scores[1]);
    CHECK(close_to(scores[2], no + log(0.5)) && scores[3] == -INFINITY, "%.17g %.17g", scores[2], scores[3]);
    CHECK(close_to(scores[4], no) && close_to(scores[5], yes), "%.17g %.17g", scores[4], scores[5]);
    CHECK(p->kind->respond(p, scores, outputs) && close_to(outputs[0] + outputs[1], 1));
    CHECK(p->kind->respond(p, scores + 2, outputs) && outputs[0] == 1 && outputs[1] == 0);
    CHECK(!p->kind->respond(p, scores + 6, outputs), "a row that no class allows has probabilities");
    CHECK(p->kind->parameters(p) == 1 + 4 + 2);
    predictor_free(p);
    model_free(m);
}

static void estimates_come_in_groups(void)
{
    static const enum kind_group groups[] = {KIND_PRIOR, KIND_PRIOR, KIND_GAUSSIAN, KIND_GAUSSIAN,
                                             KIND_LEVEL, KIND_LEVEL, KIND_LEVEL,    KIND_LEVEL};
    struct model *m = sample();
    struct predictor *p = NULL;
    struct err err = {0};
    struct kind_estimate e;
    size_t n = 0;
    CHECK(predictor_open_model(&p, m, &err) == STATUS_OK, "%s", err.reason);
    for (; n < 8 && p->kind->estimate(p, n, &e); n++)
        CHECK(e.group == groups[n] && strcmp(e.class, n % 2 == 0 ? "no" : "yes") == 0, "%zu", n);
    CHECK(n == 8 && !p->kind->estimate(p, 8, &e));
    CHECK(p->kind->estimate(p, 3, &e) && e.mean == 1 && e.sd == 2 && isnan(e.probability));
    CHECK(p->kind->estimate(p, 7, &e) && strcmp(e.level, "q") == 0 && e.probability == 0);
    predictor_free(p);
    model_free(m);
}

static void refused(struct model *m, const char *reason)
{
    struct predictor *p = NULL;
    struct err err = {0};
    CHECK(predictor_open_model(&p, m, &err) == STATUS_DATA && p == NULL, "accepted; wanted: %s", reason);
    CHECK(strcmp(err.reason, reason) == 0, "'%s' where '%s' was wanted", err.reason, reason);
    model_free(m);
}

static void counts_are_refused(double count, const char *reason)
{
    struct model *m = sample();
    model_set_vector(m, &field_level_counts, 1, &count);
    refused(m, reason);
}

static void damaged_models_are_refused(void)
{
    static const char unfit[] = "the model's 'level_counts' do not fit its 'levels'";
    static const double bad_counts[] = {0, 1, 3, 1.5, -1, 1e300};
    for (size_t i = 0; i < sizeof bad_counts / sizeof *bad_counts; i++)
        counts_are_refused(bad_counts[i], unfit);
    counts_are_refused(INFINITY, "a number of the model's 'level_counts' is not finite");
    counts_are_refused(NAN, "a number of the model's 'level_counts' is not finite");
    struct model *m = sample();
    model_set_texts(m, &field_levels, 2, (const char *[]){"p", "p"});
    refused(m, unfit);
    m = sample();
    model_set_vector(m, &field_level_counts, 2, (const double[]){1, 1});
    refused(m, "the model's 'level_counts' is not a vector of 1");
    m = sample();
    model_set_texts(m, &field_labels, 1, (const char *[]){"no"});
    refused(m, "a bayes model has 2 labels or more, this one has 1");
    m = sample();
    model_set_array(m, &field_means, 2, (const size_t[]){1, 2}, (const double[]){0, 1});
    refused(m, "the model's 'means' is not 2 x 1");
    m = sample();
    model_set_array(m, &field_priors, 2, (const size_t[]){1, 2}, (const double[]){-0.25, 1.25});
    refused(m, "a probability of the model is not between 0 and 1");
    m = sample();
    model_set_array(m, &field_variances, 2, (const size_t[]){2, 1}, (const double[]){1, 0});
    refused(m, "a variance of the model is not greater than 0");
}

int main(void)
{
    scores_are_log_joint_probabilities();
    estimates_come_in_groups();
    damaged_models_are_refused();
    return test_report("kind_bayes");
}
