/* Notices that trainers give about their data: omitted rows, classes that look like measurements, and columns that are
 * constant or linear combinations of others. Many such columns share one notice. */
#include "app/train/train_notice.h"

#include "text/buffer.h"
#include "text/number.h"

#include <math.h>

enum {
    COLUMNS_NAMED = 5, /* in a message */
    CLASSES_FEW = 10,  /* up to which numbers may well be classes */
    ALIASED_APART = 3, /* up to which each has a message of its own */
};

void train_notice_skipped(const struct invocation *run, size_t skipped, size_t kept)
{
    if (skipped > 0)
        notice(run, "%zu of %zu rows omitted because of missing values", skipped, skipped + kept);
}

void train_notice_skipped_targets(const struct invocation *run, size_t skipped, size_t kept, size_t targets)
{
    if (targets < 2)
        train_notice_skipped(run, skipped, kept);
    else if (skipped > 0)
        notice(run,
               "%zu of %zu rows omitted because of missing values; a row that lacks one of the %zu targets is omitted "
               "for all of them",
               skipped, skipped + kept, targets);
}

void train_notice_numbers(const struct invocation *run, const char *target, size_t n, char *const *labels, size_t rows,
                          const char *instead)
{
    char echo[ERR_ECHO];
    size_t fractions = 0;
    double value;
    for (size_t k = 0; k < n; k++) {
        if (!number_parse(slice_of(labels[k]), &value))
            return;
        fractions += value != floor(value);
    }
    if (n > CLASSES_FEW && (fractions > 0 || 2 * n > rows))
        notice(run, "the target '%s' has %zu classes in %zu rows, all of them numbers; use %s to predict a number",
               err_echo(echo, slice_of(target)), n, rows, instead);
}

void train_notice_aliased(const struct invocation *run, size_t n, char *const *features, const bool *aliased)
{
    char echo[ERR_ECHO];
    size_t count = 0, named = 0;
    for (size_t j = 0; j < n; j++)
        count += aliased[j];
    struct buffer list = {0};
    for (size_t j = 0; j < n && named < COLUMNS_NAMED; j++) {
        if (!aliased[j])
            continue;
        if (count <= ALIASED_APART)
            notice(run, "column '%s' is constant or a linear combination of earlier columns; its coefficient is 0",
                   err_echo(echo, slice_of(features[j])));
        buffer_add_format(&list, "%s'%s'", named++ > 0 ? ", " : "", err_echo(echo, slice_of(features[j])));
    }
    if (count > ALIASED_APART)
        notice(run,
               "%zu columns are constant or linear combinations of earlier columns (%s%s); their coefficients are 0",
               count, buffer_text(&list), count > named ? ", ..." : "");
    buffer_free(&list);
}

void train_notice_freedom(const struct invocation *run, size_t coefficients, double weight)
{
    notice(run,
           "%zu coefficients leave no degrees of freedom to weights that sum to %.12g: no standard errors are given",
           coefficients, weight);
}

void train_notice_add_distance(const struct optim *solver, double decrement, struct buffer *text)
{
    const char *how = solver->uses_hessian || solver->uses_products  ? ""
                      : solver->takes_rate && !solver->is_stochastic ? "at least "
                                                                     : "about ";
    if (isnan(decrement))
        buffer_add_format(text, "its distance from the optimum is not known");
    else
        buffer_add_format(text, "%s%.2g standard errors from the optimum", how, optim_distance(decrement));
}
