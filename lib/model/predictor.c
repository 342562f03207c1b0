#include "model/predictor.h"

#include "base/mem.h"
#include "base/versions.h"
#include "math/special.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef double lanes __attribute__((vector_size(64)));
enum { LANES = 8 };

/* ---- making ---- */

enum status predictor_new(struct predictor **predictor, const struct model *model, struct err *err)
{
    const struct kind *kind = kind_find(model_kind(model));
    if (kind == NULL) {
        char echo[ERR_ECHO];
        return err_data(err, "this likely knows no model of the kind '%s'",
                        err_echo(echo, slice_of(model_kind(model))));
    }
    struct predictor *p = mem_zero(1, sizeof *p);
    p->kind = kind;
    p->model = model;
    enum status status = kind->prepare(p, err);
    if (status != STATUS_OK) {
        predictor_free(p);
        return status;
    }
    *predictor = p;
    return STATUS_OK;
}

static void free_names(char **names, size_t n)
{
    for (size_t i = 0; names != NULL && i < n; i++)
        free(names[i]);
    free(names);
}

void predictor_free(struct predictor *p)
{
    if (p == NULL)
        return;
    free_names(p->score_names, p->scores);
    free_names(p->output_names, p->outputs);
    for (size_t t = 0; p->levels != NULL && t < p->texts; t++)
        dict_free(p->levels[t]);
    free(p->levels);
    free(p->intercept);
    free(p->weights);
    if (p->kind->release != NULL)
        p->kind->release(p);
    else
        free(p->own);
    free(p);
}

char **predictor_names(const char *prefix, const char *const *names, size_t n)
{
    char **joined = mem_alloc(n, sizeof *joined);
    for (size_t i = 0; i < n; i++)
        joined[i] = mem_format("%s_%s", prefix, names[i]);
    return joined;
}

enum status predictor_prepare_classes(struct predictor *p, size_t least, struct err *err)
{
    enum status status = model_need_texts(p->model, "labels", &p->labels, &p->label, err);
    if (status != STATUS_OK)
        return status;
    if (p->labels < least)
        return err_data(err, "a %s model has %zu labels or more, this one has %zu", p->kind->name, least, p->labels);
    p->scores = p->outputs = p->labels;
    p->score_names = predictor_names("logit", p->label, p->labels);
    p->output_names = predictor_names("p", p->label, p->labels);
    return STATUS_OK;
}

size_t predictor_choose(const struct predictor *p, const double *outputs, double threshold)
{
    return p->labels == 2 ? outputs[1] >= threshold : special_argmax(p->labels, outputs);
}

enum status predictor_prepare_levels(struct predictor *p, size_t *levels, struct err *err)
{
    static const char mismatch[] = "the model's 'level_counts' do not fit its 'levels'";
    size_t dimensions, n_levels;
    const size_t *shape;
    const double *counts;
    const char *const *level;
    *levels = 0;
    enum status status = model_need_texts(p->model, "text_features", &p->texts, &p->text_features, err);
    if (status == STATUS_OK)
        status = model_need_texts(p->model, "levels", &n_levels, &level, err);
    if (status != STATUS_OK)
        return status;
    p->levels = mem_zero(p->texts, sizeof *p->levels);
    if (!model_array(p->model, "level_counts", &dimensions, &shape, &counts) || dimensions != 1 || shape[0] != p->texts)
        return err_data(err, "the model's 'level_counts' is not as long as its 'text_features'");
    for (size_t t = 0; t < p->texts; t++) {
        p->levels[t] = dict_new();
        for (double i = 0; i < counts[t] && *levels < n_levels; i++)
            dict_add(p->levels[t], slice_of(level[(*levels)++]));
        if ((double)dict_count(p->levels[t]) != counts[t])
            return err_data(err, "%s", mismatch);
    }
    return *levels == n_levels ? STATUS_OK : err_data(err, "%s", mismatch);
}

/* Each level of a category has a feature, but for its first. */
static enum status prepare_indicators(struct predictor *p, struct err *err)
{
    size_t levels, n;
    const char *const *texts;
    if (!model_texts(p->model, "text_features", &n, &texts))
        return STATUS_OK;
    enum status status = predictor_prepare_levels(p, &levels, err);
    for (size_t t = 0; t < p->texts && status == STATUS_OK; t++)
        if (dict_count(p->levels[t]) == 0)
            status = err_data(err, "a category of the model has no level");
    if (status != STATUS_OK)
        return status;
    p->indicators = levels - p->texts;
    return p->indicators <= p->d ? STATUS_OK : err_data(err, "the model has more 'levels' than 'features'");
}

