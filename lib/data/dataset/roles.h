#ifndef LIKELY_DATA_DATASET_ROLES_H
#define LIKELY_DATA_DATASET_ROLES_H

#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>

/* What the columns of a table are to a trainer: targets, features, weights, offset. */
struct roles_options {
    const char *target;      /* column spec, required; with `several` a column list */
    bool several;            /* targets */
    bool numbers;            /* targets must not be text */
    const char *features;    /* column list; NULL = every column but the targets, weights and offset */
    const char *exclude;     /* column list left out of them; NULL = none */
    const char *weights;     /* column spec; NULL = none */
    const char *offset;      /* column spec; NULL = none */
    bool categories;         /* text features are categories, else an error (which says --exclude) */
    const char *categorical; /* column list of features that are categories whatever they hold; "auto" = those that are
                              * text; NULL = none */
    bool may_be_categories;  /* the user can make text features categories by --categorical: the error says so */
};

struct roles {
    size_t *targets, n_targets;
    size_t *features, n_features;     /* those that are numbers */
    size_t *categories, n_categories; /* those that are texts */
    bool weighted, has_offset;
    size_t weight, offset;
};

/* Errors: a column that is not there, one with two roles, a text feature or offset, no feature. The caller releases the
 * roles in any case; zero-initialise them. */
enum status roles_find(struct roles *roles, const struct table *table, const struct roles_options *options,
                       struct err *err);
void roles_release(struct roles *roles);

#endif
