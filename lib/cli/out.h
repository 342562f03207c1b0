#ifndef LIKELY_CLI_OUT_H
#define LIKELY_CLI_OUT_H

#include "base/err.h"
#include "base/slice.h"
#include "cli/command.h"
#include "cli/sink.h"
#include "text/buffer.h"

#include <stddef.h>

/* A table of results: rows of named cells as CSV, TSV, JSON (an array of objects) or an aligned table for people. */
enum out_format { OUT_CSV, OUT_TSV, OUT_JSON, OUT_TABLE };

struct out;

/* names: n column names, copied. The name of columns taken together (data/table/joint.h) makes a column of each part,
 * whose cells out_group writes. */
enum status out_open(struct out **out, const struct output_settings *settings, size_t n, const char *const *names,
                     struct err *err);
void out_number(struct out *out, double value); /* NaN is an empty cell, JSON null; inf is inf, JSON "inf" */
void out_count(struct out *out, size_t value);
/* A sum of counts or weights: whole numbers are written whole, whatever --precision says (buffer_add_total). */
void out_total(struct out *out, double value);
void out_text(struct out *out, struct slice text);   /* p NULL: an empty cell */
void out_group(struct out *out, struct slice group); /* a cell for each part of the name */
void out_word(struct out *out, const char *text);
void out_end_row(struct out *out); /* after n cells */
enum status out_close(struct out *out, struct err *err);
void out_abandon(struct out *out); /* NULL is fine */

/* The same into a sink that is somebody else's. */
void out_begin(struct out **out, struct sink *sink, int to, size_t digits, size_t n, const char *const *names);
void out_finish(struct out *out);

#endif
