/* Naive Bayes: counts and moments per class in one pass over the rows (fit/bayes/bayes.c), which are not kept, and the
 * model made of them. */
#include "app/train/train_bayes.h"

#include "app/show/model_write.h"
#include "app/train/train_fields.h"
#include "app/train/train_notice.h"
#include "fit/bayes/bayes.h"

static struct model *make_model(const struct train_bayes_settings *s, const struct invocation *run,
                                const struct bayes_fit *f)
{
    struct model *model = model_new("bayes");
    model_set_texts(model, &field_features, f->numbers, (const char *const *)f->number_names);
    model_set_texts(model, &field_text_features, f->texts, (const char *const *)f->text_names);
    model_set_texts(model, &field_levels, f->levels, (const char *const *)f->level_names);
    model_set_vector(model, &field_level_counts, f->texts, f->level_counts);
    model_set_texts(model, &field_labels, f->classes, (const char *const *)f->labels);
    model_set_text(model, &field_target, f->target);
    model_set_vector(model, &field_class_weights, f->classes, f->weights);
    model_set_matrix(model, &field_priors, 1, f->classes, f->priors);
    model_set_matrix(model, &field_means, f->classes, f->numbers, f->means);
    model_set_matrix(model, &field_variances, f->classes, f->numbers, f->variances);
    model_set_matrix(model, &field_frequencies, f->classes, f->levels, f->frequencies);
    train_fields_write_rows(model, &s->columns, train_fields_cases(&s->columns, f->n, f->weight_sum), f->skipped,
                            f->weight_sum);
    model_set_number(model, &field_loglik, f->loglik);
    model_set_number(model, &field_pseudo_count, s->pseudo_count);
    model_set_number(model, &field_variance_floor, s->variance_floor);
    model_set_text(model, &field_command, run->command_line);
    return model;
}

enum status train_bayes_run(const struct train_bayes_settings *settings, const struct invocation *run, struct err *err)
{
    struct bayes_options how = {
        .roles = train_columns_roles(&settings->columns),
        .pseudo_count = settings->pseudo_count,
        .variance_floor = settings->variance_floor,
        .threads = settings->general.threads,
    };
    struct table *table = NULL;
    struct bayes_fit *fit = NULL;
    struct model *model = NULL;
    enum status status = train_columns_open(&table, &settings->input, &settings->columns, run, COMMAND_BY_COLUMN, err);
    if (status == STATUS_OK)
        status = bayes_fit(&fit, table, &how, err);
    table_close(table);
    if (status != STATUS_OK)
        return status;
    train_notice_skipped(run, fit->skipped, fit->n);
    train_notice_numbers(run, fit->target, fit->classes, fit->labels, fit->n, "linreg-train");
    model = make_model(settings, run, fit);
    status = model_write(settings->output, model, run, err);
    model_free(model);
    bayes_free(fit);
    return status;
}
