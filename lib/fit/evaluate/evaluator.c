/* Losses of predictions in a block of rows, for evaluation.c and for gradients of rows.
 *
 * 1. evaluator_new asks the table for the columns of all terms; terms share columns.
 * 2. evaluator_map works on a block in any thread: it lists the complete rows (choose_rows), numbers the classes
 *    of the targets (number_labels), and for each term gathers predictions and targets, checks them and calls
 *    the loss on the whole batch (evaluate_term).
 * 3. evaluator_reduce, called in the order of the blocks, checks that a column of one class against another
 *    meets only two classes.
 *
 * The first error in the order of the rows is reported: an error drops its row and those behind it, so that a
 * later term can only find an earlier one. Memory: arrays of a block's size per thread, reused. */
#include "fit/evaluate/evaluator.h"

#include "base/mem.h"
#include "data/keys/names.h"
#include "fit/evaluate/mismatch.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>

/* The slots of the predictions and targets of one term, and its classes as known to evaluator_reduce. */
struct evaluator_slots {
    size_t *numbers, *targets; /* n slots each */
    size_t label;
    char *other; /* the class found beside the positive one; NULL: none yet */
};

struct evaluator {
    const struct evaluator_options *options;
    struct evaluator_slots *slots; /* per term */
    size_t target_number, target_text, weight, group;
    size_t *number_columns, *text_columns; /* per slot */
    size_t n_numbers, n_texts, numbers_capacity, texts_capacity;
    bool of_classes; /* some target is a class */
    struct mismatch mismatch;
};

/* ---- columns ---- */

static size_t want(size_t **columns, size_t *n, size_t *capacity, size_t column, struct table *table,
                   size_t (*ask)(struct table *table, size_t column))
{
    for (size_t s = 0; s < *n; s++)
        if ((*columns)[s] == column)
            return s;
    *columns = mem_grow(*columns, capacity, *n + 1, sizeof **columns);
    (*columns)[(*n)++] = column;
    return ask(table, column);
}

static size_t want_number(struct evaluator *e, struct table *table, size_t column)
{
    return want(&e->number_columns, &e->n_numbers, &e->numbers_capacity, column, table, table_want_number);
}

static size_t want_text(struct evaluator *e, struct table *table, size_t column)
{
    return want(&e->text_columns, &e->n_texts, &e->texts_capacity, column, table, table_want_text);
}

void evaluator_new(struct evaluator **evaluator, struct table *table, const struct evaluator_options *o)
{
    struct evaluator *e = mem_zero(1, sizeof *e);
    e->options = o;
    e->slots = mem_zero(o->n_terms, sizeof *e->slots);
    for (size_t i = 0; i < o->n_terms; i++) {
        const struct evaluator_term *t = &o->terms[i];
        struct evaluator_slots *s = &e->slots[i];
        s->numbers = mem_zero(t->n, sizeof *s->numbers);
        for (size_t k = 0; !t->labelled && k < t->n; k++)
            s->numbers[k] = want_number(e, table, t->columns[k]);
        if (t->labelled)
            s->label = want_text(e, table, t->columns[0]);
        s->targets = mem_zero(t->n, sizeof *s->targets);
        for (size_t k = 0; t->targets != NULL && k < t->n; k++)
            s->targets[k] = want_number(e, table, t->targets[k]);
        if (t->targets != NULL)
            continue;
        if (loss_is_of_numbers(t->loss))
            e->target_number = want_number(e, table, o->target);
        else
            e->target_text = want_text(e, table, o->target);
        e->of_classes |= !loss_is_of_numbers(t->loss);
    }
    if (o->weighted)
        e->weight = want_number(e, table, o->weight);
    if (o->by_group)
        e->group = want_text(e, table, o->group);
    *evaluator = e;
}

void evaluator_free(struct evaluator *e)
{
    if (e == NULL)
        return;
    for (size_t i = 0; i < e->options->n_terms; i++) {
        free(e->slots[i].numbers);
        free(e->slots[i].targets);
        free(e->slots[i].other);
    }
    mismatch_release(&e->mismatch);
    free(e->slots);
    free(e->number_columns);
    free(e->text_columns);
    free(e);
}

static double number_at(const struct block *b, size_t slot, size_t row)
{
    return b->numbers[row * b->row_step + slot * b->column_step];
}

