#ifndef LIKELY_FIT_ONLINE_ONLINE_FIT_H
#define LIKELY_FIT_ONLINE_ONLINE_FIT_H

#include "base/err.h"
#include "data/dataset/roles.h"
#include "data/keys/dict.h"
#include "data/table/table.h"
#include "fit/online/online_batches.h"
#include "fit/online/online_diagonal.h"
#include "optim/optim.h"

/* Logistic and softmax regression from one pass over a table that may never end. Threads read; the learner gets the
 * rows in their order, and batches depend on the rows alone, so that the result has the same bits for any number of
 * threads, and whether the pass is one or was resumed. The learner is online_batches.h, or online_diagonal.h for
 * svmlight text and for more coefficients than the former has room for. */

/* Where progress was reported: the sums so far. */
struct online_fit_mark {
    size_t rows;
    double weight, loss;
};

struct online_fit {
    size_t d;
    char **features, *target, *offset; /* of svmlight text the features are those so far when a model is asked for */
    uint32_t *index;                   /* d: their indexes; of columns 0, 1, … */
    bool several;                      /* any number of classes; else two */
    bool is_started;                   /* there is a start: all classes are known from the first row on */
    bool sparse;                       /* svmlight text */
    struct dict *labels;               /* as they came, or in the order of the options: numbers of classes */
    double *class_weight;              /* of each label */
    size_t rows, skipped, class_capacity;
    double weight_sum, loss_sum; /* loss_sum: of each row before it was learnt from, pending rows left out */
    double ahead_loss;           /* of the pending rows, while the learner looks ahead */
    struct online_fit_mark mark; /* the last report that is not the one at the end */
    const struct online_learner *learner;
    void *state; /* of the learner */
};

/* The start of a pass: the state of another one, or else coefficients. All are in the order of the features and
 * labels here. */
struct online_fit_start {
    const char *name; /* for messages */
    size_t d, n_labels;
    const char *const *features;                  /* d; the labels are those of the options */
    const struct online_state *state;             /* of the full recursion; NULL: … */
    const struct online_diagonal_state *diagonal; /* … of the other; NULL: of neither */
    const uint32_t *index;                        /* d: of features of svmlight text; NULL: the names are no indexes */
    bool sparse;                                  /* the state is of svmlight text */
    size_t pending;                               /* rows that wait for a batch, as in online_pending */
    const double *pending_x;
    const uint32_t *pending_label;
    const double *class_weight;  /* n_labels, … */
    double weight_sum, loss_sum; /* … and other sums that go with a state */
    size_t rows, skipped;
    struct online_fit_mark mark;
    const double *coefficients; /* scores x (1 + d), without a state; they count as rows of this weight */
    double weight;
};

extern const struct optim online_fit_solver;

struct online_fit_options {
    struct roles_options roles; /* weights are counts or frequencies; no offset with `several`; no categories */
    const char *const *labels;  /* n_labels of them, no others being valid; 0 = the classes are those of the rows */
    size_t n_labels;
    const struct online_fit_start *start; /* NULL = none */
    bool several;
    struct online_prior prior;
    size_t every; /* rows between snapshots; 0 = none */
    size_t threads;
    void *context;
    enum status (*snapshot)(void *context, const struct online_fit *fit, struct err *err); /* an error ends the pass */
    /* Reports, may be NULL: after batches that double the rows, and at the end, where `mark` is the report before. A
     * pass that resumes reports at the rows at which an unbroken one does. */
    void (*progress)(void *context, const struct online_fit *fit);
};

/* Reads the table, opened by row or sparse, to its end. Errors: what roles_find says; an infinite value; a missing
 * one, unless they are to be skipped; a bad weight; a label that is not one of those given, or a third one; other
 * features than those of the start; fewer than two classes with weight; too many coefficients for constant
 * memory. */
enum status online_fit(struct online_fit **fit, struct table *table, const struct online_fit_options *options,
                       struct err *err);
void online_fit_free(struct online_fit *fit);

/* Whether there is something to predict by: at least two classes have been seen. */
bool online_fit_is_ready(const struct online_fit *fit);

/* The mean loss of rows before they were learnt from. */
double online_fit_loss(const struct online_fit *fit);

/* As in online.h, of whatever it is that learns. */
size_t online_fit_scores(const struct online_fit *fit);
void online_fit_coefficients(const struct online_fit *fit, double *coefficients);
bool online_fit_is_constant(const struct online_fit *fit, size_t column);

/* The state of the learner, to be written: one is not NULL. */
const struct online_batches *online_fit_batches(const struct online_fit *fit);
const struct online_diagonal *online_fit_diagonal(const struct online_fit *fit);

#endif
