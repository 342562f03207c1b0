#ifndef LIKELY_DATA_TABLE_SAMPLE_H
#define LIKELY_DATA_TABLE_SAMPLE_H

#include "base/slice.h"
#include "data/table/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The records of the head of a file in some dialect, however ragged they are, for the detection of dialects. Offsets
 * are those in the text. */
struct sample {
    const char *text;
    size_t rows;
    struct sample_row *row;
    uint32_t *begin, *end; /* of fields, without their quotes */
    size_t fields, faults; /* faults of quotes, each of which ends its record */
    size_t unclosed;       /* of these: quotes that are not closed */
    size_t rows_capacity, begin_capacity, end_capacity;
};

struct sample_row {
    size_t first, width; /* its fields */
    size_t at, end;      /* its text, without the line end */
    size_t line;         /* from 1 */
    bool has_fault;
};

/* Splits the text, at most `most` records of it. A last record without a line end counts if the text is whole. */
void sample_split(struct sample *sample, const struct dialect *dialect, struct slice text, bool is_whole, size_t most);
void sample_free(struct sample *sample);

static inline struct slice sample_field(const struct sample *sample, size_t row, size_t field)
{
    size_t i = sample->row[row].first + field;
    return (struct slice){sample->text + sample->begin[i], sample->end[i] - sample->begin[i]};
}

/* The width that most records have; the larger one if two are as common. *n: how many have it. */
size_t sample_mode(const struct sample *sample, size_t from, size_t *n);

#endif
