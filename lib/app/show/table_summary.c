/* A row per column of a table: type, missing and distinct values, range, first values. One pass, in constant memory.
 *
 * 1. summary_map, in any thread: the range of each column in a block (summary_range.h), and the hashes of its values,
 *    but for those that the thread has passed on before (hash_is_known).
 * 2. summary_reduce, in the order of the rows: the ranges join those of the columns, the hashes their distinct values.
 * 3. summary_rows: the result.
 *
 * Numbers are compared and counted by value, texts by their bytes. Distinct values are counted exactly as long as they
 * are few for the memory that all columns share, and estimated beyond (data/keys/distinct.h). */

#include "app/show/summary_range.h"
#include "app/show/table_show_work.h"
#include "base/hash.h"
#include "base/mem.h"
#include "cli/out.h"
#include "data/keys/distinct.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>

enum { HASHES_MOST = 1 << 16, HASHES_FEWEST = 64, KNOWN_MOST = 256 };
#define HASHES_MEMORY ((size_t)64 << 20)
#define KNOWN_MEMORY ((size_t)4 << 20)

struct table_summary {
    const struct table_show *show;
    struct summary_range *range; /* of each column, its texts copied */
    struct distinct **distinct;
    size_t rows, known_slots;
};

/* One thread's. */
struct summary_part {
    struct summary_range *range; /* of each column in the block; its texts are the block's */
    uint64_t *hash;              /* of values: those of column i end at end[i] */
    size_t *end, n, capacity;
    uint64_t *known; /* hashes passed on before: known_slots of each column, by their upper half */
};

static uint64_t hash_value(bool is_number, double x, struct slice text)
{
    uint64_t bits;
    if (!is_number)
        return hash_bytes(text);
    x += 0.0; /* -0 is 0 */
    memcpy(&bits, &x, sizeof bits);
    return hash_mix(bits ^ 0xa0761d6478bd642fu, 0xe7037ed1a0b428dbu);
}

static bool hash_is_known(uint64_t *known, size_t slots, uint64_t hash)
{
    uint64_t *slot = &known[(hash >> 32) & (slots - 1)];
    bool is_known = *slot == hash;
    *slot = hash;
    return is_known;
}

/* Adds a value to the range; returns its hash. The type of a column without values so far is open. */
static uint64_t add_value(struct summary_range *r, enum column_kind kind, struct slice text)
{
    double x = 0;
    bool is_number = kind != COLUMN_TEXT && number_parse(text, &x);
    if (r->kind == COLUMN_EMPTY)
        r->kind = is_number ? COLUMN_NUMBER : COLUMN_TEXT;
    if (is_number)
        summary_range_add_number(r, x);
    else
        r->texts++;
    if (kind != COLUMN_NUMBER)
        summary_range_add_text(r, text);
    return hash_value(is_number, x, text);
}

static void map_column(const struct table_summary *w, struct summary_part *p, const struct block *b, size_t i)
{
    struct summary_range *r = &p->range[i];
    uint64_t *known = p->known + i * w->known_slots;
    enum column_kind kind = table_kind(w->show->table, w->show->columns[i]);
    *r = (struct summary_range){.missing = 0};
    p->hash = mem_grow(p->hash, &p->capacity, p->n + b->rows, sizeof *p->hash);
    for (size_t row = 0; row < b->rows; row++) {
        struct slice text = b->texts[i][row];
        if (text.p == NULL) {
            r->missing++;
            continue;
        }
        uint64_t hash = add_value(r, kind, text);
        if (!hash_is_known(known, w->known_slots, hash)) {
            p->hash[p->n++] = hash;
            summary_range_add_value(r, text);
        }
    }
    p->end[i] = p->n;
}

static enum status summary_map(void *context, void *state, struct block *b, struct err *err)
{
    const struct table_summary *w = context;
    struct summary_part *p = state;
    (void)err;
    if (p->range == NULL) {
        p->range = mem_alloc(w->show->n, sizeof *p->range);
        p->end = mem_alloc(w->show->n, sizeof *p->end);
        p->known = mem_zero(w->show->n * w->known_slots, sizeof *p->known);
    }
    p->n = 0;
    for (size_t i = 0; i < w->show->n; i++)
        map_column(w, p, b, i);
    return STATUS_OK;
}

