#ifndef LIKELY_DATA_TABLE_NUMBER_TEXT_H
#define LIKELY_DATA_TABLE_NUMBER_TEXT_H

#include "base/err.h"
#include "base/slice.h"
#include "data/table/dialect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers as a dialect writes them: with a decimal comma, marks between groups of three digits, a currency or per cent
 * sign before or behind them. Marks stand between right groups only: 1.234.567,8 is a number, 1.23.4 and 0.123 are
 * none. Signs of currencies and per cent do not change the value. */
struct number_text {
    char decimal;
    char thousands; /* '\0' = none; ' ' is any kind of blank, '\'' any apostrophe */
    bool drops_signs;
    bool is_plain; /* numbers are those of number_parse */
};

struct number_text number_text_of(const struct dialect *dialect);

/* As number_parse. */
bool number_text_parse(const struct number_text *numbers, struct slice text, double *value);

/* The same number as number_parse reads it, in memory for text.n + 1 bytes; the text itself if it is no number. */
struct slice number_text_plain(const struct number_text *numbers, struct slice text, char *memory);

/* Why a text is no number of the dialect, where it is one of another: ERR_DECIMAL_COMMA, ERR_THOUSANDS, ERR_COMMA (both
 * are possible) or ERR_NUMBER_SIGN; else ERR_NO_REMEDY. */
enum err_cause number_text_cause(const struct number_text *numbers, struct slice text);

/* Fields of a column, made plain for number_parse_batch; those longer than NUMBER_TEXT_WIDTH are left empty. */
enum { NUMBER_TEXT_BATCH = 64, NUMBER_TEXT_WIDTH = 32 };
struct number_text_batch {
    char text[64 + NUMBER_TEXT_BATCH * NUMBER_TEXT_WIDTH + 64];
    uint32_t begin[NUMBER_TEXT_BATCH], end[NUMBER_TEXT_BATCH];
};

/* n <= NUMBER_TEXT_BATCH fields: field i is text[begin[i * stride] .. end[i * stride]). The 64 bytes behind each must
 * be readable. */
void number_text_gather(const struct number_text *numbers, const char *text, const uint32_t *begin, const uint32_t *end,
                        size_t n, size_t stride, struct number_text_batch *batch);

#endif
