/* Naive Bayes by maximum likelihood (Murphy, Probabilistic Machine Learning: An Introduction (2022), 9.3).
 *
 * 1. bayes_sums_gather sums the table in one pass (bayes_sums.c).
 * 2. name_all orders classes and names columns.
 * 3. estimate_priors: relative frequencies of the classes.
 * 4. estimate_numbers: mean and variance of each number in each class; the variance is at least variance_floor
 *    times that over all rows.
 * 5. estimate_texts: smoothed relative frequencies of the levels of each text in each class.
 *
 * Each step adds its part to the log-likelihood, in nats. Memory: classes x (numbers + levels). */
#include "fit/bayes/bayes.h"

#include "base/mem.h"
#include "data/keys/order.h"
#include "family/dist/dist_gauss.h"
#include "fit/bayes/bayes_sums.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>

/* The state of turning sums into estimates. */
struct bayes_estimation {
    const struct bayes_sums *sums;
    const struct bayes_options *options;
    const struct table *table;
    struct bayes_fit *fit;
    uint32_t *class; /* class in the order of the fit -> its number in the sums */
};

static char *copy_of(struct slice text)
{
    return mem_copy(text.p, text.n);
}

static char **names_of(const struct table *table, const size_t *columns, size_t n)
{
    char **names = mem_alloc(n, sizeof(char *));
    for (size_t i = 0; i < n; i++)
        names[i] = copy_of(slice_of(table_name(table, columns[i])));
    return names;
}

static void name_all(struct bayes_estimation *e)
{
    const struct bayes_sums *s = e->sums;
    struct bayes_fit *f = e->fit;
    f->classes = s->classes;
    f->numbers = s->numbers;
    f->texts = s->texts;
    f->n = s->n;
    f->skipped = s->skipped;
    f->target = copy_of(slice_of(table_name(e->table, s->roles.targets[0])));
    f->number_names = names_of(e->table, s->roles.features, s->numbers);
    f->text_names = names_of(e->table, s->roles.categories, s->texts);
    f->labels = mem_alloc(f->classes, sizeof(char *));
    e->class = mem_alloc(f->classes, sizeof *e->class);
    order_of(s->labels, e->class);
    for (size_t k = 0; k < f->classes; k++)
        f->labels[k] = copy_of(dict_text(s->labels, e->class[k]));
}

/* ---- classes ---- */

static enum status estimate_priors(struct bayes_estimation *e, struct err *err)
{
    struct bayes_fit *f = e->fit;
    char label[ERR_ECHO], target[ERR_ECHO];
    if (f->classes < 2)
        return err_data(err, "every row has the same class '%s' in the target column '%s'",
                        err_echo(label, slice_of(f->labels[0])), err_echo(target, slice_of(f->target)));
    struct dd sum = dd_of(0);
    for (size_t k = 0; k < f->classes; k++)
        sum = dd_add(sum, e->sums->weights[e->class[k]]);
    if (!isfinite(sum.high))
        return err_data(err, "the weights are too large to add");
    f->weight_sum = sum.high;
    f->weights = mem_alloc(f->classes, sizeof *f->weights);
    f->priors = mem_alloc(f->classes, sizeof *f->priors);
    for (size_t k = 0; k < f->classes; k++) {
        struct dd weight = e->sums->weights[e->class[k]];
        if (!(weight.high > 0))
            return err_data(err, "every row of the class '%s' has weight 0", err_echo(label, slice_of(f->labels[k])));
        f->weights[k] = weight.high;
        f->priors[k] = dd_divide(weight, sum).high;
        f->loglik += special_xlogy(weight.high, f->priors[k]);
    }
    return STATUS_OK;
}

/* ---- numbers ---- */

/* The moments of a number in a class of the fit. */
static const struct moments *class_moments(const struct bayes_estimation *e, size_t class, size_t number)
{
    return &e->sums->moments[e->sums->numbers * e->class[class] + number];
}

/* Sets *variance to the variance of a number over all rows. Errors: it is 0 or overflows. */
static enum status check_column(const struct bayes_estimation *e, size_t number, double *variance, struct err *err)
{
    size_t column = e->sums->roles.features[number];
    struct moments all = {0};
    for (size_t k = 0; k < e->fit->classes; k++)
        all = moments_merge(all, *class_moments(e, k, number));
    char echo[ERR_ECHO];
    const char *name = table_name(e->table, column);
    *variance = moments_variance(&all);
    if (!isfinite(*variance))
        return err_data(err, "column %zu '%s': the differences between its values exceed the range of numbers",
                        column + 1, err_echo(echo, slice_of(name)));
    if (*variance == 0) {
        err_data(err, "column %zu '%s' is constant", column + 1, err_echo(echo, slice_of(name)));
        return err_because(err, ERR_CONSTANT_COLUMN, name);
    }
    return STATUS_OK;
}

