#ifndef LIKELY_DATA_DATASET_ROLES_H
#define LIKELY_DATA_DATASET_ROLES_H

#include "data/table/missing.h"
#include "data/table/row_check.h"
#include "data/table/table.h"
#include "data/table/weighting.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The roles of the columns of a table, as the user names them: one value from the command line to the reader
 * of the rows. Specs and lists are those of columns.h. */
struct roles_options {
    const char *target;   /* column spec, required; with rules.several a column list */
    const char *features; /* column list; NULL = every column but the targets, weights and offset */
    const char *exclude;  /* column list left out of them; NULL = none */
    const char *weights;  /* column spec; NULL = none */
    enum weighting weighting;
    const char *offset;      /* column spec; NULL = none */
    const char *categorical; /* column list of features that are categories whatever they hold; "auto" = those that are
                              * text; NULL = none */
    int missing;             /* enum missing_policy */
};

/* The roles that a trainer accepts. */
struct roles_rules {
    bool several;           /* more than one target */
    bool numbers;           /* targets must not be text */
    bool categories;        /* text features are categories, else an error */
    bool may_be_categories; /* text features can be coded as categories, so that an error can propose it */
};

/* The columns of each role. */
struct roles {
    size_t *targets, n_targets;
    size_t *features, n_features;     /* those that are numbers */
    size_t *categories, n_categories; /* those that are texts */
    bool weighted, has_offset;
    size_t weight, offset;
    enum weighting weighting;
    bool skip_missing;
};

/* Errors: a column that is not there, one with two roles, a text feature or offset, no feature. The caller releases the
 * roles in any case; zero-initialise them. */
enum status roles_find(struct roles *roles, struct table *table, const struct roles_options *options,
                       const struct roles_rules *rules, struct err *err);
void roles_release(struct roles *roles);

/* Where blocks have the columns of the roles, and how their rows are checked:
 *     numbers: features, weight, offset, targets      texts: categories, label */
struct roles_slots {
    size_t weight, offset, target; /* number slots, target being that of the first target; SIZE_MAX = none */
    size_t label;                  /* text slot; SIZE_MAX = none */
    struct row_check check;
};

/* Asks the table for the columns, before any other. is_label: the target is a class label, else number targets. */
struct roles_slots roles_want(const struct roles *roles, struct table *table, bool is_label);

#endif