double evaluator_weight(const struct evaluator *e, const struct block *b, size_t row)
{
    return e->options->weighted ? number_at(b, e->weight, row) : 1;
}

struct slice evaluator_group(const struct evaluator *e, const struct block *b, size_t row)
{
    return e->options->by_group ? b->texts[e->group][row] : slice_of("");
}

/* ---- rows ---- */

static enum status missing_error(const struct evaluator *e, const struct block *b, size_t row, struct err *err)
{
    static const char reason[] = "the value is missing";
    size_t number = 0, text = 0;
    while (number < e->n_numbers && !isnan(number_at(b, number, row)))
        number++;
    while (number == e->n_numbers && b->texts[text][row].p != NULL)
        text++;
    if (number < e->n_numbers)
        block_number_error(b, row, number, err, reason);
    else
        block_text_error(b, row, text, err, reason);
    return err_because(err, ERR_MISSING_VALUE, NULL);
}

static enum status binary_error(const struct evaluator *e, const struct block *b, size_t row, const char *label,
                                struct err *err)
{
    block_text_error(b, row, e->target_text, err, "the target '%s' is neither 0 nor 1", label);
    return err_because(err, ERR_NOT_BINARY, NULL);
}

/* Lists the complete rows. Stops with an error at the first row with a missing value, unless these are skipped,
 * or with an invalid weight. */
static enum status choose_rows(const struct evaluator *e, struct evaluator_rows *p, const struct block *b,
                               struct err *err)
{
    p->lacks = mem_grow(p->lacks, &p->lacks_capacity, b->rows + 1, sizeof *p->lacks);
    p->row = mem_grow(p->row, &p->row_capacity, b->rows + 1, sizeof *p->row);
    memset(p->lacks, 0, b->rows * sizeof *p->lacks);
    for (size_t s = 0; s < e->n_numbers; s++)
        for (size_t r = 0; b->missing[s] > 0 && r < b->rows; r++)
            p->lacks[r] |= isnan(number_at(b, s, r)) != 0;
    for (size_t s = 0; s < e->n_texts; s++)
        for (size_t r = 0; r < b->rows; r++)
            p->lacks[r] |= b->texts[s][r].p == NULL;
    p->rows = 0;
    for (size_t r = 0; r < b->rows; r++) {
        if (p->lacks[r] && !e->options->skip_missing)
            return missing_error(e, b, r, err);
        if (p->lacks[r])
            continue;
        double weight = evaluator_weight(e, b, r);
        if (weight < 0 || isinf(weight))
            return block_number_error(b, r, e->weight, err, "the weight is %s", weight < 0 ? "negative" : "infinite");
        p->row[p->rows++] = r;
    }
    return STATUS_OK;
}

/* ---- classes ---- */

static void number_labels(const struct evaluator *e, struct evaluator_rows *p, const struct block *b)
{
    if (p->labels == NULL)
        p->labels = dict_new();
    dict_clear(p->labels);
    p->code = mem_grow(p->code, &p->code_capacity, p->rows + 1, sizeof *p->code);
    p->first = mem_grow(p->first, &p->first_capacity, p->rows + 1, sizeof *p->first);
    for (size_t i = 0; i < p->rows; i++) {
        size_t known = dict_count(p->labels);
        p->code[i] = dict_add(p->labels, b->texts[e->target_text][p->row[i]]);
        if (p->code[i] == known)
            p->first[known] = i;
    }
}

/* The number of a label among the classes of the term; with one column 1 for its class, else 0. DICT_NONE:
 * unknown. */
static uint32_t class_of(const struct evaluator_term *t, struct slice label)
{
    for (size_t k = 0; t->n > 1 && k < t->n; k++)
        if (names_same_label(label, t->labels[k]))
            return (uint32_t)k;
    if (t->n > 1)
        return DICT_NONE;
    if (t->labels[0].p != NULL)
        return names_same_label(label, t->labels[0]);
    bool positive = names_same_label(label, slice_of("1"));
    return positive || names_same_label(label, slice_of("0")) ? positive : DICT_NONE;
}

