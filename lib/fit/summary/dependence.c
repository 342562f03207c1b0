/* Mutual information of pairs of columns, with permutation tests; jobs are pairs and permutations.
 *
 * 1. dependence_map counts the contingency table of a pair: one dense array if it has at most 65536 cells or as
 *    many as rows (count_dense), else a table per level of x over rows sorted by x (count_sparse), or the same
 *    with weights (count_weights).
 * 2. measure computes mutual information, entropies, standard error and the Miller-Madow correction from the
 *    cells (information.c).
 * 3. A permutation shuffles y among the rows of the same condition and measures again (measure_shuffled);
 *    dependence_reduce counts the permutations that reach the observed value.
 *
 * Every permutation has a generator of its own, seeded by its index: results do not depend on the number of
 * threads. Memory per thread: the table and, where needed, an order and a copy of the two columns per row. These
 * fill the part of the memory limit that the codes left; the rest is in a temporary file. */
#include "fit/summary/dependence.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "data/keys/order.h"
#include "data/keys/store.h"
#include "family/dist/information.h"
#include "math/dd.h"
#include "math/special.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The state of a thread: scratch space to count one pair, and the result. */
struct dependence_worker {
    uint32_t *table;    /* counts: dense, or those of one level of x */
    struct dd *weights; /* sums of weights for one level of x */
    size_t table_capacity, weights_capacity;
    struct information_cell *cell;
    size_t cells, cell_capacity;
    size_t *order; /* rows sorted by level of x, if needed */
    size_t *start, start_capacity;
    uint32_t *x, *y; /* complete rows, for permutations */
    struct dependence found;
};

struct dependence_job {
    const struct dependence_pair *pairs;
    struct dependence *result;
    const struct codes *codes;
    size_t permutations;
    uint64_t seed;
    size_t *order; /* rows sorted by condition, those of c from start[c] on, for permutations */
    size_t *start;
    struct dependence_worker *worker;
};

/* ---- counting ---- */

static void add_cell(struct dependence_worker *w, uint32_t a, uint32_t b, double count)
{
    w->cell = mem_grow(w->cell, &w->cell_capacity, w->cells + 1, sizeof *w->cell);
    w->cell[w->cells++] = (struct information_cell){a, b, count};
}

/* Counts all cells in one array, with a row and a column for missing values. Rows alternate between two tables,
 * so that counting equal cells in a row does not wait for memory. */
static void count_dense(struct dependence_worker *w, const uint32_t *x, uint32_t nx, const uint32_t *y, uint32_t ny,
                        size_t rows)
{
    size_t width = (size_t)ny + 1, size = ((size_t)nx + 1) * width;
    w->table = mem_grow(w->table, &w->table_capacity, 2 * size, sizeof *w->table);
    memset(w->table, 0, 2 * size * sizeof *w->table);
    uint32_t *even = w->table, *odd = w->table + size;
    size_t r = 0;
    for (; r + 2 <= rows; r += 2) {
        even[x[r] * width + y[r]]++;
        odd[x[r + 1] * width + y[r + 1]]++;
    }
    if (r < rows)
        even[x[r] * width + y[r]]++;
    for (uint32_t a = 0; a < nx; a++)
        for (uint32_t b = 0; b < ny; b++) {
            uint32_t count = even[a * width + b] + odd[a * width + b];
            if (count > 0)
                add_cell(w, a, b, count);
        }
}

/* Sorts rows by level of x and counts one level at a time; a second pass over its rows collects the counts and
 * clears them. */
static void count_sparse(struct dependence_worker *w, const uint32_t *x, uint32_t nx, const uint32_t *y, uint32_t ny,
                         size_t rows)
{
    w->table = mem_grow(w->table, &w->table_capacity, (size_t)ny + 1, sizeof *w->table);
    memset(w->table, 0, ((size_t)ny + 1) * sizeof *w->table);
    w->start = mem_grow(w->start, &w->start_capacity, (size_t)nx + 3, sizeof *w->start);
    order_rows(x, rows, (size_t)nx + 1, w->order, w->start);
    for (uint32_t a = 0; a < nx; a++) {
        for (size_t i = w->start[a]; i < w->start[a + 1]; i++)
            w->table[y[w->order[i]]]++;
        w->table[ny] = 0;
        for (size_t i = w->start[a]; i < w->start[a + 1]; i++) {
            uint32_t *count = &w->table[y[w->order[i]]];
            if (*count > 0)
                add_cell(w, a, y[w->order[i]], *count);
            *count = 0;
        }
    }
}

