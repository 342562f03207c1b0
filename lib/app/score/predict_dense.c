/* Predictions for the rows of a table with columns.
 *
 * 1. find_features: the columns of the models' numbers and categories, by name.
 * 2. prepare_rows: missing values, and the levels of the categories of each row.
 * 3. predict_estimable_check: rows that the training data of a linear model do not determine.
 * 4. ensemble_predict: a block of rows at once (model/ensemble.c).
 * Blocks are predicted on all threads (map_block), and written in order (reduce_block); memory is constant. */
#include "app/score/predict_estimable.h"
#include "app/score/predict_work.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "data/table/row_check.h"

#include <string.h>

/* Adds the remedy of rows without a header: names, which are known where the model reads as many numbers as there are
 * columns. */
static void suggest_names(const struct table *table, const struct ensemble *e, struct err *err)
{
    struct buffer names = {0};
    for (uint32_t j = 0; j < dict_count(e->numbers); j++) {
        if (j > 0)
            buffer_add_char(&names, ',');
        buffer_add_text(&names, dict_text(e->numbers, j).p);
    }
    bool is_known = dict_count(e->texts) == 0 && dict_count(e->numbers) == table_width(table) && names.n < ERR_ECHO / 2;
    buffer_add_char(&names, '\0');
    err_because(err, is_known ? ERR_UNNAMED_NUMBERS : ERR_UNNAMED_COLUMNS, is_known ? names.p : NULL);
    buffer_free(&names);
}

/* what: "feature" or "offset". */
static enum status lacks_column(const struct table *table, const struct ensemble *e, const char *what,
                                const char *column, struct err *err)
{
    char echo[ERR_ECHO], near_echo[ERR_ECHO];
    err_echo(echo, slice_of(column));
    const char *near = nearest_word(table_names(table), table_width(table), column);
    if (!table_has_header(table)) {
        err_data(err, "the input has no header, which the model's %s '%s' requires", what, echo);
        suggest_names(table, e, err);
    } else if (near != NULL) {
        err_data(err, "the model's %s '%s' is missing; did you mean '%s'?", what, echo,
                 err_echo(near_echo, slice_of(near)));
    } else {
        err_data(err, "the model's %s '%s' is missing", what, echo);
    }
    return err_at(err, table_file(table), 0);
}

static bool is_offset(const struct ensemble *e, const char *column)
{
    for (size_t m = 0; m < e->n; m++)
        if (e->member[m]->offset != NULL && strcmp(e->member[m]->offset, column) == 0)
            return true;
    return false;
}

static enum status want_features(struct table *table, const struct ensemble *e, const struct dict *features,
                                 size_t (*want)(struct table *table, size_t column), struct err *err)
{
    for (uint32_t j = 0; j < dict_count(features); j++) {
        const char *feature = dict_text(features, j).p;
        size_t column = 0;
        while (column < table_width(table) && strcmp(table_name(table, column), feature) != 0)
            column++;
        if (column == table_width(table))
            return lacks_column(table, e, is_offset(e, feature) ? "offset" : "feature", feature, err);
        want(table, column);
    }
    return STATUS_OK;
}

static enum status find_features(struct table *table, const struct ensemble *e, struct err *err)
{
    enum status status = want_features(table, e, e->numbers, table_want_number, err);
    return status == STATUS_OK ? want_features(table, e, e->texts, table_want_text, err) : status;
}

/* A category that model m does not know: an error, an empty prediction, or PREDICTOR_UNSEEN in its place. */
static enum status find_unseen(const struct predict *job, struct predict_part *part, const struct block *b, size_t row,
                               size_t slot, const struct dict *levels, struct err *err)
{
    char echo[ERR_ECHO], reference[ERR_ECHO];
    err_echo(echo, b->texts[slot][row]);
    if (job->options->unseen == PREDICT_UNSEEN_ERROR) {
        block_text_error(b, row, slot, err, "the model has no category '%s'", echo);
        return err_because(err, ERR_UNSEEN_LEVEL, NULL);
    }
    struct err *first = &part->events.of[PREDICT_UNSEEN].first;
    if (!part->missing[row] && predict_events_add(&part->events, PREDICT_UNSEEN, row)) {
        if (job->options->unseen == PREDICT_UNSEEN_REFERENCE)
            block_text_error(b, row, slot, first, "'%s' as '%s'", echo, err_echo(reference, dict_text(levels, 0)));
        else
            block_text_error(b, row, slot, first, "'%s'", echo);
    }
    part->missing[row] |= job->options->unseen == PREDICT_UNSEEN_MISSING;
    return STATUS_OK;
}

