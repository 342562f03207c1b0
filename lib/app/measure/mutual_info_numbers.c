/* The mutual information of columns of numbers as they are: by nearest neighbours (fit/summary/neighbours.c), or by
 * their correlation, -log(1 - r^2) / 2 nats, which is exact for a bivariate Gaussian (Cover and Thomas, Elements of
 * Information Theory, 2nd edition, example 8.5.1). Under knn, columns of text and those of --categorical are labels; a
 * pair of labels has the plug-in estimate. Rows without a value of either column are left out. */
#include "app/measure/mutual_info_work.h"

#include "base/mem.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "family/dist/information.h"
#include "fit/summary/neighbours.h"
#include "math/moments.h"
#include "math/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rows of a pair where both columns have a value: numbers or labels of each. */
struct mutual_info_rows {
    size_t n;
    double *number[2]; /* NULL: labels */
    uint32_t *label[2];
    size_t labels[2];
};

enum status mutual_info_choose_numbers(const struct mutual_info *w, bool **stays_number, struct err *err)
{
    const char *list = w->settings->categorical;
    size_t *labels = NULL, n_labels = 0;
    char echo[ERR_ECHO];
    if (!mutual_info_is_of_numbers(w))
        return STATUS_OK;
    if (list != NULL &&
        columns_find(table_names(w->table), table_width(w->table), list, &labels, &n_labels, err) != STATUS_OK)
        return err_at(err, table_file(w->table), 0);
    bool *stays = mem_zero(w->n_columns + 1, sizeof *stays);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < n_labels && status == STATUS_OK; i++)
        if (!columns_contain(w->columns, w->n_columns, labels[i]))
            status = usage_option(err, "--categorical", "column '%s' is not compared",
                                  err_echo(echo, slice_of(table_name(w->table, labels[i]))));
    for (size_t c = 0; c < w->n_columns && status == STATUS_OK; c++) {
        bool is_number = table_kind(w->table, w->columns[c]) != COLUMN_TEXT;
        stays[c] = is_number && !columns_contain(labels, n_labels, w->columns[c]);
        if (!is_number && w->estimate == MUTUAL_INFO_GAUSS) {
            err_data(err, "column %zu '%s' is text; --estimate gauss is for numbers", w->columns[c] + 1,
                     err_echo(echo, slice_of(table_name(w->table, w->columns[c]))));
            status = err_at(err, table_file(w->table), 0);
        }
    }
    free(labels);
    *stays_number = stays;
    return status;
}

/* Brings numbers below 1 in magnitude by a power of 2, which is exact: squares then neither overflow nor vanish. */
static void scale_down(double *x, size_t n)
{
    double greatest = 0;
    int exponent;
    for (size_t i = 0; i < n; i++)
        greatest = fmax(greatest, fabs(x[i]));
    frexp(greatest, &exponent);
    for (size_t i = 0; i < n; i++)
        x[i] = ldexp(x[i], -exponent);
}

static struct mutual_info_rows gather(const struct codes *c, size_t group, struct dependence_pair pair)
{
    size_t first = c->start[group], end = c->start[group + 1], column[2] = {pair.x, pair.y};
    struct mutual_info_rows rows = {0};
    for (int d = 0; d < 2; d++) {
        if (c->number[column[d]] != NULL)
            rows.number[d] = mem_alloc(end - first, sizeof(double));
        else
            rows.label[d] = mem_alloc(end - first, sizeof(uint32_t));
        rows.labels[d] = c->levels[column[d]];
    }
    for (size_t r = first; r < end; r++) {
        bool is_known = true;
        for (int d = 0; d < 2; d++) {
            size_t k = column[d];
            if (rows.number[d] != NULL)
                rows.number[d][rows.n] = c->number[k][r];
            else
                rows.label[d][rows.n] = c->code[k][r];
            is_known &= rows.number[d] != NULL ? !isnan(c->number[k][r]) : c->code[k][r] != c->levels[k];
        }
        rows.n += is_known;
    }
    for (int d = 0; d < 2; d++)
        if (rows.number[d] != NULL)
            scale_down(rows.number[d], rows.n);
    return rows;
}

