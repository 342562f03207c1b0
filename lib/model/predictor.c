/* Linear predictors: scores = intercept + x' weights, for every kind that has no score of its own.
 *
 * With one score a row is a dot product of eight partial sums (dot); with several, the weights of a feature stand
 * together and are added to all scores at once, features that are 0 being skipped (score_many). Indicators of levels
 * are not multiplied: the coefficient of the row's level is added (add_indicators), then the offset.
 *
 * The sums of a row depend on that row only, so the bits do not depend on how rows are split among calls and threads.
 * VERSIONS compiles the loops for each instruction set with the same order of additions. */

#include "model/predictor.h"

#include "base/mem.h"
#include "base/versions.h"
#include "math/special.h"
#include "model/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef double lanes __attribute__((vector_size(32), aligned(8), may_alias));
enum { LANES = 4 };

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
    model_free(p->owned);
    free(p);
}

bool predictor_is_aliased(const struct predictor *p, size_t feature)
{
    size_t n;
    const char *const *names = model_texts(p->model, &field_aliased, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], p->features[feature]) == 0)
            return true;
    return false;
}

bool predictor_has_intercept(const struct predictor *p)
{
    return model_number(p->model, &field_intercept, 1) != 0;
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
    size_t used = 0;
    for (size_t i = 0; i < p->d * p->scores; i++)
        used += p->weights[i] != 0;
    return model_number(p->model, &field_l1, 0) > 0 ? used : sets * (p->d - predictor_aliased(p));
}

/* ---- scoring ---- */

/* Eight sums, in two vectors of four. */
VERSIONS_LOOP double dot(size_t n, const double *a, const double *b)
{
    lanes s = {0}, t = {0};
    size_t i = 0;
    for (; i + 2 * LANES <= n; i += 2 * LANES) {
        s += *(const lanes *)(a + i) * *(const lanes *)(b + i);
        t += *(const lanes *)(a + i + LANES) * *(const lanes *)(b + i + LANES);
    }
    double rest = 0;
    for (; i < n; i++)
        rest += a[i] * b[i];
    return (((s[0] + s[1]) + (s[2] + s[3])) + ((t[0] + t[1]) + (t[2] + t[3]))) + rest;
}

VERSIONS_LOOP void score_one_loop(const struct predictor *p, const double *x, size_t ld, size_t rows, double *scores)
{
    for (size_t r = 0; r < rows; r++)
        scores[r] = p->intercept[0] + dot(p->d - p->indicators, x + r * ld, p->weights);
}

VERSIONS(static, score_one, (const struct predictor *p, const double *x, size_t ld, size_t rows, double *scores),
         (p, x, ld, rows, scores))

/* Several scores: features one by one, all scores of a feature at once, 0 skipped as in sparse rows it is common. */
VERSIONS_LOOP void score_many_loop(const struct predictor *p, const double *x, size_t ld, size_t rows, double *scores)
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
            for (; k + LANES <= n; k += LANES)
                *(lanes *)(out + k) += value * *(const lanes *)(w + k);
            for (; k < n; k++)
                out[k] += value * w[k];
        }
    }
}

VERSIONS(static, score_many, (const struct predictor *p, const double *x, size_t ld, size_t rows, double *scores),
         (p, x, ld, rows, scores))

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

size_t predictor_choose(const struct predictor *p, const double *outputs, double threshold)
{
    return p->labels == 2 ? outputs[1] >= threshold : special_argmax(p->labels, outputs);
}
