/* The memory of the records of a block, which the splitters fill field by field and record by record. It grows as
 * needed and is reused from block to block. */

#include "data/table/records_memory.h"

#include "base/err.h"
#include "base/mem.h"
#include "data/table/jsonl_walk.h"
#include "data/table/svm.h"

#include <stdlib.h>
#include <string.h>

void records_init(struct records *records)
{
    *records = (struct records){.memory = mem_zero(1, sizeof *records->memory)};
}

void records_free(struct records *records)
{
    struct records_memory *m = records->memory;
    if (m == NULL)
        return;
    free(m->begin);
    free(m->end);
    free(m->row_begin);
    free(m->row_end);
    free(m->arena);
    if (m->json != NULL)
        jsonl_walk_free(m->json);
    free(m->json);
    if (m->svm != NULL)
        svm_free(m->svm);
    free(m->svm);
    free(m);
    records->memory = NULL;
}

char *records_own_text(struct records *r, size_t n)
{
    struct records_memory *m = r->memory;
    if (r->text != NULL && r->text != r->raw)
        return m->arena + RECORDS_PADDING;
    m->arena = mem_grow(m->arena, &m->arena_capacity, n + 2 * RECORDS_PADDING, 1);
    memset(m->arena, 0, RECORDS_PADDING);
    memcpy(m->arena + RECORDS_PADDING, r->raw, n);
    memset(m->arena + RECORDS_PADDING + n, 0, RECORDS_PADDING);
    r->text = m->arena + RECORDS_PADDING;
    return m->arena + RECORDS_PADDING;
}

struct svm *records_svm(struct records *r)
{
    if (r->memory->svm == NULL) {
        r->memory->svm = mem_alloc(1, sizeof *r->memory->svm);
        svm_init(r->memory->svm);
    }
    return r->memory->svm;
}

struct jsonl_walk *records_json(struct records *r)
{
    if (r->memory->json == NULL)
        r->memory->json = mem_zero(1, sizeof *r->memory->json);
    return r->memory->json;
}

void records_start(struct records *r, const char *raw, size_t width)
{
    struct records_memory *m = r->memory;
    m->fields = 0;
    *r = (struct records){.raw = raw, .width = width, .memory = m};
}

void records_finish(struct records *r)
{
    struct records_memory *m = r->memory;
    r->begin = m->begin;
    r->end = m->end;
    r->row_begin = m->row_begin;
    r->row_end = m->row_end;
}

void records_add_field(struct records_memory *m, size_t begin, size_t end)
{
    m->begin = mem_grow(m->begin, &m->fields_capacity, m->fields + 1, sizeof *m->begin);
    m->end = mem_grow(m->end, &m->end_capacity, m->fields + 1, sizeof *m->end);
    m->begin[m->fields] = (uint32_t)begin;
    m->end[m->fields] = (uint32_t)end;
    m->fields++;
}

bool records_add_row(struct records *r, size_t begin, size_t end)
{
    struct records_memory *m = r->memory;
    size_t found = m->fields - r->rows * r->width;
    if (r->width == 0)
        r->width = found;
    if (found != r->width) {
        r->fault.reason = "";
        r->fault.cause = found < r->width ? ERR_SHORT_RECORD : ERR_LONG_RECORD;
        r->fault.fields = found;
        r->fault.at = (uint32_t)begin;
        return false;
    }
    m->row_begin = mem_grow(m->row_begin, &m->rows_capacity, r->rows + 1, sizeof *m->row_begin);
    m->row_end = mem_grow(m->row_end, &m->row_end_capacity, r->rows + 1, sizeof *m->row_end);
    m->row_begin[r->rows] = (uint32_t)begin;
    m->row_end[r->rows] = (uint32_t)end;
    r->rows++;
    return true;
}

size_t records_find_line_end(const char *raw, size_t p, size_t n, size_t *content_end)
{
    const char *lf = memchr(raw + p, '\n', n - p);
    size_t stop = lf != NULL ? (size_t)(lf - raw) : n;
    const char *cr = memchr(raw + p, '\r', stop - p);
    *content_end = cr != NULL ? (size_t)(cr - raw) : stop;
    if (cr != NULL && *content_end + 1 < stop)
        return *content_end + 1;
    return stop < n ? stop + 1 : n;
}

void records_move(struct records *r, size_t to, size_t from)
{
    memmove(r->begin + to * r->width, r->begin + from * r->width, r->width * sizeof *r->begin);
    memmove(r->end + to * r->width, r->end + from * r->width, r->width * sizeof *r->end);
    r->row_begin[to] = r->row_begin[from];
    r->row_end[to] = r->row_end[from];
}
