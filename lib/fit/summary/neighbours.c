/* Mutual information by nearest neighbours (estimators and references in neighbours.h).
 *
 * Two continuous columns:
 * 1. tree_build sorts the points into a k-d tree: each node halves its points along the wider side of their bounding
 *    box, down to LEAF points (J. L. Bentley, Multidimensional Binary Search Trees, 1975).
 * 2. find_distance descends into the nearer child first, and leaves out boxes beyond the k-th distance found so far.
 * 3. count_within counts the values of one column within that distance by bisection of the sorted column.
 * A continuous column and labels need sorted columns only (neighbours_discrete).
 *
 * O(n log n) for k << n. Distances are differences of doubles, which rounding keeps in order, so that all three steps
 * agree on which point is nearer. Rows are divided into jobs of JOB rows whose sums are added in order: the same bits
 * for any number of threads. Memory: about 60 bytes per row. */
#include "fit/summary/neighbours.h"

#include "base/mem.h"
#include "base/parallel.h"
#include "math/moments.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { LEAF = 16, JOB = 1024 };

struct neighbours_box {
    double low[2], high[2];
};

struct neighbours_node {
    struct neighbours_box box;
    size_t first, n; /* its points */
    size_t child[2]; /* 0: a leaf */
};

struct neighbours_tree {
    double (*point)[2];
    struct neighbours_node *node; /* the root is node 0 */
    size_t nodes, capacity;
};