static enum status no_variance(const struct bayes_estimation *e, size_t number, size_t class, struct err *err)
{
    char echo[ERR_ECHO], label[ERR_ECHO];
    size_t column = e->sums->roles.features[number], rows = class_moments(e, class, number)->n;
    const char *name = e->fit->number_names[number];
    err_data(err, "column %zu '%s' has variance 0 in the class '%s' (%zu row%s)", column + 1,
             err_echo(echo, slice_of(name)), err_echo(label, slice_of(e->fit->labels[class])), rows,
             rows == 1 ? "" : "s");
    return err_because(err, ERR_NO_VARIANCE, name);
}

static enum status estimate_numbers(struct bayes_estimation *e, struct err *err)
{
    struct bayes_fit *f = e->fit;
    f->means = mem_alloc(f->classes * f->numbers, sizeof *f->means);
    f->variances = mem_alloc(f->classes * f->numbers, sizeof *f->variances);
    for (size_t j = 0; j < f->numbers; j++) {
        double whole;
        enum status status = check_column(e, j, &whole, err);
        if (status != STATUS_OK)
            return status;
        for (size_t k = 0; k < f->classes; k++) {
            const struct moments *m = class_moments(e, k, j);
            size_t at = k * f->numbers + j;
            f->means[at] = moments_mean(m);
            f->variances[at] = fmax(moments_variance(m), e->options->variance_floor * whole);
            if (f->variances[at] == 0)
                return no_variance(e, j, k, err);
            f->loglik -= dist_gauss_nll(m, f->means[at], f->variances[at]);
        }
    }
    return STATUS_OK;
}

/* ---- texts ---- */

static void name_levels(struct bayes_estimation *e, uint32_t *number)
{
    struct bayes_fit *f = e->fit;
    f->level_names = mem_alloc(f->levels, sizeof(char *));
    f->level_counts = mem_alloc(f->texts, sizeof *f->level_counts);
    for (size_t t = 0, at = 0; t < f->texts; t++) {
        size_t n = dict_count(e->sums->levels[t]);
        f->level_counts[t] = (double)n;
        order_of(e->sums->levels[t], number + at);
        for (size_t i = 0; i < n; i++, at++)
            f->level_names[at] = copy_of(dict_text(e->sums->levels[t], number[at]));
    }
}

/* (count + pseudo-count) / (weight of the class + n * pseudo-count) for the n levels of a text, numbered by
 * `number` in the sums; Murphy, 9.3.2. */
static void estimate_text(struct bayes_estimation *e, size_t class, size_t text, const uint32_t *number, size_t n,
                          double *frequencies)
{
    const struct bayes_sums_counts *c = &e->sums->counts[e->sums->texts * e->class[class] + text];
    double pseudo = e->options->pseudo_count;
    struct dd sum = dd_add_double(e->sums->weights[e->class[class]], (double)n * pseudo);
    for (size_t i = 0; i < n; i++) {
        struct dd count = number[i] < c->n ? c->weight[number[i]] : dd_of(0);
        frequencies[i] = dd_divide(dd_add_double(count, pseudo), sum).high;
        e->fit->loglik += special_xlogy(count.high, frequencies[i]);
    }
}

static void estimate_texts(struct bayes_estimation *e)
{
    struct bayes_fit *f = e->fit;
    for (size_t t = 0; t < f->texts; t++)
        f->levels += dict_count(e->sums->levels[t]);
    uint32_t *number = mem_alloc(f->levels, sizeof *number);
    name_levels(e, number);
    f->frequencies = mem_alloc(f->classes * f->levels, sizeof *f->frequencies);
    for (size_t k = 0; k < f->classes; k++) {
        for (size_t t = 0, at = 0; t < f->texts; t++) {
            size_t n = dict_count(e->sums->levels[t]);
            estimate_text(e, k, t, number + at, n, f->frequencies + k * f->levels + at);
            at += n;
        }
    }
    free(number);
}

enum status bayes_fit(struct bayes_fit **fit, struct table *table, const struct bayes_options *options, struct err *err)
{
    struct bayes_sums sums = {0};
    struct bayes_estimation e = {.sums = &sums, .options = options, .table = table, .fit = mem_zero(1, sizeof *e.fit)};
    enum status status = bayes_sums_gather(&sums, table, options, err);
    if (status != STATUS_OK)
        goto done;
    name_all(&e);
    status = estimate_priors(&e, err);
    if (status == STATUS_OK)
        status = estimate_numbers(&e, err);
    if (status == STATUS_OK)
        estimate_texts(&e);
    else
        err_at(err, table_file(table), 0);
done:
    bayes_sums_release(&sums);
    free(e.class);
    if (status == STATUS_OK)
        *fit = e.fit;
    else
        bayes_free(e.fit);
    return status;
}

static void free_names(char **names, size_t n)
{
    for (size_t i = 0; names != NULL && i < n; i++)
        free(names[i]);
    free(names);
}

void bayes_free(struct bayes_fit *f)
{
    if (f == NULL)
        return;
    free_names(f->labels, f->classes);
    free_names(f->number_names, f->numbers);
    free_names(f->text_names, f->texts);
    free_names(f->level_names, f->levels);
    free(f->target);
    free(f->level_counts);
    free(f->weights);
    free(f->priors);
    free(f->means);
    free(f->variances);
    free(f->frequencies);
    free(f);
}