/* Finds the class of each row; rows from the first unknown class on are dropped. */
static enum status find_classes(const struct evaluator *e, const struct evaluator_term *t, struct evaluator_rows *p,
                                const struct block *b, struct err *err)
{
    enum status status = STATUS_OK;
    p->class = mem_grow(p->class, &p->class_capacity, p->rows + 1, sizeof *p->class);
    p->class_of = mem_grow(p->class_of, &p->class_of_capacity, dict_count(p->labels) + 1, sizeof *p->class_of);
    for (uint32_t c = 0; c < dict_count(p->labels) && p->first[c] < p->rows; c++) {
        struct slice label = dict_text(p->labels, c);
        char echo[ERR_ECHO];
        p->class_of[c] = class_of(t, label);
        if (p->class_of[c] != DICT_NONE)
            continue;
        p->rows = p->first[c];
        err_echo(echo, label);
        if (t->n > 1)
            status = block_text_error(b, p->row[p->rows], e->target_text, err,
                                      "no prediction column is for the class '%s'", echo);
        else
            status = binary_error(e, b, p->row[p->rows], echo, err);
    }
    for (size_t i = 0; i < p->rows; i++)
        p->class[i] = p->class_of[p->code[i]];
    return status;
}

static bool is_one_against_other(const struct evaluator_term *t)
{
    return !loss_is_of_numbers(t->loss) && !t->labelled && t->n == 1 && t->labels[0].p != NULL;
}

/* Compares the labels of a block with the targets, for the first term of labels. */
static void find_mismatch(struct evaluator *e, const struct evaluator_rows *p, const struct block *b)
{
    size_t term = 0;
    while (term < e->options->n_terms && !e->options->terms[term].labelled)
        term++;
    for (size_t i = 0; term < e->options->n_terms && i < p->rows && !e->mismatch.is_over; i++)
        mismatch_add(&e->mismatch, b->texts[e->target_text][p->row[i]], b->texts[e->slots[term].label][p->row[i]]);
}

bool evaluator_mismatch(const struct evaluator *e, struct slice *target, struct slice *label)
{
    return mismatch_find(&e->mismatch, target, label);
}

enum status evaluator_reduce(struct evaluator *e, const struct evaluator_rows *p, const struct block *b,
                             struct err *err)
{
    find_mismatch(e, p, b);
    for (size_t i = 0; i < e->options->n_terms; i++) {
        const struct evaluator_term *t = &e->options->terms[i];
        char **other = &e->slots[i].other, third[ERR_ECHO], first[ERR_ECHO], second[ERR_ECHO];
        if (!is_one_against_other(t))
            continue;
        for (uint32_t c = 0; c < dict_count(p->labels); c++) {
            struct slice label = dict_text(p->labels, c);
            if (names_same_label(label, t->labels[0]))
                continue;
            if (*other == NULL) {
                struct slice known = t->other.p != NULL ? t->other : label;
                *other = mem_copy(known.p, known.n);
            }
            if (names_same_label(label, slice_of(*other)))
                continue;
            if (!t->rest) {
                block_text_error(b, p->row[p->first[c]], e->target_text, err,
                                 "'%s' is a third class beside '%s' and '%s'", err_echo(third, label),
                                 err_echo(first, t->labels[0]), err_echo(second, slice_of(*other)));
                return t->other.p != NULL ? err->status
                                          : err_because(err, ERR_THIRD_CLASS, err_echo(first, t->labels[0]));
            }
            free(*other);
            *other = mem_copy("others", 6);
            break;
        }
    }
    return STATUS_OK;
}

struct slice evaluator_other(const struct evaluator *e, size_t term)
{
    const struct evaluator_term *t = &e->options->terms[term];
    return t->other.p == NULL && e->slots[term].other != NULL ? slice_of(e->slots[term].other) : t->other;
}

/* ---- losses ---- */

/* Checks rows of n probabilities, read from these slots; rows from the first invalid one on are dropped. */
static enum status check_probabilities(size_t n, const double *probability, const size_t *slots,
                                       struct evaluator_rows *p, const struct block *b, struct err *err)
{
    for (size_t i = 0; i < p->rows; i++) {
        double sum = 0;
        size_t row = p->row[i];
        for (size_t k = 0; k < n; k++) {
            double x = probability[i * n + k];
            sum += x;
            if (x >= 0 && x <= 1)
                continue;
            p->rows = i;
            return block_number_error(b, row, slots[k], err, "the probability %.17g is not between 0 and 1", x);
        }
        if (n > 1 && fabs(sum - 1) > 1e-6) {
            p->rows = i;
            return block_row_error(b, row, err, "the probabilities sum to %.9g, not to 1", sum);
        }
    }
    return STATUS_OK;
}