/* The level of the row's category. */
static enum status find_level(const struct predict *job, struct predict_part *part, const struct block *b, size_t row,
                              size_t slot, const struct dict *levels, uint32_t *level, struct err *err)
{
    struct slice text = b->texts[slot][row];
    *level = text.p != NULL ? dict_find(levels, text) : PREDICTOR_UNSEEN;
    if (text.p == NULL || *level != PREDICTOR_UNSEEN)
        return STATUS_OK;
    return find_unseen(job, part, b, row, slot, levels, err);
}

/* Those of every model. */
static enum status find_levels(const struct predict *job, struct predict_part *part, const struct block *b, size_t row,
                               struct err *err)
{
    const struct ensemble *e = job->ensemble;
    uint32_t *level = part->level;
    for (size_t m = 0; m < e->n; level += b->rows * e->member[m]->texts, m++) {
        for (size_t t = 0; t < e->member[m]->texts; t++) {
            enum status status = find_level(job, part, b, row, e->columns[m].text[t], e->member[m]->levels[t],
                                            &level[row * e->member[m]->texts + t], err);
            if (status != STATUS_OK)
                return status;
        }
    }
    return STATUS_OK;
}

/* Checks every row and finds the levels of its categories. */
static enum status prepare_rows(const struct predict *job, struct predict_part *part, const struct block *b,
                                struct err *err)
{
    size_t texts = job->ensemble->all_texts;
    part->level = mem_grow(part->level, &part->level_capacity, b->rows * texts, sizeof *part->level);
    part->missing = mem_grow(part->missing, &part->missing_capacity, b->rows, sizeof *part->missing);
    struct row_check check = {.numbers = dict_count(job->ensemble->numbers),
                              .texts = dict_count(job->ensemble->texts),
                              .missing = job->options->skip_missing ? ERR_NO_REMEDY : ERR_MISSING_INPUT,
                              .skips_infinite = job->options->skip_missing};
    memset(&part->events, 0, sizeof part->events);
    for (size_t row = 0; row < b->rows; row++) {
        enum status status = row_check(&check, b, row, &part->missing[row], err);
        if (part->missing[row] && predict_events_add(&part->events, PREDICT_MISSING, row))
            block_row_error(b, row, &part->events.of[PREDICT_MISSING].first, "the value is missing");
        if (status == STATUS_OK && texts > 0)
            status = find_levels(job, part, b, row, err);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status map_block(void *context, void *state, struct block *b, struct err *err)
{
    struct predict *job = context;
    struct predict_part *part = state;
    part->text.n = 0;
    enum status status = prepare_rows(job, part, b, err);
    if (status == STATUS_OK && job->checks_rows)
        status = predict_estimable_check(job, part, b, err);
    if (status != STATUS_OK)
        return status;
    struct ensemble_rows rows = {b->rows, b->numbers, b->row_step, part->level, part->missing};
    struct ensemble_refusal refusal = ensemble_predict(job->ensemble, &rows, &part->work);
    if (refusal.reason != NULL) {
        block_row_error(b, refusal.row, err, "%s", refusal.reason);
        return err_because(err, refusal.cause, NULL);
    }
    for (size_t row = 0; row < b->rows; row++)
        predict_write_row(job, part, b, row, part->missing[row]);
    return STATUS_OK;
}

static enum status reduce_block(void *context, void *state, struct block *b, struct err *err)
{
    struct predict *job = context;
    struct predict_part *part = state;
    predict_events_merge(job->events, &part->events, job->rows, b->first_line);
    job->rows += b->rows;
    return predict_write_part(context, state, err);
}

enum status predict_dense(struct predict *job, struct table *table, struct err *err)
{
    struct table_fold fold = {sizeof(struct predict_part), map_block, reduce_block, predict_part_release};
    enum status status = find_features(table, job->ensemble, err);
    if (status == STATUS_OK)
        status = predict_write_header(job, err);
    if (status == STATUS_OK)
        status = table_fold(table, &fold, job, job->options->threads, err);
    return status;
}
