#include "model/predictor_prepare.h"

#include "base/mem.h"
#include "model/kind.h"

#include <math.h>

char **predictor_prepare_names(const char *prefix, const char *const *names, size_t n)
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
    p->score_names = predictor_prepare_names("logit", p->label, p->labels);
    p->output_names = predictor_prepare_names("p", p->label, p->labels);
    return STATUS_OK;
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