enum status predictor_prepare_linear(struct predictor *p, size_t scores, struct err *err)
{
    enum status status = model_need_texts(p->model, "features", &p->d, &p->features, err);
    if (status != STATUS_OK)
        return status;
    const double *coefficients;
    model_text(p->model, "offset", &p->offset);
    status = prepare_indicators(p, err);
    if (status == STATUS_OK)
        status = model_need_matrix(p->model, "coefficients", scores, 1 + p->d, &coefficients, err);
    if (status != STATUS_OK)
        return status;
    p->scores = scores;
    p->intercept = mem_alloc(scores, sizeof *p->intercept);
    p->weights = mem_alloc(p->d * scores, sizeof *p->weights);
    for (size_t k = 0; k < scores; k++) {
        const double *row = coefficients + k * (1 + p->d);
        for (size_t j = 0; j <= p->d; j++)
            if (!isfinite(row[j]))
                return err_data(err, "a coefficient of the model is not finite");
        p->intercept[k] = row[0];
        for (size_t j = 0; j < p->d; j++)
            p->weights[j * scores + k] = row[1 + j];
    }
    return STATUS_OK;
}

bool predictor_is_aliased(const struct predictor *p, size_t feature)
{
    size_t n = 0;
    const char *const *names;
    model_texts(p->model, "aliased", &n, &names);
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], p->features[feature]) == 0)
            return true;
    return false;
}

size_t predictor_aliased(const struct predictor *p)
{
    size_t n = 0;
    for (size_t j = 0; j < p->d; j++)
        n += predictor_is_aliased(p, j);
    return n;
}

size_t predictor_slopes(const struct predictor *p, size_t sets)
{
    double l1 = 0;
    size_t used = 0;
    model_number(p->model, "l1", &l1);
    for (size_t i = 0; i < p->d * p->scores; i++)
        used += p->weights[i] != 0;
    return l1 > 0 ? used : sets * (p->d - predictor_aliased(p));
}

/* ---- scoring ---- */

static inline __attribute__((always_inline)) double dot(size_t n, const double *a, const double *b)
{
    lanes s = {0}, x, y;
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        s += x * y;
    }
    double rest = 0;
    for (; i < n; i++)
        rest += a[i] * b[i];
    return (((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))) + rest;
}

VERSIONS static void score_one(const struct predictor *p, const double *x, size_t ld, size_t rows, double *scores)
{
    for (size_t r = 0; r < rows; r++)
        scores[r] = p->intercept[0] + dot(p->d - p->indicators, x + r * ld, p->weights);
}

/* Several scores: features one by one, all scores of a feature at once, 0 skipped as in sparse rows it is common. */
VERSIONS static void score_many(const struct predictor *p, const double *x, size_t ld, size_t rows, double *scores)
{
    size_t n = p->scores;
    for (size_t r = 0; r < rows; r++) {
        double *out = scores + r * n;
        memcpy(out, p->intercept, n * sizeof *out);
        for (size_t j = 0; j < p->d - p->indicators; j++) {
            double value = x[r * ld + j];
            const double *w = p->weights + j * n;
            if (value == 0)
                continue;
            size_t k = 0;
            for (; k + LANES <= n; k += LANES) {
                lanes a, b;
                memcpy(&a, out + k, sizeof a);
                memcpy(&b, w + k, sizeof b);
                a += value * b;
                memcpy(out + k, &a, sizeof a);
            }
            for (; k < n; k++)
                out[k] += value * w[k];
        }
    }
}

void predictor_terms(const struct predictor *p, const double *numbers, const uint32_t *level, double *x)
{
    size_t first = p->d - p->indicators;
    for (size_t j = 0; j < p->d; j++)
        x[j] = j < first ? numbers[j] : 0;
    for (size_t t = 0; t < p->texts && p->indicators > 0; first += dict_count(p->levels[t]) - 1, t++)
        if (level[t] != PREDICTOR_UNSEEN && level[t] > 0)
            x[first + level[t] - 1] = 1;
}

/* The coefficients of the rows' levels. */
static void add_indicators(const struct predictor *p, const struct predictor_rows *rows, double *scores)
{
    size_t first = p->d - p->indicators;
    for (size_t t = 0; t < p->texts; first += dict_count(p->levels[t]) - 1, t++) {
        for (size_t r = 0; r < rows->rows; r++) {
            uint32_t level = rows->level[r * p->texts + t];
            if (level == PREDICTOR_UNSEEN || level == 0)
                continue;
            for (size_t k = 0; k < p->scores; k++)
                scores[r * p->scores + k] += p->weights[(first + level - 1) * p->scores + k];
        }
    }
}

void predictor_scores(const struct predictor *p, const struct predictor_rows *rows, double *scores)
{
    if (p->kind->score != NULL)
        p->kind->score(p, rows, scores);
    else if (p->scores == 1)
        score_one(p, rows->x, rows->ld, rows->rows, scores);
    else
        score_many(p, rows->x, rows->ld, rows->rows, scores);
    if (p->indicators > 0)
        add_indicators(p, rows, scores);
    for (size_t r = 0; p->offset != NULL && r < rows->rows; r++)
        scores[r * p->scores] += rows->x[r * rows->ld + predictor_numbers(p) - 1];
}

void predictor_sparse_scores(const struct predictor *p, size_t n, const uint32_t *index, const double *values,
                             double *scores)
{
    memcpy(scores, p->intercept, p->scores * sizeof *scores);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < p->scores; k++)
            scores[k] += values[i] * p->weights[index[i] * p->scores + k];
}
