/* Models survive a round trip; damaged, oversized and foreign files are refused with the reason. */

#include "base/mem.h"
#include "model/modelfile.h"
#include "test.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* ---- what the tests share ---- */

static struct model *sample(void)
{
    static const char *const features[] = {"age", "b\xc3\xa9ta", ""};
    static const double coefficients[8] = {1, -0.0, 5e-324, INFINITY, -INFINITY, NAN, 0.1, 1.7976931348623157e308};
    struct model *model = model_new("logistic");
    model_set_text(model, &field_target, "survived, or \"not\"");
    model_set_texts(model, &field_features, 3, features);
    model_set_texts(model, &field_aliased, 0, NULL);
    model_set_number(model, &field_loglik, -12.25);
    model_set_array(model, &field_coefficients, 2, (const size_t[]){2, 4}, coefficients);
    model_set_vector(model, &field_rss, 0, coefficients);
    return model;
}

/* The container's bytes as they stand inside the gzip stream; malloc'ed. */
static unsigned char *inflated(const void *bytes, size_t n, size_t *count)
{
    enum { MAX = 1 << 16 };
    unsigned char *out = mem_alloc(MAX, 1);
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes, .avail_in = (uInt)n, .next_out = out, .avail_out = MAX};
    inflateInit2(&z, 15 + 16);
    CHECK(inflate(&z, Z_FINISH) == Z_STREAM_END);
    *count = z.total_out;
    inflateEnd(&z);
    return out;
}

static unsigned char *deflated(const void *bytes, size_t n, size_t *count)
{
    z_stream z = {0};
    deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    size_t room = deflateBound(&z, n) + 64;
    unsigned char *out = mem_alloc(room, 1);
    z.next_in = (unsigned char *)(uintptr_t)bytes;
    z.avail_in = (uInt)n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
    *count = z.total_out;
    deflateEnd(&z);
    return out;
}

/* What the reader makes of these bytes inside a sound gzip stream. */
static enum status decode_container(const void *bytes, size_t n, struct model **model, struct err *err)
{
    size_t count;
    unsigned char *gzip = deflated(bytes, n, &count);
    enum status status = modelfile_decode(gzip, count, "m", model, err);
    free(gzip);
    return status;
}

static bool same_model(const struct model *a, const struct model *b)
{
    void *p, *q;
    size_t n, m;
    modelfile_encode(a, &p, &n);
    modelfile_encode(b, &q, &m);
    bool same = n == m && memcmp(p, q, n) == 0;
    free(p);
    free(q);
    return same;
}

static void refused(const void *container, size_t n, const char *reason)
{
    struct model *model = NULL;
    struct err err = {0};
    CHECK(decode_container(container, n, &model, &err) == STATUS_DATA && model == NULL, "accepted; wanted: %s", reason);
    CHECK(strcmp(err.reason, reason) == 0, "'%s' where '%s' was wanted", err.reason, reason);
    CHECK(strcmp(err.file, "m") == 0);
    model_free(model);
}

#define REFUSED(literal, reason) refused(literal, sizeof(literal) - 1, reason)

/* ---- the tests ---- */

static void what_is_written_reads_back(const struct model *model, const void *bytes, size_t n)
{
    static const unsigned char head[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};
    struct model *back = NULL;
    struct err err = {0};
    CHECK(memcmp(bytes, head, sizeof head) == 0, "the gzip header has a time or a system in it");
    CHECK(modelfile_decode(bytes, n, "m", &back, &err) == STATUS_OK, "%s", err.reason);
    CHECK(same_model(model, back));
    CHECK(strcmp(model_kind(back), "logistic") == 0);
    struct model_array wanted = model_array(model, &field_coefficients), array = model_array(back, &field_coefficients);
    CHECK(wanted.values != NULL && array.dimensions == 2 && array.shape[0] == 2 && array.shape[1] == 4);
    CHECK(memcmp(array.values, wanted.values, 8 * sizeof(double)) == 0, "the bits of some double changed");
    array = model_array(back, &field_rss);
    CHECK(array.values != NULL && array.dimensions == 1 && array.shape[0] == 0);
    size_t count;
    const char *const *texts = model_texts(back, &field_features, &count);
    CHECK(texts != NULL && count == 3 && strcmp(texts[1], "b\xc3\xa9ta") == 0);
    CHECK(model_texts(back, &field_aliased, &count) != NULL && count == 0);
    model_free(back);
}

static void a_cut_anywhere_is_refused(const unsigned char *bytes, size_t n)
{
    for (size_t cut = 0; cut < n; cut++) {
        struct model *model = NULL;
        struct err err = {0};
        unsigned char *exact = mem_alloc(cut, 1); /* so that a read behind the cut is seen */
        memcpy(exact, bytes, cut);
        CHECK(modelfile_decode(exact, cut, "m", &model, &err) == STATUS_DATA && err.reason[0] != '\0', "cut at %zu",
              cut);
        model_free(model);
        free(exact);
    }
}

