/* Columns that number or name the rows, which pandas (to_csv) and R (write.csv, write.table) put before the others
 * without a name. They would be measured as if they were data. The evidence is the header and the first block: an index
 * has no value twice there. */

#include "data/table/row_index.h"

#include "base/mem.h"
#include "data/table/table_state.h"
#include "text/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t first_rows(const struct table *t)
{
    return t->first_waits ? t->first.records.rows - t->first.header_rows : 0;
}

static struct slice first_field(const struct table *t, size_t row, size_t column)
{
    return records_field(&t->first.records, row + t->first.header_rows, column);
}

struct row_index_evidence row_index_look(const struct table *t, size_t column)
{
    struct row_index_evidence e = {first_rows(t), true, true, true};
    double first = 0, x = NAN;
    for (size_t row = 0; row < e.rows; row++) {
        struct slice field = first_field(t, row, column);
        if (missing_is(&t->missing, field) || !number_parse(field, &x)) {
            e.counts_rows = false;
            continue;
        }
        if (row == 0)
            first = x;
        e.is_whole &= x >= 0 && x == floor(x);
        e.counts_rows &= (first == 0 || first == 1) && x == first + (double)row;
        e.is_probability &= x >= 0 && x <= 1;
    }
    return e;
}

static int compare_fields(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return memcmp(x->p, y->p, x->n);
}

/* Whether the values of the first column are whole numbers, or texts, without a gap or a repetition. */
static bool tells_rows_apart(const struct table *t)
{
    size_t rows = first_rows(t);
    struct slice *field = mem_alloc(rows, sizeof *field);
    bool is_apart = rows > 0;
    for (size_t row = 0; row < rows; row++) {
        double x = 0;
        field[row] = first_field(t, row, 0);
        bool is_number = number_parse(field[row], &x);
        is_apart &= !missing_is(&t->missing, field[row]) && (!is_number || (x >= 0 && x == floor(x)));
        is_apart &= is_number == (t->kinds[0] == COLUMN_NUMBER);
    }
    if (is_apart)
        qsort(field, rows, sizeof *field, compare_fields);
    for (size_t row = 1; row < rows && is_apart; row++)
        is_apart = compare_fields(&field[row - 1], &field[row]) != 0;
    free(field);
    return is_apart;
}

static bool is_unnamed(const struct table *t)
{
    if (!t->begins_with_header || t->is_renamed || t->width < 2 || t->first.records.rows == 0)
        return false;
    struct slice name = records_field(&t->first.records, 0, 0);
    return t->dialect.row_names || name.n == 0 || slice_equal(name, slice_of("Unnamed: 0"));
}

bool row_index_is(struct table *t, size_t column)
{
    if (column > 0)
        return false;
    if (t->row_index == ROW_INDEX_UNKNOWN) {
        bool is_index = t->first_waits && is_unnamed(t) && tells_rows_apart(t);
        t->row_index = is_index ? ROW_INDEX_YES : ROW_INDEX_NO;
        char text[400];
        snprintf(text, sizeof text, "%s: column 1 has no name and %s the rows; it is used only where it is listed",
                 table_file(t), t->kinds[0] == COLUMN_NUMBER ? "numbers" : "names");
        if (is_index && t->report != NULL)
            t->report(t->report_context, text);
    }
    return t->row_index == ROW_INDEX_YES;
}
