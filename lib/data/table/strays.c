/* Counts the texts that are missing values in columns of numbers. Workers count those of a block and note the first
 * record (table_worker.c); the table adds them up in the order of the rows, one block at a time, and reports a sentence
 * for each column. */

#include "data/table/strays.h"

#include "base/mem.h"
#include "data/table/table_state.h"

#include <stdio.h>
#include <stdlib.h>

void strays_add(struct table *t, const struct table_worker *w)
{
    if (t->dialect.not_numbers != DIALECT_NOT_NUMBERS_MISSING)
        return;
    if (t->strays == NULL)
        t->strays = mem_zero(t->n_numbers, sizeof *t->strays);
    for (size_t s = 0; s < t->n_numbers; s++) {
        struct strays *all = &t->strays[s];
        if (w->strays[s].n > 0 && all->n == 0) {
            char echo[ERR_ECHO];
            err_echo(echo, records_field(&w->records, w->strays[s].first, t->number_columns[s]));
            all->text = mem_copy_text(echo);
            all->first = t->lines_before + records_line(&w->records, w->records.row_begin[w->strays[s].first]);
            all->file = w->raw.file;
        }
        all->n += w->strays[s].n;
    }
}

void strays_report(const struct table *t)
{
    for (size_t s = 0; t->strays != NULL && t->report != NULL && s < t->n_numbers; s++) {
        size_t same = 0;
        while (t->number_columns[same] != t->number_columns[s])
            same++;
        if (same < s || t->strays[s].n == 0)
            continue;
        struct err err;
        char text[sizeof err.reason + sizeof err.file];
        bool is_one = t->strays[s].n == 1;
        err_data(&err, "%zu value%s and counted as missing%s '%s' in line %zu", t->strays[s].n,
                 is_one ? " is not a number" : "s are not numbers", is_one ? ":" : "; the first is", t->strays[s].text,
                 t->strays[s].first);
        table_worker_name_column(t, t->number_columns[s], &err);
        snprintf(text, sizeof text, "%s: %s", source_name(t->source, t->strays[s].file), err.reason);
        t->report(t->report_context, text);
    }
}

void strays_free(struct table *t)
{
    for (size_t s = 0; t->strays != NULL && s < t->n_numbers; s++)
        free(t->strays[s].text);
    free(t->strays);
}
