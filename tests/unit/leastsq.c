/* Least squares, held against NIST's certified data sets, and against identities: weights as repeated rows,
 * shifts, scales and order of columns; the same bits for any number of threads. */

#include "fit/linear/leastsq.h"

#include "base/mem.h"

#include "test.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* ---- a table that is made, and its fit ---- */

enum { MOST_COLUMNS = 12, MOST_ROWS = 40000 };

struct data {
    size_t rows, columns; /* the last is the target unless a fit says otherwise */
    double x[MOST_COLUMNS][MOST_ROWS];
};

static struct data data;

static void write_table(const struct data *d, const size_t *order, char *path)
{
    strcpy(path, "/tmp/likely-leastsq-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    for (size_t c = 0; c < d->columns; c++)
        fprintf(file, "%sc%zu", c > 0 ? "," : "", c);
    fprintf(file, "\n");
    for (size_t i = 0; i < d->rows; i++) {
        for (size_t c = 0; c < d->columns; c++) {
            double x = d->x[c][order != NULL ? order[i] : i];
            fprintf(file, "%s", c > 0 ? "," : "");
            if (isfinite(x))
                fprintf(file, "%.17g", x);
            else
                fprintf(file, "%s", isnan(x) ? "NA" : "inf");
        }
        fprintf(file, "\n");
    }
    fclose(file);
}

static enum status fit_rows(struct leastsq **fit, const struct data *d, const size_t *order,
                            const struct leastsq_options *o, struct err *err)
{
    char path[64];
    struct table *table = NULL;
    write_table(d, order, path);
    const char *paths[] = {path};
    struct table_options how = {.paths = paths, .n_paths = 1};
    enum status status = table_open(&table, &how, err);
    if (status == STATUS_OK)
        status = leastsq_fit(fit, table, o, err);
    table_close(table);
    unlink(path);
    return status;
}

static size_t in_order[MOST_COLUMNS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

/* The first columns explain the last. */
static struct leastsq_options plain(const struct data *d)
{
    return (struct leastsq_options){.roles = {.features = in_order,
                                              .targets = in_order + d->columns - 1,
                                              .n_features = d->columns - 1,
                                              .n_targets = 1},
                                    .threads = 1};
}

static struct leastsq *must_fit(const struct data *d, const struct leastsq_options *o)
{
    struct err err = {0};
    struct leastsq *fit = NULL;
    CHECK(fit_rows(&fit, d, NULL, o, &err) == STATUS_OK, "%s", err.reason);
    if (fit == NULL)
        exit(test_report("leastsq"));
    return fit;
}

static double noise(size_t i, size_t j)
{
    unsigned long long x = (i + 1) * 0x9e3779b97f4a7c15u + (j + 1) * 0xbf58476d1ce4e5b9u;
    x ^= x >> 31;
    x *= 0x94d049bb133111ebu;
    x ^= x >> 29;
    return (double)(x >> 11) / 9007199254740992.0 - 0.5;
}

/* features columns of noise, and a target of coefficients 1, 2, … with an intercept of 3 and noise. */
static void make(size_t rows, size_t features)
{
    data.rows = rows;
    data.columns = features + 1;
    for (size_t i = 0; i < rows; i++) {
        double y = 3 + noise(i, 100);
        for (size_t j = 0; j < features; j++) {
            data.x[j][i] = noise(i, j) + (double)(10 * j);
            y += (double)(j + 1) * data.x[j][i];
        }
        data.x[features][i] = y;
    }
}

static bool is_close(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * fabs(b);
}

static bool same_target(const struct leastsq_target *a, const struct leastsq_target *b, size_t width)
{
    size_t bytes = width * sizeof(double);
    return memcmp(a->coefficients, b->coefficients, bytes) == 0 &&
           memcmp(a->standard_errors, b->standard_errors, bytes) == 0 && memcmp(&a->rss, &b->rss, sizeof a->rss) == 0 &&
           memcmp(&a->tss, &b->tss, sizeof a->tss) == 0;
}

/* ---- NIST's data sets ---- */

static double digits(double value, double certified)
{
    if (value == certified)
        return 15;
    return fmin(15, -log10(fabs(value - certified) / (certified == 0 ? 1 : fabs(certified))));
}

/* Reads a data set with x to the powers 1..degree (0: the columns as they are), y last; returns how many certified
 * coefficients there are. */
static size_t read_nist(const char *name, size_t degree, double *certified, double *errors, double *sd)
{
    char path[100], line[300];
    snprintf(path, sizeof path, "tests/ref/nist/%s.dat", name);
    FILE *file = fopen(path, "r");
    CHECK(file != NULL, "%s", path);
    size_t terms = 0, number = 0, first = 1000;
    data.rows = data.columns = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        double b, e, v[MOST_COLUMNS];
        size_t last;
        char *p = line, *end;
        if (++number < 30)
            sscanf(line, " Data (lines %zu to %zu)", &first, &last);
        else if (number < first && sscanf(line, " B%*d %lf %lf", &b, &e) == 2)
            certified[terms] = b, errors[terms++] = e;
        else if (number < first)
            sscanf(line, " Standard Deviation %lf", sd);
        if (number < first)
            continue;
        size_t n = 0;
        for (v[n] = strtod(p, &end); end != p && n + 1 < MOST_COLUMNS; v[n] = strtod(p, &end)) {
            n++;
            p = end;
        }
        if (n < 2)
            continue;
        data.columns = degree > 0 ? degree + 1 : n;
        for (size_t c = 0; c + 1 < data.columns; c++)
            data.x[c][data.rows] = degree > 0 ? (c > 0 ? data.x[c - 1][data.rows] : 1) * v[1] : v[c + 1];
        data.x[data.columns - 1][data.rows++] = v[0];
    }
    if (file != NULL)
        fclose(file);
    return terms;
}

static void check_nist(void)
{
    static const struct {
        const char *name;
        size_t degree;
        bool no_intercept;
        double digits, error_digits; /* R's lm has 11.9, 12.0, 13.0, 9.2, 13.2 and 14 of coefficients */
    } sets[] = {
        {"Norris", 1, false, 14, 13.5}, {"Pontius", 2, false, 13.4, 13.5}, {"Longley", 0, false, 14.5, 14},
        {"Wampler1", 5, false, 15, 14}, {"Wampler2", 5, false, 13.2, 10},  {"NoInt1", 1, true, 14.6, 14.5},
    };
    for (size_t s = 0; s < sizeof sets / sizeof sets[0]; s++) {
        double certified[MOST_COLUMNS], errors[MOST_COLUMNS], sd = 0, least = 15, least_error = 15;
        size_t terms = read_nist(sets[s].name, sets[s].degree, certified, errors, &sd);
        struct leastsq_options o = plain(&data);
        o.no_intercept = sets[s].no_intercept;
        struct leastsq *fit = must_fit(&data, &o);
        CHECK(terms == fit->width - sets[s].no_intercept, "%s: %zu terms", sets[s].name, terms);
        for (size_t i = 0; i < terms; i++) {
            least = fmin(least, digits(fit->target[0].coefficients[i + sets[s].no_intercept], certified[i]));
            if (sets[s].error_digits > 0 && errors[i] > 0)
                least_error =
                    fmin(least_error, digits(fit->target[0].standard_errors[i + sets[s].no_intercept], errors[i]));
        }
        if (getenv("SHOW_DIGITS") != NULL)
            printf("%s: %.1f digits of coefficients, %.1f of standard errors\n", sets[s].name, least, least_error);
        CHECK(least >= sets[s].digits, "%s: %.1f digits", sets[s].name, least);
        CHECK(least_error >= sets[s].error_digits, "%s: %.1f digits of standard errors", sets[s].name, least_error);
        if (sd > 0)
            CHECK(digits(sqrt(fit->target[0].rss / fit->freedom), sd) >= sets[s].error_digits, "%s: residual sd",
                  sets[s].name);
        CHECK(fit->freedom == (double)(data.rows - terms));
        leastsq_free(fit);
    }
}

/* ---- properties ---- */

static void check_likelihood(void)
{
    make(5000, 4);
    struct leastsq_options o = plain(&data);
    struct leastsq *fit = must_fit(&data, &o);
    const struct leastsq_target *t = &fit->target[0];
    double truth = 0, residuals = 0, gradient[5] = {0}, variance = t->rss / fit->weight;
    for (size_t i = 0; i < data.rows; i++) {
        double true_mean = 3, mean = t->coefficients[0];
        for (size_t j = 0; j < 4; j++) {
            true_mean += (double)(j + 1) * data.x[j][i];
            mean += t->coefficients[1 + j] * data.x[j][i];
        }
        double r = data.x[4][i] - mean;
        truth += (data.x[4][i] - true_mean) * (data.x[4][i] - true_mean);
        residuals += r * r;
        gradient[0] += r;
        for (size_t j = 0; j < 4; j++)
            gradient[1 + j] += r * (data.x[j][i] - (double)(10 * j));
    }
    CHECK(t->rss <= truth && is_close(t->rss, residuals, 1e-12), "rss %.17g, residuals %.17g, truth %.17g", t->rss,
          residuals, truth);
    for (size_t j = 0; j < 5; j++)
        CHECK(fabs(gradient[j]) < 1e-8, "gradient[%zu] = %g", j, gradient[j]);
    CHECK(fabs(t->coefficients[1] - 1) < 4 * t->standard_errors[1] &&
          fabs(t->coefficients[4] - 4) < 4 * t->standard_errors[4]);
    double n = (double)data.rows;
    CHECK(is_close(t->loglik, -n / 2 * (log(2 * 3.14159265358979323846 * variance) + 1), 1e-13));
    CHECK(is_close(t->objective, variance / 2, 1e-14));
    CHECK(fit->rank == 5 && fit->freedom == n - 5 && fit->rows == data.rows && fit->skipped == 0);
    /* At the mean of the features, the mean of the target is estimated as without them: its variance is 1 / n. */
    double at_mean[5] = {1}, sum = 0;
    for (size_t j = 0; j < 4; j++)
        for (size_t i = 0; i < data.rows; i++)
            at_mean[1 + j] += data.x[j][i] / n;
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++)
            sum += at_mean[i] * fit->covariance[i * 5 + j] * at_mean[j];
    CHECK(is_close(sum, 1 / n, 1e-9), "%.17g", sum * n);
    leastsq_free(fit);
}

