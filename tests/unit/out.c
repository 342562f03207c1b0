/* Rows written as CSV, TSV, JSON and tables, held against the text written by hand. */

#include "cli/out.h"

#include "scratch.h"
#include "test.h"

#include <math.h>
#include <sys/stat.h>

/* Writes rows of a name and a number in a format; returns what the file holds then. */
static const char *written(int to, size_t digits, const char *const *names, size_t rows, const char *const *texts,
                           const double *numbers)
{
    static char content[4096];
    struct err err = {0};
    struct out *out = NULL;
    struct output_settings settings = {.path = scratch_path("out"), .to = to, .digits = digits};
    CHECK(out_open(&out, &settings, 2, names, &err) == STATUS_OK, "%s", err.reason);
    for (size_t i = 0; i < rows; i++) {
        if (texts[i] != NULL)
            out_word(out, texts[i]);
        else
            out_text(out, (struct slice){NULL, 0});
        out_number(out, numbers[i]);
        out_end_row(out);
    }
    CHECK(out_close(out, &err) == STATUS_OK, "%s", err.reason);
    FILE *file = fopen(settings.path, "rb");
    size_t n = file != NULL ? fread(content, 1, sizeof content - 1, file) : 0;
    if (file != NULL)
        fclose(file);
    content[n] = '\0';
    return content;
}

static const char *const names[] = {"name", "a \"b\",\tc"};

#define WRITES(to, digits, texts, numbers, wanted)                                                                     \
    CHECK(strcmp(written(to, digits, names, sizeof(texts) / sizeof((texts)[0]), texts, numbers), wanted) == 0, "%s",   \
          written(to, digits, names, sizeof(texts) / sizeof((texts)[0]), texts, numbers))

static void test_csv_and_tsv_quote_what_they_must(void)
{
    static const char *const texts[] = {"plain",  "a,b",    "a\tb", "say \"x\"", "two\nlines",         "cr\r",
                                        " blank", "blank ", "",     NULL,        "gr\xc3\xbc\xc3\x9f", "\xff;"};
    static const double numbers[] = {1, 0.1, -1e-7, 1e300, 0, -0., 2, 3, 4, 5, 6, 7};
    WRITES(OUT_CSV, 0, texts, numbers,
           "name,\"a \"\"b\"\",\tc\"\nplain,1\n\"a,b\",0.1\na\tb,-1e-7\n\"say "
           "\"\"x\"\"\",1e300\n\"two\nlines\",0\n\"cr\r\",-0\n"
           "\" blank\",2\n\"blank \",3\n,4\n,5\ngr\xc3\xbc\xc3\x9f,6\n\xff;,7\n");
    WRITES(OUT_TSV, 0, texts, numbers,
           "name\t\"a \"\"b\"\",\tc\"\nplain\t1\na,b\t0.1\n\"a\tb\"\t-1e-7\n\"say "
           "\"\"x\"\"\"\t1e300\n\"two\nlines\"\t0\n\"cr\r\"\t-0\n"
           "\" blank\"\t2\n\"blank \"\t3\n\t4\n\t5\ngr\xc3\xbc\xc3\x9f\t6\n\xff;\t7\n");
}

static void test_numbers_that_are_none(void)
{
    static const char *const texts[] = {"x", "y", "z"};
    static const double numbers[] = {NAN, INFINITY, -INFINITY};
    WRITES(OUT_CSV, 0, texts, numbers, "name,\"a \"\"b\"\",\tc\"\nx,\ny,inf\nz,-inf\n");
    WRITES(OUT_JSON, 0, texts, numbers,
           "[\n {\"name\": \"x\", \"a \\\"b\\\",\\u0009c\": null},\n {\"name\": \"y\", \"a \\\"b\\\",\\u0009c\": "
           "\"inf\"},\n"
           " {\"name\": \"z\", \"a \\\"b\\\",\\u0009c\": \"-inf\"}\n]\n");
}

