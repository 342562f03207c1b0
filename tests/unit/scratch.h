#ifndef LIKELY_TESTS_UNIT_SCRATCH_H
#define LIKELY_TESTS_UNIT_SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Files for a unit test, in a directory of their own that scratch_end removes. */
enum { SCRATCH_FILES = 16, SCRATCH_PATH = 200 };
static char scratch_directory[SCRATCH_PATH];
static char scratch_paths[SCRATCH_FILES][SCRATCH_PATH];
static size_t scratch_count;

static inline void scratch_begin(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(scratch_directory, sizeof scratch_directory, "%.100s/likely-unit-XXXXXX",
             parent != NULL ? parent : "/tmp");
    if (mkdtemp(scratch_directory) == NULL) {
        perror(scratch_directory);
        exit(1);
    }
}

/* The path of a file of that name, which need not exist; valid until scratch_end. */
static inline const char *scratch_path(const char *name)
{
    char path[SCRATCH_PATH];
    snprintf(path, sizeof path, "%.120s/%.60s", scratch_directory, name);
    for (size_t i = 0; i < scratch_count; i++)
        if (strcmp(scratch_paths[i], path) == 0)
            return scratch_paths[i];
    if (scratch_count == SCRATCH_FILES) {
        printf("too many scratch files\n");
        exit(1);
    }
    return strcpy(scratch_paths[scratch_count++], path);
}

/* Writes the file; returns its path. */
static inline const char *scratch_write(const char *name, const char *bytes, size_t n)
{
    const char *path = scratch_path(name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, n, file) != n || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    return path;
}

static inline void scratch_end(void)
{
    for (size_t i = 0; i < scratch_count; i++)
        unlink(scratch_paths[i]);
    rmdir(scratch_directory);
}

#endif
