#ifndef LIKELY_DATA_TABLE_STRANGER_H
#define LIKELY_DATA_TABLE_STRANGER_H

#include "base/err.h"
#include "base/slice.h"

struct codec;

/* Refuses a file that begins so if it is no text table: the reason says what it is instead and what to do about it.
 * codec: by which the bytes were decompressed; NULL = they are those of the file. */
enum status stranger_refuse(struct slice head, const struct codec *codec, struct err *err);

#endif
