/* Any bytes behind a right checksum are decoded to a model that encodes and decodes to itself, or are refused with a
 * reason. */

#include "base/mem.h"
#include "fuzz.h"
#include "model/modelfile.h"

#include <string.h>
#include <zlib.h>

enum { MAX = 4096, GZIP_HEAD = 10, BLOCK_HEAD = 5, GZIP_TAIL = 8 };

static void put_integer(unsigned char *out, size_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)(value >> (8 * i));
}

/* A gzip stream (RFC 1952) of one stored block (RFC 1951, 3.2.4); returns its length. */
static size_t store(unsigned char *out, const uint8_t *data, size_t n)
{
    static const unsigned char head[GZIP_HEAD] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};
    unsigned char *p = out;
    memcpy(p, head, sizeof head);
    p += sizeof head;
    *p++ = 1; /* the last block, stored */
    put_integer(p, n, 2);
    put_integer(p + 2, ~n, 2);
    p += 4;
    if (n > 0)
        memcpy(p, data, n);
    p += n;
    put_integer(p, crc32(0, data, (uInt)n), 4);
    put_integer(p + 4, n, 4);
    return (size_t)(p + GZIP_TAIL - out);
}

static void encodes_to_itself(const struct model *model)
{
    struct model *again = NULL;
    struct err err = {0};
    void *first, *second;
    size_t first_n, second_n;
    modelfile_encode(model, &first, &first_n);
    demand(modelfile_decode(first, first_n, "m", &again, &err) == STATUS_OK, "what was encoded is decoded");
    modelfile_encode(again, &second, &second_n);
    demand(first_n == second_n && memcmp(first, second, first_n) == 0, "the model is the same after a round trip");
    free(first);
    free(second);
    model_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > MAX)
        return 0;
    unsigned char stream[GZIP_HEAD + BLOCK_HEAD + MAX + GZIP_TAIL];
    size_t n = store(stream, data, size);
    unsigned char *exact = mem_alloc(n, 1); /* so that a read behind it is seen */
    memcpy(exact, stream, n);
    struct model *model = NULL;
    struct err err = {0};
    enum status status = modelfile_decode(exact, n, "m", &model, &err);
    free(exact);
    if (status == STATUS_OK) {
        demand(model != NULL, "a model that is accepted is there");
        encodes_to_itself(model);
    } else {
        demand(status == STATUS_DATA && model == NULL && err.reason[0] != '\0', "what is refused has a reason");
    }
    model_free(model);
    return 0;
}
