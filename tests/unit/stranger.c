/* Files that are no tables are told by their first bytes, and tables are not taken for them. */

#include "data/table/stranger.h"

#include "data/table/codec.h"
#include "test.h"

/* Whether bytes are refused for a reason that begins so. */
static bool is_refused(struct slice head, const char *reason)
{
    struct err err = {0};
    return stranger_refuse(head, NULL, &err) == STATUS_DATA && strncmp(err.reason, reason, strlen(reason)) == 0;
}

#define IS(text, reason) is_refused((struct slice){(text), sizeof(text) - 1}, reason)

static bool is_table(const char *head)
{
    struct err err = {0};
    return stranger_refuse(slice_of(head), NULL, &err) == STATUS_OK;
}

static void test_constants(void)
{
    CHECK(IS("LIKELYM\n", "this is a model") && IS("%PDF-1.7\n", "this is a PDF document"));
    CHECK(IS("\x89PNG\r\n\x1a\n", "this is an image") && IS("PAR1", "this is a Parquet file"));
    CHECK(IS("SQLite format 3\0\x10", "this is an SQLite database"));
    CHECK(!IS("SQLite format 3\n", "this is"));
    CHECK(IS("7z\xbc\xaf\x27\x1c", "this is a 7z archive") && IS("\x80\4\x95\0", "this is a Python pickle"));
}

/* The head of a local file: signature, 22 bytes, the length of the name, that of the extra field, the name. */
static bool is_zip_of(const char *name, const char *reason)
{
    char head[64] = "PK\3\4";
    head[26] = (char)strlen(name);
    memcpy(head + 30, name, strlen(name));
    return is_refused((struct slice){head, sizeof head}, reason);
}

static void test_archives(void)
{
    char tar[512] = "table.csv";
    memcpy(tar + 257, "ustar", 5);
    CHECK(is_refused((struct slice){tar, sizeof tar}, "this is a tar archive"));
    CHECK(is_zip_of("[Content_Types].xml", "this is an Office Open XML document"));
    CHECK(is_zip_of("mimetype", "this is an OpenDocument file"));
    CHECK(is_zip_of("arr_0.npy", "this is an archive of NumPy arrays"));
    CHECK(is_zip_of("net/data.pkl", "this is a model of PyTorch") && is_zip_of("a.csv", "this is a ZIP archive"));
    CHECK(IS("PK\3\4", "this is a ZIP archive"), "a truncated one");
    CHECK(IS("RIFF\1\2\3\4WEBP", "this is an image") && !IS("RIFF,WEBP\n1,2", "this is"));
}

static void test_text(void)
{
    CHECK(IS("<!DOCTYPE HTML>\n", "this is an HTML page") && IS("\n \t<html lang=en>", "this is an HTML page"));
    CHECK(IS("\xef\xbb\xbf<HTML>", "this is an HTML page") && IS("<?xml version", "this is XML"));
    CHECK(IS("svm_type c_svc\nkernel_type rbf\n", "this is a model of LIBSVM"));
    CHECK(IS("solver_type L2R_LR\nnr_class 2\n", "this is a model of LIBSVM"));
    CHECK(IS("version https://git-lfs.github.com/spec/v1\n", "this is a pointer of Git LFS"));
}

static void test_tables(void)
{
    CHECK(is_table("a,b\n1,2\n") && is_table("PAR,1") && is_table("PK,x\n") && is_table("BM,x\n") && is_table("<5\n"));
    CHECK(is_table("svm_type accuracy\nlinear 0.9\n") && is_table("html,xml\n") && is_table("%a,%b\n1,2\n"));
    CHECK(is_table("") &&
          is_table("\xef\xbb\xbf"
                   "a") &&
          is_table("{\"a\":1}\n") && is_table("version 2\n1 2\n"));
    struct err err = {0};
    CHECK(stranger_refuse((struct slice){NULL, 0}, NULL, &err) == STATUS_OK);
}

static void test_compressed_twice(void)
{
    struct err err = {0};
    struct slice gzip = {"\x1f\x8b\x08\0", 4};
    CHECK(stranger_refuse(gzip, &codec_gzip, &err) != STATUS_OK &&
          strcmp(err.reason, "the data is compressed twice by gzip; decompress it once first, for example by zcat") ==
              0);
    CHECK(stranger_refuse(gzip, &codec_xz, &err) != STATUS_OK &&
          strcmp(err.reason,
                 "the data is compressed by gzip within xz; decompress it once first, for example by xzcat") == 0);
}

int main(void)
{
    test_constants();
    test_archives();
    test_text();
    test_tables();
    test_compressed_twice();
    return test_report("stranger");
}