static void check_threads(void)
{
    make(40000, 5);
    struct leastsq_options o = plain(&data);
    struct leastsq *one = must_fit(&data, &o);
    for (size_t threads = 2; threads <= 5; threads += 3) {
        o.threads = threads;
        struct leastsq *many = must_fit(&data, &o);
        CHECK(same_target(&one->target[0], &many->target[0], one->width), "%zu threads", threads);
        CHECK(memcmp(one->covariance, many->covariance, one->width * one->width * sizeof(double)) == 0);
        leastsq_free(many);
    }
    leastsq_free(one);
}

/* Fits whose features are those of `a` in another order or size agree: b's i-th feature is a's from[i], times scale[i].
 */
static void check_agree(const struct leastsq *a, const struct leastsq *b, const size_t *from, const double *scale,
                        const char *what)
{
    const struct leastsq_target *s = &a->target[0], *t = &b->target[0];
    CHECK(is_close(t->coefficients[0], s->coefficients[0], 1e-11), "%s: %.17g, not %.17g", what, t->coefficients[0],
          s->coefficients[0]);
    CHECK(is_close(t->rss, s->rss, 1e-12), "%s", what);
    for (size_t j = 0; j < b->n_features; j++) {
        double value = t->coefficients[1 + j] * scale[j], error = t->standard_errors[1 + j] * scale[j];
        CHECK(is_close(value, s->coefficients[1 + from[j]], 1e-12), "%s: %.17g", what, value);
        CHECK(is_close(error, s->standard_errors[1 + from[j]], 1e-12), "%s: %.17g", what, error);
    }
}

