/* Estimability of rows under linear models, from the relations that a fit without penalty stores for its aliased
 * features (math/relations.c): x_a = constant + sum of coefficient x_j in every row of the training data. A row that
 * violates one of them is outside the row space of the training data, and its score can be any number, depending on
 * which of the features was left out.
 *
 *  1. estimability_new turns the stored terms into lists per feature, with a coefficient -1 for the aliased feature.
 *  2. add_value adds a feature to the sums of its relations. Only relations that the row touches, and those with a
 *     constant, are examined, so a sparse row costs time in proportion to its length.
 *  3. finish compares each sum with the rounding that its size allows.
 *
 * Memory: 12 bytes per term; 17 bytes per relation and thread. */

#include "model/estimability.h"

#include "base/mem.h"
#include "text/buffer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct estimability {
    const struct predictor *predictor;
    size_t n;             /* relations */
    const double *allows; /* n: the model's roundings */
    size_t *start; /* 2 + d: the entries of the constant are start[0] .. start[1], of feature j from start[1 + j] */
    uint32_t *relation;  /* entries */
    double *coefficient; /* entries */
    size_t *feature;     /* n: the aliased feature */
};

static bool is_index(double value, size_t below)
{
    return value >= 0 && value < (double)below && value == floor(value);
}

/* The terms of the model, rows of three numbers, in their order. */
struct estimability_terms {
    size_t n;
    const double *values;
};

static bool are_valid(const struct estimability_terms *terms, size_t relations, size_t d)
{
    for (size_t i = 0; i < terms->n; i++)
        if (!is_index(terms->values[3 * i], relations) || !is_index(terms->values[3 * i + 1], d + 1))
            return false;
    return true;
}

/* Counting sort of the terms by feature; an aliased feature has one entry of its own. */
static void fill(struct estimability *e, const struct estimability_terms *terms)
{
    size_t d = e->predictor->d, *next = mem_zero(d + 2, sizeof *next);
    e->start = mem_zero(d + 2, sizeof *e->start);
    e->relation = mem_alloc(terms->n + e->n, sizeof *e->relation);
    e->coefficient = mem_alloc(terms->n + e->n, sizeof *e->coefficient);
    for (size_t i = 0; i < terms->n; i++)
        e->start[(size_t)terms->values[3 * i + 1] + 1]++;
    for (size_t i = 0; i < e->n; i++)
        e->start[e->feature[i] + 2]++;
    for (size_t j = 0; j <= d; j++)
        e->start[j + 1] += e->start[j];
    memcpy(next, e->start, (d + 2) * sizeof *next);
    for (size_t i = 0; i < terms->n + e->n; i++) {
        const double *term = terms->values + 3 * i;
        bool stored = i < terms->n;
        size_t at = next[stored ? (size_t)term[1] : e->feature[i - terms->n] + 1]++;
        e->relation[at] = (uint32_t)(stored ? (size_t)term[0] : i - terms->n);
        e->coefficient[at] = stored ? term[2] : -1;
    }
    free(next);
}

bool estimability_is_unknown(const struct predictor *p)
{
    const struct model *m = p->model;
    bool penalised = model_number(m, &field_l1, 0) > 0 || model_number(m, &field_l2, 0) > 0 ||
                     model_number(m, &field_prior_sd, 0) > 0;
    size_t aliased;
    model_texts(m, &field_aliased, &aliased);
    return aliased > 0 && !penalised && !model_has(m, &field_online_rows) && !model_has(m, &field_relations_rounding);
}

enum status estimability_new(struct estimability **estimability, const struct predictor *p, struct err *err)
{
    struct model_array rounding = model_array(p->model, &field_relations_rounding);
    struct model_array term = model_array(p->model, &field_relations);
    size_t aliased = 0;
    *estimability = NULL;
    if (rounding.values == NULL)
        return STATUS_OK;
    struct estimability *e = mem_zero(1, sizeof *e);
    *e = (struct estimability){.predictor = p, .n = rounding.shape[0], .allows = rounding.values};
    struct estimability_terms terms = {term.values != NULL ? term.shape[0] : 0, term.values};
    e->feature = mem_alloc(e->n, sizeof *e->feature);
    for (size_t j = 0; j < p->d; j++) {
        if (!predictor_is_aliased(p, j))
            continue;
        if (aliased < e->n)
            e->feature[aliased] = j;
        aliased++;
    }
    if (aliased != e->n || (terms.n > 0 && term.shape[1] != 3) || !are_valid(&terms, e->n, p->d)) {
        estimability_free(e);
        return err_data(err, "the model's 'relations' do not belong to its 'aliased' features");
    }
    fill(e, &terms);
    *estimability = e;
    return STATUS_OK;
}

