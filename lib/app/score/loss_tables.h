#ifndef LIKELY_APP_SCORE_LOSS_TABLES_H
#define LIKELY_APP_SCORE_LOSS_TABLES_H

#include "cli/out.h"
#include "cli/unit.h"
#include "fit/evaluate/evaluation.h"

/* Tables of an evaluation. */
struct loss_tables {
    const struct evaluation *evaluation;
    const struct evaluator_term *terms;
    char *const *names; /* of the terms */
    size_t n;           /* number of terms, without those of a baseline */
    const char *group;  /* the name of the column of groups; NULL: there are none */
    const char *target; /* the name of the target's first column */
    struct unit unit;   /* of losses that are in nats */
    bool importances;   /* only the ratios of weights matter */
};

/* A row for each loss: loss, n, sum, mean, se, unit. */
enum status loss_tables_losses(const struct loss_tables *tables, const struct output_settings *settings,
                               struct err *err);

/* A row for each loss and that of the baseline: loss, n, mean, baseline, difference, se, p, unit. */
enum status loss_tables_comparison(const struct loss_tables *tables, const struct output_settings *settings,
                                   struct err *err);

/* Of loss_f1, the one term: a row for each class and each that it may be taken for, with columns target, predicted, n,
 * weight and share, of the weight of the target's class. */
enum status loss_tables_confusion(const struct loss_tables *tables, const struct output_settings *settings,
                                  struct err *err);

/* Of loss_f1, the one term: a row for each class, with columns class, n, weight, predicted, correct (sums of weights),
 * precision, recall and f1. */
enum status loss_tables_report(const struct loss_tables *tables, const struct output_settings *settings,
                               struct err *err);

/* Of loss_ece, the one term: a row for each bin, with columns low, high, n, confidence (the mean probability), share
 * (what came true) and se of the share: sqrt(share (1 - share) / n), n being the sum of the weights or the
 * effective number of rows. */
enum status loss_tables_calibration(const struct loss_tables *tables, const struct output_settings *settings,
                                    struct err *err);

#endif