static void check_order_and_scale(void)
{
    static size_t rows[MOST_ROWS];
    static size_t turned[] = {3, 1, 0, 2}, same[] = {0, 1, 2, 3};
    static const double ones[] = {1, 1, 1, 1}, scale[] = {1, 1e8, 1, 1e-8};
    make(3000, 4);
    struct leastsq_options o = plain(&data);
    struct leastsq *fit = must_fit(&data, &o), *other = NULL;
    struct err err = {0};
    for (size_t i = 0; i < data.rows; i++)
        rows[i] = i * 7 % 3000 == 0 && i > 0 ? 0 : i * 7 % 3000;
    CHECK(fit_rows(&other, &data, rows, &o, &err) == STATUS_OK);
    check_agree(fit, other, same, ones, "rows in another order");
    leastsq_free(other);
    o.roles.features = turned;
    other = must_fit(&data, &o);
    check_agree(fit, other, turned, ones, "columns in another order");
    leastsq_free(other);
    o.roles.features = in_order;
    for (size_t j = 0; j < 4; j++)
        for (size_t i = 0; i < data.rows; i++)
            data.x[j][i] *= scale[j];
    other = must_fit(&data, &o);
    check_agree(fit, other, same, scale, "scaled columns");
    leastsq_free(other);
    leastsq_free(fit);
}