/* psi(1) .. psi(n) at the indexes 1 .. n: psi(1) = -Euler's constant, psi(i + 1) = psi(i) + 1/i. */
static double *digamma_table(size_t n)
{
    double *psi = mem_alloc(n + 2, sizeof *psi);
    struct dd sum = dd_of(-0.57721566490153286061);
    for (size_t i = 1; i <= n + 1; i++) {
        psi[i] = sum.high;
        sum = dd_add_double(sum, 1 / (double)i);
    }
    return psi;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double *sorted_copy(const double *x, size_t n)
{
    double *sorted = mem_alloc(n, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = x[i];
    qsort(sorted, n, sizeof *sorted, compare_doubles);
    return sorted;
}

size_t neighbours_standardise(double *x, size_t n, struct rng *rng)
{
    struct moments m = moments_of(x, NULL, n);
    double mean = moments_mean(&m), sd = sqrt(moments_sample_variance(&m));
    if (!(sd > 0))
        return n;
    for (size_t i = 0; i < n; i++)
        x[i] = (x[i] - mean) / sd;
    double *sorted = sorted_copy(x, n);
    size_t equal = 0;
    for (size_t i = 0; i < n; i++)
        equal += (i > 0 && sorted[i] == sorted[i - 1]) || (i + 1 < n && sorted[i] == sorted[i + 1]);
    free(sorted);
    for (size_t i = 0; i < n && equal > 0; i++)
        x[i] += 1e-10 * rng_normal(rng);
    return equal;
}

/* The number of sorted values nearer to v than `distance`, which is above 0, v itself included. */
static size_t count_within(const double *sorted, size_t n, double v, double distance)
{
    size_t end[2];
    for (int side = 0; side < 2; side++) { /* the first value that is not below v - distance, then that beyond v + it */
        size_t from = 0, to = n;
        while (from < to) {
            size_t middle = from + (to - from) / 2;
            double gap = sorted[middle] - v;
            if (side == 0 ? gap <= -distance : gap < distance)
                from = middle + 1;
            else
                to = middle;
        }
        end[side] = from;
    }
    return end[1] - end[0];
}

/* ---- the tree ---- */

static struct neighbours_box bound(double (*point)[2], size_t n)
{
    struct neighbours_box box = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    for (size_t i = 0; i < n; i++)
        for (int d = 0; d < 2; d++) {
            box.low[d] = fmin(box.low[d], point[i][d]);
            box.high[d] = fmax(box.high[d], point[i][d]);
        }
    return box;
}

static void swap(double (*point)[2], size_t i, size_t j)
{
    for (int d = 0; d < 2; d++) {
        double kept = point[i][d];
        point[i][d] = point[j][d];
        point[j][d] = kept;
    }
}

/* Puts the point that is k-th along dimension d at k, those before it before, those behind it behind (Hoare's FIND). */
static void select_point(double (*point)[2], size_t n, size_t k, int d)
{
    size_t low = 0, high = n - 1;
    while (low < high) {
        double pivot = point[low + (high - low) / 2][d];
        size_t i = low, j = high;
        for (;;) {
            while (point[i][d] < pivot)
                i++;
            while (point[j][d] > pivot)
                j--;
            if (i >= j)
                break;
            swap(point, i++, j--);
        }
        if (k <= j) /* the lower part ends at j */
            high = j;
        else
            low = j + 1;
    }
}

/* Builds the node of n points and those below it; returns its number. */
static size_t tree_build(struct neighbours_tree *t, size_t first, size_t n)
{
    size_t number = t->nodes++;
    t->node = mem_grow(t->node, &t->capacity, t->nodes, sizeof *t->node);
    struct neighbours_box box = bound(t->point + first, n);
    t->node[number] = (struct neighbours_node){.box = box, .first = first, .n = n};
    if (n <= LEAF)
        return number;
    int d = box.high[1] - box.low[1] > box.high[0] - box.low[0];
    size_t half = n / 2;
    select_point(t->point + first, n, half, d);
    size_t left = tree_build(t, first, half), right = tree_build(t, first + half, n - half);
    t->node[number].child[0] = left;
    t->node[number].child[1] = right;
    return number;
}

/* A search for the k least distances from a point, which are a heap with the greatest on top. */
struct neighbours_search {
    const struct neighbours_tree *tree;
    size_t self; /* the point, which is not its own neighbour */
    double *least;
    size_t k;
};

static double distance_to_box(const double *p, const struct neighbours_box *box)
{
    double x = fmax(fmax(box->low[0] - p[0], p[0] - box->high[0]), 0);
    double y = fmax(fmax(box->low[1] - p[1], p[1] - box->high[1]), 0);
    return fmax(x, y);
}

/* Replaces the greatest distance, which is the first of the heap, by a smaller one. */
static void insert(struct neighbours_search *s, double distance)
{
    size_t at = 0;
    if (!(distance < s->least[0]))
        return;
    for (size_t child = 1; child < s->k; child = 2 * at + 1) {
        child += child + 1 < s->k && s->least[child + 1] > s->least[child];
        if (s->least[child] <= distance)
            break;
        s->least[at] = s->least[child];
        at = child;
    }
    s->least[at] = distance;
}

static void visit(struct neighbours_search *s, size_t number)
{
    const struct neighbours_tree *t = s->tree;
    const struct neighbours_node *node = &t->node[number];
    const double *p = t->point[s->self];
    if (node->child[0] == 0) {
        for (size_t i = node->first; i < node->first + node->n; i++)
            if (i != s->self)
                insert(s, fmax(fabs(t->point[i][0] - p[0]), fabs(t->point[i][1] - p[1])));
        return;
    }
    double distance[2];
    for (int c = 0; c < 2; c++)
        distance[c] = distance_to_box(p, &t->node[node->child[c]].box);
    int nearer = distance[1] < distance[0];
    for (int c = 0; c < 2; c++)
        if (distance[nearer ^ c] < s->least[0])
            visit(s, node->child[nearer ^ c]);
}

static double find_distance(struct neighbours_search *s, size_t self)
{
    s->self = self;
    for (size_t i = 0; i < s->k; i++)
        s->least[i] = INFINITY;
    visit(s, 0);
    return s->least[0];
}

/* ---- two continuous columns ---- */

struct neighbours_run {
    struct neighbours_tree tree;
    double *sorted[2];
    const double *psi;
    size_t n, k;
    double *sum; /* per job */
};

static void run_job(void *context, size_t worker, size_t job)
{
    struct neighbours_run *r = context;
    size_t end = (job + 1) * JOB < r->n ? (job + 1) * JOB : r->n;
    struct neighbours_search search = {.tree = &r->tree, .least = mem_alloc(r->k, sizeof(double)), .k = r->k};
    (void)worker;
    for (size_t i = job * JOB; i < end; i++) {
        double distance = find_distance(&search, i);
        for (int d = 0; d < 2; d++) {
            size_t within = distance > 0 ? count_within(r->sorted[d], r->n, r->tree.point[i][d], distance) : 1;
            r->sum[job] += r->psi[within];
        }
    }
    free(search.least);
}

static void keep_job(void *context, size_t worker, size_t job)
{
    (void)context;
    (void)worker;
    (void)job;
}

double neighbours_continuous(const double *x, const double *y, size_t n, size_t k, size_t threads)
{
    if (n <= k)
        return NAN;
    double *psi = digamma_table(n);
    size_t jobs = (n + JOB - 1) / JOB;
    struct neighbours_run r = {.sorted = {sorted_copy(x, n), sorted_copy(y, n)},
                               .psi = psi,
                               .n = n,
                               .k = k,
                               .sum = mem_zero(jobs, sizeof *r.sum)};
    r.tree.point = mem_alloc(n, sizeof *r.tree.point);
    for (size_t i = 0; i < n; i++) {
        r.tree.point[i][0] = x[i];
        r.tree.point[i][1] = y[i];
    }
    tree_build(&r.tree, 0, n);
    parallel_reduce(jobs, threads, &r, run_job, keep_job);
    double sum = 0;
    for (size_t j = 0; j < jobs; j++)
        sum += r.sum[j];
    double nats = psi[k] + psi[n] - sum / (double)n;
    free(r.tree.point);
    free(r.tree.node);
    free(r.sorted[0]);
    free(r.sorted[1]);
    free(r.sum);
    free(psi);
    return nats;
}

double neighbours_greatest(size_t n, size_t k)
{
    double sum = 0;
    for (size_t i = n; i-- > k;)
        sum += 1 / (double)i;
    return sum;
}

/* ---- a continuous column and labels ---- */

/* The distance from value i of n sorted ones to its k-th nearest, k < n. */
static double sorted_distance(const double *sorted, size_t n, size_t i, size_t k)
{
    size_t low = i, high = i;
    double distance = 0;
    for (size_t found = 0; found < k; found++) {
        double below = low > 0 ? sorted[i] - sorted[low - 1] : INFINITY;
        double above = high + 1 < n ? sorted[high + 1] - sorted[i] : INFINITY;
        distance = fmin(below, above);
        if (below <= above)
            low--;
        else
            high++;
    }
    return distance;
}

double neighbours_discrete(const double *x, const uint32_t *label, size_t n, size_t labels, size_t k, size_t *alone)
{
    size_t *count = mem_zero(labels + 1, sizeof *count), *start = mem_zero(labels + 1, sizeof *start);
    size_t kept = 0, common = 0;
    for (size_t i = 0; i < n; i++)
        count[label[i]]++;
    for (size_t l = 0; l < labels; l++) {
        start[l] = kept;
        kept += count[l] > 1 ? count[l] : 0;
        common += count[l] > 1;
    }
    *alone = n - kept;
    double *value = mem_alloc(kept + 1, sizeof *value), *psi = digamma_table(n);
    size_t *used = mem_zero(labels + 1, sizeof *used);
    for (size_t i = 0; i < n; i++)
        if (count[label[i]] > 1)
            value[start[label[i]] + used[label[i]]++] = x[i];
    double *sorted = sorted_copy(value, kept), sum = 0;
    for (size_t l = 0; l < labels; l++) {
        size_t neighbours = k < count[l] ? k : count[l] - 1;
        double *own = value + start[l];
        if (count[l] < 2)
            continue;
        qsort(own, count[l], sizeof *own, compare_doubles);
        for (size_t i = 0; i < count[l]; i++) {
            double distance = sorted_distance(own, count[l], i, neighbours);
            size_t within = distance > 0 ? count_within(sorted, kept, own[i], distance) : 1;
            sum += psi[neighbours] - psi[count[l]] - psi[within];
        }
    }
    double nats = kept > 0 && (common > 1 || kept == n) ? psi[kept] + sum / (double)kept : NAN;
    free(count);
    free(start);
    free(used);
    free(value);
    free(sorted);
    free(psi);
    return nats;
}
