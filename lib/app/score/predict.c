/* Predictions of an ensemble of models, for dense (predict_dense.c) or sparse rows (predict_sparse.c): which options go
 * together, and the layer or interval they ask for. */
#include "app/score/predict_work.h"

#include "cli/usage.h"

/* Whether what is wanted goes together. */
static enum status check_options(const struct predict_options *o, const struct ensemble *e, struct err *err)
{
    bool wants_classes = o->output == PREDICT_LABEL || o->output == PREDICT_SCORES;
    if (e->member[0]->labels == 0 && wants_classes)
        return err_usage(err, "--output %s: the model predicts numbers, not classes",
                         o->output == PREDICT_LABEL ? "label" : "logit");
    if (e->member[0]->labels == 0 && o->temperature != 1)
        return err_usage(err, "--temperature: the model predicts numbers, not classes");
    if (e->n > 1 && o->output == PREDICT_SCORES)
        return err_usage(err, "--output logit: several models have no linear predictor in common");
    if (e->n > 1 && o->interval > 0)
        return err_usage(err, "--interval is of one model, not %zu", e->n);
    if (o->layer > 0 && (o->output != PREDICT_OUTPUTS || o->interval > 0 || o->temperature != 1))
        return err_usage(err, "--layer shows what a layer puts out; it does not go with --%s",
                         o->output != PREDICT_OUTPUTS ? "output"
                         : o->interval > 0            ? "interval"
                                                      : "temperature");
    return STATUS_OK;
}

enum status predict_table(struct table *table, struct ensemble *ensemble, const struct predict_options *options,
                          struct sink *sink, struct err *err)
{
    struct predict job = {
        .predictor = ensemble->member[0],
        .ensemble = ensemble,
        .options = options,
        .append = {table, sink, options->append, options->delimiter, .what = "--append"},
    };
    enum status status = check_options(options, ensemble, err);
    ensemble->temperature = options->temperature;
    if (status == STATUS_OK && options->layer > 0)
        status = usage_of_option(ensemble_use_layer(ensemble, options->layer, err), err, "--layer");
    if (status == STATUS_OK && options->interval > 0)
        status = interval_new(&job.interval, job.predictor, options->interval, err);
    if (status == STATUS_OK)
        status = table_is_sparse(table) ? predict_sparse(&job, table, err) : predict_dense(&job, table, err);
    if (status == STATUS_OK)
        append_end(&job.append);
    append_free(&job.append);
    interval_free(job.interval);
    return status;
}
