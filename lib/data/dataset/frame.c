/* Columns of a table in memory, for pictures. Threads check the numbers of their blocks (frame_map); rows are copied in
 * the order of the table (frame_reduce), the words of text columns being numbered as they are met. */

#include "data/dataset/frame.h"

#include "base/mem.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>

struct frame_loader {
    const struct frame_options *options;
    struct frame *frame;
};

static enum status limit_error(const struct block *b, size_t row, size_t slot, const struct frame_number *number,
                               struct err *err)
{
    char least[NUMBER_MAX], most[NUMBER_MAX], value[NUMBER_MAX];
    int n_least = (int)number_write(least, number->least), n_most = (int)number_write(most, number->most);
    int n_value = (int)number_write(value, b->numbers[slot * b->column_step + row * b->row_step]);
    if (isinf(number->most))
        return block_number_error(b, row, slot, err, "%.*s is less than %.*s", n_value, value, n_least, least);
    return block_number_error(b, row, slot, err, "%.*s is not between %.*s and %.*s", n_value, value, n_least, least,
                              n_most, most);
}

/* Refuses the first number of the block that is infinite or outside its limits. */
static enum status frame_map(void *context, void *state, struct block *b, struct err *err)
{
    const struct frame_options *options = ((const struct frame_loader *)context)->options;
    (void)state;
    for (size_t r = 0; r < b->rows; r++)
        for (size_t i = 0; i < options->n_numbers; i++) {
            const struct frame_number *number = &options->numbers[i];
            double value = b->numbers[i * b->column_step + r * b->row_step];
            if (isinf(value) && !options->keep_missing)
                return block_number_error(b, r, i, err, "the value is infinite");
            if (value < number->least || value > number->most)
                return limit_error(b, r, i, number, err);
        }
    return STATUS_OK;
}

static bool lacks_value(const struct frame_options *options, const struct block *b, size_t row)
{
    bool lacks = false;
    for (size_t i = 0; i < options->n_numbers && !options->keep_missing; i++)
        lacks |= isnan(b->numbers[i * b->column_step + row * b->row_step]) != 0;
    for (size_t i = 0; i < options->n_texts; i++)
        lacks |= b->texts[i][row].p == NULL;
    return lacks;
}

static enum status frame_reduce(void *context, void *state, struct block *b, struct err *err)
{
    const struct frame_loader *load = context;
    struct frame *f = load->frame;
    (void)state;
    (void)err;
    f->number = mem_grow(f->number, &f->number_capacity, (f->rows + b->rows) * f->numbers, sizeof *f->number);
    f->code = mem_grow(f->code, &f->code_capacity, (f->rows + b->rows) * f->texts, sizeof *f->code);
    for (size_t r = 0; r < b->rows; r++) {
        if (lacks_value(load->options, b, r)) {
            f->skipped++;
            continue;
        }
        for (size_t i = 0; i < f->numbers; i++)
            f->number[f->rows * f->numbers + i] = b->numbers[i * b->column_step + r * b->row_step];
        for (size_t i = 0; i < f->texts; i++)
            f->code[f->rows * f->texts + i] = dict_add(f->words[i], b->texts[i][r]);
        f->rows++;
    }
    return STATUS_OK;
}

enum status frame_load(struct frame **frame, struct table *table, const struct frame_options *options, struct err *err)
{
    struct frame *f = mem_zero(1, sizeof *f);
    f->numbers = options->n_numbers;
    f->texts = options->n_texts;
    f->words = mem_alloc(f->texts, sizeof *f->words);
    for (size_t i = 0; i < f->texts; i++)
        f->words[i] = dict_new();
    for (size_t i = 0; i < f->numbers; i++)
        table_want_number(table, options->numbers[i].column);
    for (size_t i = 0; i < f->texts; i++)
        table_want_text(table, options->texts[i]);
    struct frame_loader load = {options, f};
    struct table_fold fold = {.map = frame_map, .reduce = frame_reduce};
    enum status status = table_fold(table, &fold, &load, options->threads, err);
    if (status != STATUS_OK) {
        frame_free(f);
        return status;
    }
    *frame = f;
    return STATUS_OK;
}

void frame_free(struct frame *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->texts; i++)
        dict_free(f->words[i]);
    free(f->words);
    free(f->number);
    free(f->code);
    free(f);
}
