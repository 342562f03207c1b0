#ifndef LIKELY_DATA_TABLE_SOURCE_H
#define LIKELY_DATA_TABLE_SOURCE_H

#include "base/err.h"
#include "base/slice.h"
#include "data/table/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Several inputs in turn, as blocks of text that end at record ends. Cuts depend on the bytes alone, unless the source
 * is prompt. A byte-order mark at the head of a file is dropped, and so are the lines that the dialect does at the head
 * and at the end of a file. */
struct source;
struct codec;

enum { SOURCE_BLOCK = 1 << 18 };      /* bytes; a longer record makes a longer block */
enum { SOURCE_RECORD_MAX = 1 << 28 }; /* bytes; a longer record is an error */

/* A block, with RECORDS_PADDING readable bytes before and behind it. Zero-initialise; reused from call to call. */
struct source_block {
    char *bytes;
    size_t n;
    size_t file;        /* which of the paths, from 0 */
    bool first_of_file; /* the first block of a file is given even if it is empty */
    size_t skipped;     /* of the first block of a file: lines of the file before it */
    char *memory;
    size_t capacity;
};

/* The caller keeps the paths, which must outlive the source; none means standard input. */
void source_new(struct source **source, const char *const *paths, size_t n_paths);
void source_free(struct source *source);

/* A source of the same files from their beginning; false, and none, if one of them can be read only once. */
bool source_reopen(struct source **again, const struct source *source);

/* The first bytes of the first file (as many as a block holds, or all there are), before anything is skipped or cut. A
 * prompt source gives what it has as soon as there are `lines` lines. */
enum status source_peek(struct source *source, size_t lines, struct slice *bytes, struct err *err);

/* The encoding of all files; DIALECT_ENCODING_AUTO: each is detected. Set it before the first bytes are read. */
void source_set_encoding(struct source *source, enum dialect_encoding encoding);

/* The encoding of the file read last. */
enum dialect_encoding source_encoding(const struct source *source);

/* Whether the file whose head was given by source_peek has no more bytes. */
bool source_head_is_whole(const struct source *source);

/* The dialect, whose format is known and which must outlive the source. Set it before the first block is taken. The
 * first block of each file has all its header lines. */
void source_set_dialect(struct source *source, const struct dialect *dialect);

/* By what the bytes of the open file are decompressed; NULL = they are those of the file. */
const struct codec *source_codec(const struct source *source);

/* Sets the size of the next blocks, at most SOURCE_BLOCK. */
void source_set_block(struct source *source, size_t bytes);

/* Lets blocks end early when no bytes come for 0.1 s; the cuts then depend on when bytes come. Set it before the first
 * bytes are read. */
void source_set_prompt(struct source *source);

/* Decompresses files in a thread of its own from now on. */
void source_read_ahead(struct source *source);

/* The next block; *more = false and no block when everything has been given. */
enum status source_next(struct source *source, struct source_block *block, bool *more, struct err *err);
/* Makes room for n bytes, which may be written to, and keeps those of the block. */
void source_block_reserve(struct source_block *block, size_t n);
void source_block_free(struct source_block *block);

bool source_at_end(const struct source *source); /* no block follows the one given last */
const char *source_name(const struct source *source, size_t file);
void source_progress(const struct source *source, uint64_t *consumed, uint64_t *total);

#endif
