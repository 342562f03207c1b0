/* Every piece of work is done exactly once, for any number of threads. */

#include "base/crew.h"

#include "test.h"

#include <stdatomic.h>
#include <time.h>

enum { JOBS = 300 };

struct piece {
    atomic_size_t times[JOBS];
};

static void work(void *context, size_t job)
{
    struct piece *piece = context;
    if (job % 50 == 49)
        nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
    atomic_fetch_add(&piece->times[job], 1);
}

static void check_pieces(size_t threads)
{
    struct crew *crew = crew_new(threads);
    size_t wrong = 0;
    for (size_t round = 0; round < 2000; round++) {
        struct piece piece = {0};
        size_t n = round % 100 == 0 ? JOBS : round % 7;
        crew_run(crew, n, &piece, work);
        for (size_t i = 0; i < JOBS; i++)
            wrong += atomic_load(&piece.times[i]) != (i < n);
        if (round % 500 == 3) /* long enough to fall asleep */
            nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    CHECK(wrong == 0, "%zu threads: %zu jobs were not done once", threads, wrong);
    crew_free(crew);
}

int main(void)
{
    check_pieces(1);
    check_pieces(2);
    check_pieces(5);
    crew_free(crew_new(3));
    crew_free(NULL);
    return test_report("crew");
}
