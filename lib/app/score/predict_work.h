#ifndef LIKELY_APP_SCORE_PREDICT_WORK_H
#define LIKELY_APP_SCORE_PREDICT_WORK_H

#include "app/score/predict.h"
#include "base/rank.h"
#include "cli/append.h"
#include "model/estimability.h"
#include "model/interval.h"
#include "text/buffer.h"

/* What the files of predict share. */
struct predict {
    struct ensemble *ensemble;
    const struct predictor *predictor; /* its first member */
    const struct predict_options *options;
    struct interval *interval;          /* NULL = none */
    struct estimability **estimability; /* of each member; NULL: every row is estimable */
    bool checks_rows;                   /* some member has one */
    struct predict_events *events;
    size_t rows; /* merged so far */
    struct append append;
    struct predict_features *sparse; /* of each model; of sparse rows only */
};

/* Which columns of sparse rows are features of a model. */
struct predict_features {
    struct rank columns;
    uint32_t *feature; /* which they are, by their rank */
};

/* What one thread works with. */
struct predict_part {
    struct buffer text;
    struct ensemble_work work; /* what is predicted */
    uint32_t *level;           /* as ensemble_predict wants them */
    bool *missing;             /* rows */
    struct predict_events events;
    struct estimability_work *estimability; /* of each member; NULL: not used yet */
    size_t members;
    double *numbers; /* of one row and member */
    size_t numbers_capacity;
    double *bounds; /* of one row's scores, lower and upper, and of its outputs */
    double *terms;  /* one row's features */
    size_t level_capacity, missing_capacity;
    uint32_t *index; /* one sparse row's */
    double *values;
    double *x; /* DENSE_ROWS sparse rows with their zeros */
    size_t index_capacity, values_capacity, x_capacity;
};
void predict_part_release(void *part);

/* Writes the predictions of all rows of a dense table, or of a sparse one. */
enum status predict_dense(struct predict *job, struct table *table, struct err *err);
enum status predict_sparse(struct predict *job, struct table *table, struct err *err);

/* Puts the names of the columns into the header. */
enum status predict_write_header(struct predict *job, struct err *err);

/* Adds the text of a row's predictions to the part; block: NULL for sparse rows. missing: its cells stay empty. */
void predict_write_row(struct predict *job, struct predict_part *part, const struct block *block, size_t row,
                       bool missing);

/* Hands on the part's text, in the order of the rows. */
enum status predict_write_part(struct predict *job, const struct predict_part *part, struct err *err);

#endif
