/* Parts that kinds share when they fill a predictor from a model: class labels, categories with their levels, and
 * linear coefficients, which are transposed so that the weights of a feature stand together.
 *
 * The fields have passed model_check, so types and shapes are not looked at again; checked here is whether levels and
 * their counts fit together, and whether there are as many features as indicators. */

#include "model/predictor_prepare.h"

#include "base/mem.h"

char **predictor_prepare_names(const char *prefix, const char *const *names, size_t n)
{
    char **joined = mem_alloc(n, sizeof *joined);
    for (size_t i = 0; i < n; i++)
        joined[i] = mem_format("%s_%s", prefix, names[i]);
    return joined;
}

void predictor_prepare_classes(struct predictor *p)
{
    p->label = model_texts(p->model, &field_labels, &p->labels);
    p->scores = p->outputs = p->labels;
    p->score_names = predictor_prepare_names("logit", p->label, p->labels);
    p->output_names = predictor_prepare_names("p", p->label, p->labels);
}

void predictor_prepare_positive(struct predictor *p)
{
    p->label = model_texts(p->model, &field_labels, &p->labels);
    p->scores = p->outputs = 1;
    p->score_names = predictor_prepare_names("logit", p->label + 1, 1);
    p->output_names = predictor_prepare_names("p", p->label + 1, 1);
}

enum status predictor_prepare_levels(struct predictor *p, size_t *levels, struct err *err)
{
    static const char mismatch[] = "the model's 'level_counts' do not fit its 'levels'";
    size_t n;
    const char *const *level = model_texts(p->model, &field_levels, &n);
    const double *counts = model_values(p->model, &field_level_counts);
    *levels = 0;
    p->text_features = model_texts(p->model, &field_text_features, &p->texts);
    p->levels = mem_zero(p->texts, sizeof *p->levels);
    for (size_t t = 0; t < p->texts; t++) {
        p->levels[t] = dict_new();
        for (double i = 0; i < counts[t] && *levels < n; i++)
            dict_add(p->levels[t], slice_of(level[(*levels)++]));
        if ((double)dict_count(p->levels[t]) != counts[t])
            return err_data(err, "%s", mismatch);
    }
    return *levels == n ? STATUS_OK : err_data(err, "%s", mismatch);
}

/* Each level of a category has a feature, but for its first. */
static enum status prepare_indicators(struct predictor *p, struct err *err)
{
    size_t levels;
    if (!model_has(p->model, &field_text_features))
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
    const double *coefficients = model_values(p->model, &field_coefficients);
    p->features = model_texts(p->model, &field_features, &p->d);
    p->offset = model_text(p->model, &field_offset);
    enum status status = prepare_indicators(p, err);
    if (status != STATUS_OK)
        return status;
    p->scores = scores;
    p->intercept = mem_alloc(scores, sizeof *p->intercept);
    p->weights = mem_alloc(p->d * scores, sizeof *p->weights);
    for (size_t k = 0; k < scores; k++) {
        const double *row = coefficients + k * (1 + p->d);
        p->intercept[k] = row[0];
        for (size_t j = 0; j < p->d; j++)
            p->weights[j * scores + k] = row[1 + j];
    }
    return STATUS_OK;
}
