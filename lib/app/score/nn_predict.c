/* Predictions of a model, or the average of several, for the rows of a table: opens the models and the table, and
 * leaves the rows to predict_table. */
#include "app/score/nn_predict.h"

#include "cli/usage.h"
#include "model/estimability.h"
#include "model/predictor_open.h"

#include <string.h>

static void give_notices(const struct nn_predict_settings *s, const struct invocation *run,
                         const struct predict_events *events)
{
    static const char *const unseen[] = {
        [PREDICT_UNSEEN_MISSING] = "rows with categories that the model does not know, whose predictions are empty",
        [PREDICT_UNSEEN_REFERENCE] =
            "rows with categories that the model does not know, predicted as the reference level",
        [PREDICT_UNSEEN_OMIT] = "rows with categories that the model does not know, predicted without the column",
    };
    char place[ERR_ECHO];
    if (events->of[PREDICT_MISSING].rows > 0)
        notice(run, "rows with missing or infinite values, whose predictions are empty: %zu, the first %s",
               events->of[PREDICT_MISSING].rows, predict_events_place(events, PREDICT_MISSING, place));
    if (events->of[PREDICT_UNSEEN].rows > 0)
        notice(run, "%s: %zu, the first %s: %s", unseen[s->unseen], events->of[PREDICT_UNSEEN].rows,
               predict_events_place(events, PREDICT_UNSEEN, place), events->of[PREDICT_UNSEEN].first.reason);
    if (events->of[PREDICT_UNKNOWN].rows > 0)
        notice(run, "rows with features that the model does not have, which are ignored: %zu, the first %s: %s",
               events->of[PREDICT_UNKNOWN].rows, predict_events_place(events, PREDICT_UNKNOWN, place),
               events->of[PREDICT_UNKNOWN].first.reason);
    if (events->of[PREDICT_INESTIMABLE].rows > 0 && s->inestimable == PREDICT_INESTIMABLE_PREDICT)
        notice(run, "rows whose predictions the training data do not determine: %zu, the first %s; %s %s",
               events->of[PREDICT_INESTIMABLE].rows, predict_events_place(events, PREDICT_INESTIMABLE, place),
               "in the training data,", events->of[PREDICT_INESTIMABLE].first.reason);
}

/* Rows without a prediction that nobody allowed: the result is incomplete, which the exit status says. */
static enum status judge(const struct nn_predict_settings *s, const struct predict_events *events, struct err *err)
{
    char place[ERR_ECHO];
    if (events->of[PREDICT_INESTIMABLE].rows == 0 || s->inestimable == PREDICT_INESTIMABLE_PREDICT)
        return STATUS_OK;
    err_data(err,
             "rows whose predictions are empty, as the training data do not determine them: %zu, the first %s; %s %s",
             events->of[PREDICT_INESTIMABLE].rows, predict_events_place(events, PREDICT_INESTIMABLE, place),
             "in the training data,", events->of[PREDICT_INESTIMABLE].first.reason);
    err->status = STATUS_UNCONVERGED;
    return err_because(err, ERR_INESTIMABLE_ROW, NULL);
}

static enum status predict(const struct nn_predict_settings *s, const struct invocation *run, struct ensemble *ensemble,
                           struct err *err)
{
    struct predict_options how = {
        .predict = s->predict,
        .append = s->append,
        .skip_missing = s->missing == MISSING_SKIP,
        .unseen = s->unseen,
        .inestimable = s->inestimable,
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
    struct predict_events events = {0};
    enum status status = command_open_split(&table, &s->input, &s->split, COMMAND_FOLD, run, COMMAND_SPARSE, err);
    if (status == STATUS_OK)
        status = sink_open(&sink, s->output, err);
    if (status == STATUS_OK)
        status = predict_table(table, ensemble, &how, sink, &events, err);
    if (status == STATUS_OK)
        status = sink_close(sink, err);
    else
        sink_abandon(sink);
    table_close(table);
    if (status != STATUS_OK)
        return status;
    give_notices(s, run, &events);
    return judge(s, &events, err);
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
    for (size_t i = 0; i < settings->models.n && status == STATUS_OK; i++)
        if (estimability_is_unknown(predictor[i]))
            notice(run,
                   "the model '%s' does not store the relations of its aliased features: whether the training data "
                   "determine a prediction is unknown",
                   settings->models.text[i]);
    if (status == STATUS_OK)
        status = predict(settings, run, ensemble, err);
    ensemble_free(ensemble);
    for (size_t i = 0; i < settings->models.n; i++)
        predictor_free(predictor[i]);
    return status;
}
