#ifndef LIKELY_MODEL_ENSEMBLE_H
#define LIKELY_MODEL_ENSEMBLE_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "model/predictor.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Models that predict the same, each from columns of its own, asked together. Probabilities and means are the
 * averages of theirs; a standard deviation is that of the mixture of their distributions, whose variance is
 * the average of sd^2 + mean^2, less mean^2 (B. Lakshminarayanan, A. Pritzel and C. Blundell, NIPS 2017,
 * section 2.4). A single model is an ensemble, too. */
struct ensemble {
    size_t n;
    const struct predictor *const *member; /* the first says what outputs are called, and which label they speak for */
    struct dict *numbers, *texts;          /* names of the columns that at least one of them reads */
    struct ensemble_columns *columns;      /* n */
    size_t outputs;                        /* per row */
    size_t all_texts, all_outputs;         /* of all members */
    double temperature;                    /* divides the scores of classes; 1 unless set */
    size_t layer; /* of the only member, from 1: outputs are what it puts out; 0: the model's */
};

/* Of each feature of a member: which of the columns it is. */
struct ensemble_columns {
    uint32_t *number, *text;
    bool is_plain; /* its numbers are all the columns there are, in order */
};

/* names: of the members, for messages. Errors: they do not predict the same. The members must live on. */
enum status ensemble_new(struct ensemble **ensemble, size_t n, const struct predictor *const *members,
                         const char *const *names, struct err *err);
void ensemble_free(struct ensemble *ensemble);

/* Lets outputs be what a layer puts out. Errors: several members, no network, no such layer. */
enum status ensemble_use_layer(struct ensemble *ensemble, size_t layer, struct err *err);

/* Rows to be predicted. */
struct ensemble_rows {
    size_t rows;
    const double *x; /* rows x numbers, row-major with leading dimension ld */
    size_t ld;
    const uint32_t *level; /* rows x texts of each member, one member behind the other */
    const bool *skip;      /* rows: nothing is said of those, which may lack values */
};

/* One thread's memory; zero-initialise. */
struct ensemble_work {
    double *x, *scores, *outputs; /* scores: of the last member; outputs: rows x outputs */
    double *all;                  /* rows x the member's outputs, one member behind the other */
    size_t x_capacity, scores_capacity, outputs_capacity, all_capacity;
};
void ensemble_work_free(struct ensemble_work *work);

/* Where a model refuses a row, that and why. */
struct ensemble_refusal {
    size_t row;
    const char *reason; /* NULL: none */
    enum err_cause cause;
};

/* Sets work->outputs, and work->scores if there is one member. */
struct ensemble_refusal ensemble_predict(const struct ensemble *ensemble, const struct ensemble_rows *rows,
                                         struct ensemble_work *work);

/* Its steps, for rows that are scored by others, such as sparse ones: makes room; takes a member's
 * work->scores (rows x its scores) for what it says, skip being NULL or as above; and combines what all
 * members have said. */
void ensemble_reserve(const struct ensemble *ensemble, size_t rows, struct ensemble_work *work);
struct ensemble_refusal ensemble_respond(const struct ensemble *ensemble, size_t member, size_t rows, const bool *skip,
                                         struct ensemble_work *work);
void ensemble_combine(const struct ensemble *ensemble, size_t rows, const bool *skip, struct ensemble_work *work);

#endif
