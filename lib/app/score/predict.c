/* Predictions of an ensemble of models, for dense (predict_dense.c) or sparse rows (predict_sparse.c): which options go
 * suit the models, and the layer or interval they ask for. */
#include "app/score/predict_estimable.h"
#include "app/score/predict_work.h"

#include "cli/usage.h"
#include "model/kind.h"

/* Only regressions have a reference level, and only naive Bayes can omit a column. */
static enum status check_unseen(const struct predict_options *o, const struct ensemble *e, struct err *err)
{
    for (size_t m = 0; m < e->n; m++) {
        const struct predictor *p = e->member[m];
        if (o->unseen == PREDICT_UNSEEN_REFERENCE && p->texts > 0 && p->indicators == 0)
            return usage_option(err, "--unseen reference", "a %s model has no reference level; use --unseen omit",
                                p->kind->name);
        if (o->unseen == PREDICT_UNSEEN_OMIT && p->indicators > 0)
            return usage_option(err, "--unseen omit",
                                "a %s model cannot omit a column; use --unseen missing or reference", p->kind->name);
    }
    return STATUS_OK;
}

/* Whether what is wanted goes together. */
static enum status check_options(const struct predict_options *o, const struct ensemble *e, struct err *err)
{
    bool wants_classes = o->predict == PREDICT_LABEL || o->predict == PREDICT_SCORES;
    if (e->member[0]->labels == 0 && wants_classes)
        return usage_option(err, o->predict == PREDICT_LABEL ? "--predict label" : "--predict logit",
                            "the model predicts numbers, not classes");
    if (e->member[0]->labels == 0 && o->temperature != 1)
        return usage_option(err, "--temperature", "the model predicts numbers, not classes");
    if (e->member[0]->labels > 2 && o->threshold != 0.5)
        return usage_option(err, "--threshold", "the model has %zu classes, not two", e->member[0]->labels);
    if (e->n == 1 && o->predict == PREDICT_LABEL && o->temperature != 1 && o->threshold == 0.5)
        return usage_conflict(err, "--temperature", "--predict label; it changes labels only with --threshold");
    if (e->n > 1 && o->predict == PREDICT_SCORES)
        return usage_option(err, "--predict logit", "several models have no common linear predictor");
    if (e->n > 1 && o->interval > 0)
        return usage_requires(err, "--interval", "one model, not %zu", e->n);
    return check_unseen(o, e, err);
}

enum status predict_table(struct table *table, struct ensemble *ensemble, const struct predict_options *options,
                          struct sink *sink, struct predict_events *events, struct err *err)
{
    struct predict job = {
        .predictor = ensemble->member[0],
        .ensemble = ensemble,
        .options = options,
        .events = events,
        .append = {table, sink, options->append, options->delimiter, .what = "--append"},
    };
    enum status status = check_options(options, ensemble, err);
    ensemble->temperature = options->temperature;
    if (status == STATUS_OK && options->layer > 0)
        status = usage_of_option(ensemble_use_layer(ensemble, options->layer, err), err, "--layer");
    if (status == STATUS_OK)
        status = predict_estimable_prepare(&job, err);
    if (status == STATUS_OK && options->interval > 0)
        status = interval_new(&job.interval, job.predictor, options->interval, err);
    if (status == STATUS_OK)
        status = table_is_sparse(table) ? predict_sparse(&job, table, err) : predict_dense(&job, table, err);
    if (status == STATUS_OK)
        append_end(&job.append);
    append_free(&job.append);
    interval_free(job.interval);
    predict_estimable_release(&job);
    return status;
}
