#include "file/modelfile.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* The container, inside one gzip member (RFC 1952) with time 0 and no name:
 *
 *     "LIKELYM\n"  u32 version  text kind  field ...  u8 0
 *     field: u8 type (1 text, 2 texts, 3 number, 4 array)  text name  value
 *     text:  u32 length, bytes without NUL
 *     texts: u32 count, texts        number: f64        array: u8 dimensions (1..4), u64 sizes, f64 values
 *
 * Integers are unsigned and little-endian, f64 is IEEE 754 binary64, little-endian. Nothing follows, neither in the container nor
 * behind the gzip member. A reader refuses what it does not know, and a size that the bytes at hand cannot fill.
 *
 * Versions: 0 had no kind in its head but a text field "kind" among the others; it was written before the first release. */

static const char magic[8] = "LIKELYM\n";

#define INFLATED_MAX ((size_t)1 << 33) /* 8 GiB: a billion parameters */

/* ---- bytes out ---- */

struct bytes {
    unsigned char *p;
    size_t n, capacity;
};

static void put(struct bytes *b, const void *bytes, size_t n)
{
    b->p = mem_grow(b->p, &b->capacity, b->n + n, 1);
    if (n > 0)
        memcpy(b->p + b->n, bytes, n);
    b->n += n;
}

static void put_integer(struct bytes *b, uint64_t value, size_t size)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    put(b, bytes, size);
}

static void put_double(struct bytes *b, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_integer(b, bits, 8);
}

static void put_text(struct bytes *b, const char *text)
{
    size_t n = strlen(text);
    put_integer(b, n, 4);
    put(b, text, n);
}

static void put_field(struct bytes *b, const struct model *model, size_t i)
{
    const char *name;
    enum model_type type = model_field(model, i, &name);
    put_integer(b, type, 1);
    put_text(b, name);
    const char *text = NULL, *const *texts = NULL;
    size_t n = 0;
    double number = 0;
    const size_t *shape = NULL;
    const double *values = NULL;
    switch (type) {
    case MODEL_TEXT:
        model_text(model, name, &text);
        put_text(b, text);
        break;
    case MODEL_TEXTS:
        model_texts(model, name, &n, &texts);
        put_integer(b, n, 4);
        for (size_t k = 0; k < n; k++)
            put_text(b, texts[k]);
        break;
    case MODEL_NUMBER:
        model_number(model, name, &number);
        put_double(b, number);
        break;
    case MODEL_ARRAY:
        model_array(model, name, &n, &shape, &values);
        put_integer(b, n, 1);
        size_t count = 1;
        for (size_t k = 0; k < n; k++) {
            put_integer(b, shape[k], 8);
            count *= shape[k];
        }
        for (size_t k = 0; k < count; k++)
            put_double(b, values[k]);
        break;
    }
}

void modelfile_encode(const struct model *model, void **bytes, size_t *n)
{
    struct bytes b = {0};
    put(&b, magic, sizeof magic);
    put_integer(&b, MODELFILE_VERSION, 4);
    put_text(&b, model_kind(model));
    for (size_t i = 0; i < model_fields(model); i++)
        put_field(&b, model, i);
    put_integer(&b, 0, 1);

    z_stream z = {0};
    gz_header header = {.os = 255};
    deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    deflateSetHeader(&z, &header);
    size_t capacity = deflateBound(&z, b.n) + 64, done = 0, given = 0;
    unsigned char *out = mem_alloc(capacity, 1);
    int answer = Z_OK;
    while (answer == Z_OK) { /* in pieces: zlib counts in 32 bits */
        size_t piece = b.n - given < (size_t)1 << 30 ? b.n - given : (size_t)1 << 30;
        size_t room = capacity - done < (size_t)1 << 30 ? capacity - done : (size_t)1 << 30;
        z.next_in = b.p + given;
        z.avail_in = (uInt)piece;
        z.next_out = out + done;
        z.avail_out = (uInt)room;
        answer = deflate(&z, given + piece == b.n ? Z_FINISH : Z_NO_FLUSH);
        given += piece - z.avail_in;
        done += room - z.avail_out;
    }
    deflateEnd(&z);
    free(b.p);
    *bytes = out;
    *n = done;
}

/* ---- bytes in ---- */

struct reader {
    const unsigned char *p;
    size_t left;
    struct err *err;
};

static enum status ends_early(struct reader *r)
{
    return err_data(r->err, "the model is damaged: it ends in the middle of a field");
}

static bool take_integer(struct reader *r, size_t size, uint64_t *value)
{
    if (r->left < size)
        return false;
    *value = 0;
    for (size_t i = 0; i < size; i++)
        *value |= (uint64_t)r->p[i] << (8 * i);
    r->p += size;
    r->left -= size;
    return true;
}

static bool take_double(struct reader *r, double *value)
{
    uint64_t bits;
    if (!take_integer(r, 8, &bits))
        return false;
    memcpy(value, &bits, sizeof bits);
    return true;
}

/* *text is malloc'ed. */
static enum status take_text(struct reader *r, char **text)
{
    uint64_t n;
    if (!take_integer(r, 4, &n) || n > r->left)
        return ends_early(r);
    if (memchr(r->p, '\0', n) != NULL)
        return err_data(r->err, "the model is damaged: a text has a NUL byte in it");
    *text = mem_copy((const char *)r->p, n);
    r->p += n;
    r->left -= n;
    return STATUS_OK;
}

