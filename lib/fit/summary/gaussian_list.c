/* Gaussians read back from tables that mle-gauss wrote: one variable per row (read_single), or covariances of
 * pairs of variables, from which matrices are filled (read_pair, fill_covariances). Dictionaries number groups
 * and variables and find duplicates. gaussian_list_align brings a second list into the order of the first.
 *
 * Rows are read in one thread, as each depends on those before it. Memory: the matrices, and per pair a key that
 * marks it as seen. */
#include "fit/summary/gaussian_list.h"

#include "base/mem.h"
#include "data/table/columns.h"
#include "data/table/joint.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The covariance of a pair of variables, numbered within their Gaussian. */
struct gaussian_list_pair {
    size_t gaussian, i, j;
    double covariance;
};

/* Number slots of a row: variance, mean; or covariance and both means. Text slots: the column or both columns,
 * then the group. */
struct gaussian_list_run {
    struct gaussian_list *list;
    bool by_group;
    struct dict *places, *seen; /* keys (Gaussian, variable); pairs of variables that occurred */
    struct gaussian_list_pair *pair;
    size_t n_pairs, pair_capacity;
    uint32_t *place; /* per key of places: the number of the variable in its Gaussian */
    size_t place_capacity;
    char *key;
    size_t key_capacity;
};

/* ---- shared ---- */

struct slice gaussian_list_group(const struct gaussian_list *l, size_t i)
{
    return dict_text(l->groups, l->gaussian[i].group);
}

struct slice gaussian_list_variable(const struct gaussian_list *l, size_t i, size_t variable)
{
    return dict_text(l->variables, l->gaussian[i].variable[variable]);
}

/* " of group 'x'", or "" without groups. */
static const char *of_group(char text[ERR_ECHO + 16], const struct gaussian_list *l, size_t i)
{
    char echo[ERR_ECHO];
    struct slice name = gaussian_list_group(l, i);
    text[0] = '\0';
    if (name.n > 0 || dict_count(l->groups) > 1) {
        strcpy(text, " of group '");
        strcat(text, err_echo(echo, name));
        strcat(text, "'");
    }
    return text;
}

enum status gaussian_list_singular(const struct gaussian_list *l, size_t i, const char *file, struct err *err)
{
    char group[ERR_ECHO + 16];
    err_data(err, "the covariance%s is not positive definite", of_group(group, l, i));
    return err_at(err, file, 0);
}

static struct gaussian_list_entry *add_gaussian(struct gaussian_list *l, uint32_t group)
{
    l->gaussian = mem_grow(l->gaussian, &l->capacity, l->n + 1, sizeof *l->gaussian);
    l->gaussian[l->n] = (struct gaussian_list_entry){.group = group};
    return &l->gaussian[l->n++];
}

static void add_variable(struct gaussian_list_entry *g, uint32_t variable, double mean)
{
    if (g->n == g->capacity) {
        g->capacity = g->n == 0 ? 1 : 2 * g->n;
        g->variable = mem_resize(g->variable, g->capacity, sizeof *g->variable);
        g->mean = mem_resize(g->mean, g->capacity, sizeof *g->mean);
    }
    g->variable[g->n] = variable;
    g->mean[g->n++] = mean;
}

/* The key of the Gaussian of a group, or of a variable of a group. */
static struct slice make_key(struct gaussian_list_run *run, struct slice group, struct slice variable)
{
    run->key = mem_grow(run->key, &run->key_capacity, sizeof group.n + group.n + variable.n, 1);
    memcpy(run->key, &group.n, sizeof group.n);
    if (group.n > 0)
        memcpy(run->key + sizeof group.n, group.p, group.n);
    if (variable.n > 0)
        memcpy(run->key + sizeof group.n + group.n, variable.p, variable.n);
    return (struct slice){run->key, sizeof group.n + group.n + variable.n};
}

static enum status check_numbers(const struct block *b, size_t row, const char *const *what, size_t n, struct err *err)
{
    for (size_t s = 0; s < n; s++) {
        double x = b->numbers[row * b->row_step + s * b->column_step];
        if (isnan(x))
            return block_number_error(b, row, s, err, "the value is missing");
        if (isinf(x))
            return block_number_error(b, row, s, err, "%g is not a %s", x, what[s]);
    }
    return STATUS_OK;
}

/* ---- one Gaussian per row ---- */

/* Fills the cause of an error: a name occurs twice, and without grouping a group column could tell the
 * occurrences apart. */
static enum status twice(const struct gaussian_list *l, struct err *err)
{
    return l->grouping == NULL ? err_because(err, ERR_TWICE, NULL) : err->status;
}

