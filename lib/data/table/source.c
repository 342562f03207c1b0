/* Cuts the bytes of several files into blocks that end at record ends.
 *
 *     file:   |.........record|..record|.....rec
 *     block:  [carry........read][cut at the last record end]
 *                                 rest -> carry of the next block
 *
 * 1. open_file reads the head of the file into carry, refuses what is no text (stranger.h), and source_peek shows the
 *    head to the sniffer. skip_lines drops its first lines.
 * 2. source_next fills a block from carry, then from the file, until it has `block` bytes, and cuts it (find_cut). A
 *    block without a record end is doubled, up to SOURCE_RECORD_MAX. Lines that may be the footer stay in carry.
 *
 * Cuts depend on the bytes and the size of blocks alone, not on how a pipe delivers them; so does every sum over
 * blocks. Prompt sources are the exception. Memory: a block and the carry. One thread at a time. */

#include "data/table/source.h"

#include "base/mem.h"
#include "data/table/encoding.h"
#include "data/table/input.h"
#include "data/table/records.h"
#include "data/table/stranger.h"
#include "data/table/transcoder.h"

#include <stdlib.h>
#include <string.h>

struct source {
    const char *const *paths;
    size_t n_paths;
    size_t file;                   /* the open file, or the next to open */
    struct input *input;           /* NULL between files */
    struct transcoder *transcoder; /* of the open file; NULL = its text is UTF-8 */
    enum dialect_encoding given_encoding, encoding;
    bool file_begun;  /* a block of the open file has been given */
    bool file_ended;  /* its bytes have all been read */
    bool reads_ahead; /* compressed files are decompressed in a thread */
    bool prompt;
    const struct dialect *dialect;
    size_t block; /* bytes of a block */
    char *carry;  /* bytes read behind the last cut, from carry_at on */
    size_t carry_at, carry_n, carry_capacity;
    uint64_t consumed; /* of files closed already */
};

static const char *const standard_input[] = {"-"};

void source_new(struct source **source, const char *const *paths, size_t n_paths)
{
    *source = mem_zero(1, sizeof **source);
    (*source)->paths = n_paths > 0 ? paths : standard_input;
    (*source)->n_paths = n_paths > 0 ? n_paths : 1;
    (*source)->block = SOURCE_BLOCK;
}

void source_free(struct source *source)
{
    if (source == NULL)
        return;
    transcoder_free(source->transcoder);
    input_close(source->input);
    free(source->carry);
    free(source);
}

void source_set_encoding(struct source *source, enum dialect_encoding encoding)
{
    source->given_encoding = encoding;
}

enum dialect_encoding source_encoding(const struct source *source)
{
    return source->encoding;
}

bool source_reopen(struct source **again, const struct source *source)
{
    for (size_t i = 0; i < source->n_paths; i++)
        if (!input_is_file(source->paths[i]))
            return false;
    source_new(again, source->paths, source->n_paths);
    (*again)->given_encoding = source->given_encoding;
    return true;
}

void source_set_dialect(struct source *source, const struct dialect *dialect)
{
    source->dialect = dialect;
}

void source_set_block(struct source *source, size_t bytes)
{
    source->block = bytes;
}

const char *source_name(const struct source *source, size_t file)
{
    return input_name(source->paths[file]);
}

bool source_at_end(const struct source *source)
{
    bool last_file = source->file + 1 >= source->n_paths;
    return source->file >= source->n_paths || (last_file && source->file_ended && source->carry_at == source->carry_n);
}

void source_progress(const struct source *source, uint64_t *consumed, uint64_t *total)
{
    *consumed = source->consumed + (source->input != NULL ? input_consumed(source->input) : 0);
    *total = source->n_paths == 1 && source->input != NULL ? input_size(source->input) : 0;
}

void source_set_prompt(struct source *source)
{
    source->prompt = true;
}

