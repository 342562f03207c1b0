/* Naive Bayes: columns are independent within a class. The score of class k is log P(k, row) in nats,
 *
 *     log prior[k] + sum over numbers of log N(x; mean[k], variance[k])
 *                  + sum over categories of log frequency[k][level]
 *
 * and the outputs are the posterior probabilities, the softmax of the scores. A row that every class excludes has no
 * response. An unseen level contributes nothing.
 *
 * make_tables turns the fields into what scoring reads: logarithms, and 1 / sd for each variance, with the classes of
 * one feature or level together in memory. */

#include "base/mem.h"
#include "math/c_special.h"
#include "math/special.h"
#include "model/kind.h"
#include "model/predictor_prepare.h"

#include <math.h>

struct kind_bayes_tables {
    const double *priors, *means, *variances, *frequencies; /* the model's */
    size_t levels;
    double *constant;      /* labels: log prior - sum of log(sd sqrt(2 pi)) */
    double *mean, *rate;   /* features x labels: means, 1 / sd */
    double *log_frequency; /* levels x labels */
};

/* ---- making ---- */

static bool all_probabilities(const double *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(p[i] >= 0 && p[i] <= 1))
            return false;
    return true;
}

static enum status check_values(const struct predictor *p, const struct kind_bayes_tables *own, struct err *err)
{
    if (!all_probabilities(own->priors, p->labels) || !all_probabilities(own->frequencies, p->labels * own->levels))
        return err_data(err, "a probability of the model is not between 0 and 1");
    for (size_t i = 0; i < p->labels * p->d; i++)
        if (!(own->variances[i] > 0))
            return err_data(err, "a variance of the model is not greater than 0");
    return STATUS_OK;
}

/* The tables that scoring reads, the classes of a feature or a level standing together. */
static void make_tables(const struct predictor *p, struct kind_bayes_tables *own)
{
    size_t n = p->labels;
    for (size_t k = 0; k < n; k++) {
        own->constant[k] = log(own->priors[k]);
        for (size_t j = 0; j < p->d; j++) {
            double sd = sqrt(own->variances[k * p->d + j]);
            own->mean[j * n + k] = own->means[k * p->d + j];
            own->rate[j * n + k] = 1 / sd;
            own->constant[k] -= log(sd) + 0.5 * special_log_two_pi;
        }
        for (size_t l = 0; l < own->levels; l++)
            own->log_frequency[l * n + k] = log(own->frequencies[k * own->levels + l]);
    }
}

static enum status kind_bayes_prepare(struct predictor *p, struct err *err)
{
    struct kind_bayes_tables own = {0};
    predictor_prepare_classes(p);
    p->features = model_texts(p->model, &field_features, &p->d);
    own.priors = model_values(p->model, &field_priors);
    own.means = model_values(p->model, &field_means);
    own.variances = model_values(p->model, &field_variances);
    own.frequencies = model_values(p->model, &field_frequencies);
    enum status status = predictor_prepare_levels(p, &own.levels, err);
    if (status == STATUS_OK)
        status = check_values(p, &own, err);
    if (status != STATUS_OK)
        return status;
    size_t head = (sizeof own + sizeof(double) - 1) / sizeof(double), block = p->d * p->labels;
    double *memory = mem_alloc(head + p->labels + 2 * block + own.levels * p->labels, sizeof *memory);
    own.constant = memory + head;
    own.mean = own.constant + p->labels;
    own.rate = own.mean + block;
    own.log_frequency = own.rate + block;
    make_tables(p, &own);
    p->own = memory;
    *(struct kind_bayes_tables *)p->own = own;
    return STATUS_OK;
}

/* ---- applying ---- */

static void add_level(const struct predictor *p, const struct kind_bayes_tables *own, size_t level, double *scores)
{
    for (size_t k = 0; k < p->labels; k++)
        scores[k] += own->log_frequency[level * p->labels + k];
}

static void kind_bayes_score(const struct predictor *p, const struct predictor_rows *rows, double *scores)
{
    const struct kind_bayes_tables *own = p->own;
    size_t n = p->labels;
    for (size_t r = 0; r < rows->rows; r++) {
        double *out = scores + r * n;
        for (size_t k = 0; k < n; k++)
            out[k] = own->constant[k];
        for (size_t j = 0; j < p->d; j++) {
            double x = rows->x[r * rows->ld + j];
            for (size_t k = 0; k < n; k++) {
                double z = (x - own->mean[j * n + k]) * own->rate[j * n + k];
                out[k] -= 0.5 * z * z;
            }
        }
        for (size_t t = 0, first = 0; t < p->texts; first += dict_count(p->levels[t]), t++) {
            uint32_t level = rows->level[r * p->texts + t];
            if (level != PREDICTOR_UNSEEN)
                add_level(p, own, first + level, out);
        }
    }
}

