#ifndef LIKELY_DATA_TABLE_INPUT_H
#define LIKELY_DATA_TABLE_INPUT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of one file or of standard input. Compressed files (codec.h) are recognised by their first bytes and
 * decompressed. */
struct input;
struct codec;

/* The name of an input in messages: its path, or "standard input" for "-". */
const char *input_name(const char *path);

/* Whether the path is that of a regular file, which can be read again. */
bool input_is_file(const char *path);

/* path "-" is standard input. Errors: cannot be opened, is a directory. */
enum status input_open(struct input **input, const char *path, struct err *err);
void input_close(struct input *input);

/* Leaves the bytes as they are in the file. Set it before the first bytes are read. */
void input_keep_compressed(struct input *input);

/* From now on input_read returns, before the buffer is full, what has been there for 0.1 s: at least a byte, unless the
 * input ends. No effect on compressed files. */
void input_set_prompt(struct input *input);

/* Fills the buffer; *got < capacity only at the end of the input, or if it is prompt. Errors: of the system;
 * compressed data that are damaged, truncated or of a format whose library this build lacks. */
enum status input_read(struct input *input, char *buffer, size_t capacity, size_t *got, struct err *err);

/* Decompresses in a thread of its own from now on. */
void input_read_ahead(struct input *input);

/* By what the bytes are decompressed, once the first have been read; NULL = they are those of the file. */
const struct codec *input_codec(const struct input *input);

bool input_at_end(const struct input *input);       /* all bytes have been read */
uint64_t input_consumed(const struct input *input); /* bytes read from the file, as they are there */
uint64_t input_size(const struct input *input);     /* of a regular file; 0 = unknown */

#endif
