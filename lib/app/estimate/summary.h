#ifndef LIKELY_APP_ESTIMATE_SUMMARY_H
#define LIKELY_APP_ESTIMATE_SUMMARY_H

#include "cli/command.h"
#include "cli/out.h"
#include "fit/summary/grouping.h"
#include "fit/summary/samples.h"

/* What the commands that fit a distribution to each column of a table have in common. */
struct summary_settings { /* rows: OPT_SUMMARY_ROWS(struct settings, field, "all numeric ones") */
    const char *columns, *group, *weights, *aweights;
};

/* Finds the columns; without -x those of the kind (numbers or texts) that are neither group nor weights, the others
 * being named in a notice. Where the kind is COLUMN_TEXT and no column is, all are taken. columns->columns is
 * malloc'ed. */
enum status summary_choose(struct grouping *columns, const struct summary_settings *settings, struct table *table,
                           enum column_kind kind, const struct invocation *run, struct err *err);

/* A notice if one of n sums of weights that are counts, each of several rows (0 = not of several), is too small for a
 * standard error. */
void summary_notice_weights(const struct grouping *columns, const struct table *table, size_t n, const double *sum,
                            const struct invocation *run);

/* A notice if importances, of more than one row, stand for too few rows for a standard error. */
void summary_notice_effective(const struct grouping *columns, const struct table *table, double effective,
                              const struct invocation *run);

/* The notices about rows without a group and about missing values of a column, if there are any. */
void summary_notice_ungrouped(const struct grouping *columns, const struct table *table, size_t rows,
                              const struct invocation *run);
void summary_notice_missing(const struct invocation *run, struct slice column, size_t missing);

/* Those about rows without a group, and about weights of samples, or values that trimming leaves, that are too few for
 * the standard error of a loss. */
void summary_notice_samples(const struct grouping *columns, const struct table *table, const struct samples *samples,
                            struct location_loss loss, const struct invocation *run);

/* The first columns of a result with a row for each group and column, i counting groups x columns: group (if there are
 * groups) and column. Returns how many names there are, at most 2. */
size_t summary_key_names(const char **names, const struct grouping *columns, const struct table *table);
void summary_start_key(struct out *out, const struct grouping *columns, const struct table *table,
                       const struct dict *groups, size_t i);

/* Those, then n, missing, weight (if there are weights) and effective_n (if they are importances); at most 6 names. */
size_t summary_names(const char **names, const struct grouping *columns, const struct table *table);
void summary_start_row(struct out *out, const struct grouping *columns, const struct table *table,
                       const struct samples *samples, size_t i);

/* clang-format off */
#define OPT_SUMMARY_ROWS(settings, field, all) \
    { TEXT(settings, field.columns), .letter = 'x', .name = "columns", .arg = "COLUMNS", \
      .completes = OPT_COMPLETES_COLUMNS, .help = "columns to fit; default: " all }, \
    { TEXT(settings, field.group), .letter = 'g', .name = "by", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS, \
      .help = "fit the rows of each combination of values of COLUMNS separately" }, \
    { TEXT(settings, field.weights), .letter = 'w', .name = "weights", .arg = "COLUMN", \
      .completes = OPT_COMPLETES_COLUMN, .help = "column of weights: a row of weight 2 counts as two rows" }, \
    { TEXT(settings, field.aweights), .name = "aweights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "column of relative weights, of which only the ratios matter" }

#define OPT_SUMMARY_RULES OPT_EXCLUDES("--weights", "--aweights")
/* clang-format on */

#endif
