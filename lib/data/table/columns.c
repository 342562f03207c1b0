/* Finds columns by name, position, range or glob. Each word of a list is read as the first of these that fits:
 * find_single (a name, "3", "@3"), find_range ("2-5", "age..sex"), find_glob (fnmatch). Names come first, so that every
 * column can be named, whatever characters its name has. */

#include "data/table/columns.h"

#include "base/mem.h"
#include "base/nearest.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

struct columns_list {
    size_t *columns, n, capacity;
};

bool columns_contain(const size_t *columns, size_t n, size_t column)
{
    for (size_t i = 0; i < n; i++)
        if (columns[i] == column)
            return true;
    return false;
}

static void list_add(struct columns_list *list, size_t column)
{
    if (columns_contain(list->columns, list->n, column))
        return;
    list->columns = mem_grow(list->columns, &list->capacity, list->n + 1, sizeof *list->columns);
    list->columns[list->n++] = column;
}

/* Number of columns with the name; *column is the first. */
static size_t count_named(const char *const *names, size_t n, const char *name, size_t *column)
{
    size_t found = 0;
    for (size_t i = n; i-- > 0;) {
        if (strcmp(names[i], name) == 0) {
            *column = i;
            found++;
        }
    }
    return found;
}

/* Reads a whole decimal number; false if the text is anything else. */
static bool read_position(const char *text, const char *end, size_t *position)
{
    size_t value = 0;
    if (text == end || end - text > 9)
        return false;
    for (const char *p = text; p < end; p++) {
        if (*p < '0' || *p > '9')
            return false;
        value = value * 10 + (size_t)(*p - '0');
    }
    *position = value;
    return true;
}

static enum status no_position(size_t position, size_t n, struct err *err)
{
    return err_data(err, "no column %zu; there %s %zu", position, n == 1 ? "is" : "are", n);
}

static enum status no_name(const char *const *names, size_t n, const char *word, struct err *err)
{
    char echo[ERR_ECHO], other[ERR_ECHO];
    const char *near = nearest_word(names, n, word);
    if (near == NULL)
        return err_data(err, "no column '%s'", err_echo(echo, slice_of(word)));
    return err_data(err, "no column '%s'; did you mean '%s'?", err_echo(echo, slice_of(word)),
                    err_echo(other, slice_of(near)));
}

/* A name or a position. *found = false, and no error, when the word is neither. */
static enum status find_single(const char *const *names, size_t n, const char *word, size_t *column, bool *found,
                               struct err *err)
{
    const char *end = word + strlen(word);
    size_t position, named = count_named(names, n, word, column);
    *found = named > 0;
    if (named > 1) {
        char echo[ERR_ECHO];
        return err_data(err, "%zu columns are named '%s'; use a position, such as @%zu", named,
                        err_echo(echo, slice_of(word)), *column + 1);
    }
    if (named == 1)
        return STATUS_OK;
    if (!read_position(word, end, &position) && !(word[0] == '@' && read_position(word + 1, end, &position)))
        return STATUS_OK;
    if (position < 1 || position > n)
        return no_position(position, n, err);
    *column = position - 1;
    *found = true;
    return STATUS_OK;
}

/* "2-5", "@2-@5" or "age..sex". *found = false, and no error, when the word is not a range. */
static enum status find_range(const char *const *names, size_t n, const char *word, size_t *first, size_t *last,
                              bool *found, struct err *err)
{
    const char *dots = strstr(word, ".."), *dash = strchr(word, '-');
    const char *middle = dots != NULL ? dots : dash;
    *found = false;
    if (middle == NULL)
        return STATUS_OK;
    char *left = mem_copy(word, (size_t)(middle - word));
    const char *right = middle + (dots != NULL ? 2 : 1);
    enum status status = STATUS_OK;
    size_t position;
    bool found_left = false, found_right = false;
    bool positions = read_position(left + (left[0] == '@'), left + strlen(left), &position) &&
                     read_position(right + (right[0] == '@'), right + strlen(right), &position);
    if (dots != NULL || positions) {
        status = find_single(names, n, left, first, &found_left, err);
        if (status == STATUS_OK && !found_left)
            status = no_name(names, n, left, err);
        if (status == STATUS_OK)
            status = find_single(names, n, right, last, &found_right, err);
        if (status == STATUS_OK && !found_right)
            status = no_name(names, n, right, err);
        *found = status == STATUS_OK;
        if (status == STATUS_OK && *first > *last) {
            char echo[ERR_ECHO];
            status = err_data(err, "the column range '%s' is reversed", err_echo(echo, slice_of(word)));
        }
    }
    free(left);
    return status;
}

static bool find_glob(const char *const *names, size_t n, const char *word, struct columns_list *list)
{
    bool found = false;
    for (size_t i = 0; strpbrk(word, "*?[") != NULL && i < n; i++) {
        if (fnmatch(word, names[i], 0) == 0) {
            list_add(list, i);
            found = true;
        }
    }
    return found;
}

static enum status find_word(const char *const *names, size_t n, const char *word, struct columns_list *list,
                             struct err *err)
{
    char echo[ERR_ECHO];
    size_t first, last;
    bool found;
    enum status status = find_single(names, n, word, &first, &found, err);
    if (status != STATUS_OK)
        return status;
    if (found && columns_contain(list->columns, list->n, first))
        return err_data(err, "column '%s' is named twice", err_echo(echo, slice_of(word)));
    if (found) {
        list_add(list, first);
        return STATUS_OK;
    }
    status = find_range(names, n, word, &first, &last, &found, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = first; found && i <= last; i++)
        list_add(list, i);
    if (found || find_glob(names, n, word, list))
        return STATUS_OK;
    return no_name(names, n, word, err);
}

enum status columns_find(const char *const *names, size_t n, const char *spec, size_t **columns, size_t *count,
                         struct err *err)
{
    char echo[ERR_ECHO];
    struct columns_list list = {0};
    size_t whole;
    enum status status = STATUS_OK;
    if (strchr(spec, ',') != NULL && count_named(names, n, spec, &whole) == 1) {
        list_add(&list, whole);
    } else {
        char *words = mem_copy_text(spec);
        for (char *word = words, *next; word != NULL && status == STATUS_OK; word = next) {
            next = strchr(word, ',');
            if (next != NULL)
                *next++ = '\0';
            status = *word != '\0' ? find_word(names, n, word, &list, err)
                                   : err_data(err, "the list of columns '%s' contains an empty name",
                                              err_echo(echo, slice_of(spec)));
        }
        free(words);
    }
    if (status != STATUS_OK) {
        free(list.columns);
        return status;
    }
    *columns = list.columns;
    *count = list.n;
    return STATUS_OK;
}

enum status columns_find_one(const char *const *names, size_t n, const char *spec, size_t *column, struct err *err)
{
    bool found;
    enum status status = find_single(names, n, spec, column, &found, err);
    return status == STATUS_OK && !found ? no_name(names, n, spec, err) : status;
}