/* Checks rows of a mean and a standard deviation; rows from the first invalid one on are dropped. */
static enum status check_deviations(const size_t *slots, struct evaluator_rows *p, const struct block *b,
                                    struct err *err)
{
    for (size_t i = 0; i < p->rows; i++) {
        double sd = p->prediction[2 * i + 1];
        if (sd > 0)
            continue;
        p->rows = i;
        return block_number_error(b, p->row[i], slots[1], err, "the standard deviation %.17g is not above 0", sd);
    }
    return STATUS_OK;
}

static bool has_scores(const struct loss *loss)
{
    return loss->prediction == LOSS_LOGIT || loss->prediction == LOSS_LOGITS;
}

/* Copies the numbers of n slots, row by row. */
static void gather_rows(const struct evaluator_rows *p, const struct block *b, size_t n, const size_t *slots,
                        double *to)
{
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < p->rows; i++)
            to[i * n + k] = number_at(b, slots[k], p->row[i]);
}

static void gather(const struct evaluator *e, const struct evaluator_term *t, const struct evaluator_slots *s,
                   struct evaluator_rows *p, const struct block *b)
{
    size_t n = p->rows * t->n;
    p->prediction = mem_grow(p->prediction, &p->prediction_capacity, n + 1, sizeof *p->prediction);
    p->target = mem_grow(p->target, &p->target_capacity, p->rows + 1, sizeof *p->target);
    gather_rows(p, b, t->n, s->numbers, p->prediction);
    for (size_t i = 0; e->options->temperature > 0 && has_scores(t->loss) && i < n; i++)
        p->prediction[i] /= e->options->temperature;
    if (t->targets != NULL) {
        p->target_probability =
            mem_grow(p->target_probability, &p->target_probability_capacity, n + 1, sizeof *p->target_probability);
        gather_rows(p, b, t->n, s->targets, p->target_probability);
    }
    for (size_t i = 0; loss_is_of_numbers(t->loss) && i < p->rows; i++)
        p->target[i] = number_at(b, e->target_number, p->row[i]);
}

/* Sets the targets of the batch of a term: numbers, classes or class probabilities. */
static enum status find_targets(const struct evaluator *e, const struct evaluator_term *t,
                                const struct evaluator_slots *s, struct evaluator_rows *p, const struct block *b,
                                struct loss_batch *batch, struct err *err)
{
    enum status status = STATUS_OK;
    if (t->targets != NULL) {
        status = check_probabilities(t->n, p->target_probability, s->targets, p, b, err);
        batch->target_probability = p->target_probability;
    } else if (!loss_is_of_numbers(t->loss)) {
        status = find_classes(e, t, p, b, err);
        batch->label = p->class;
    } else {
        batch->target = p->target;
    }
    batch->rows = p->rows;
    return status;
}

/* Computes the losses of a batch and, for the first term, their gradient by the scores before division by the
 * temperature. */
static void evaluate_batch(const struct evaluator *e, size_t term, struct evaluator_rows *p,
                           const struct loss_batch *batch)
{
    const struct evaluator_term *t = &e->options->terms[term];
    const struct loss *loss = t->estimated ? t->loss->statistic : t->loss;
    double *value = p->value + term * p->stride, *gradient = NULL;
    size_t n = batch->rows * batch->width;
    if (loss->wide) {
        p->wide[term] = mem_grow(p->wide[term], &p->wide_capacity[term], n + 1, sizeof **p->wide);
        loss->part(batch, p->wide[term], p->reference + term * p->stride);
        memset(value, 0, batch->rows * sizeof *value);
        return;
    }
    if (loss->whole != NULL) {
        loss->part(batch, value, p->reference + term * p->stride);
        return;
    }
    if (e->options->gradient && term == 0)
        gradient = p->gradient = mem_grow(p->gradient, &p->gradient_capacity, n + 1, sizeof *p->gradient);
    loss->evaluate(batch, value, gradient, NULL);
    for (size_t i = 0; gradient != NULL && e->options->temperature > 0 && has_scores(loss) && i < n; i++)
        gradient[i] /= e->options->temperature;
}

