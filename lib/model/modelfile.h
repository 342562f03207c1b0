#ifndef LIKELY_MODEL_MODELFILE_H
#define LIKELY_MODEL_MODELFILE_H

#include "base/err.h"
#include "model/model.h"

/* The model container, a gzip stream around fields; modelfile.c draws it. The same model gives the same bytes. Every
 * size is compared with what the stream can still hold, and with what is sensible for a file of its length, before
 * memory is allocated for it. */

enum { MODELFILE_VERSION = 1 };
#define MODELFILE_MAGIC "LIKELYM\n"

/* name is for messages only. Reads to the end of the descriptor: bytes behind the model are an error. */
enum status modelfile_read(int fd, const char *name, struct model **model, struct err *err);

/* Whether bytes begin as a model does, in a gzip stream; false for fewer than 2. */
bool modelfile_is_gzip(const void *bytes, size_t n);

/* The same on bytes in memory; *bytes is malloc'ed. */
enum status modelfile_decode(const void *bytes, size_t n, const char *name, struct model **model, struct err *err);
void modelfile_encode(const struct model *model, void **bytes, size_t *n);

/* path "-" is standard input. */
enum status modelfile_load(const char *path, struct model **model, struct err *err);

#endif