void estimability_free(struct estimability *e)
{
    if (e == NULL)
        return;
    free(e->start);
    free(e->relation);
    free(e->coefficient);
    free(e->feature);
    free(e);
}

void estimability_work_free(struct estimability_work *w)
{
    free(w->sum);
    free(w->size);
    free(w->touched);
    free(w->relation);
}

/* ---- a row ---- */

/* column: 0 for the constant, 1 + j for feature j. */
static void add_value(const struct estimability *e, struct estimability_work *w, size_t column, double value)
{
    if (value == 0)
        return;
    for (size_t i = e->start[column]; i < e->start[column + 1]; i++) {
        uint32_t relation = e->relation[i];
        double product = e->coefficient[i] * value;
        if (!w->touched[relation]) {
            w->touched[relation] = true;
            w->relation[w->n++] = relation;
            w->sum[relation] = w->size[relation] = 0;
        }
        w->sum[relation] += product;
        w->size[relation] += fabs(product);
    }
}

static void begin(const struct estimability *e, struct estimability_work *w)
{
    if (w->sum == NULL) {
        w->sum = mem_alloc(e->n, sizeof *w->sum);
        w->size = mem_alloc(e->n, sizeof *w->size);
        w->touched = mem_zero(e->n, sizeof *w->touched);
        w->relation = mem_alloc(e->n, sizeof *w->relation);
    }
    w->n = 0;
    add_value(e, w, 0, 1);
}

static size_t finish(const struct estimability *e, struct estimability_work *w)
{
    size_t first = ESTIMABILITY_YES;
    for (size_t i = 0; i < w->n; i++) {
        uint32_t relation = w->relation[i];
        w->touched[relation] = false;
        if (!(fabs(w->sum[relation]) <= e->allows[relation] * w->size[relation]) && relation < first)
            first = relation;
    }
    return first;
}

size_t estimability_of(const struct estimability *e, struct estimability_work *w, const double *numbers,
                       const uint32_t *level)
{
    const struct predictor *p = e->predictor;
    size_t first = p->d - p->indicators;
    begin(e, w);
    for (size_t j = 0; j < first; j++)
        add_value(e, w, 1 + j, numbers[j]);
    for (size_t t = 0; t < p->texts && p->indicators > 0; first += dict_count(p->levels[t]) - 1, t++)
        if (level[t] != PREDICTOR_UNSEEN && level[t] > 0)
            add_value(e, w, first + level[t], 1);
    return finish(e, w);
}

size_t estimability_of_sparse(const struct estimability *e, struct estimability_work *w, size_t n,
                              const uint32_t *index, const double *values)
{
    begin(e, w);
    for (size_t i = 0; i < n; i++)
        add_value(e, w, 1 + index[i], values[i]);
    return finish(e, w);
}

/* ---- in words ---- */

/* The coefficient of a column in a relation; 0: it is not there. */
static double coefficient_of(const struct estimability *e, size_t column, size_t relation)
{
    for (size_t i = e->start[column]; i < e->start[column + 1]; i++)
        if (e->relation[i] == relation)
            return e->coefficient[i];
    return 0;
}

const char *estimability_describe(const struct estimability *e, size_t relation, char out[ERR_ECHO])
{
    struct buffer text = {0};
    const struct predictor *p = e->predictor;
    size_t terms = 0;
    double constant = coefficient_of(e, 0, relation);
    buffer_add_format(&text, "'%s' = ", p->features[e->feature[relation]]);
    if (constant != 0)
        buffer_add_format(&text, "%.6g", constant);
    terms += constant != 0;
    for (size_t j = 0; j < p->d && text.n < ERR_ECHO; j++) {
        double coefficient = coefficient_of(e, 1 + j, relation), size = fabs(coefficient);
        if (coefficient == 0 || j == e->feature[relation])
            continue;
        buffer_add_text(&text, terms == 0 ? (coefficient < 0 ? "-" : "") : coefficient < 0 ? " - " : " + ");
        if (fabs(size - 1) > 1e-6)
            buffer_add_format(&text, "%.6g ", size);
        buffer_add_format(&text, "'%s'", p->features[j]);
        terms++;
    }
    if (terms == 0)
        buffer_add_text(&text, "0");
    err_echo(out, (struct slice){text.p, text.n});
    buffer_free(&text);
    return out;
}