static void check_shift(void)
{
    /* Large means cost no digits: the columns' own rounding aside, slopes are the same. */
    make(2000, 2);
    for (size_t i = 0; i < data.rows; i++)
        for (size_t j = 0; j < 3; j++)
            data.x[j][i] = floor(data.x[j][i] * 1024);
    struct leastsq_options o = plain(&data);
    struct leastsq *fit = must_fit(&data, &o);
    for (size_t i = 0; i < data.rows; i++)
        for (size_t j = 0; j < 3; j++)
            data.x[j][i] += 1099511627776.0;
    struct leastsq *other = must_fit(&data, &o);
    for (size_t j = 1; j < 3; j++) {
        CHECK(is_close(other->target[0].coefficients[j], fit->target[0].coefficients[j], 1e-12));
        CHECK(is_close(other->target[0].standard_errors[j], fit->target[0].standard_errors[j], 1e-12));
    }
    CHECK(is_close(other->target[0].rss, fit->target[0].rss, 1e-12) &&
          is_close(other->target[0].tss, fit->target[0].tss, 1e-12));
    leastsq_free(other);
    leastsq_free(fit);
}

static void check_weights(void)
{
    make(300, 3);
    struct data *repeated = mem_zero(1, sizeof *repeated);
    data.columns = 5;
    repeated->columns = 4;
    for (size_t i = 0; i < data.rows; i++) {
        data.x[4][i] = (double)(i % 4);
        for (size_t k = 0; k < i % 4; k++, repeated->rows++)
            for (size_t j = 0; j < 4; j++)
                repeated->x[j][repeated->rows] = data.x[j][i];
    }
    struct leastsq_options o = plain(repeated), weighted = plain(repeated);
    weighted.roles.weighted = true;
    weighted.roles.weight = 4;
    struct leastsq *a = must_fit(repeated, &o), *b = must_fit(&data, &weighted);
    static const size_t same[] = {0, 1, 2};
    static const double ones[] = {1, 1, 1};
    check_agree(a, b, same, ones, "weights");
    CHECK(b->weight == (double)repeated->rows && b->freedom == a->freedom && b->rows == 300);
    CHECK(is_close(b->target[0].loglik, a->target[0].loglik, 1e-12));
    leastsq_free(a);
    leastsq_free(b);
    free(repeated);
}

static void check_targets(void)
{
    make(1000, 4);
    static size_t targets[] = {4, 0}, features[] = {1, 2, 3};
    struct leastsq_options both = {.roles = {.features = features, .targets = targets, .n_features = 3, .n_targets = 2},
                                   .threads = 1};
    struct leastsq *two = must_fit(&data, &both);
    for (size_t t = 0; t < 2; t++) {
        struct leastsq_options alone = both;
        alone.roles.targets = &targets[t];
        alone.roles.n_targets = 1;
        struct leastsq *one = must_fit(&data, &alone);
        for (size_t i = 0; i < 4; i++) {
            CHECK(is_close(two->target[t].coefficients[i], one->target[0].coefficients[i], 1e-12));
            CHECK(is_close(two->target[t].standard_errors[i], one->target[0].standard_errors[i], 1e-12));
        }
        CHECK(is_close(two->target[t].rss, one->target[0].rss, 1e-12) &&
              is_close(two->target[t].tss, one->target[0].tss, 1e-12));
        leastsq_free(one);
    }
    leastsq_free(two);
}

/* One feature: everything is known in closed form from means, variances and the covariance. */
static void check_penalty(void)
{
    make(500, 1);
    double n = 500, mx = 0, my = 0, sxx = 0, sxy = 0, syy = 0, l2 = 0.3;
    for (size_t i = 0; i < data.rows; i++) {
        mx += data.x[0][i] / n;
        my += data.x[1][i] / n;
    }
    for (size_t i = 0; i < data.rows; i++) {
        sxx += (data.x[0][i] - mx) * (data.x[0][i] - mx) / n;
        sxy += (data.x[0][i] - mx) * (data.x[1][i] - my) / n;
        syy += (data.x[1][i] - my) * (data.x[1][i] - my) / n;
    }
    struct leastsq_options o = plain(&data);
    o.l2 = l2;
    struct leastsq *fit = must_fit(&data, &o);
    double slope = sxy / (sxx + l2), rss = n * (syy - 2 * slope * sxy + slope * slope * sxx);
    CHECK(is_close(fit->target[0].coefficients[1], slope, 1e-13) &&
          is_close(fit->target[0].coefficients[0], my - slope * mx, 1e-13));
    CHECK(is_close(fit->target[0].rss, rss, 1e-12) &&
          is_close(fit->target[0].objective, rss / (2 * n) + l2 / 2 * slope * slope, 1e-13));
    CHECK(isnan(fit->target[0].standard_errors[1]) && isnan(fit->freedom) && fit->target[0].l2 == l2);
    leastsq_free(fit);
    o.standardize = true;
    fit = must_fit(&data, &o);
    CHECK(is_close(fit->target[0].coefficients[1], sxy / (sxx + l2 * sxx), 1e-13));
    leastsq_free(fit);
    o.standardize = false;
    o.l2 = 0;
    o.prior_sd = 0.2;
    fit = must_fit(&data, &o);
    slope = fit->target[0].coefficients[1];
    double lambda = fit->target[0].l2;
    CHECK(is_close(slope, sxy / (sxx + lambda), 1e-13), "slope %.17g", slope);
    CHECK(is_close(lambda, fit->target[0].rss / n / (n * 0.2 * 0.2), 1e-13), "lambda %.17g", lambda);
    leastsq_free(fit);
}

