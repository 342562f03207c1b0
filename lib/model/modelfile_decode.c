/* The reader of the model container, whose layout modelfile.c draws. Its input is not trusted.
 *
 * 1. modelfile_decode: the bytes must begin as a gzip stream; limits follow from their number.
 * 2. parse: magic, version and kind, then take_field up to the end mark. The stream is inflated as it is read.
 * 3. claim: before memory is allocated, a size is compared with what the stream can still hold (`left`) and with what
 *    the model may still take (`memory`). What is granted is subtracted, which bounds the sum: a small file
 *    cannot fill the machine's memory, even if it inflates to zeros without end.
 * 4. upgrades: a model of an older version becomes one of the next, version by version.
 * 5. check_stream: the stream is read to its end, so that its checksum is verified; a damaged stream explains every
 *    other fault and is reported first.
 *
 * Memory: the compressed file, 16 KiB of inflated bytes, and the model. Fields are checked against their declarations
 * later, by model_check. */

#include "model/modelfile.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { MAGIC_LENGTH = sizeof MODELFILE_MAGIC - 1 };

/* What a model may take in memory by the sizes it declares: 64 MiB, and 100 bytes for each byte of its file, because
 * parameters that are 0 take almost none there; at most 8 GiB, a billion parameters. Deflate makes at most 1032 bytes
 * from one (RFC 1951: 258 bytes in 2 bits). */
enum { MEMORY_FLOOR = 1 << 26, MEMORY_PER_BYTE = 100, DEFLATE_MOST = 1032 };
#define MEMORY_MAX ((size_t)1 << 33)

enum { TEXT_COST = 64, FIELDS_MAX = 10000 }; /* memory of a text besides its bytes; more fields than any kind has */

/* The stream is inflated as it is read, so that a size is checked before memory is allocated for it. */
struct modelfile_reader {
    const unsigned char *in;
    size_t in_left;
    z_stream z;
    int answer; /* of zlib; Z_OK: there may be more */
    unsigned char ahead[1 << 14];
    size_t at, got; /* ahead[at .. got) is not taken yet */
    size_t left;    /* bytes that the stream can still hold at most */
    size_t memory;  /* that the model may still take */
    size_t size;    /* of the file */
    bool too_large;
    struct err *err;
};

/* Inflates at most n bytes; returns how many. */
static size_t inflate_some(struct modelfile_reader *r, unsigned char *out, size_t n)
{
    size_t given = r->in_left < (size_t)1 << 30 ? r->in_left : (size_t)1 << 30; /* zlib counts in 32 bits */
    size_t room = n < (size_t)1 << 30 ? n : (size_t)1 << 30;
    r->z.next_in = (unsigned char *)(uintptr_t)r->in;
    r->z.avail_in = (uInt)given;
    r->z.next_out = out;
    r->z.avail_out = (uInt)room;
    r->answer = inflate(&r->z, Z_NO_FLUSH);
    r->in += given - r->z.avail_in;
    r->in_left -= given - r->z.avail_in;
    return room - r->z.avail_out;
}

static bool take_bytes(struct modelfile_reader *r, void *bytes, size_t n)
{
    unsigned char *out = bytes;
    if (n > r->left)
        return false;
    r->left -= n;
    while (n > 0) {
        if (r->at == r->got && r->answer != Z_OK)
            return false;
        if (r->at == r->got && n >= sizeof r->ahead) {
            size_t some = inflate_some(r, out, n);
            out += some;
            n -= some;
            continue;
        }
        if (r->at == r->got) {
            r->at = 0;
            r->got = inflate_some(r, r->ahead, sizeof r->ahead);
        }
        size_t some = r->got - r->at < n ? r->got - r->at : n;
        memcpy(out, r->ahead + r->at, some);
        r->at += some;
        out += some;
        n -= some;
    }
    return true;
}

static enum status ends_early(struct modelfile_reader *r)
{
    return err_data(r->err, "the model is damaged: it ends in the middle of a field");
}

/* Whether n things of this size in bytes, in the stream and in memory, may be there; an error where not. */
static enum status claim(struct modelfile_reader *r, uint64_t n, size_t bytes, size_t memory)
{
    if (bytes > 0 && n > r->left / bytes)
        return ends_early(r);
    if (n > r->memory / memory) {
        r->too_large = true;
        return err_data(r->err, "the model claims more memory than is sensible for a file of %zu bytes", r->size);
    }
    r->memory -= (size_t)n * memory;
    return STATUS_OK;
}

