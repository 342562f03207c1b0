#ifndef LIKELY_DATA_TABLE_DETECT_H
#define LIKELY_DATA_TABLE_DETECT_H

#include "base/err.h"
#include "base/slice.h"
#include "data/table/dialect.h"
#include "data/table/missing.h"
#include "text/buffer.h"

#include <stdbool.h>

/* Finds what the options do not say about the dialect of a text table, from the first bytes of the file; is_whole: they
 * are all there are. The result depends on these bytes and on the options alone.
 *
 * found->format is CSV, TSV or TEXT before the call, as sniff_dialect finds it, with its delimiter. facts: what was
 * assumed beyond plain text and was not given, in words for a notice ("2 title lines are skipped, header in line 3");
 * evidence: how it was told, for people who ask. Error: two readings are about as likely. */
enum status detect_dialect(struct slice head, bool is_whole, const struct dialect *given, const struct missing *missing,
                           struct dialect *found, struct buffer *facts, struct buffer *evidence, struct err *err);

#endif