static bool kind_bayes_respond(const struct predictor *p, const double *scores, double *outputs)
{
    return special_softmax(p->scores, scores, outputs) > -INFINITY;
}

static void kind_bayes_c_score(const struct predictor *p, struct c_text *t)
{
    const struct kind_bayes_tables *own = p->own;
    size_t n = p->labels;
    c_text_numbers(t, "constant", n, own->constant);
    c_text_line(t, "for (int k = 0; k < %zu; k++)", n);
    c_text_line(t, "    score[k] = constant[k];");
    if (p->d > 0) {
        c_text_numbers(t, "mean", p->d * n, own->mean);
        c_text_numbers(t, "rate", p->d * n, own->rate);
        c_text_line(t, "for (int j = 0; j < %zu; j++)", p->d);
        c_text_open(t, "    for (int k = 0; k < %zu; k++) {", n);
        c_text_line(t, "    double z = (x[j] - mean[j * %zu + k]) * rate[j * %zu + k];", n, n);
        c_text_line(t, "    score[k] -= 0.5 * z * z;");
        c_text_close(t, "    }");
    }
    if (own->levels > 0) {
        c_text_numbers(t, "log_frequency", own->levels * n, own->log_frequency);
        c_text_line(t, "for (int t = 0; t < %zu; t++)", p->texts);
        c_text_line(t, "    for (int k = 0; k < %zu && level[t] >= 0; k++)", n);
        c_text_line(t, "        score[k] += log_frequency[level[t] * %zu + k];", n);
    }
}

static void kind_bayes_c_respond(const struct predictor *p, struct c_text *t)
{
    c_text_open(t, "{");
    c_special_greatest(t, p->scores, "score");
    c_text_line(t, "if (!(greatest > -INFINITY))");
    c_text_line(t, "    return -1;");
    c_text_close(t, "}");
    c_special_softmax(t, p->scores, "score", "output");
}

/* Priors and the frequencies of each category sum to 1. */
static size_t kind_bayes_parameters(const struct predictor *p)
{
    const struct kind_bayes_tables *own = p->own;
    return p->labels - 1 + 2 * p->labels * p->d + p->labels * (own->levels - p->texts);
}

static bool kind_bayes_estimate(const struct predictor *p, size_t i, struct kind_estimate *e)
{
    const struct kind_bayes_tables *own = p->own;
    size_t k = i % p->labels, at = i / p->labels;
    *e = (struct kind_estimate){
        .class = p->label[k], .probability = (double)NAN, .mean = (double)NAN, .sd = (double)NAN};
    if (at == 0) {
        e->probability = own->priors[k];
        return true;
    }
    if (--at < p->d) {
        e->group = KIND_GAUSSIAN;
        e->column = p->features[at];
        e->mean = own->means[k * p->d + at];
        e->sd = sqrt(own->variances[k * p->d + at]);
        return true;
    }
    at -= p->d;
    if (at >= own->levels)
        return false;
    size_t text = 0, level = at;
    for (; level >= dict_count(p->levels[text]); text++)
        level -= dict_count(p->levels[text]);
    e->group = KIND_LEVEL;
    e->column = p->text_features[text];
    e->level = dict_text(p->levels[text], (uint32_t)level).p;
    e->probability = own->frequencies[k * own->levels + at];
    return true;
}

static const struct model_check_group groups[] = {
    {FIELD_GROUP_COLUMNS, true}, {FIELD_GROUP_CATEGORIES, true}, {FIELD_GROUP_CLASSES, true},
    {FIELD_GROUP_BAYES, true},   KIND_TRAINING_GROUPS,
};

const struct kind kind_bayes = {
    .name = "bayes",
    .help = "naive Bayes",
    .fields = {KIND_FIELDS(groups), .labels_at_least = 2},
    .prepare = kind_bayes_prepare,
    .score = kind_bayes_score,
    .respond = kind_bayes_respond,
    .c_score = kind_bayes_c_score,
    .c_respond = kind_bayes_c_respond,
    .refusal = "the row is impossible under the model: every class gives it probability 0",
    .refusal_cause = ERR_IMPOSSIBLE_ROW,
    .choose = predictor_choose,
    .parameters = kind_bayes_parameters,
    .estimate = kind_bayes_estimate,
};
