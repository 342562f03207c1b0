#ifndef LIKELY_DATA_TABLE_INPUT_H
#define LIKELY_DATA_TABLE_INPUT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of one file or of standard input; gzip (RFC 1952, any number of members) is recognised by its magic bytes,
 * on pipes too, and inflated on the way. */
struct input;

/* What messages call the input of a path: "standard input" for "-". */
const char *input_name(const char *path);

/* path "-" is standard input. Errors: cannot be opened, is a directory. */
enum status input_open(struct input **input, const char *path, struct err *err);
void input_close(struct input *input);

/* Lets what comes be handed on from now on when it has been there for a tenth of a second, though it does not fill the
 * buffer: at least a byte, unless the input ends. Not of gzip. */
void input_set_prompt(struct input *input);

/* Fills the buffer; *got < capacity only at the end of the input, or promptly. Errors: the system's, damaged or
 * truncated gzip. */
enum status input_read(struct input *input, char *buffer, size_t capacity, size_t *got, struct err *err);

/* Lets gzip be inflated in a thread of its own from now on. */
void input_read_ahead(struct input *input);

bool input_at_end(const struct input *input);       /* no byte follows those that were read last */
uint64_t input_consumed(const struct input *input); /* bytes read from the file, compressed ones for gzip */
uint64_t input_size(const struct input *input);     /* of a regular file; 0 = unknown */

#endif