/* Whether the bytes have that number of line ends: LF, CR or CRLF. */
static bool has_lines(const char *bytes, size_t n, size_t lines)
{
    for (size_t i = 0; i < n && lines > 0; i++)
        lines -= bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == n || bytes[i + 1] != '\n'));
    return lines == 0;
}

/* Reads text of the open file; *got < capacity only at its end, or if the source is prompt. */
static enum status read_text(struct source *s, char *buffer, size_t capacity, size_t *got, struct err *err)
{
    enum status status = s->transcoder != NULL ? transcoder_read(s->transcoder, buffer, capacity, got, err)
                                               : input_read(s->input, buffer, capacity, got, err);
    s->file_ended = s->transcoder != NULL ? transcoder_at_end(s->transcoder) : input_at_end(s->input);
    return status;
}

/* The first bytes of a file: a block, or less at its end or, if the source is prompt, as soon as there are so many
 * lines, or one of JSON, which has no header. */
static enum status read_head(struct source *s, size_t lines, struct err *err)
{
    enum status status = STATUS_OK;
    do {
        size_t got = 0;
        status = read_text(s, s->carry + s->carry_n, SOURCE_BLOCK - s->carry_n, &got, err);
        s->carry_n += got;
    } while (status == STATUS_OK && !s->file_ended && s->carry_n < SOURCE_BLOCK &&
             !has_lines(s->carry, s->carry_n, s->carry_n > 0 && s->carry[0] == '{' ? 1 : lines));
    return status;
}

/* Finds the encoding of the file whose head is in carry, drops its byte-order mark, and makes the head UTF-8. */
static enum status decode_head(struct source *s, size_t lines, struct err *err)
{
    struct slice head = {s->carry, s->carry_n};
    s->encoding = s->given_encoding != DIALECT_ENCODING_AUTO ? s->given_encoding : encoding_find(head, s->encoding);
    size_t mark = encoding_mark(head, s->encoding);
    head = (struct slice){head.p + mark, head.n - mark};
    if (s->encoding == DIALECT_UTF8) {
        s->carry_at = mark;
        return STATUS_OK;
    }
    s->transcoder = transcoder_new(s->input, source_name(s, s->file), s->encoding, head);
    s->carry_n = 0;
    return read_head(s, lines, err);
}

static enum status open_file(struct source *s, size_t lines, struct err *err)
{
    enum status status = input_open(&s->input, s->paths[s->file], err);
    if (status != STATUS_OK)
        return status;
    if (s->prompt)
        input_set_prompt(s->input);
    s->file_begun = s->file_ended = false;
    s->carry = mem_grow(s->carry, &s->carry_capacity, SOURCE_BLOCK, 1);
    s->carry_at = s->carry_n = 0;
    status = read_head(s, lines, err);
    if (status == STATUS_OK && stranger_refuse((struct slice){s->carry, s->carry_n}, input_codec(s->input), err))
        status = err_at(err, source_name(s, s->file), 0);
    if (status == STATUS_OK)
        status = decode_head(s, lines, err);
    if (s->reads_ahead && !s->file_ended)
        input_read_ahead(s->input);
    return status;
}

static void close_file(struct source *s)
{
    s->consumed += input_consumed(s->input);
    transcoder_free(s->transcoder);
    s->transcoder = NULL;
    input_close(s->input);
    s->input = NULL;
    s->file++;
}

enum status source_peek(struct source *source, size_t lines, struct slice *bytes, struct err *err)
{
    enum status status = source->input == NULL ? open_file(source, lines, err) : STATUS_OK;
    *bytes = (struct slice){source->carry + source->carry_at, source->carry_n - source->carry_at};
    return status;
}

bool source_head_is_whole(const struct source *source)
{
    return source->file_ended;
}

const struct codec *source_codec(const struct source *source)
{
    return source->input != NULL ? input_codec(source->input) : NULL;
}

void source_read_ahead(struct source *source)
{
    source->reads_ahead = true;
    if (source->input != NULL && !source->file_ended)
        input_read_ahead(source->input);
}