static enum status read_single(struct gaussian_list_run *run, const struct block *b, size_t row, struct slice group,
                               struct err *err)
{
    static const char *const what[] = {"variance of a Gaussian", "mean"};
    struct gaussian_list *l = run->list;
    struct slice name = b->texts[0][row];
    char echo[ERR_ECHO];
    if (name.p == NULL)
        return block_text_error(b, row, 0, err, "the value is missing");
    if (check_numbers(b, row, what, 2, err) != STATUS_OK)
        return err->status;
    double variance = b->numbers[row * b->row_step], mean = b->numbers[row * b->row_step + b->column_step];
    if (variance <= 0)
        return block_number_error(b, row, 0, err, "%g is not a variance of a Gaussian", variance);
    if (dict_add(l->keys, make_key(run, group, name)) < l->n) {
        block_text_error(b, row, 0, err, "'%s' occurs twice", err_echo(echo, name));
        return twice(l, err);
    }
    struct gaussian_list_entry *g = add_gaussian(l, dict_add(l->groups, group));
    add_variable(g, dict_add(l->variables, name), mean);
    g->covariance = mem_alloc(1, sizeof *g->covariance);
    g->covariance[0] = variance;
    return STATUS_OK;
}

/* ---- pairs of variables ---- */

/* Finds or adds the variable in a text slot to its Gaussian; *place is its number there. Its mean must be the
 * same in every row. */
static enum status place_variable(struct gaussian_list_run *run, const struct block *b, size_t row, size_t gaussian,
                                  size_t slot, size_t *place, struct err *err)
{
    struct gaussian_list_entry *g = &run->list->gaussian[gaussian];
    struct slice name = b->texts[slot][row];
    char echo[ERR_ECHO];
    if (name.p == NULL)
        return block_text_error(b, row, slot, err, "the value is missing");
    uint32_t variable = dict_add(run->list->variables, name);
    double mean = b->numbers[row * b->row_step + (1 + slot) * b->column_step];
    size_t key[2] = {gaussian, variable}, before = dict_count(run->places);
    uint32_t number = dict_add(run->places, (struct slice){(const char *)key, sizeof key});
    run->place = mem_grow(run->place, &run->place_capacity, before + 1, sizeof *run->place);
    if (number == before) {
        run->place[number] = (uint32_t)g->n;
        add_variable(g, variable, mean);
    }
    *place = run->place[number];
    if (g->mean[*place] != mean)
        return block_number_error(b, row, 1 + slot, err, "the mean of '%s' was %g above, here it is %g",
                                  err_echo(echo, name), g->mean[*place], mean);
    return STATUS_OK;
}

static enum status read_pair(struct gaussian_list_run *run, const struct block *b, size_t row, struct slice group,
                             struct err *err)
{
    static const char *const what[] = {"covariance", "mean", "mean"};
    struct gaussian_list *l = run->list;
    size_t i, j, before = dict_count(run->seen);
    if (check_numbers(b, row, what, 3, err) != STATUS_OK)
        return err->status;
    uint32_t gaussian = dict_add(l->keys, make_key(run, group, (struct slice){NULL, 0}));
    if (gaussian == l->n)
        add_gaussian(l, dict_add(l->groups, group));
    if (place_variable(run, b, row, gaussian, 0, &i, err) != STATUS_OK ||
        place_variable(run, b, row, gaussian, 1, &j, err) != STATUS_OK)
        return err->status;
    size_t key[3] = {gaussian, i < j ? i : j, i < j ? j : i};
    if (dict_add(run->seen, (struct slice){(const char *)key, sizeof key}) < before) {
        char x[ERR_ECHO], y[ERR_ECHO];
        block_row_error(b, row, err, "the pair '%s' and '%s' occurs twice", err_echo(x, b->texts[0][row]),
                        err_echo(y, b->texts[1][row]));
        return twice(l, err);
    }
    run->pair = mem_grow(run->pair, &run->pair_capacity, run->n_pairs + 1, sizeof *run->pair);
    run->pair[run->n_pairs++] = (struct gaussian_list_pair){gaussian, i, j, b->numbers[row * b->row_step]};
    return STATUS_OK;
}

