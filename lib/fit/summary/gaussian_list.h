#ifndef LIKELY_FIT_SUMMARY_GAUSSIAN_LIST_H
#define LIKELY_FIT_SUMMARY_GAUSSIAN_LIST_H

#include "base/err.h"
#include "data/keys/dict.h"
#include "data/table/table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Gaussians as mle-gauss writes them: one variable per row, or, from the rows of --cov, jointly of several
 * variables. */
struct gaussian_list_entry {
    uint32_t group;
    size_t n;           /* variables */
    uint32_t *variable; /* n */
    double *mean;       /* n */
    double *covariance; /* n x n, row-major */
    size_t capacity;
};

struct gaussian_list {
    struct dict *groups, *variables; /* names; a single group "" without grouping */
    struct dict *keys;               /* the key of each Gaussian: its group and, unless joint, its variable */
    struct gaussian_list_entry *gaussian;
    size_t n, capacity;
    bool joint;
    char *grouping; /* name of the grouping column; NULL: none */
};

/* Reads a table, opened by column, to its end. group: the grouping column, or NULL. Errors: a missing column; a
 * number that is missing or infinite; a variance that is not above 0; a Gaussian or a pair of variables that
 * occurs twice; a pair that is missing; no rows. */
enum status gaussian_list_read(struct gaussian_list **list, struct table *table, const char *group, bool joint,
                               struct err *err);
void gaussian_list_free(struct gaussian_list *list);

/* Brings `other` into the order of `list`, both Gaussians and variables. Errors: one list has a Gaussian or
 * variable that the other lacks; file and other_file name them in messages. */
enum status gaussian_list_align(const struct gaussian_list *list, struct gaussian_list *other, const char *file,
                                const char *other_file, struct err *err);

struct slice gaussian_list_group(const struct gaussian_list *list, size_t i);
struct slice gaussian_list_variable(const struct gaussian_list *list, size_t i, size_t variable);

/* Fills *err: a covariance is not positive definite. */
enum status gaussian_list_singular(const struct gaussian_list *list, size_t i, const char *file, struct err *err);

#endif