/* Aliased columns: constant, twice another, a sum of others, a constant that is no binary fraction. */
static void check_aliased(void)
{
    make(2000, 7);
    struct leastsq_options o = plain(&data);
    for (size_t i = 0; i < data.rows; i++) {
        data.x[1][i] = 0.1;
        data.x[3][i] = 2 * data.x[0][i];
        data.x[5][i] = data.x[2][i] + data.x[4][i] / 3;
    }
    struct leastsq *fit = must_fit(&data, &o);
    static const bool aliased[] = {false, true, false, true, false, true, false};
    CHECK(memcmp(fit->aliased, aliased, sizeof aliased) == 0 && fit->rank == 5 && fit->freedom == 1995);
    static size_t left[] = {0, 2, 4, 6};
    o.roles.features = left;
    o.roles.n_features = 4;
    struct leastsq *without = must_fit(&data, &o);
    for (size_t k = 0; k < 4; k++) {
        CHECK(is_close(fit->target[0].coefficients[1 + left[k]], without->target[0].coefficients[1 + k], 1e-11));
        CHECK(is_close(fit->target[0].standard_errors[1 + left[k]], without->target[0].standard_errors[1 + k], 1e-11));
    }
    CHECK(fit->target[0].coefficients[2] == 0 && isnan(fit->target[0].standard_errors[2]));
    leastsq_free(fit);
    leastsq_free(without);
    o = plain(&data);
    o.l2 = 0.1;
    fit = must_fit(&data, &o);
    CHECK(fit->aliased[1] && !fit->aliased[3] && !fit->aliased[5]);
    CHECK(is_close(fit->target[0].coefficients[4], 2 * fit->target[0].coefficients[1],
                   1e-11)); /* shared by their sizes */
    leastsq_free(fit);
}

/* ---- what is refused ---- */

static void check_refused(const struct leastsq_options *o, const char *reason)
{
    struct err err = {0};
    struct leastsq *fit = NULL;
    CHECK(fit_rows(&fit, &data, NULL, o, &err) == STATUS_DATA && fit == NULL);
    CHECK(strstr(err.reason, reason) != NULL, "'%s' instead of '%s'", err.reason, reason);
    leastsq_free(fit);
}

static void check_errors(void)
{
    make(20, 2);
    struct leastsq_options o = plain(&data), weighted = o;
    data.x[1][3] = (double)NAN;
    check_refused(&o, "column 2 'c1': the value is missing");
    o.roles.skip_missing = true;
    struct leastsq *fit = must_fit(&data, &o);
    CHECK(fit->rows == 19 && fit->skipped == 1);
    leastsq_free(fit);
    data.x[1][3] = (double)INFINITY;
    check_refused(&o, "the value is infinite");
    data.x[1][3] = -1e200;
    check_refused(&o, "the numbers are too large: their squares overflow");
    make(20, 2);
    weighted.roles.n_features = 1;
    weighted.roles.weighted = true;
    weighted.roles.weight = 1;
    data.x[1][5] = -1;
    check_refused(&weighted, "the weight is negative");
    for (size_t i = 0; i < 20; i++)
        data.x[1][i] = 0;
    check_refused(&weighted, "the weights sum to 0");
    for (size_t i = 0; i < 20; i++)
        data.x[2][i] = 0.1;
    check_refused(&o, "the target 'c2' is constant");
    make(3, 4);
    o = plain(&data);
    check_refused(&o, "3 rows cannot determine 5 coefficients");
    o.l2 = 1e-3;
    leastsq_free(must_fit(&data, &o));
}

int main(void)
{
    check_nist();
    check_likelihood();
    check_threads();
    check_order_and_scale();
    check_shift();
    check_weights();
    check_targets();
    check_penalty();
    check_aliased();
    check_errors();
    return test_report("leastsq");
}