static uint64_t integer_of(const unsigned char *bytes, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

static double double_of(const unsigned char *bytes)
{
    uint64_t bits = integer_of(bytes, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool take_integer(struct modelfile_reader *r, size_t size, uint64_t *value)
{
    unsigned char bytes[8];
    if (!take_bytes(r, bytes, size))
        return false;
    *value = integer_of(bytes, size);
    return true;
}

/* *text is malloc'ed. */
static enum status take_text(struct modelfile_reader *r, char **text)
{
    uint64_t n;
    if (!take_integer(r, 4, &n))
        return ends_early(r);
    enum status status = claim(r, n, 1, 1);
    if (status != STATUS_OK)
        return status;
    char *bytes = mem_alloc((size_t)n + 1, 1);
    bytes[n] = '\0';
    if (!take_bytes(r, bytes, (size_t)n))
        status = ends_early(r);
    else if (memchr(bytes, '\0', (size_t)n) != NULL)
        status = err_data(r->err, "the model is damaged: a text has a NUL byte in it");
    if (status == STATUS_OK)
        *text = bytes;
    else
        free(bytes);
    return status;
}

static enum status take_texts(struct modelfile_reader *r, struct model *model, const char *name)
{
    uint64_t n;
    if (!take_integer(r, 4, &n))
        return ends_early(r);
    enum status status = claim(r, n, 4, TEXT_COST);
    if (status != STATUS_OK)
        return status;
    char **texts = mem_zero(n, sizeof *texts);
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = take_text(r, &texts[i]);
    if (status == STATUS_OK)
        model_add(model, &(struct model_entry){
                             .name = name, .type = MODEL_TEXTS, .n = n, .texts = (const char *const *)texts});
    for (size_t i = 0; i < n; i++)
        free(texts[i]);
    free(texts);
    return status;
}

static enum status take_array(struct modelfile_reader *r, struct model *model, const char *name)
{
    uint64_t dimensions, size;
    if (!take_integer(r, 1, &dimensions))
        return ends_early(r);
    if (dimensions < 1 || dimensions > MODEL_DIMENSIONS)
        return err_data(r->err, "the model is damaged: '%s' has %u dimensions", name, (unsigned)dimensions);
    size_t shape[MODEL_DIMENSIONS], count = 1;
    for (size_t i = 0; i < dimensions; i++) {
        if (!take_integer(r, 8, &size))
            return ends_early(r);
        if (size != 0 && count > r->left / 8 / size)
            return ends_early(r);
        shape[i] = (size_t)size;
        count *= (size_t)size;
    }
    enum status status = claim(r, count, 8, 8);
    if (status != STATUS_OK)
        return status;
    double *values = mem_alloc(count, sizeof *values);
    if (take_bytes(r, values, count * sizeof *values)) {
        for (size_t i = 0; i < count; i++)
            values[i] = double_of((const unsigned char *)&values[i]);
        model_add(model,
                  &(struct model_entry){.name = name, .type = MODEL_ARRAY, .array = {dimensions, shape, values}});
    } else {
        status = ends_early(r);
    }
    free(values);
    return status;
}

/* One field into the model; *end at the end mark. */
static enum status take_field(struct modelfile_reader *r, struct model *model, bool *end)
{
    uint64_t type;
    char *name = NULL, *text = NULL;
    unsigned char bytes[8];
    if (!take_integer(r, 1, &type))
        return ends_early(r);
    *end = type == 0;
    if (*end)
        return STATUS_OK;
    enum status status = take_text(r, &name);
    if (status != STATUS_OK)
        return status;
    switch (type) {
    case MODEL_TEXT:
        status = take_text(r, &text);
        if (status == STATUS_OK)
            model_add(model, &(struct model_entry){.name = name, .type = MODEL_TEXT, .text = text});
        break;
    case MODEL_TEXTS:
        status = take_texts(r, model, name);
        break;
    case MODEL_NUMBER:
        if (take_bytes(r, bytes, sizeof bytes))
            model_add(model, &(struct model_entry){.name = name, .type = MODEL_NUMBER, .number = double_of(bytes)});
        else
            status = ends_early(r);
        break;
    case MODEL_ARRAY:
        status = take_array(r, model, name);
        break;
    default: {
        char echo[ERR_ECHO];
        status = err_data(r->err, "the model's field '%s' is of an unknown type (%u)", err_echo(echo, slice_of(name)),
                          (unsigned)type);
    }
    }
    free(name);
    free(text);
    return status;
}

/* Version 0 kept the kind among the fields. */
static enum status upgrade_from_0(struct model *model, struct err *err)
{
    static const char name[] = "kind";
    for (size_t i = 0; i < model_entries(model); i++) {
        struct model_entry entry = model_entry(model, i);
        if (entry.type != MODEL_TEXT || strcmp(entry.name, name) != 0)
            continue;
        model_set_kind(model, entry.text);
        model_remove(model, name);
        return STATUS_OK;
    }
    return err_data(err, "the model has no '%s'", name);
}

/* What makes a model of one version one of the next. */
static enum status (*const upgrades[MODELFILE_VERSION])(struct model *model, struct err *err) = {upgrade_from_0};

static enum status parse(struct modelfile_reader *r, struct model **model)
{
    uint64_t version, behind;
    char *kind = NULL, head[MAGIC_LENGTH];
    if (!take_bytes(r, head, sizeof head) || memcmp(head, MODELFILE_MAGIC, sizeof head) != 0)
        return err_data(r->err, "this is not a model: the compressed data is something else");
    if (!take_integer(r, 4, &version))
        return ends_early(r);
    if (version > MODELFILE_VERSION)
        return err_data(r->err, "the model was written by a newer likely (format %u; this one reads up to %u)",
                        (unsigned)version, (unsigned)MODELFILE_VERSION);
    enum status status = version > 0 ? take_text(r, &kind) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    *model = model_new(kind != NULL ? kind : "");
    free(kind);
    bool end = false;
    for (size_t i = 0; !end && i < FIELDS_MAX && status == STATUS_OK; i++)
        status = take_field(r, *model, &end);
    if (status == STATUS_OK && !end)
        status = err_data(r->err, "the model is damaged: it has more than %d fields", FIELDS_MAX);
    if (status == STATUS_OK && take_integer(r, 1, &behind))
        status = err_data(r->err, "the model is damaged: data follows its end");
    for (; status == STATUS_OK && version < MODELFILE_VERSION; version++)
        status = upgrades[version](*model, r->err);
    return status;
}

/* ---- gzip ---- */

bool modelfile_is_gzip(const void *begin, size_t n)
{
    const unsigned char *bytes = begin;
    return n >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

/* What is wrong with the stream itself, which explains whatever else may be wrong, once it has been read to its end. */
static enum status check_stream(struct modelfile_reader *r, enum status status)
{
    for (size_t rest = r->memory, some; r->answer == Z_OK && !r->too_large && rest > 0;
         rest -= some < rest ? some : rest)
        some = inflate_some(r, r->ahead, sizeof r->ahead);
    if (r->too_large)
        return status;
    if (r->answer == Z_BUF_ERROR)
        return err_data(r->err, "the model is damaged: it is truncated");
    if (r->answer != Z_STREAM_END && r->answer != Z_OK)
        return err_data(r->err, "the model is damaged (its compressed data or its checksum is wrong)");
    if (status == STATUS_OK && r->in_left > 0)
        return err_data(r->err, "the model is damaged: data follows its end");
    return status;
}

enum status modelfile_decode(const void *bytes, size_t n, const char *name, struct model **model, struct err *err)
{
    if (!modelfile_is_gzip(bytes, n)) {
        err_data(err, "this is not a model: it does not begin as a gzip stream");
        return err_at(err, name, 0);
    }
    struct modelfile_reader *r = mem_zero(1, sizeof *r);
    struct model *m = NULL;
    r->in = bytes;
    r->in_left = r->size = n;
    r->left = n < SIZE_MAX / DEFLATE_MOST ? n * DEFLATE_MOST : SIZE_MAX;
    r->memory = n < (MEMORY_MAX - MEMORY_FLOOR) / MEMORY_PER_BYTE ? MEMORY_FLOOR + n * MEMORY_PER_BYTE : MEMORY_MAX;
    r->answer = Z_OK;
    r->err = err;
    inflateInit2(&r->z, 15 + 16);
    enum status status = check_stream(r, parse(r, &m));
    inflateEnd(&r->z);
    free(r);
    if (status != STATUS_OK) {
        model_free(m);
        return err_at(err, name, 0);
    }
    *model = m;
    return STATUS_OK;
}
