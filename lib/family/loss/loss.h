#ifndef LIKELY_FAMILY_LOSS_LOSS_H
#define LIKELY_FAMILY_LOSS_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A loss compares predictions with targets. Its functions work on a batch of rows so that they vectorise, but
 * rows do not depend on each other. Each loss is one file lib/family/loss/loss_NAME.c, which defines `const
 * struct loss loss_NAME`, and one line in lib/family/loss/loss.list: LOSS(NAME). */

enum loss_prediction {
    LOSS_MEAN,          /* a number that predicts the target */
    LOSS_MEAN_SD,       /* a mean and a standard deviation > 0 */
    LOSS_PROBABILITY,   /* the probability of the positive class, target 0 or 1 */
    LOSS_LOGIT,         /* the log-odds of the positive class, target 0 or 1 */
    LOSS_PROBABILITIES, /* k probabilities, target a class; or one probability of class 1 of the classes 0 and 1 */
    LOSS_LOGITS,        /* k scores, target a class; or one score, the log-odds of class 1 */
    LOSS_SCORE,         /* a score that ranks rows by how likely the positive class is, target 0 or 1 */
};

enum loss_unit {
    LOSS_ONE,            /* a pure number */
    LOSS_NATS,           /* a log-likelihood */
    LOSS_TARGET,         /* the unit of the target */
    LOSS_TARGET_SQUARED, /* its square */
};

struct loss_batch {
    size_t rows;
    size_t width;                     /* numbers per prediction: 1, 2 (mean and sd) or k (classes) */
    const double *prediction;         /* rows x width, row-major */
    const double *target;             /* rows numbers; 0 or 1 for a binary class; NULL when label is given */
    const uint32_t *label;            /* rows class numbers 0..width-1; NULL when target is given */
    const double *target_probability; /* rows x width, instead of both: class probabilities; loss->soft only */
    double parameter;                 /* Huber's delta or a threshold, for instance; ignored by losses without one */
};

/* The contribution of a row to a metric of all rows together. */
struct loss_point {
    double value, reference; /* defined by the loss: a prediction and its target, for instance */
    double weight;
};

struct loss_sample {
    size_t n, width; /* rows; numbers per prediction */
    double parameter;
    struct loss_point *point; /* in the order of the rows; loss->whole may reorder them */
};

struct loss {
    const char *name;           /* as in --loss NAME or --loss NAME:PARAMETER */
    const char *const *aliases; /* other names of the same values, ending with NULL; NULL = none */
    const char *help;           /* a few words for help and completion */
    const char *formula;        /* one line of plain text */
    const char *likelihood;     /* the distribution whose negative log-likelihood this is, or "" */
    enum loss_prediction prediction;
    enum loss_unit unit;       /* of the loss */
    const char *parameter;     /* name of the parameter; NULL: none */
    double fallback, min, max; /* of the parameter */
    bool whole_parameter;      /* the parameter is a whole number */
    bool decides;              /* compares decided classes: predictions may be labels; one probability is decided by the
                                * threshold, which is the parameter of `part` and `evaluate` */
    bool wide;                 /* `part` returns rows x width values, which are as many points */
    bool counts;               /* values are 0 or 1 but for ties, so that their sum is a number of rows */
    bool metric;               /* has no gradient (accuracy, for instance) */
    const char *of_classes;    /* of one prediction: name of the loss that answers the same for classes, or NULL */
    const struct loss *of_logits; /* the same loss of log-odds or scores, or NULL */
    bool soft;                    /* targets may be class probabilities; width 2 or more */
    /* For losses whose parameter can be estimated from the data, as the value of least mean loss: `profile`
     * returns that least mean loss, given the mean of the loss `statistic` over the same rows. *scale is the
     * derivative by that mean: it turns the standard error of the statistic into that of the loss. */
    const struct loss *statistic; /* NULL: a parameter that is not given has the value `fallback` */
    double (*profile)(double mean_statistic, double *scale);
    /* value: a loss per row, in nats if it is a log-likelihood; gradient: rows x width, d loss / d prediction;
     * curvature: a second derivative per row, for width 1 only. Any of the three may be NULL. */
    void (*evaluate)(const struct loss_batch *batch, double *value, double *gradient, double *curvature);
    /* A metric of all rows together (the area under the ROC curve, for instance) has these functions instead:
     * `part` computes the value and reference of each row; `whole` returns the metric, NaN where it is
     * undefined, and sets *se to its standard error, NaN if there is no formula. */
    void (*part)(const struct loss_batch *batch, double *value, double *reference);
    double (*whole)(struct loss_sample *sample, double *se);
    const char *undefined; /* why the metric is NaN although rows have weight; NULL: it never is */
};

#define LOSS(name) extern const struct loss loss_##name;
#include "family/loss/loss.list"
#undef LOSS

/* Whether targets are numbers rather than classes. */
static inline bool loss_is_of_numbers(const struct loss *loss)
{
    return loss->prediction == LOSS_MEAN || loss->prediction == LOSS_MEAN_SD;
}

extern const struct loss *const loss_all[];     /* ends with NULL */
const struct loss *loss_find(const char *name); /* by name or alias; NULL if there is no such loss */

#endif