static void test_json_strings(void)
{
    static const char *const texts[] = {"\"\\/\b\n\x1f", "\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80", "\xfc\xc3", "\x7f",
                                        NULL};
    static const double numbers[] = {1, 1, 1, 1, 1};
    static const char *const wanted[] = {"\"\\\"\\\\/\\u0008\\u000a\\u001f\"",
                                         "\"\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80\"", "\"\xef\xbf\xbd\xef\xbf\xbd\"",
                                         "\"\x7f\"", "null"};
    const char *text = written(OUT_JSON, 0, (const char *const[]){"s", "x"}, 5, texts, numbers);
    for (size_t i = 0; i < 5; i++) {
        char line[80];
        snprintf(line, sizeof line, "{\"s\": %s, \"x\": 1}", wanted[i]);
        CHECK(strstr(text, line) != NULL, "%s is not in %s", line, text);
    }
    CHECK(strcmp(written(OUT_JSON, 0, names, 0, texts, numbers), "[]\n") == 0);
}

static void test_precision(void)
{
    static const char *const texts[] = {"a", "b", "c"};
    static const double numbers[] = {1. / 3, 123456, 2.5e-9};
    WRITES(OUT_CSV, 3, texts, numbers, "name,\"a \"\"b\"\",\tc\"\na,0.333\nb,123000\nc,2.5e-9\n");
    WRITES(OUT_CSV, 17, texts, numbers,
           "name,\"a \"\"b\"\",\tc\"\na,0.33333333333333331\nb,123456\nc,2.5000000000000001e-9\n");
}

static void test_tables_are_aligned_by_characters(void)
{
    static const char *const texts[] = {"\xc3\xbc\xc3\xbc\xc3\xbc",
                                        "a\x1b"
                                        "b",
                                        NULL};
    static const double numbers[] = {1.5, 100, NAN};
    const char *text = written(OUT_TABLE, 0, (const char *const[]){"name", "x"}, 3, texts, numbers);
    CHECK(strcmp(text, "name      x\n\xc3\xbc\xc3\xbc\xc3\xbc     1.5\na\\x1b"
                       "b  100\n           \n") == 0,
          "%s", text);
}

static void test_a_lone_empty_cell_is_still_a_record(void)
{
    struct err err = {0};
    struct sink *sink = NULL;
    struct out *out = NULL;
    const char *path = scratch_path("out"), *name = "x";
    CHECK(sink_open(&sink, path, &err) == STATUS_OK);
    out_begin(&out, sink, OUT_CSV, 0, 1, &name);
    out_number(out, NAN);
    out_end_row(out);
    out_count(out, SIZE_MAX);
    out_end_row(out);
    out_finish(out);
    CHECK(sink_close(sink, &err) == STATUS_OK);
    char content[64];
    FILE *file = fopen(path, "rb");
    content[fread(content, 1, sizeof content - 1, file)] = '\0';
    fclose(file);
    CHECK(strcmp(content, "x\n\"\"\n18446744073709551615\n") == 0, "%s", content);
}

static void test_nothing_is_there_before_it_is_whole(void)
{
    struct err err = {0};
    struct out *out = NULL;
    const char *path = scratch_write("target", "old", 3);
    struct stat st;
    CHECK(out_open(&out, &(struct output_settings){.path = path}, 2, names, &err) == STATUS_OK);
    out_abandon(out);
    CHECK(stat(path, &st) == 0 && st.st_size == 3);
    out_abandon(NULL);
    CHECK(out_open(&out, &(struct output_settings){.path = "/dev/full"}, 2, names, &err) != STATUS_OK ||
              (out_close(out, &err) == STATUS_IO && strcmp(err.reason, "cannot write: No space left on device") == 0),
          "%s", err.reason);
    CHECK(out_open(&out, &(struct output_settings){.path = scratch_directory}, 2, names, &err) == STATUS_IO);
    CHECK(strcmp(err.reason, "cannot open for writing: Is a directory") == 0, "%s", err.reason);
}

int main(void)
{
    scratch_begin();
    test_csv_and_tsv_quote_what_they_must();
    test_numbers_that_are_none();
    test_json_strings();
    test_precision();
    test_tables_are_aligned_by_characters();
    test_a_lone_empty_cell_is_still_a_record();
    test_nothing_is_there_before_it_is_whole();
    scratch_end();
    return test_report("out");
}