static enum status check_pairs(const struct gaussian_list *l, size_t gaussian, struct err *err)
{
    const struct gaussian_list_entry *g = &l->gaussian[gaussian];
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = 0; j < g->n; j++) {
            char x[ERR_ECHO], y[ERR_ECHO], group[ERR_ECHO + 16];
            if (isnan(g->covariance[i * g->n + j]))
                return err_data(err, "the covariance of '%s' and '%s'%s is missing",
                                err_echo(x, gaussian_list_variable(l, gaussian, i)),
                                err_echo(y, gaussian_list_variable(l, gaussian, j)), of_group(group, l, gaussian));
        }
    return STATUS_OK;
}

static enum status fill_covariances(const struct gaussian_list_run *run, struct err *err)
{
    struct gaussian_list *l = run->list;
    enum status status = STATUS_OK;
    for (size_t k = 0; k < l->n; k++) {
        struct gaussian_list_entry *g = &l->gaussian[k];
        g->covariance = mem_alloc(g->n * g->n, sizeof *g->covariance);
        for (size_t i = 0; i < g->n * g->n; i++)
            g->covariance[i] = NAN;
    }
    for (size_t k = 0; k < run->n_pairs; k++) {
        const struct gaussian_list_pair *p = &run->pair[k];
        struct gaussian_list_entry *g = &l->gaussian[p->gaussian];
        g->covariance[p->i * g->n + p->j] = g->covariance[p->j * g->n + p->i] = p->covariance;
    }
    for (size_t k = 0; k < l->n && status == STATUS_OK; k++)
        status = check_pairs(l, k, err);
    return status;
}

/* ---- tables ---- */

static enum status gaussian_list_read_block(void *context, void *state, struct block *b, struct err *err)
{
    struct gaussian_list_run *run = context;
    size_t group_slot = run->list->joint ? 2 : 1;
    enum status status = STATUS_OK;
    (void)state;
    for (size_t row = 0; row < b->rows && status == STATUS_OK; row++) {
        struct slice group = run->by_group ? b->texts[group_slot][row] : (struct slice){"", 0};
        if (group.p == NULL)
            return block_text_error(b, row, group_slot, err, "the group is missing");
        status = run->list->joint ? read_pair(run, b, row, group, err) : read_single(run, b, row, group, err);
    }
    return status;
}

/* Asks the table for the columns of these names, as texts or as numbers. */
static enum status want(struct table *table, const char *const *specs, bool texts, struct err *err)
{
    for (; *specs != NULL; specs++) {
        size_t column;
        if (columns_find_one(table_names(table), table_width(table), *specs, &column, err) != STATUS_OK)
            return err->status;
        if (texts)
            table_want_text(table, column);
        else
            table_want_number(table, column);
    }
    return STATUS_OK;
}

static enum status want_columns(struct gaussian_list *l, struct table *table, const char *group, bool joint,
                                struct err *err)
{
    size_t column;
    const char *const texts[] = {joint ? "x" : "column", joint ? "y" : NULL, NULL};
    const char *const numbers[] = {joint ? "covariance" : "variance", joint ? "mean_x" : "mean",
                                   joint ? "mean_y" : NULL, NULL};
    if (want(table, texts, true, err) != STATUS_OK ||
        (group != NULL && joint_find(table, group, &column, err) != STATUS_OK) ||
        want(table, numbers, false, err) != STATUS_OK)
        return err->status;
    if (group != NULL) {
        table_want_text(table, column);
        l->grouping = mem_format("%s", table_name(table, column));
    }
    return STATUS_OK;
}

enum status gaussian_list_read(struct gaussian_list **list, struct table *table, const char *group, bool joint,
                               struct err *err)
{
    struct gaussian_list *l = mem_zero(1, sizeof *l);
    struct gaussian_list_run run = {.list = l, .by_group = group != NULL, .places = dict_new(), .seen = dict_new()};
    l->groups = dict_new();
    l->variables = dict_new();
    l->keys = dict_new();
    l->joint = joint;
    enum status status = want_columns(l, table, group, joint, err);
    bool placed = status == STATUS_OK;
    if (status == STATUS_OK) {
        status = table_fold(table, &(struct table_fold){.reduce = gaussian_list_read_block}, &run, 1, err);
        placed = status != STATUS_OK;
    }
    if (status == STATUS_OK && l->n == 0)
        status = err_data(err, "no data");
    if (status == STATUS_OK && joint)
        status = fill_covariances(&run, err);
    if (status != STATUS_OK && !placed)
        err_at(err, table_file(table), 0);
    dict_free(run.places);
    dict_free(run.seen);
    free(run.pair);
    free(run.place);
    free(run.key);
    if (status == STATUS_OK)
        *list = l;
    else
        gaussian_list_free(l);
    return status;
}