static int compare_cells(const void *a, const void *b)
{
    const struct information_cell *p = a, *q = b;
    return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

/* The plug-in estimate of two columns of labels, in bits. */
static double of_labels(const struct mutual_info_rows *rows)
{
    struct information_cell *cell = mem_alloc(rows->n + 1, sizeof *cell);
    size_t cells = 0;
    for (size_t i = 0; i < rows->n; i++)
        cell[i] = (struct information_cell){rows->label[0][i], rows->label[1][i], 1};
    qsort(cell, rows->n, sizeof *cell, compare_cells);
    for (size_t i = 0; i < rows->n; i++) {
        if (cells > 0 && compare_cells(&cell[cells - 1], &cell[i]) == 0)
            cell[cells - 1].count++;
        else
            cell[cells++] = cell[i];
    }
    double bits = information_mutual(cell, cells, rows->labels[0], rows->labels[1], NULL, 1).mutual;
    free(cell);
    return bits;
}

/* By the correlation, in nats. */
static double of_correlation(const struct mutual_info_rows *rows)
{
    const double *x = rows->number[0], *y = rows->number[1];
    struct moments mx = moments_of(x, NULL, rows->n), my = moments_of(y, NULL, rows->n);
    if (!(mx.m2.high > 0 && my.m2.high > 0))
        return rows->n > 1 ? 0 : NAN;
    struct dd cross = moments_cross(x, y, NULL, rows->n, &mx, &my);
    struct dd r_squared = dd_multiply(dd_divide(cross, mx.m2), dd_divide(cross, my.m2));
    double rest = dd_subtract(dd_of(1), r_squared).high; /* the rounding of a linear function leaves about 1e-32 */
    return rest > 1e-28 ? -log(fmin(rest, 1)) / 2 : INFINITY;
}

static void notice_equal(struct mutual_info *w, size_t column, size_t equal, size_t n)
{
    char echo[ERR_ECHO];
    w->has_notice[column] = true;
    notice(w->run,
           "column '%s': %zu of %zu values occur repeatedly, which nearest neighbours take for close ones; "
           "--categorical takes them as symbols",
           err_echo(echo, slice_of(table_name(w->table, w->columns[column]))), equal, n);
}

/* A notice, once, of rows too few for K neighbours: the estimate of a function is then hardly above 0. */
static void notice_few(struct mutual_info *w, size_t pair, size_t n)
{
    char x[ERR_ECHO], y[ERR_ECHO];
    size_t k = w->neighbours;
    if (w->has_few_notice || n >= 4 * k || n == 0)
        return;
    w->has_few_notice = true;
    err_echo(x, slice_of(table_name(w->table, w->columns[w->pairs[pair].x])));
    err_echo(y, slice_of(table_name(w->table, w->columns[w->pairs[pair].y])));
    if (n <= k)
        notice(w->run, "columns '%s' and '%s': %zu rows have no estimate by %zu neighbours", x, y, n, k);
    else
        notice(
            w->run,
            "columns '%s' and '%s': of %zu rows, the estimate by %zu neighbours cannot exceed %.3g bits, whatever the "
            "dependence",
            x, y, n, k, neighbours_greatest(n, k) * special_bits_per_nat);
}

static void notice_alone(struct mutual_info *w, size_t column, size_t alone)
{
    char echo[ERR_ECHO];
    if (w->has_alone_notice || alone == 0)
        return;
    w->has_alone_notice = true;
    notice(w->run, "column '%s': rows with a symbol that no other row has, omitted: %zu",
           err_echo(echo, slice_of(table_name(w->table, column))), alone);
}

/* By nearest neighbours, in nats; the numbers are changed. A constant column tells nothing. */
static double of_neighbours(struct mutual_info *w, size_t pair, struct mutual_info_rows *rows)
{
    const size_t column[] = {w->pairs[pair].x, w->pairs[pair].y};
    struct rng rng = rng_stream(w->settings->general.seed, pair);
    bool are_numbers = rows->number[0] != NULL && rows->number[1] != NULL;
    if (are_numbers)
        notice_few(w, pair, rows->n);
    for (int d = 0; d < 2; d++) {
        if (rows->number[d] == NULL || rows->n == 0)
            continue;
        size_t equal = neighbours_standardise(rows->number[d], rows->n, &rng);
        if (equal == rows->n && rows->number[d][0] == rows->number[d][rows->n - 1])
            return rows->n > w->neighbours ? 0 : NAN;
        if (equal > rows->n / 4 && !w->has_notice[column[d]])
            notice_equal(w, column[d], equal, rows->n);
    }
    if (are_numbers)
        return neighbours_continuous(rows->number[0], rows->number[1], rows->n, w->neighbours,
                                     w->settings->general.threads);
    int number = rows->number[0] == NULL;
    size_t alone;
    double nats = neighbours_discrete(rows->number[number], rows->label[!number], rows->n, rows->labels[!number],
                                      w->neighbours, &alone);
    notice_alone(w, w->columns[column[!number]], alone);
    return nats;
}

void mutual_info_measure_numbers(struct mutual_info *w, size_t group, struct dependence *result)
{
    for (size_t i = 0; i < w->n_pairs; i++) {
        struct mutual_info_rows rows = gather(w->codes, group, w->pairs[i]);
        double nats = NAN;
        if (rows.number[0] == NULL && rows.number[1] == NULL)
            nats = rows.n > 0 ? of_labels(&rows) / special_bits_per_nat : NAN;
        else if (w->pairs[i].x != w->pairs[i].y)
            nats = w->estimate == MUTUAL_INFO_GAUSS ? of_correlation(&rows) : of_neighbours(w, i, &rows);
        result[i] = (struct dependence){
            .rows = rows.n, .weight = (double)rows.n, .n = (double)rows.n, .mutual = nats * special_bits_per_nat};
        for (int d = 0; d < 2; d++) {
            free(rows.number[d]);
            free(rows.label[d]);
        }
    }
}
