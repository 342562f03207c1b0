#ifndef LIKELY_FIT_SUMMARY_TALLY_H
#define LIKELY_FIT_SUMMARY_TALLY_H

#include "base/err.h"
#include "data/keys/counts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How often each byte, each line or each token occurs in files. Zero-initialise. With `texts` set, which stays
 * the property of the caller, lines are counted instead of bytes; with `tokens` as well, tokens. A line ends at
 * LF or at the end of its file; a CR before the LF belongs to it. Tokens are separated by runs of space, tab,
 * LF, CR, VT and FF. */
struct tally {
    uint64_t bytes[256];
    struct counts *texts;
    size_t which; /* index of the sum of each key in `texts` that is increased */
    bool tokens;
    bool decompresses; /* bytes are counted as compressed files decompress; else as they are in the file */
    uint64_t n;        /* number of all bytes or texts */
};

/* Adds one file; "-" is standard input. Lines and tokens of compressed files are those that they
 * decompress to. Errors: the file cannot be read; those of counts_trim; a text longer than 1 GiB. */
enum status tally_file(struct tally *tally, const char *path, size_t threads, struct err *err);

#endif