/* The padding before the bytes is zeroed once. */
void source_block_reserve(struct source_block *b, size_t n)
{
    if (b->capacity < n + 2 * RECORDS_PADDING) {
        size_t capacity = n + 2 * RECORDS_PADDING;
        b->memory = mem_resize(b->memory, capacity, 1);
        if (b->capacity == 0)
            memset(b->memory, 0, RECORDS_PADDING);
        b->capacity = capacity;
    }
    b->bytes = b->memory + RECORDS_PADDING;
}

static bool is_carry_empty(const struct source *s)
{
    return s->carry_at == s->carry_n;
}

/* The next byte of the file, which stays in carry; *more = false at the end. */
static enum status peek_byte(struct source *s, char *byte, bool *more, struct err *err)
{
    if (is_carry_empty(s) && !s->file_ended) {
        enum status status = read_text(s, s->carry, SOURCE_BLOCK, &s->carry_n, err);
        s->carry_at = 0;
        if (status != STATUS_OK)
            return status;
    }
    *more = !is_carry_empty(s);
    *byte = *more ? s->carry[s->carry_at] : '\0';
    return STATUS_OK;
}

/* Drops the lines at the head of a file, however long they are; *skipped: their number. */
static enum status skip_lines(struct source *s, size_t *skipped, struct err *err)
{
    char before = '\0';
    for (*skipped = 0;; s->carry_at++) {
        char byte;
        bool more;
        enum status status = peek_byte(s, &byte, &more, err);
        bool ends_crlf = before == '\r' && byte == '\n';
        if (status != STATUS_OK || !more || (*skipped == s->dialect->skip_lines && !ends_crlf))
            return status;
        *skipped += (byte == '\n' && !ends_crlf) || byte == '\r';
        before = byte;
    }
}

static enum status block_start(struct source *s, struct source_block *b, struct err *err)
{
    b->n = 0;
    b->file = s->file;
    b->skipped = 0;
    b->first_of_file = !s->file_begun;
    s->file_begun = true;
    return b->first_of_file ? skip_lines(s, &b->skipped, err) : STATUS_OK;
}

/* Moves bytes of carry to the block until it has n bytes. */
static void take_carry(struct source *s, struct source_block *b, size_t n)
{
    size_t left = s->carry_n - s->carry_at, taken = n - b->n < left ? n - b->n : left;
    source_block_reserve(b, n);
    if (taken > 0)
        memcpy(b->bytes + b->n, s->carry + s->carry_at, taken);
    b->n += taken;
    s->carry_at += taken;
}

/* Moves the bytes behind the cut back to carry. is_carried: all bytes of the block came from there. */
static void keep_tail(struct source *s, struct source_block *b, size_t cut, bool is_carried)
{
    size_t n = b->n - cut;
    b->n = cut;
    if (is_carried) {
        s->carry_at -= n;
        return;
    }
    s->carry = mem_grow(s->carry, &s->carry_capacity, n, 1);
    memcpy(s->carry, b->bytes + cut, n);
    s->carry_at = 0;
    s->carry_n = n;
}

/* The begin of the last `lines` lines of the bytes. */
static size_t before_last_lines(const char *bytes, size_t n, size_t lines)
{
    for (size_t i = 0; i < lines && n > 0; i++) {
        n -= bytes[n - 1] == '\n' || bytes[n - 1] == '\r';
        n -= n > 0 && bytes[n - 1] == '\r' && bytes[n] == '\n';
        while (n > 0 && bytes[n - 1] != '\n' && bytes[n - 1] != '\r')
            n--;
    }
    return n;
}

/* Records that the first block of a file must have. */
static size_t head_records(const struct dialect *d)
{
    return (d->header_lines > 0 ? d->header_lines : 1) + d->units_row;
}

/* The number of bytes before the blank lines at the end, which may be records of the next block, or at the end of the
 * file none; all bytes of a long block of nothing else. */