static void a_cut_anywhere_in_the_container_is_refused(const unsigned char *container, size_t n)
{
    for (size_t cut = 0; cut < n; cut++) {
        struct model *model = NULL;
        struct err err = {0};
        CHECK(decode_container(container, cut, &model, &err) == STATUS_DATA && err.reason[0] != '\0', "cut at %zu",
              cut);
        model_free(model);
    }
}

/* Each bit of each byte: the checksum sees it, or it does not affect the model (time and system in the head of gzip,
 * bits that fill up a byte). */
static void a_flip_anywhere_is_refused_or_changes_nothing(const struct model *model, const unsigned char *bytes,
                                                          size_t n)
{
    unsigned char *flipped = mem_alloc(n, 1);
    for (size_t bit = 0; bit < 8 * n; bit++) {
        struct model *back = NULL;
        struct err err = {0};
        memcpy(flipped, bytes, n);
        flipped[bit / 8] ^= (unsigned char)(1u << bit % 8);
        enum status status = modelfile_decode(flipped, n, "m", &back, &err);
        if (status == STATUS_OK)
            CHECK(same_model(model, back), "bit %zu of byte %zu", bit % 8, bit / 8);
        else
            CHECK(status == STATUS_DATA && err.reason[0] != '\0', "bit %zu of byte %zu", bit % 8, bit / 8);
        model_free(back);
    }
    free(flipped);
}

/* Behind the checksum: bytes that a careless writer might have made. Only that it neither crashes nor is silent. */
static void random_damage_in_the_container_never_crashes(const unsigned char *container, size_t n)
{
    uint64_t state = 1;
    unsigned char *damaged = mem_alloc(n, 1);
    for (size_t round = 0; round < 4000; round++) {
        memcpy(damaged, container, n);
        for (size_t k = 0; k <= round % 3; k++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            damaged[(state >> 33) % n] = round % 2 ? (unsigned char)(state >> 56) : 0xff;
        }
        struct model *model = NULL;
        struct err err = {0};
        enum status status = decode_container(damaged, n, &model, &err);
        CHECK(status == STATUS_OK ? model != NULL : status == STATUS_DATA && err.reason[0] != '\0', "round %zu", round);
        model_free(model);
    }
    free(damaged);
}

#define HEAD "LIKELYM\n\1\0\0\0\1\0\0\0k"
static const char ends[] = "the model is damaged: it ends in the middle of a field";

static void what_is_wrong_is_named(void)
{
    REFUSED("LIKELYX\n\1\0\0\0", "this is not a model: the compressed data is something else");
    REFUSED("a,b\n1,2\n", "this is not a model: the compressed data is something else");
    REFUSED("LIKELYM\n\2\0\0\0rest", "the model was written by a newer likely (format 2; this one reads up to 1)");
    REFUSED(HEAD "\5\1\0\0\0x", "the model's field 'x' is of an unknown type (5)");
    REFUSED(HEAD "\1\1\0\0\0x\2\0\0\0a\0", "the model is damaged: a text has a NUL byte in it");
    REFUSED(HEAD "\4\1\0\0\0x\0", "the model is damaged: 'x' has 0 dimensions");
    REFUSED(HEAD "\4\1\0\0\0x\5", "the model is damaged: 'x' has 5 dimensions");
    REFUSED(HEAD "\0\0", "the model is damaged: data follows its end");
    REFUSED(HEAD, ends);
}

/* Each would allocate far more than there is, were the size believed. */
static void sizes_are_not_believed(void)
{
    REFUSED("LIKELYM\n\1\0\0\0\xff\xff\xff\xffk", ends);
    REFUSED(HEAD "\1\xff\xff\xff\x7fx", ends);
    REFUSED(HEAD "\2\1\0\0\0x\xff\xff\xff\xff\0\0\0\0", ends);
    REFUSED(HEAD "\4\1\0\0\0x\1\xff\xff\xff\xff\xff\xff\xff\xff"
                 "12345678",
            ends);
    REFUSED(HEAD "\4\1\0\0\0x\2\0\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0"
                 "12345678",
            ends);
    REFUSED(HEAD "\4\1\0\0\0x\1\2\0\0\0\0\0\0\0"
                 "12345678",
            ends);
}

