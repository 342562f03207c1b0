#ifndef LIKELY_APP_TRAIN_TRAIN_COLUMNS_H
#define LIKELY_APP_TRAIN_TRAIN_COLUMNS_H

#include "cli/command.h"
#include "data/dataset/dataset.h"
#include "data/dataset/roles.h"
#include "model/model.h"

/* The columns that a trainer learns from, and the rows. */
struct train_columns {          /* rows: OPT_COLUMNS_ROWS(struct settings, columns), and one for the target */
    struct roles_options roles; /* its weights are those of --weights; see train_roles */
    const char *fweights, *aweights;
    struct split_settings split;
};

/* The roles with the column of --weights, --fweights or --aweights and what its numbers mean. */
struct roles_options train_columns_roles(const struct train_columns *columns);

/* Opens the operands as the table of the rows to learn from. */
enum status train_columns_open(struct table **table, const struct input_settings *input,
                               const struct train_columns *columns, const struct invocation *run,
                               enum command_layout layout, struct err *err);

/* Writes the field that says what the weights mean, if there are weights. */
void train_columns_write_weighting(struct model *model, const struct train_columns *columns);

/* Writes the fields of the categories and all their levels, the first of each being the reference; none if there is no
 * category. */
void train_columns_write_categories(struct model *model, size_t n, const struct category *category);

/* clang-format off */
#define OPT_COLUMNS_ROWS(settings, field) \
    { TEXT(settings, field.roles.features), .letter = 'x', .name = "features", .arg = "COLUMNS", \
      .completes = OPT_COMPLETES_COLUMNS, .help = "feature columns; default: all columns without another role" }, \
    { TEXT(settings, field.roles.exclude), .name = "exclude", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS, \
      .help = "columns to omit from the features" }, \
    { TEXT(settings, field.roles.weights), .letter = 'w', .name = "weights", .arg = "COLUMN", \
      .completes = OPT_COMPLETES_COLUMN, \
      .help = "column of weights: a row of weight 2 counts as two rows; fractions are allowed" }, \
    { TEXT(settings, field.fweights), .name = "fweights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "column of whole frequencies: a row of frequency 2 is two rows" }, \
    { TEXT(settings, field.aweights), .name = "aweights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "column of relative weights, scaled to sum to the number of rows" }, \
    OPT_MISSING_ROW(settings, field.roles.missing, "treatment of rows with missing values"), \
    OPT_SPLIT_ROWS(settings, field.split, "train on all rows except those of fold k of K")

#define OPT_COLUMNS_RULES \
    OPT_EXCLUDES("--weights", "--fweights|--aweights"), \
    OPT_EXCLUDES("--fweights", "--aweights"), \
    OPT_SPLIT_RULES

#define OPT_OFFSET_ROW(settings, field) \
    { TEXT(settings, field), .name = "offset", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN, \
      .help = "column added to the linear predictor with the coefficient 1" }

#define OPT_CATEGORICAL_ROW(settings, field) \
    { TEXT(settings, field), .name = "categorical", .arg = "COLUMNS|auto", .completes = OPT_COMPLETES_COLUMNS, \
      .word = "auto", \
      .help = "categorical columns, encoded as a feature COLUMN=LEVEL per level but the first; auto: all text columns" }
/* clang-format on */

#endif
