#ifndef LIKELY_FIT_SUMMARY_GAUSSIAN_LIST_H
#define LIKELY_FIT_SUMMARY_GAUSSIAN_LIST_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Gaussians as mle-gauss writes them: one for each of its rows, or jointly, of several variables, from the rows that
 * --cov gives. */
struct gaussian {
    uint32_t group;
    size_t n;           /* variables */
    uint32_t *variable; /* n */
    double *mean;       /* n */
    double *covariance; /* n x n, row-major */
    size_t capacity;
};

struct gaussian_list {
    struct dict *groups, *variables; /* their names; one group "" without a grouping */
    struct dict *keys;               /* the group, and unless joint the variable, of each Gaussian */
    struct gaussian *gaussian;
    size_t n, capacity;
    bool joint;
    char *grouping; /* name of the column that tells groups apart; NULL = there is none */
};

/* Reads a table, opened by column, to its end. group: the column that tells groups apart, or NULL. Errors: columns that
 * are not there; numbers that are missing or infinite; a variance that is not above 0; a Gaussian or a pair of
 * variables that stands there twice or, of pairs, not at all; no rows. */
enum status gaussian_list_read(struct gaussian_list **list, struct table *table, const char *group, bool joint,
                               struct err *err);
void gaussian_list_free(struct gaussian_list *list);

/* Brings another list into the order of this one, Gaussians and variables. Errors: one has what the other has not; in
 * messages they have the names of their files. */
enum status gaussian_list_align(const struct gaussian_list *list, struct gaussian_list *other, const char *file,
                                const char *other_file, struct err *err);

struct slice gaussian_list_group(const struct gaussian_list *list, size_t i);
struct slice gaussian_list_variable(const struct gaussian_list *list, size_t i, size_t variable);

/* The error of a covariance that is not positive definite. */
enum status gaussian_list_singular(const struct gaussian_list *list, size_t i, const char *file, struct err *err);

#endif
