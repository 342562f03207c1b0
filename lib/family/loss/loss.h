#ifndef LIKELY_FAMILY_LOSS_LOSS_H
#define LIKELY_FAMILY_LOSS_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A loss compares one prediction with one target. It is written for a batch of rows so that it vectorises, but no row
 * sees another. Each loss is one file lib/family/loss/loss_NAME.c defining `const struct loss loss_NAME`, and one line
 * in lib/family/loss/loss.list: LOSS(NAME). */

enum loss_prediction {
    LOSS_MEAN,          /* a number near the target */
    LOSS_MEAN_SD,       /* such a number and how far from the target it is, a standard deviation above 0 */
    LOSS_PROBABILITY,   /* the probability of the positive class, target 0 or 1 */
    LOSS_LOGIT,         /* its log-odds, target 0 or 1 */
    LOSS_PROBABILITIES, /* k probabilities, target a class; or one, of the class 1 of 0 and 1 */
    LOSS_LOGITS,        /* k scores, target a class; or one, the log-odds of the class 1 */
    LOSS_SCORE,         /* a number that is greater the likelier the positive class is, target 0 or 1 */
};

enum loss_unit {
    LOSS_ONE,
    LOSS_NATS,
    LOSS_TARGET,
    LOSS_TARGET_SQUARED
}; /* a pure number; as likelihoods; as the target's */

struct loss_batch {
    size_t rows;
    size_t width;             /* numbers per prediction: 1, 2 of a mean and its sd, or k classes */
    const double *prediction; /* rows x width, row-major */
    const double *target;     /* rows numbers; 0 or 1 for a binary class; NULL when label is given */
    const uint32_t *label;    /* rows class numbers 0..width-1; NULL when target is given */
    const double *share;      /* rows x width, instead of both: how much of each class the target is; loss->soft only */
    double parameter;         /* such as Huber's delta or a metric's threshold; ignored where the loss has none */
};

/* What a row contributes to a loss of all rows together. */
struct loss_point {
    double value, reference; /* as the loss has it: a prediction and its target, say */
    double weight;
};

struct loss_sample {
    size_t n, width; /* rows; numbers per prediction */
    double parameter;
    struct loss_point *point; /* in the order of the rows; may be reordered */
};

struct loss {
    const char *name;       /* as in --loss NAME or --loss NAME:PARAMETER */
    const char *alias;      /* another name, or NULL */
    const char *help;       /* a few words for help and completion */
    const char *formula;    /* one line of plain text for the manual */
    const char *likelihood; /* the distribution whose negative log-likelihood it is, or "" */
    enum loss_prediction prediction;
    enum loss_unit unit;          /* of the loss */
    const char *parameter;        /* its name, NULL = none */
    double fallback, min, max;    /* of the parameter */
    bool whole_parameter;         /* it is a whole number */
    bool metric;                  /* no gradient (accuracy) */
    const struct loss *of_logits; /* the same loss of log-odds or scores; NULL: there is none */
    bool soft;                    /* a target may be shares of classes; width 2 or more */
    /* Where the parameter may be left to the data, which choose the one of least mean loss: that mean, given
     * the mean of another loss over the same rows. A row's loss deviates from it `scale` times as far as its
     * statistic does. */
    const struct loss *statistic; /* NULL: the fallback stands for a parameter that is not given */
    double (*profile)(double mean_statistic, double *scale);
    /* value: rows losses in nats where they are log-likelihoods; gradient: rows x width, d loss / d prediction;
     * curvature: rows, second derivative, for width 1 only. Any of the three may be NULL. */
    void (*evaluate)(const struct loss_batch *batch, double *value, double *gradient, double *curvature);
    /* A metric of all rows together (the area under the curve, say) has these instead: part makes the points'
     * values and references, whole the metric of them all, NaN where it is not defined, and its standard
     * error, NaN where there is none. */
    void (*part)(const struct loss_batch *batch, double *value, double *reference);
    double (*whole)(struct loss_sample *sample, double *se);
    const char *undefined; /* why it is NaN, of rows that have weight; NULL: it never is */
};

#define LOSS(name) extern const struct loss loss_##name;
#include "family/loss/loss.list"
#undef LOSS

/* Whether targets are numbers, not classes. */
static inline bool loss_is_of_numbers(const struct loss *loss)
{
    return loss->prediction == LOSS_MEAN || loss->prediction == LOSS_MEAN_SD;
}

extern const struct loss *const loss_all[];     /* NULL at the end */
const struct loss *loss_find(const char *name); /* by either name; NULL: there is none */

#endif
