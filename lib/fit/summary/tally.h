#ifndef LIKELY_FIT_SUMMARY_TALLY_H
#define LIKELY_FIT_SUMMARY_TALLY_H

#include "base/err.h"
#include "data/keys/counts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How often each byte, each line or each token occurs in files. Zero-initialise; lines are counted instead of
 * bytes when the caller sets `texts`, which stays the caller's, and tokens when it sets `tokens` too. A line
 * ends at LF or at the end of its file; a CR before the LF belongs to it. Tokens are what stands between runs
 * of blanks: space, tab, LF, CR, VT and FF. */
struct tally {
    uint64_t bytes[256];
    struct counts *texts;
    size_t which; /* of the sums of texts counts them */
    bool tokens;
    uint64_t n; /* of all bytes or texts */
};

/* Adds one file; "-" is standard input. gzip is inflated. Errors: it cannot be read; those of counts_trim; a text of
 * more than 1 GiB. */
enum status tally_file(struct tally *tally, const char *path, size_t threads, struct err *err);

#endif