/* As count_sparse, for sums of weights. */
static void count_weights(struct dependence_worker *w, const uint32_t *x, uint32_t nx, const uint32_t *y, uint32_t ny,
                          const double *weight, size_t rows)
{
    w->cells = 0;
    w->weights = mem_grow(w->weights, &w->weights_capacity, (size_t)ny + 1, sizeof *w->weights);
    memset(w->weights, 0, ((size_t)ny + 1) * sizeof *w->weights);
    w->start = mem_grow(w->start, &w->start_capacity, (size_t)nx + 3, sizeof *w->start);
    order_rows(x, rows, (size_t)nx + 1, w->order, w->start);
    for (uint32_t a = 0; a < nx; a++) {
        for (size_t i = w->start[a]; i < w->start[a + 1]; i++) {
            struct dd *sum = &w->weights[y[w->order[i]]];
            *sum = dd_add_double(*sum, weight[w->order[i]]);
        }
        w->weights[ny] = dd_of(0);
        for (size_t i = w->start[a]; i < w->start[a + 1]; i++) {
            struct dd *sum = &w->weights[y[w->order[i]]];
            if (sum->high > 0)
                add_cell(w, a, y[w->order[i]], sum->high);
            *sum = dd_of(0);
        }
    }
}

static bool is_dense(uint32_t nx, uint32_t ny, size_t rows)
{
    enum { SMALL = 1 << 16 };
    double size = ((double)nx + 1) * ((double)ny + 1);
    return size <= SMALL || size <= (double)rows;
}

static void count_cells(struct dependence_worker *w, const uint32_t *x, uint32_t nx, const uint32_t *y, uint32_t ny,
                        size_t rows)
{
    w->cells = 0;
    if (is_dense(nx, ny, rows))
        count_dense(w, x, nx, y, ny, rows);
    else
        count_sparse(w, x, nx, y, ny, rows);
}

/* ---- one pair ---- */

/* The entropy of a margin of the cells; *seen is the number of its levels that occur. */
static double margin_entropy(const struct dependence_worker *w, bool of_y, size_t levels, const uint32_t *condition,
                             size_t conditions, size_t *seen)
{
    double *count = mem_zero(levels, sizeof *count);
    for (size_t i = 0; i < w->cells; i++)
        count[of_y ? w->cell[i].b : w->cell[i].a] += w->cell[i].count;
    *seen = 0;
    for (size_t i = 0; i < levels; i++)
        *seen += count[i] > 0;
    double bits = information_conditional(count, condition, levels, conditions);
    free(count);
    return bits;
}

static size_t count_conditions(const struct dependence_worker *w, const uint32_t *condition, size_t conditions)
{
    if (condition == NULL)
        return 1;
    bool *seen = mem_zero(conditions, sizeof *seen);
    size_t count = 0;
    for (size_t i = 0; i < w->cells; i++) {
        count += !seen[condition[w->cell[i].a]];
        seen[condition[w->cell[i].a]] = true;
    }
    free(seen);
    return count;
}

/* The rows of a pair with weights: their number, and the number that they stand for; n: the sum of their weights. */
static void count_rows(struct dependence *d, const struct codes *c, size_t x, size_t y, double n)
{
    struct dd squares = {0};
    for (size_t r = 0; r < c->rows; r++)
        if (c->code[x][r] < c->levels[x] && c->code[y][r] < c->levels[y]) {
            d->rows++;
            squares = dd_add(squares, dd_two_product(c->weight[r], c->weight[r]));
        }
    d->weight = ldexp(n, *c->exponent);
    d->n = c->importances && n > 0 ? dd_divide(dd_two_product(n, n), squares).high : d->weight;
}

static void measure(struct dependence_worker *w, const struct codes *c, size_t x, size_t y)
{
    const uint32_t *condition = c->condition != NULL ? c->condition_of[x] : NULL;
    struct dependence *d = &w->found;
    size_t seen_x, seen_y;
    double n = 0;
    *d = (struct dependence){.mutual = NAN, .se = NAN, .entropy_x = NAN, .entropy_y = NAN, .entropy_joint = NAN};
    if (c->weight != NULL)
        count_weights(w, c->code[x], c->levels[x], c->code[y], c->levels[y], c->weight, c->rows);
    else
        count_cells(w, c->code[x], c->levels[x], c->code[y], c->levels[y], c->rows);
    for (size_t i = 0; i < w->cells; i++)
        n += w->cell[i].count;
    d->n = d->weight = n;
    d->cells = w->cells;
    if (c->weight != NULL)
        count_rows(d, c, x, y, n);
    else
        d->rows = (size_t)n;
    if (n == 0)
        return;
    struct information_mutual mutual =
        information_mutual(w->cell, w->cells, c->levels[x], c->levels[y], condition, c->conditions);
    d->mutual = mutual.mutual;
    d->se = mutual.se * sqrt(n / d->n);
    d->entropy_x = margin_entropy(w, false, c->levels[x], condition, c->conditions, &seen_x);
    d->entropy_y =
        margin_entropy(w, true, c->levels[y], condition != NULL ? c->condition_of[y] : NULL, c->conditions, &seen_y);
    d->entropy_joint = d->entropy_x + d->entropy_y - d->mutual;
    d->distinct_x = seen_x;
    d->distinct_y = seen_y;
    double more = (double)(seen_x + seen_y) - (double)(w->cells + count_conditions(w, condition, c->conditions));
    d->correction = more / (2 * d->n) * special_bits_per_nat;
}

