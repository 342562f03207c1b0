/* Rows of svmlight text (svm.c) to records of fields: the label and, for each column, the text of its value or of a 0,
 * which stands behind the text of the block. Rows x columns of a block are bounded by FIELDS_MAX: wider rows are for
 * commands that read sparse rows. */

#include "data/table/table_svm.h"

#include "base/mem.h"
#include "data/table/records_memory.h"
#include "data/table/svm.h"

#include <stdio.h>

enum { FIELDS_MAX = 1 << 25 };

/* Adds the fields of a row; false if it has an index without a column. zero: where the text has a 0. */
static bool add_fields(struct records *r, const struct svm *svm, size_t row, size_t zero)
{
    struct records_memory *m = r->memory;
    size_t first = svm->start[row], past = svm->start[row + 1];
    if (past > first && (size_t)svm->index[past - 1] + 1 >= r->width)
        return false;
    m->begin = mem_grow(m->begin, &m->fields_capacity, m->fields + r->width, sizeof *m->begin);
    m->end = mem_grow(m->end, &m->end_capacity, m->fields + r->width, sizeof *m->end);
    uint32_t *begin = m->begin + m->fields, *end = m->end + m->fields;
    begin[0] = (uint32_t)(svm->label[row].p - r->raw);
    end[0] = begin[0] + (uint32_t)svm->label[row].n;
    for (size_t f = 1; f < r->width; f++) {
        begin[f] = (uint32_t)zero;
        end[f] = (uint32_t)zero + 1;
    }
    for (size_t i = first; i < past; i++)
        svm_value_place(svm, i, &begin[svm->index[i] + 1], &end[svm->index[i] + 1]);
    m->fields += r->width;
    return records_add_row(r, begin[0], end[0]);
}

static void set_fault(struct records *r, size_t at)
{
    r->fault.reason = r->memory->reason;
    r->fault.at = (uint32_t)at;
}

/* Where the line, counted from 1, begins. */
static size_t line_begin(const char *raw, size_t n, size_t line)
{
    size_t at = 0;
    for (; line > 1 && at < n; at++)
        line -= raw[at] == '\n';
    return at;
}

/* width 0: that of the block. */
static void split(struct records *r, const char *raw, size_t n, size_t width)
{
    struct records_memory *m = r->memory;
    struct svm *svm = records_svm(r);
    svm_skim(svm, raw, n);
    records_start(r, raw, width > 0 ? width : (size_t)svm->columns + 1);
    records_own_text(r, n)[n] = '0';
    r->ends_at_lf = true;
    r->lines = svm->lines;
    size_t row = 0;
    if (r->width * svm->rows > FIELDS_MAX) {
        snprintf(m->reason, sizeof m->reason, "rows of %zu columns, most of which are 0, are too wide", r->width - 1);
        set_fault(r, 0);
    }
    while (row < svm->rows && r->fault.reason == NULL) {
        if (add_fields(r, svm, row, n)) {
            row++;
            continue;
        }
        snprintf(m->reason, sizeof m->reason, "the index %zu is above those at the begin of the input, %zu at most",
                 (size_t)svm->index[svm->start[row + 1] - 1] + 1, r->width - 1);
        set_fault(r, (size_t)(svm->label[row].p - raw));
    }
    if (r->fault.reason == NULL && svm->fault.reason[0] != '\0') {
        snprintf(m->reason, sizeof m->reason, "%s", svm->fault.reason);
        set_fault(r, line_begin(raw, n, svm->fault.line));
    }
    records_finish(r);
}

void table_svm_split_first(struct table *t)
{
    split(&t->first.records, t->first.raw.bytes, t->first.raw.n, 0);
    t->svm_width = t->first.records.width;
}

void table_svm_split(const struct table *t, struct records *records, const struct source_block *raw)
{
    split(records, raw->bytes, raw->n, t->svm_width);
}

void table_svm_name(struct table *t)
{
    t->is_keyed = t->has_header = true;
    t->width = t->fields = t->svm_width;
    t->names = mem_alloc(t->width, sizeof *t->names);
    buffer_add_text(&t->header_text, "label");
    t->names[0] = mem_copy_text("label");
    for (size_t f = 1; f < t->width; f++) {
        t->names[f] = mem_format("%zu", f);
        buffer_add_format(&t->header_text, ",%zu", f);
    }
}