/* Zeros behind a head, which deflate makes next to nothing of. */
static void a_bomb_is_refused(const char *head, size_t n, size_t zeros)
{
    struct model *model = NULL;
    struct err err = {0};
    unsigned char *container = mem_zero(n + zeros, 1);
    memcpy(container, head, n);
    CHECK(decode_container(container, n + zeros, &model, &err) == STATUS_DATA && model == NULL);
    CHECK(strstr(err.reason, "the model claims more memory than is sensible for a file of ") != NULL, "%s", err.reason);
    free(container);
}

/* 192 MiB, of which the file has no hundredth: an array, a text, and texts that are empty. */
static void bombs_are_refused(void)
{
    enum { ZEROS = 3 << 26 };
    static const char array[] = HEAD "\4\1\0\0\0x\1\0\0\200\1\0\0\0\0", text[] = HEAD "\1\1\0\0\0x\0\0\0\014",
                      texts[] = HEAD "\2\1\0\0\0x\0\0\0\3";
    a_bomb_is_refused(array, sizeof array - 1, ZEROS);
    a_bomb_is_refused(text, sizeof text - 1, ZEROS);
    a_bomb_is_refused(texts, sizeof texts - 1, ZEROS);
}

/* Looking for a name among a million would take hours. */
static void fields_without_number_are_refused(void)
{
    enum { FIELDS = 20000, SIZE = 13 };
    unsigned char *container = mem_zero(sizeof HEAD - 1 + FIELDS * SIZE + 1, 1), *p = container + sizeof HEAD - 1;
    memcpy(container, HEAD, sizeof HEAD - 1);
    for (size_t i = 0; i < FIELDS; i++, p += SIZE)
        p[0] = 3;
    refused(container, (size_t)(p - container) + 1, "the model is damaged: it has more than 10000 fields");
    free(container);
}

/* Parameters may be 0 by the million: 32 MiB of them are no bomb. */
static void zeros_are_no_bomb(void)
{
    enum { N = 1 << 22 };
    double *zeros = mem_zero(N, sizeof *zeros);
    struct model *model = model_new("linear"), *back = NULL;
    struct err err = {0};
    void *bytes;
    size_t n;
    model_set_vector(model, &field_coefficients, N, zeros);
    modelfile_encode(model, &bytes, &n);
    CHECK(n < 100000 && modelfile_decode(bytes, n, "m", &back, &err) == STATUS_OK, "%zu bytes: %s", n, err.reason);
    CHECK(back != NULL && same_model(model, back));
    model_free(model);
    model_free(back);
    free(bytes);
    free(zeros);
}

static void what_is_no_gzip_stream_is_refused(const void *bytes, size_t n)
{
    struct model *model = NULL;
    struct err err = {0};
    CHECK(modelfile_decode("a,b\n1,2\n", 8, "m", &model, &err) == STATUS_DATA);
    CHECK(strcmp(err.reason, "this is not a model: it does not begin as a gzip stream") == 0, "%s", err.reason);
    unsigned char *longer = mem_alloc(n + 1, 1);
    memcpy(longer, bytes, n);
    longer[n] = 0;
    CHECK(modelfile_decode(longer, n + 1, "m", &model, &err) == STATUS_DATA);
    CHECK(strcmp(err.reason, "the model is damaged: data follows its end") == 0, "%s", err.reason);
    CHECK(model == NULL);
    free(longer);
}

static void version_0_is_upgraded(void)
{
    static const char old[] = "LIKELYM\n\0\0\0\0\1\4\0\0\0kind\7\0\0\0softmax\3\2\0\0\0l1\0\0\0\0\0\0\360?\0";
    struct model *model = NULL;
    struct err err = {0};
    CHECK(decode_container(old, sizeof old - 1, &model, &err) == STATUS_OK, "%s", err.reason);
    if (model != NULL)
        CHECK(strcmp(model_kind(model), "softmax") == 0 && model_number(model, &field_l1, 0) == 1 &&
              model_entries(model) == 1);
    model_free(model);
    REFUSED("LIKELYM\n\0\0\0\0\0", "the model has no 'kind'");
}

int main(void)
{
    struct model *model = sample();
    void *bytes;
    size_t n, count;
    modelfile_encode(model, &bytes, &n);
    unsigned char *container = inflated(bytes, n, &count);
    what_is_written_reads_back(model, bytes, n);
    a_cut_anywhere_is_refused(bytes, n);
    a_cut_anywhere_in_the_container_is_refused(container, count);
    a_flip_anywhere_is_refused_or_changes_nothing(model, bytes, n);
    random_damage_in_the_container_never_crashes(container, count);
    what_is_wrong_is_named();
    sizes_are_not_believed();
    bombs_are_refused();
    fields_without_number_are_refused();
    zeros_are_no_bomb();
    what_is_no_gzip_stream_is_refused(bytes, n);
    version_0_is_upgraded();
    free(container);
    free(bytes);
    model_free(model);
    return test_report("modelfile");
}
