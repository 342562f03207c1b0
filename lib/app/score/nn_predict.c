/* Predictions of a model, or the average of several, for the rows of a table: opens the models and the table, and
 * leaves the rows to predict_table. */
#include "app/score/nn_predict.h"

#include "cli/usage.h"
#include "model/predictor_open.h"

#include <string.h>

static enum status predict(const struct nn_predict_settings *s, const struct invocation *run, struct ensemble *ensemble,
                           struct err *err)
{
    struct predict_options how = {
        .predict = s->predict,
        .append = s->append,
        .skip_missing = s->missing == MISSING_SKIP,
        .ignore_unseen = s->unseen == NN_PREDICT_UNSEEN_IGNORE,
        .layer = s->layer,
        .threshold = s->threshold,
        .temperature = s->temperature,
        .interval = s->interval,
        .digits = s->digits,
        .delimiter = s->to == NN_PREDICT_CSV ? ',' : '\t',
        .threads = s->general.threads,
    };
    struct table *table = NULL;
    struct sink *sink = NULL;
    enum status status = command_open_split(&table, &s->input, &s->split, COMMAND_FOLD, run, COMMAND_SPARSE, err);
    if (status == STATUS_OK)
        status = sink_open(&sink, s->output, err);
    if (status == STATUS_OK)
        status = predict_table(table, ensemble, &how, sink, err);
    if (status == STATUS_OK)
        status = sink_close(sink, err);
    else
        sink_abandon(sink);
    table_close(table);
    return status;
}

/* Standard input can be one thing only: a model or the rows. */
static enum status check_input(const struct nn_predict_settings *s, const struct invocation *run, struct err *err)
{
    size_t models_on_stdin = 0;
    for (size_t i = 0; i < s->models.n; i++)
        models_on_stdin += strcmp(s->models.text[i], "-") == 0;
    if (models_on_stdin > 1)
        return usage_option(err, "--model", "standard input can be read once, not %zu times", models_on_stdin);
    if (models_on_stdin > 0 && command_reads_stdin(run))
        return usage_conflict(err, "--model -", "rows from standard input");
    return STATUS_OK;
}

enum status nn_predict_run(const struct nn_predict_settings *settings, const struct invocation *run, struct err *err)
{
    struct predictor *predictor[OPT_TEXTS_MAX] = {NULL};
    struct ensemble *ensemble = NULL;
    enum status status = check_input(settings, run, err);
    for (size_t i = 0; i < settings->models.n && status == STATUS_OK; i++)
        status = predictor_open(&predictor[i], settings->models.text[i], err);
    if (status == STATUS_OK)
        status = ensemble_new(&ensemble, settings->models.n, (const struct predictor *const *)predictor,
                              settings->models.text, err);
    if (status == STATUS_OK)
        status = predict(settings, run, ensemble, err);
    ensemble_free(ensemble);
    for (size_t i = 0; i < settings->models.n; i++)
        predictor_free(predictor[i]);
    return status;
}