static enum status take_texts(struct reader *r, struct model *model, const char *name)
{
    uint64_t n;
    if (!take_integer(r, 4, &n) || n > r->left / 4)
        return ends_early(r);
    char **texts = mem_zero(n, sizeof *texts);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = take_text(r, &texts[i]);
    if (status == STATUS_OK)
        model_set_texts(model, name, n, (const char *const *)texts);
    for (size_t i = 0; i < n; i++)
        free(texts[i]);
    free(texts);
    return status;
}

static enum status take_array(struct reader *r, struct model *model, const char *name)
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
    if (count > r->left / 8)
        return ends_early(r);
    double *values = mem_alloc(count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        take_double(r, &values[i]);
    model_set_array(model, name, dimensions, shape, values);
    free(values);
    return STATUS_OK;
}

/* One field into the model; *end at the end mark. */
static enum status take_field(struct reader *r, struct model *model, bool *end)
{
    uint64_t type;
    char *name = NULL, *text = NULL;
    double number;
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
            model_set_text(model, name, text);
        break;
    case MODEL_TEXTS:
        status = take_texts(r, model, name);
        break;
    case MODEL_NUMBER:
        if (take_double(r, &number))
            model_set_number(model, name, number);
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
    const char *kind;
    if (!model_text(model, "kind", &kind))
        return err_data(err, "the model has no 'kind'");
    model_set_kind(model, kind);
    return STATUS_OK;
}

/* What makes a model of one version one of the next. */
static enum status (*const upgrades[MODELFILE_VERSION])(struct model *model, struct err *err) = {upgrade_from_0};

static enum status parse(struct reader *r, struct model **model)
{
    uint64_t version;
    char *kind = NULL;
    if (r->left < sizeof magic || memcmp(r->p, magic, sizeof magic) != 0)
        return err_data(r->err, "this is not a model: what is compressed in it is something else");
    r->p += sizeof magic;
    r->left -= sizeof magic;
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
    for (bool end = false; !end && status == STATUS_OK;)
        status = take_field(r, *model, &end);
    if (status == STATUS_OK && r->left > 0)
        status = err_data(r->err, "the model is damaged: something follows its end");
    for (; status == STATUS_OK && version < MODELFILE_VERSION; version++)
        status = upgrades[version](*model, r->err);
    return status;
}

/* ---- gzip ---- */

static enum status inflate_all(const unsigned char *in, size_t n, struct bytes *out, struct err *err)
{
    if (n < 2 || in[0] != 0x1f || in[1] != 0x8b)
        return err_data(err, "this is not a model: it does not begin as a gzip stream");
    z_stream z = {0};
    inflateInit2(&z, 15 + 16);
    int answer = Z_OK;
    size_t given = 0;
    while (answer == Z_OK) {
        size_t piece = n - given < (size_t)1 << 30 ? n - given : (size_t)1 << 30;
        size_t room = (size_t)1 << 16;
        out->p = mem_grow(out->p, &out->capacity, out->n + room, 1);
        z.next_in = (unsigned char *)(uintptr_t)(in + given);
        z.avail_in = (uInt)piece;
        z.next_out = out->p + out->n;
        z.avail_out = (uInt)room;
        answer = inflate(&z, Z_NO_FLUSH);
        given += piece - z.avail_in;
        out->n += room - z.avail_out;
        if (out->n > INFLATED_MAX)
            break;
    }
    inflateEnd(&z);
    if (answer == Z_BUF_ERROR)
        return err_data(err, "the model is damaged: it is cut short");
    if (answer == Z_OK)
        return err_data(err, "the model is larger than 8 GiB");
    if (answer != Z_STREAM_END)
        return err_data(err, "the model is damaged (its compressed data or its checksum is wrong)");
    if (given < n)
        return err_data(err, "the model is damaged: something follows its end");
    return STATUS_OK;
}

enum status modelfile_decode(const void *bytes, size_t n, const char *name, struct model **model, struct err *err)
{
    struct bytes inflated = {0};
    struct model *m = NULL;
    enum status status = inflate_all(bytes, n, &inflated, err);
    if (status == STATUS_OK) {
        struct reader reader = {.p = inflated.p, .left = inflated.n, .err = err};
        status = parse(&reader, &m);
    }
    free(inflated.p);
    if (status != STATUS_OK) {
        model_free(m);
        return err_at(err, name, 0);
    }
    *model = m;
    return STATUS_OK;
}

/* ---- files ---- */

enum status modelfile_read(int fd, const char *name, struct model **model, struct err *err)
{
    struct bytes b = {0};
    ssize_t got;
    do {
        b.p = mem_grow(b.p, &b.capacity, b.n + 65536, 1);
        got = read(fd, b.p + b.n, 65536);
        b.n += got > 0 ? (size_t)got : 0;
    } while (got > 0 || (got < 0 && errno == EINTR));
    enum status status;
    if (got < 0) {
        err_io(err, "cannot read");
        status = err_at(err, name, 0);
    } else if (b.n == 0) {
        err_data(err, "there is no model: the input is empty");
        status = err_at(err, name, 0);
    } else {
        status = modelfile_decode(b.p, b.n, name, model, err);
    }
    free(b.p);
    return status;
}

enum status modelfile_load(const char *path, struct model **model, struct err *err)
{
    if (strcmp(path, "-") == 0)
        return modelfile_read(STDIN_FILENO, "standard input", model, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        err_io(err, "cannot open");
        return err_at(err, path, 0);
    }
    enum status status = modelfile_read(fd, path, model, err);
    close(fd);
    return status;
}
