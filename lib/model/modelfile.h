#ifndef LIKELY_MODEL_MODELFILE_H
#define LIKELY_MODEL_MODELFILE_H

#include "base/err.h"
#include "model/model.h"

/* The model container: a gzip stream (header time 0) around
 *     magic "LIKELYM\n", u32 format version, fields …, end mark
 * little-endian; layout and limits are stated in modelfile.c. The same model gives the same bytes. Every size
 * is bounded by what the stream can still hold, and by what is sensible for a file of its length, before
 * memory is allocated for it. */

enum { MODELFILE_VERSION = 1 };

/* name is for messages only. Reads to the end of the descriptor: bytes behind the model are an error. */
enum status modelfile_read(int fd, const char *name, struct model **model, struct err *err);

/* The same on bytes in memory; *bytes is malloc'ed. */
enum status modelfile_decode(const void *bytes, size_t n, const char *name, struct model **model, struct err *err);
void modelfile_encode(const struct model *model, void **bytes, size_t *n);

/* path "-" is standard input. */
enum status modelfile_load(const char *path, struct model **model, struct err *err);

#endif