static void release_gaussian(struct gaussian_list_entry *g)
{
    free(g->variable);
    free(g->mean);
    free(g->covariance);
}

void gaussian_list_free(struct gaussian_list *l)
{
    if (l == NULL)
        return;
    for (size_t i = 0; i < l->n; i++)
        release_gaussian(&l->gaussian[i]);
    free(l->gaussian);
    dict_free(l->groups);
    dict_free(l->variables);
    dict_free(l->keys);
    free(l->grouping);
    free(l);
}

/* ---- two lists ---- */

/* Fills *err: `file` lacks a Gaussian or variable that `list` has. */
static enum status missing_error(const struct gaussian_list *list, size_t i, size_t variable, const char *file,
                                 const char *list_file, struct err *err)
{
    char echo[ERR_ECHO], group[ERR_ECHO + 16], echo_file[ERR_ECHO];
    err_echo(echo_file, slice_of(list_file));
    if (variable < list->gaussian[i].n)
        err_data(err, "there is no column '%s'%s, which %s has",
                 err_echo(echo, gaussian_list_variable(list, i, variable)), of_group(group, list, i), echo_file);
    else
        err_data(err, "there is no group '%s', which %s has", err_echo(echo, gaussian_list_group(list, i)), echo_file);
    return err_at(err, file, 0);
}

static enum status check_all_there(const struct gaussian_list *list, const struct gaussian_list *other,
                                   const char *file, const char *other_file, struct err *err)
{
    for (uint32_t i = 0; i < list->n; i++) {
        if (dict_find(other->keys, dict_text(list->keys, i)) != DICT_NONE)
            continue;
        bool group = dict_find(other->groups, gaussian_list_group(list, i)) != DICT_NONE;
        return missing_error(list, i, list->joint || !group ? SIZE_MAX : 0, other_file, file, err);
    }
    return STATUS_OK;
}

/* place[v] := the number of variable v of one Gaussian in the other one. */
static enum status find_variables(const struct gaussian_list *list, size_t i, const struct gaussian_list *other,
                                  size_t k, size_t *place, const char *file, const char *other_file, struct err *err)
{
    const struct gaussian_list_entry *g = &other->gaussian[k];
    for (size_t v = 0; v < list->gaussian[i].n; v++) {
        uint32_t number = dict_find(other->variables, gaussian_list_variable(list, i, v));
        place[v] = 0;
        while (place[v] < g->n && g->variable[place[v]] != number)
            place[v]++;
        if (place[v] == g->n)
            return missing_error(list, i, v, other_file, file, err);
    }
    return STATUS_OK;
}

static struct gaussian_list_entry reorder(const struct gaussian_list_entry *g, const size_t *place)
{
    size_t n = g->n;
    struct gaussian_list_entry r = {.group = g->group, .n = n, .capacity = n};
    r.variable = mem_alloc(n, sizeof *r.variable);
    r.mean = mem_alloc(n, sizeof *r.mean);
    r.covariance = mem_alloc(n * n, sizeof *r.covariance);
    for (size_t v = 0; v < n; v++) {
        r.variable[v] = g->variable[place[v]];
        r.mean[v] = g->mean[place[v]];
        for (size_t w = 0; w < n; w++)
            r.covariance[v * n + w] = g->covariance[place[v] * n + place[w]];
    }
    return r;
}

enum status gaussian_list_align(const struct gaussian_list *list, struct gaussian_list *other, const char *file,
                                const char *other_file, struct err *err)
{
    if (check_all_there(list, other, file, other_file, err) != STATUS_OK ||
        check_all_there(other, list, other_file, file, err) != STATUS_OK)
        return err->status;
    struct gaussian_list_entry *aligned = mem_zero(list->n, sizeof *aligned);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < list->n && status == STATUS_OK; i++) {
        uint32_t k = dict_find(other->keys, dict_text(list->keys, i));
        size_t n = list->gaussian[i].n, m = other->gaussian[k].n, *place = mem_alloc(n + m, sizeof *place);
        status = find_variables(list, i, other, k, place, file, other_file, err);
        if (status == STATUS_OK)
            status = find_variables(other, k, list, i, place + n, other_file, file, err);
        if (status == STATUS_OK)
            aligned[i] = reorder(&other->gaussian[k], place);
        free(place);
    }
    for (size_t i = 0; i < list->n; i++)
        release_gaussian(status == STATUS_OK ? &other->gaussian[i] : &aligned[i]);
    if (status == STATUS_OK)
        memcpy(other->gaussian, aligned, list->n * sizeof *aligned);
    free(aligned);
    return status;
}
