/* The writer of the model container, whose layout modelfile.c draws: the fields go into one buffer in their order, and
 * zlib deflates it into a gzip member. The header is fixed (time 0, no name, operating system 255), so that the same
 * model gives the same bytes. Memory: the container and its compressed form at once. */

#include "model/modelfile.h"

#include "base/mem.h"
#include "text/buffer.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

static void put_integer(struct buffer *b, uint64_t value, size_t size)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
    buffer_add(b, bytes, size);
}

static void put_double(struct buffer *b, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_integer(b, bits, 8);
}

static void put_text(struct buffer *b, const char *text)
{
    size_t n = strlen(text);
    put_integer(b, n, 4);
    buffer_add(b, text, n);
}

static void put_array(struct buffer *b, const struct model_array *array)
{
    size_t count = 1;
    put_integer(b, array->dimensions, 1);
    for (size_t k = 0; k < array->dimensions; k++) {
        put_integer(b, array->shape[k], 8);
        count *= array->shape[k];
    }
    for (size_t k = 0; k < count; k++)
        put_double(b, array->values[k]);
}

static void put_field(struct buffer *b, const struct model_entry *e)
{
    put_integer(b, e->type, 1);
    put_text(b, e->name);
    switch (e->type) {
    case MODEL_TEXT:
        put_text(b, e->text);
        break;
    case MODEL_TEXTS:
        put_integer(b, e->n, 4);
        for (size_t k = 0; k < e->n; k++)
            put_text(b, e->texts[k]);
        break;
    case MODEL_NUMBER:
        put_double(b, e->number);
        break;
    case MODEL_ARRAY:
        put_array(b, &e->array);
        break;
    }
}

void modelfile_encode(const struct model *model, void **bytes, size_t *n)
{
    struct buffer b = {0};
    buffer_add(&b, MODELFILE_MAGIC, sizeof MODELFILE_MAGIC - 1);
    put_integer(&b, MODELFILE_VERSION, 4);
    put_text(&b, model_kind(model));
    for (size_t i = 0; i < model_entries(model); i++) {
        struct model_entry entry = model_entry(model, i);
        put_field(&b, &entry);
    }
    put_integer(&b, 0, 1);

    z_stream z = {0};
    gz_header header = {.os = 255};
    deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    deflateSetHeader(&z, &header);
    size_t capacity = deflateBound(&z, b.n) + 64, done = 0, given = 0;
    unsigned char *out = mem_alloc(capacity, 1);
    int answer = Z_OK;
    while (answer == Z_OK) { /* in pieces: zlib counts in 32 bits */
        size_t piece = b.n - given < (size_t)1 << 30 ? b.n - given : (size_t)1 << 30;
        size_t room = capacity - done < (size_t)1 << 30 ? capacity - done : (size_t)1 << 30;
        z.next_in = (unsigned char *)b.p + given;
        z.avail_in = (uInt)piece;
        z.next_out = out + done;
        z.avail_out = (uInt)room;
        answer = deflate(&z, given + piece == b.n ? Z_FINISH : Z_NO_FLUSH);
        given += piece - z.avail_in;
        done += room - z.avail_out;
    }
    deflateEnd(&z);
    buffer_free(&b);
    *bytes = out;
    *n = done;
}
