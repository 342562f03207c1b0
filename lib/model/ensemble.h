#ifndef LIKELY_MODEL_ENSEMBLE_H
#define LIKELY_MODEL_ENSEMBLE_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "model/predictor.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Models that predict the same classes or targets, each from columns of its own. Probabilities and means are averaged;
 * a standard deviation is that of the mixture of the members' distributions (B. Lakshminarayanan, A. Pritzel and C.
 * Blundell, NIPS 2017, section 2.4). An ensemble may have one member. */
struct ensemble {
    size_t n;
    const struct predictor *const *member; /* the first names the outputs and their labels */
    struct dict *numbers, *texts;          /* names of the columns that at least one of them reads */
    struct ensemble_columns *columns;      /* n */
    size_t outputs;                        /* per row */
    size_t all_texts, all_outputs;         /* of all members */
    double temperature;                    /* divides the scores of classes; 1 unless set */
    size_t layer; /* of the only member, from 1, whose outputs are those of the ensemble; 0: the model's own */
};

/* The columns of a member's features. */
struct ensemble_columns {
    uint32_t *number, *text;
    bool is_plain; /* its numbers are all columns, in order */
};

/* names: of the members, for messages. Errors: they do not predict the same. The members must live on. */
enum status ensemble_new(struct ensemble **ensemble, size_t n, const struct predictor *const *members,
                         const char *const *names, struct err *err);
void ensemble_free(struct ensemble *ensemble);

/* Makes the outputs those of a layer. Errors: several members, no network, no such layer. */
enum status ensemble_use_layer(struct ensemble *ensemble, size_t layer, struct err *err);

/* Rows to be predicted. */
struct ensemble_rows {
    size_t rows;
    const double *x; /* rows x numbers, row-major with leading dimension ld */
    size_t ld;
    const uint32_t *level; /* rows x texts of each member, member after member */
    const bool *skip;      /* rows: no outputs for these, which may lack values */
};

/* One thread's memory; zero-initialise. */
struct ensemble_work {
    double *x, *scores, *outputs; /* scores: of the last member; outputs: rows x outputs */
    double *all;                  /* rows x the member's outputs, member after member */
    size_t x_capacity, scores_capacity, outputs_capacity, all_capacity;
};
void ensemble_work_free(struct ensemble_work *work);

/* A row that a model does not respond to, and the reason. */
struct ensemble_refusal {
    size_t row;
    const char *reason; /* NULL: none */
    enum err_cause cause;
};

/* Sets work->outputs, and work->scores if there is one member. */
struct ensemble_refusal ensemble_predict(const struct ensemble *ensemble, const struct ensemble_rows *rows,
                                         struct ensemble_work *work);

/* The steps of ensemble_predict, for callers that compute scores themselves, such as those of sparse rows: makes room;
 * turns a member's work->scores (rows x its scores) into outputs, skip being NULL or as above; averages the outputs. */
void ensemble_reserve(const struct ensemble *ensemble, size_t rows, struct ensemble_work *work);
struct ensemble_refusal ensemble_respond(const struct ensemble *ensemble, size_t member, size_t rows, const bool *skip,
                                         struct ensemble_work *work);
void ensemble_combine(const struct ensemble *ensemble, size_t rows, const bool *skip, struct ensemble_work *work);

#endif