static enum status summary_reduce(void *context, void *state, struct block *b, struct err *err)
{
    struct table_summary *w = context;
    struct summary_part *p = state;
    (void)err;
    for (size_t i = 0, k = 0; i < w->show->n; i++) {
        summary_range_join(&w->range[i], &p->range[i]);
        for (; k < p->end[i]; k++)
            distinct_add(w->distinct[i], p->hash[k]);
    }
    w->rows += b->rows;
    return STATUS_OK;
}

static void part_release(void *state)
{
    struct summary_part *p = state;
    free(p->range);
    free(p->end);
    free(p->known);
    free(p->hash);
}

/* The largest power of 2 up to `most`, if n of them fit into the memory; at least `fewest`. */
static size_t share(size_t memory, size_t n, size_t fewest, size_t most)
{
    size_t share = most;
    while (share > fewest && share * n > memory)
        share /= 2;
    return share;
}

static void add_cut(struct buffer *line, struct slice text)
{
    enum { SHOWN = 40 };
    char echo[ERR_ECHO];
    size_t n = text.n < SHOWN ? text.n : SHOWN;
    err_echo(echo, (struct slice){text.p, n});
    buffer_add_text(line, echo);
    buffer_add_text(line, n < text.n ? "..." : "");
}

static void add_values(struct out *out, const struct summary_range *r)
{
    struct buffer line = {0};
    for (size_t i = 0; i < r->n_values; i++) {
        buffer_add_text(&line, i > 0 ? ", " : "");
        add_cut(&line, r->value[i]);
    }
    buffer_add_text(&line, r->has_more ? ", ..." : "");
    out_text(out, (struct slice){line.p, line.n});
    buffer_free(&line);
}

static void add_range(struct out *out, const struct summary_range *r)
{
    if (r->kind == COLUMN_NUMBER) {
        out_number(out, r->least_number);
        out_number(out, r->greatest_number);
        return;
    }
    struct slice ends[2] = {r->least_text, r->greatest_text};
    for (size_t i = 0; i < 2; i++) {
        struct buffer text = {0};
        if (ends[i].p != NULL)
            add_cut(&text, ends[i]);
        out_text(out, (struct slice){text.p, text.n});
        buffer_free(&text);
    }
}

static enum status summary_rows(const struct table_summary *w, struct err *err)
{
    static const char *const names[] = {"column",   "type",        "n",       "missing", "not_numbers",
                                        "distinct", "distinct_se", "minimum", "maximum", "values"};
    static const char *const types[] = {[COLUMN_EMPTY] = "empty", [COLUMN_NUMBER] = "number", [COLUMN_TEXT] = "text"};
    struct out *out;
    const struct table_show *show = w->show;
    struct output_settings settings = {.path = show->settings->path, .to = show->settings->to};
    enum status status = out_open(&out, &settings, sizeof names / sizeof *names, names, err);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < show->n; i++) {
        const struct summary_range *r = &w->range[i];
        double se, distinct = distinct_count(w->distinct[i], &se);
        out_word(out, table_name(show->table, show->columns[i]));
        out_word(out, types[r->kind]);
        out_count(out, r->numbers + r->texts);
        out_count(out, r->missing);
        out_count(out, r->kind == COLUMN_NUMBER ? r->texts : 0);
        out_total(out, round(distinct));
        out_total(out, ceil(se));
        add_range(out, r);
        add_values(out, r);
        out_end_row(out);
    }
    return out_close(out, err);
}

enum status table_summary_write(const struct table_show *show, struct err *err)
{
    enum { BYTES_PER_HASH = 32 }; /* distinct.h */
    struct table_summary w = {.show = show};
    size_t n = show->n, hashes = share(HASHES_MEMORY / BYTES_PER_HASH, n, HASHES_FEWEST, HASHES_MOST);
    w.known_slots = share(KNOWN_MEMORY / sizeof(uint64_t), n, 1, KNOWN_MOST);
    w.range = mem_zero(n, sizeof *w.range);
    w.distinct = mem_alloc(n, sizeof(struct distinct *));
    for (size_t i = 0; i < n; i++)
        w.distinct[i] = distinct_new(hashes);
    struct table_fold fold = {sizeof(struct summary_part), summary_map, summary_reduce, part_release};
    enum status status = table_head_fold(show, &fold, &w, err);
    if (status == STATUS_OK)
        status = summary_rows(&w, err);
    for (size_t i = 0; i < n; i++) {
        summary_range_free(&w.range[i]);
        distinct_free(w.distinct[i]);
    }
    free(w.range);
    free(w.distinct);
    return status;
}