/* The number of a label; 1 and 1.0 are the same label. */
static double number_class(struct evaluator_rows *p, struct slice label)
{
    char number[NUMBER_MAX];
    double x;
    if (number_parse(label, &x))
        label = (struct slice){number, number_write(number, x + 0.0)};
    return (double)dict_add(p->classes, label);
}

static void compare_labels(const struct evaluator *e, size_t term, struct evaluator_rows *p, const struct block *b)
{
    const struct evaluator_slots *s = &e->slots[term];
    double *value = p->value + term * p->stride, *reference = p->reference + term * p->stride;
    for (size_t i = 0; i < p->rows; i++) {
        struct slice target = b->texts[e->target_text][p->row[i]], label = b->texts[s->label][p->row[i]];
        if (e->options->terms[term].loss->whole == NULL) {
            value[i] = names_same_label(target, label);
        } else {
            reference[i] = number_class(p, target);
            value[i] = number_class(p, label);
        }
    }
}

/* Computes the losses of one term. An error drops the rows from its own on, so that an error of a later term
 * concerns an earlier row. */
static enum status evaluate_term(const struct evaluator *e, size_t term, struct evaluator_rows *p,
                                 const struct block *b, struct err *err)
{
    const struct evaluator_term *t = &e->options->terms[term];
    const struct evaluator_slots *s = &e->slots[term];
    const struct loss *loss = t->estimated ? t->loss->statistic : t->loss;
    double *value = p->value + term * p->stride;
    enum status status = STATUS_OK, late = STATUS_OK;
    if (t->labelled) {
        compare_labels(e, term, p, b);
        return STATUS_OK;
    }
    gather(e, t, s, p, b);
    if (loss->prediction == LOSS_PROBABILITY || loss->prediction == LOSS_PROBABILITIES)
        status = check_probabilities(t->n, p->prediction, s->numbers, p, b, err);
    if (loss->prediction == LOSS_MEAN_SD)
        status = check_deviations(s->numbers, p, b, err);
    struct loss_batch batch = {
        .width = t->n, .prediction = p->prediction, .parameter = loss->decides ? t->threshold : t->parameter};
    late = find_targets(e, t, s, p, b, &batch, err);
    evaluate_batch(e, term, p, &batch);
    status = late != STATUS_OK ? late : status;
    for (size_t i = 0; i < p->rows; i++) {
        if (!isnan(value[i]))
            continue;
        p->rows = i;
        return block_row_error(b, p->row[i], err, "the %s loss is not a number", loss->name);
    }
    return status;
}

enum status evaluator_map(const struct evaluator *e, struct evaluator_rows *p, const struct block *b, struct err *err)
{
    const struct evaluator_options *o = e->options;
    enum status status = choose_rows(e, p, b, err);
    p->stride = p->rows;
    if (p->wide == NULL) {
        p->n_wide = o->n_terms;
        p->wide = mem_zero(o->n_terms, sizeof *p->wide);
        p->wide_capacity = mem_zero(o->n_terms, sizeof *p->wide_capacity);
    }
    p->value = mem_grow(p->value, &p->value_capacity, p->rows * o->n_terms + 1, sizeof *p->value);
    if (p->classes == NULL)
        p->classes = dict_new();
    dict_clear(p->classes);
    p->reference = mem_grow(p->reference, &p->reference_capacity, p->rows * o->n_terms + 1, sizeof *p->reference);
    if (e->of_classes)
        number_labels(e, p, b);
    for (size_t i = 0; i < o->n_terms; i++) {
        enum status earlier = evaluate_term(e, i, p, b, err);
        status = earlier != STATUS_OK ? earlier : status;
    }
    return status;
}

void evaluator_rows_release(struct evaluator_rows *p)
{
    dict_free(p->labels);
    dict_free(p->classes);
    for (size_t i = 0; i < p->n_wide; i++)
        free(p->wide[i]);
    free(p->wide);
    free(p->wide_capacity);
    free(p->first);
    free(p->row);
    free(p->value);
    free(p->gradient);
    free(p->target_probability);
    free(p->reference);
    free(p->code);
    free(p->class);
    free(p->class_of);
    free(p->prediction);
    free(p->target);
    free(p->lacks);
}
