/* Memory that lies in a temporary file holds what was stored and leaves no file behind. */

#include "data/keys/spool.h"

#include "scratch.h"
#include "test.h"

#include <dirent.h>
#include <stdint.h>

/* How many entries a directory has besides . and .. */
static size_t count_entries(const char *path)
{
    size_t n = 0;
    DIR *directory = opendir(path);
    while (directory != NULL && readdir(directory) != NULL)
        n++;
    if (directory != NULL)
        closedir(directory);
    return n - 2;
}

static void test_memory_is_apart_and_keeps_what_it_holds(void)
{
    enum { PIECES = 50 };
    struct spool *spool = NULL;
    struct err err = {0};
    double *piece[PIECES];
    CHECK(spool_open(&spool, scratch_directory, &err) == STATUS_OK, "%s", err.reason);
    CHECK(count_entries(scratch_directory) == 0, "the file has no name");
    for (size_t i = 0; i < PIECES; i++) {
        void *memory = NULL;
        CHECK(spool_alloc(spool, 1 + i * 1000, sizeof(double), &memory, &err) == STATUS_OK, "%s", err.reason);
        CHECK((uintptr_t)memory % 64 == 0);
        piece[i] = memory;
        for (size_t k = 0; k <= i * 1000; k++)
            piece[i][k] = (double)(i * 100000 + k);
    }
    size_t wrong = 0;
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k <= i * 1000; k++)
            wrong += piece[i][k] != (double)(i * 100000 + k);
    CHECK(wrong == 0, "%zu numbers changed", wrong);
    spool_close(spool);
    spool_close(NULL);
}

static void test_errors(void)
{
    struct spool *spool = NULL;
    struct err err = {0};
    CHECK(spool_open(&spool, scratch_path("missing"), &err) == STATUS_IO && spool == NULL);
    CHECK(strcmp(err.reason,
                 "cannot create a temporary file for data that exceeds the memory limit: No such file or directory") ==
          0);
    CHECK(strcmp(err.file, scratch_path("missing")) == 0);
}

int main(void)
{
    scratch_begin();
    test_memory_is_apart_and_keeps_what_it_holds();
    test_errors();
    scratch_end();
    return test_report("spool");
}
