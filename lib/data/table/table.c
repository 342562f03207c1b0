/* Questions to an open table: its columns and its dialect. Requests for columns. */

#include "data/table/table_state.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

void table_close(struct table *t)
{
    if (t == NULL)
        return;
    table_worker_free(&t->first, t);
    for (size_t f = 0; t->names != NULL && f < t->width; f++)
        free(t->names[f]);
    free(t->names);
    free(t->kinds);
    buffer_free(&t->header_text);
    free(t->has_words);
    free(t->assumed);
    for (size_t i = 0; i < t->n_files; i++)
        free(t->order[i]);
    free(t->order);
    for (size_t i = 0; i < t->n_joints; i++) {
        free(t->joint[i].columns);
        free(t->joint[i].name);
    }
    free(t->joint);
    lookahead_free(t->lookahead);
    strays_free(t);
    free(t->number_columns);
    free(t->text_columns);
    free(t->split.key);
    free(t->split_label);
    jsonl_free(t->jsonl);
    missing_free(&t->missing);
    source_free(t->source);
    free(t);
}

bool table_is_sparse(const struct table *table)
{
    return table->dialect.format == DIALECT_SVM && table->svm_width == 0;
}

bool table_is_counted(const struct table *table)
{
    return table->is_counted;
}

size_t table_width(const struct table *table)
{
    return table->width;
}

bool table_has_header(const struct table *table)
{
    return table->has_header;
}

const char *table_name(const struct table *table, size_t column)
{
    return column < table->width ? table->names[column] : table->joint[column - table->width].name;
}

const char *const *table_names(const struct table *table)
{
    return (const char *const *)table->names;
}

enum column_kind table_kind(struct table *table, size_t column)
{
    if (table->kinds[column] == COLUMN_EMPTY && !table->has_begun) {
        lookahead_find(table, column);
        table->assumed[column] = lookahead_gave_up(table, column);
        table->has_assumed |= table->assumed[column];
    }
    return table->kinds[column];
}

const char *table_file(const struct table *table)
{
    return source_name(table->source, 0);
}

const char *table_compression(const struct table *table)
{
    return table->compression;
}

char table_delimiter(const struct table *table)
{
    return dialect_clean_delimiter(&table->dialect);
}

const struct dialect *table_dialect(const struct table *table)
{
    return &table->dialect;
}

struct slice table_header_text(const struct table *table)
{
    return (struct slice){table->header_text.p, table->header_text.n};
}

struct slice table_line_end(const struct table *table)
{
    return (struct slice){table->line_end, table->line_end_n};
}

static size_t add_slot(size_t **columns, size_t *n, size_t *capacity, size_t column)
{
    *columns = mem_grow(*columns, capacity, *n + 1, sizeof **columns);
    (*columns)[*n] = column;
    return (*n)++;
}

size_t table_want_number(struct table *table, size_t column)
{
    return add_slot(&table->number_columns, &table->n_numbers, &table->numbers_capacity, column);
}

size_t table_want_text(struct table *table, size_t column)
{
    return add_slot(&table->text_columns, &table->n_texts, &table->texts_capacity, column);
}

void table_keep(struct table *table, const struct split *split)
{
    char place[24];
    table->split = *split;
    size_t n = split->n_keys > 0 ? split->n_keys : table->width;
    table->split_label = mem_alloc(n, sizeof *table->split_label);
    for (size_t i = 0; i < n; i++) {
        snprintf(place, sizeof place, "%zu", i + 1);
        table->split_label[i] = split_label(slice_of(split->n_keys > 0 ? place : table->names[i]));
    }
}

void table_progress(const struct table *table, uint64_t *consumed, uint64_t *total)
{
    source_progress(table->source, consumed, total);
}
