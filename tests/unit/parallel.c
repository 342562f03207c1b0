/* Map and reduce give the same bits in the same order for any number of threads, and stop at the first error. */

#include "base/parallel.h"

#include "test.h"

#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

enum { JOBS = 500, WORKERS = 8 };

struct jobs {
    size_t taken, n;
    size_t current[WORKERS]; /* the job of each worker */
    uint64_t result[WORKERS];
    size_t given[JOBS], n_given, stop_at;
    _Atomic int taking, giving; /* how many do so at this moment */
    bool takes_overlapped, gives_overlapped;
};

static bool take(void *context, size_t worker)
{
    struct jobs *j = context;
    j->takes_overlapped |= atomic_fetch_add(&j->taking, 1) != 0;
    bool more = j->taken < j->n;
    if (more)
        j->current[worker] = j->taken++;
    atomic_fetch_sub(&j->taking, 1);
    return more;
}

/* Early jobs take longest, so that they would come last were they not put in order. */
static void work(void *context, size_t worker)
{
    struct jobs *j = context;
    size_t job = j->current[worker];
    if (job % 7 == 0)
        nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
    j->result[worker] = job * job;
}

static bool give(void *context, size_t worker)
{
    struct jobs *j = context;
    bool overlapped = atomic_fetch_add(&j->giving, 1) != 0;
    j->gives_overlapped |= overlapped || j->result[worker] != j->current[worker] * j->current[worker];
    j->given[j->n_given++] = j->current[worker];
    atomic_fetch_sub(&j->giving, 1);
    return j->n_given < j->stop_at;
}

static struct jobs run(size_t n, size_t threads, size_t stop_at)
{
    struct jobs jobs = {.n = n, .stop_at = stop_at};
    parallel_pipeline(&(struct parallel_pipeline){.context = &jobs, .take = take, .work = work, .give = give}, threads);
    return jobs;
}

static bool in_order(const struct jobs *jobs)
{
    for (size_t i = 0; i < jobs->n_given; i++)
        if (jobs->given[i] != i)
            return false;
    return !jobs->takes_overlapped && !jobs->gives_overlapped;
}

static void test_jobs_are_given_in_the_order_of_taking(void)
{
    for (size_t threads = 1; threads <= WORKERS; threads++) {
        struct jobs jobs = run(JOBS, threads, SIZE_MAX);
        CHECK(jobs.n_given == JOBS && in_order(&jobs), "%zu threads", threads);
    }
    struct jobs none = run(0, 4, SIZE_MAX), fewer = run(2, WORKERS, SIZE_MAX);
    CHECK(none.n_given == 0 && fewer.n_given == 2 && in_order(&fewer));
}

static void test_a_refused_gift_stops_the_line(void)
{
    for (size_t threads = 1; threads <= WORKERS; threads++) {
        struct jobs jobs = run(JOBS, threads, 30);
        CHECK(jobs.n_given == 30 && in_order(&jobs), "%zu threads give %zu", threads, jobs.n_given);
        CHECK(jobs.taken < 30 + 2 * threads + 2, "%zu threads took %zu", threads, jobs.taken);
    }
}

struct sums {
    double part[WORKERS], sum;
    size_t next;
    bool in_order;
};

static void map(void *context, size_t worker, size_t index)
{
    struct sums *s = context;
    s->part[worker] = 1 / (double)(index + 1);
}

static void reduce(void *context, size_t worker, size_t index)
{
    struct sums *s = context;
    s->in_order &= index == s->next++;
    s->sum += s->part[worker];
}

static void test_reduction_has_the_same_bits_for_any_number_of_threads(void)
{
    double sum = 0;
    for (size_t i = 0; i < 1000; i++)
        sum += 1 / (double)(i + 1);
    for (size_t threads = 1; threads <= WORKERS; threads++) {
        struct sums sums = {.in_order = true};
        parallel_reduce(1000, threads, &sums, map, reduce);
        CHECK(sums.sum == sum && sums.in_order && sums.next == 1000, "%zu threads", threads);
    }
}

int main(void)
{
    test_jobs_are_given_in_the_order_of_taking();
    test_a_refused_gift_stops_the_line();
    test_reduction_has_the_same_bits_for_any_number_of_threads();
    CHECK(parallel_cpus() >= 1);
    return test_report("parallel");
}