static size_t before_blank_lines(const char *bytes, size_t n)
{
    size_t end = n;
    for (size_t at = n; at > 0; at--) {
        if (bytes[at - 1] != '\n' && bytes[at - 1] != '\r' && bytes[at - 1] != ' ' && bytes[at - 1] != '\t')
            return end;
        if (at < n && (bytes[at - 1] == '\n' || (bytes[at - 1] == '\r' && bytes[at] != '\n')))
            end = at;
    }
    return n < 4 * SOURCE_BLOCK ? 0 : n;
}

/* Where the block ends, 0 if it needs more bytes: at a record end, before the lines that may be the last of the file.
 */
static size_t find_cut(const struct source *s, const struct source_block *b, bool ended)
{
    size_t n = before_last_lines(b->bytes, b->n, s->dialect->footer_lines);
    size_t cut = ended ? n : before_blank_lines(b->bytes, records_cut(s->dialect, b->bytes, n));
    bool has_head = ended || !b->first_of_file || has_lines(b->bytes, cut, head_records(s->dialect));
    return has_head ? cut : 0;
}

static enum status refuse_record(const struct source *s, const struct source_block *b, struct err *err)
{
    size_t quote, line = 1;
    if (!records_find_open_quote(s->dialect, b->bytes, b->n, &quote)) {
        err_data(err, "the record that begins here is longer than %d MiB", SOURCE_RECORD_MAX >> 20);
        return err_at(err, source_name(s, s->file), line);
    }
    for (size_t i = 0; i < quote; i++)
        line += b->bytes[i] == '\n' || (b->bytes[i] == '\r' && b->bytes[i + 1] != '\n');
    err_data(err, "the quoted field that begins here is not closed within %d MiB", SOURCE_RECORD_MAX >> 20);
    err_because(err, ERR_QUOTE, NULL);
    return err_at(err, source_name(s, s->file), line);
}

/* Opens the next file if the open one has been given; *more = false if there is none. */
static enum status open_next(struct source *s, bool *more, struct err *err)
{
    *more = true;
    while (s->input == NULL || (s->file_begun && s->file_ended && is_carry_empty(s))) {
        if (s->input != NULL)
            close_file(s);
        *more = s->file < s->n_paths;
        enum status status = *more ? open_file(s, head_records(s->dialect) + 1, err) : STATUS_OK;
        if (status != STATUS_OK || !*more)
            return status;
    }
    return STATUS_OK;
}

enum status source_next(struct source *s, struct source_block *b, bool *more, struct err *err)
{
    bool is_carried = true, has_file;
    *more = false;
    enum status status = open_next(s, &has_file, err);
    if (status == STATUS_OK && has_file)
        status = block_start(s, b, err);
    if (status != STATUS_OK || !has_file)
        return status;
    take_carry(s, b, s->block);
    bool is_there = s->prompt && b->first_of_file && find_cut(s, b, false) > 0;
    for (size_t wanted = s->block;; wanted *= b->n < wanted ? 1 : 2) {
        take_carry(s, b, wanted);
        if (is_carry_empty(s) && !s->file_ended && !is_there && b->n < wanted) {
            size_t got = 0;
            status = read_text(s, b->bytes + b->n, wanted - b->n, &got, err);
            if (status != STATUS_OK)
                return status;
            b->n += got;
            is_carried = false;
        }
        bool ended = s->file_ended && is_carry_empty(s);
        size_t cut = find_cut(s, b, ended);
        if (cut > 0 || ended) {
            b->n = ended ? cut : b->n;
            keep_tail(s, b, cut, is_carried);
            break;
        }
        if (b->n >= SOURCE_RECORD_MAX)
            return refuse_record(s, b, err);
    }
    memset(b->bytes + b->n, 0, RECORDS_PADDING);
    *more = true;
    return STATUS_OK;
}

void source_block_free(struct source_block *block)
{
    free(block->memory);
    *block = (struct source_block){0};
}
