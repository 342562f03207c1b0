#ifndef LIKELY_DATA_TALLY_H
#define LIKELY_DATA_TALLY_H

#include "base/err.h"
#include "data/dict.h"

#include <stddef.h>
#include <stdint.h>

/* How often each byte, or each line, occurs in files. Zero-initialise; lines are counted instead of bytes when the caller
 * sets `lines`, which stays the caller's. A line ends at LF or at the end of its file; a CR before the LF belongs to it. */
struct tally {
    uint64_t bytes[256];
    struct dict *lines;
    uint64_t *count; /* per line of the dict */
    size_t distinct, capacity;
};

/* Adds one file; "-" is standard input. gzip is inflated. */
enum status tally_file(struct tally *tally, const char *path, size_t threads, struct err *err);
void tally_free(struct tally *tally);

#endif
