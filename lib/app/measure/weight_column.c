/* Chooses the columns of counts or probabilities of a table of symbols.
 *
 * 1. Candidates are the numeric columns without another part to play that are no row index (data/table/row_index.h).
 * 2. If there are more than needed, names decide: those of the columns that mle-categorical, table() of R,
 *    value_counts of pandas and people write for counts ("n", "count", "freq") or for probabilities ("p", "prob"), or
 *    for a pair ("p" and "q").
 * 3. Else columns are put aside that cannot be meant: standard errors ("se"); those that count the rows, or are named
 *    as numbers of rows are; for probabilities, those with other values in the first block.
 * 4. Without a header, one column is the last of those that are left, as counts stand behind symbols.
 * 5. If more are left than needed, it is an error that names them. A choice by name or evidence is told in a notice. */
#include "app/measure/weight_column.h"

#include "base/mem.h"
#include "data/table/columns.h"
#include "data/table/row_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COUNTS_ROWS = 3 }; /* rows from which on consecutive numbers from 0 or 1 are those of the rows */

static const char *const counts[] = {"count", "counts", "n", "freq", "frequency", "frequencies", NULL};
static const char *const probabilities[] = {"p", "prob", "probability", "probabilities", NULL};
static const char *const row_numbers[] = {"id", "index", "row", "rownames", "rowid", "obs", "no", NULL};
static const char *const errors[] = {"se", "std_err", "stderr", "std.error", NULL};

static bool is_named(const struct table *t, size_t column, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcasecmp(table_name(t, column), *names) == 0)
            return true;
    return false;
}

/* The numeric columns that may be meant; *n of them, malloc'ed. */
static size_t *find_candidates(const struct weight_column_search *s, size_t *n)
{
    size_t width = table_width(s->table), *found = mem_alloc(width, sizeof *found);
    *n = 0;
    for (size_t c = 0; c < width; c++)
        if (!columns_contain(s->keys, s->n_keys, c) && !(s->by != NULL && grouping_uses(s->by, s->table, c)) &&
            !row_index_is(s->table, c) && table_kind(s->table, c) == COLUMN_NUMBER)
            found[(*n)++] = c;
    return found;
}

/* Keeps the columns that have one of the names, if there are as many as needed. */
static bool keep_named(const struct table *t, size_t *column, size_t *n, size_t needed, const char *const *names)
{
    size_t hits = 0;
    for (size_t i = 0; i < *n; i++)
        hits += is_named(t, column[i], names);
    if (hits != needed)
        return false;
    for (size_t i = 0, kept = 0; i < *n; i++)
        if (is_named(t, column[i], names))
            column[kept++] = column[i];
    *n = needed;
    return true;
}

/* The counts behind the output of mle-categorical by weight are the weights: "level", "n", "weight", "p", "se". */
static bool is_weighted(const struct table *t)
{
    size_t hits = 0;
    static const char *const names[] = {"level", "n", "weight", "p", "se"};
    for (size_t i = 0; i < 5; i++)
        for (size_t c = 0; c < table_width(t); c++)
            if (strcmp(table_name(t, c), names[i]) == 0) {
                hits++;
                break;
            }
    return hits == 5;
}

static bool keep_by_name(const struct weight_column_search *s, size_t *column, size_t *n, size_t needed)
{
    static const char *const weights[] = {"weight", NULL}, *const pair[] = {"p", "q", NULL};
    if (needed == 2)
        return keep_named(s->table, column, n, 2, pair) || keep_named(s->table, column, n, 2, probabilities) ||
               keep_named(s->table, column, n, 2, counts);
    if (s->probabilities)
        return keep_named(s->table, column, n, 1, probabilities);
    if (is_weighted(s->table))
        return keep_named(s->table, column, n, 1, weights);
    return keep_named(s->table, column, n, 1, counts) || keep_named(s->table, column, n, 1, probabilities);
}

static bool is_meant(const struct weight_column_search *s, size_t column)
{
    struct row_index_evidence e = row_index_look(s->table, column);
    if (is_named(s->table, column, errors) || is_named(s->table, column, row_numbers))
        return false;
    return s->probabilities ? e.is_probability : !(e.counts_rows && e.rows >= COUNTS_ROWS);
}

/* Puts aside columns that cannot be meant. */
static void keep_meant(const struct weight_column_search *s, size_t *column, size_t *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        if (is_meant(s, column[i]))
            column[kept++] = column[i];
    *n = kept;
}

/* The names of the columns, in quotes. */
static void list_names(const struct table *t, const size_t *column, size_t n, char text[], size_t size)
{
    size_t at = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n && at < size; i++) {
        char echo[ERR_ECHO];
        const char *between = i == 0 ? "" : i + 1 == n ? " and " : ", ";
        at += (size_t)snprintf(text + at, size - at, "%s'%s'", between,
                               err_echo(echo, slice_of(table_name(t, column[i]))));
    }
}

static enum status refuse(const struct weight_column_search *s, const size_t *column, size_t n, size_t needed,
                          struct err *err)
{
    char names[600];
    list_names(s->table, column, n, names, sizeof names);
    err_data(err, "columns %s are numeric, and none of them is named as one of %s", names,
             s->probabilities ? "probabilities" : "counts");
    if (needed == 2)
        err_data(err, "columns %s are numeric, of which two are to be compared", names);
    return err_because(err, needed == 2 ? ERR_UNCHOSEN_PAIR : ERR_UNCHOSEN_COLUMN, NULL);
}

static enum status lacks_columns(const struct weight_column_search *s, size_t needed, struct err *err)
{
    if (needed == 2)
        return err_data(err, "there are no two numeric columns to compare");
    return err_data(err, s->n_keys > 0 ? "no column but the key is numeric" : "no column is numeric");
}

static enum status find(const struct weight_column_search *s, size_t needed, size_t *column, struct err *err)
{
    size_t all, n, *candidate = find_candidates(s, &all), *left = mem_alloc(all, sizeof *left);
    memcpy(left, candidate, all * sizeof *left);
    n = all;
    if (n > needed && !keep_by_name(s, left, &n, needed))
        keep_meant(s, left, &n);
    if (n > 1 && needed == 1 && !table_has_header(s->table))
        left[0] = left[n - 1], n = 1;
    enum status status = STATUS_OK;
    if (all < needed)
        status = lacks_columns(s, needed, err);
    else if (n != needed)
        status = refuse(s, n > needed ? left : candidate, n > needed ? n : all, needed, err);
    for (size_t i = 0; i < needed && status == STATUS_OK; i++)
        column[i] = left[i];
    if (status == STATUS_OK && all > needed) {
        char names[400];
        list_names(s->table, column, needed, names, sizeof names);
        if (needed == 2)
            notice(s->run, "%s: columns %s are compared", table_file(s->table), names);
        else
            notice(s->run, "%s: column %s holds the %s", table_file(s->table), names,
                   s->probabilities ? "probabilities" : "counts");
    }
    free(candidate);
    free(left);
    return status;
}

enum status weight_column_find(const struct weight_column_search *search, size_t *column, struct err *err)
{
    return find(search, 1, column, err);
}

enum status weight_column_find_pair(const struct weight_column_search *search, size_t column[2], struct err *err)
{
    return find(search, 2, column, err);
}
