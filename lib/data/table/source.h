#ifndef LIKELY_DATA_TABLE_SOURCE_H
#define LIKELY_DATA_TABLE_SOURCE_H

#include "base/err.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Several inputs, one behind the other, as blocks of text that end at record ends. Where they are cut depends on the
 * bytes alone, unless they are to come promptly. A byte-order mark at the head of a file is left out. */
struct source;

enum { SOURCE_BLOCK = 1 << 18 }; /* bytes; a longer record makes a longer block */

/* A block's bytes, with RECORDS_PADDING readable bytes on either side. Zero-initialise; reused from call to call. */
struct source_block {
    char *bytes;
    size_t n;
    size_t file;        /* which of the paths, from 0 */
    bool first_of_file; /* a file's first block comes even if it is empty */
    char *memory;
    size_t capacity;
};

/* paths stay the caller's and must live on; none means standard input. */
void source_new(struct source **source, const char *const *paths, size_t n_paths);
void source_free(struct source *source);

/* The first bytes of the first file (as many as a block holds, or all there are), before anything is cut. */
enum status source_peek(struct source *source, struct slice *bytes, struct err *err);

/* 0: blank-separated text. To be said before the first block is taken. */
void source_set_delimiter(struct source *source, char delimiter);

/* Blocks of so many bytes, at most SOURCE_BLOCK, from now on. */
void source_set_block(struct source *source, size_t bytes);

/* Lets blocks be cut behind what has come, where nothing more comes for a tenth of a second: where they are then
 * depends on when bytes come. To be said before the first bytes are asked for. */
void source_set_prompt(struct source *source);

/* Lets compressed files be inflated in a thread of their own from now on. */
void source_read_ahead(struct source *source);

/* The next block; *more = false and no block when everything has been given. */
enum status source_next(struct source *source, struct source_block *block, bool *more, struct err *err);
void source_block_free(struct source_block *block);

bool source_at_end(const struct source *source); /* no block follows the one given last */
const char *source_name(const struct source *source, size_t file);
void source_progress(const struct source *source, uint64_t *consumed, uint64_t *total);

#endif