/* The mutual information after shuffling y among the complete rows of each condition. */
static double measure_shuffled(struct dependence_worker *w, const struct dependence_job *job, size_t x, size_t y,
                               struct rng rng)
{
    const struct codes *c = job->codes;
    const uint32_t *condition = c->condition != NULL ? c->condition_of[x] : NULL;
    size_t n = 0;
    for (size_t s = 0; s < c->conditions; s++) {
        size_t first = n;
        for (size_t i = job->start[s]; i < job->start[s + 1]; i++) {
            w->x[n] = c->code[x][job->order[i]];
            w->y[n] = c->code[y][job->order[i]];
            n += w->x[n] < c->levels[x] && w->y[n] < c->levels[y];
        }
        for (size_t i = n; i > first + 1; i--) {
            size_t other = first + (size_t)rng_below(&rng, i - first);
            uint32_t kept = w->y[i - 1];
            w->y[i - 1] = w->y[other];
            w->y[other] = kept;
        }
    }
    count_cells(w, w->x, c->levels[x], w->y, c->levels[y], n);
    return n == 0 ? NAN
                  : information_mutual(w->cell, w->cells, c->levels[x], c->levels[y], condition, c->conditions).mutual;
}

/* ---- all pairs ---- */

/* Index p (permutations + 1) is pair p itself; the indexes up to the next multiple are its permutations. */
static void dependence_map(void *context, size_t worker, size_t index)
{
    struct dependence_job *job = context;
    struct dependence_worker *w = &job->worker[worker];
    size_t pair = index / (job->permutations + 1), x = job->pairs[pair].x, y = job->pairs[pair].y;
    if (index % (job->permutations + 1) == 0)
        measure(w, job->codes, x, y);
    else
        w->found.mutual =
            measure_shuffled(w, job, x, y, rng_seed(hash_mix(job->seed + 0x9e3779b97f4a7c15u, index + 1)));
}

static void dependence_reduce(void *context, size_t worker, size_t index)
{
    struct dependence_job *job = context;
    const struct dependence *found = &job->worker[worker].found;
    struct dependence *result = &job->result[index / (job->permutations + 1)];
    if (index % (job->permutations + 1) == 0)
        *result = *found;
    else
        result->reached += found->mutual >= result->mutual * (1 - 1e-12);
}

static enum status order_by_condition(struct dependence_job *job, struct store *store, struct err *err)
{
    const struct codes *c = job->codes;
    job->order = store_alloc(store, c->rows, sizeof *job->order, err);
    if (job->order == NULL)
        return err->status;
    job->start = mem_zero((size_t)c->conditions + 3, sizeof *job->start);
    if (c->condition != NULL) {
        order_rows(c->condition, c->rows, (size_t)c->conditions + 1, job->order, job->start);
        return STATUS_OK;
    }
    for (size_t r = 0; r < c->rows; r++)
        job->order[r] = r;
    job->start[1] = c->rows;
    return STATUS_OK;
}

/* Whether rows must be sorted to count some pair. */
static bool sorts_rows(const struct dependence_job *job, size_t n)
{
    const struct codes *c = job->codes;
    bool sorts = c->weight != NULL;
    for (size_t i = 0; i < n && !sorts; i++)
        sorts = !is_dense(c->levels[job->pairs[i].x], c->levels[job->pairs[i].y], job->permutations > 0 ? 0 : c->rows);
    return sorts;
}

/* Allocates the arrays with an element per row, within the part of the memory limit that the codes left, or in a
 * file. */
static enum status reserve(struct dependence_job *job, size_t n, size_t threads, struct store *store, struct err *err)
{
    const struct codes *c = job->codes;
    bool sorts = sorts_rows(job, n), permutes = job->permutations > 0;
    if (permutes && order_by_condition(job, store, err) != STATUS_OK)
        return err->status;
    for (size_t t = 0; t < threads; t++) {
        struct dependence_worker *w = &job->worker[t];
        if (sorts && (w->order = store_alloc(store, c->rows, sizeof *w->order, err)) == NULL)
            return err->status;
        if (!permutes)
            continue;
        w->x = store_alloc(store, c->rows, sizeof *w->x, err);
        w->y = w->x != NULL ? store_alloc(store, c->rows, sizeof *w->y, err) : NULL;
        if (w->y == NULL)
            return err->status;
    }
    return STATUS_OK;
}

enum status dependence_measure(const struct dependence_pair *pairs, struct dependence *result, size_t n,
                               const struct codes *codes, size_t permutations, uint64_t seed, size_t threads,
                               struct err *err)
{
    struct dependence_job job = {
        .pairs = pairs, .result = result, .codes = codes, .permutations = permutations, .seed = seed};
    struct store store = {.limit = codes->store.limit - codes->store.used, .directory = codes->store.directory};
    job.worker = mem_zero(threads, sizeof *job.worker);
    enum status status = reserve(&job, n, threads, &store, err);
    if (status == STATUS_OK)
        parallel_reduce(n * (permutations + 1), threads, &job, dependence_map, dependence_reduce);
    for (size_t t = 0; t < threads; t++) {
        struct dependence_worker *w = &job.worker[t];
        free(w->table);
        free(w->weights);
        free(w->cell);
        free(w->start);
    }
    free(job.worker);
    free(job.start);
    store_release(&store);
    return status;
}
