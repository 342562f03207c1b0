#ifndef LIKELY_DATA_TALLY_H
#define LIKELY_DATA_TALLY_H

#include "base/err.h"
#include "data/dict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How often each byte, each line or each token occurs in files. Zero-initialise; lines are counted instead of bytes when the
 * caller sets `texts`, which stays the caller's, and tokens when it sets `tokens` too. A line ends at LF or at the end of its
 * file; a CR before the LF belongs to it. Tokens are what stands between runs of blanks: space, tab, LF, CR, VT and FF. */
struct tally {
    uint64_t bytes[256];
    struct dict *texts;
    bool tokens;
    uint64_t *count; /* per text of the dict */
    size_t distinct, capacity;
};

/* Adds one file; "-" is standard input. gzip is inflated. */
enum status tally_file(struct tally *tally, const char *path, size_t threads, struct err *err);
void tally_free(struct tally *tally);

#endif
