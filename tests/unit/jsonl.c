/* JSON Lines: what lines mean, compared with records written by hand; columns found in a block; faults; recognition. */

#include "data/table/jsonl.h"

#include "base/mem.h"
#include "test.h"

#include <stdlib.h>

enum { PADDING = RECORDS_PADDING };

/* Text with padding around it. */
static char *padded(const char *text)
{
    char *p = mem_zero(strlen(text) + 2 * PADDING, 1);
    memcpy(p + PADDING, text, strlen(text));
    return p;
}

/* The columns and rows of lines, "a|b\n1|2\n", with the reason of a fault behind them; names: NULL, or the columns. */
static char *table_of(const char *lines, const char *names)
{
    char *memory = padded(lines), *shown = mem_zero(4096, 1);
    const char *raw = memory + PADDING;
    struct records r;
    struct jsonl *jsonl = NULL;
    records_init(&r);
    if (names != NULL)
        jsonl_of_names(&jsonl, names);
    else
        jsonl_of_block(&jsonl, &r, raw, strlen(raw));
    jsonl_split(jsonl, &r, raw, strlen(raw));
    for (size_t f = 0; f < jsonl_width(jsonl); f++)
        sprintf(shown + strlen(shown), "%s%.*s", f > 0 ? "|" : "", (int)jsonl_name(jsonl, f).n, jsonl_name(jsonl, f).p);
    strcat(shown, "\n");
    for (size_t row = 0; row < r.rows; row++)
        for (size_t f = 0; f < r.width; f++)
            sprintf(shown + strlen(shown), "%.*s%s", (int)records_field(&r, row, f).n, records_field(&r, row, f).p,
                    f + 1 < r.width ? "|" : "\n");
    if (r.fault.reason != NULL)
        sprintf(shown + strlen(shown), "%zu: %s", records_line(&r, r.fault.at), r.fault.reason);
    records_free(&r);
    jsonl_free(jsonl);
    free(memory);
    return shown;
}

static bool reads(const char *lines, const char *wanted)
{
    char *shown = table_of(lines, NULL);
    bool is = strcmp(shown, wanted) == 0;
    if (!is)
        printf("is:\n%s\nwanted:\n%s\n", shown, wanted);
    free(shown);
    return is;
}

static void test_values(void)
{
    CHECK(reads("{\"a\":1,\"b\":\"x\"}\n{\"a\":-2.50e+3,\"b\":\"\"}", "a|b\n1|x\n-2.50e+3|\n"));
    CHECK(reads(" { \"a\" : true , \"b\" : false }\t\r\n\n{\"a\":null}\n", "a|b\n1|0\n|\n"));
    CHECK(reads("{\"a\":NaN,\"b\":-Infinity,\"c\":Infinity}\n", "a|b|c\nNaN|-Infinity|Infinity\n"));
    CHECK(reads("{}\n{\"a\":1}\n", "a\n\n1\n"));
}

static void test_order(void)
{
    CHECK(reads("{\"a\":1,\"b\":2}\n{\"b\":3,\"a\":4}\n{\"c\":5}\n", "a|b|c\n1|2|\n4|3|\n||5\n"));
    char *listed = table_of("{\"a\":1,\"b\":2}\n{\"z\":{\"y\":[]},\"c\":3,\"b\":4}\n", "c,a");
    CHECK(strcmp(listed, "c|a\n|1\n3|\n") == 0);
    free(listed);
}

static void test_nested_values(void)
{
    CHECK(reads("{\"a\":{\"b\":1,\"c\":[2,{\"d\":3}]},\"e\":4}\n", "a.b|a.c.1|a.c.2.d|e\n1|2|3|4\n"));
    CHECK(reads("{\"a\":[],\"b\":{},\"c\":[[1,2],[3]]}\n", "c.1.1|c.1.2|c.2.1\n1|2|3\n"));
    CHECK(reads("{\"a\":[{\"x\":\"]}\\\"\"},{}],\"b\":1}\n{\"a\":5}\n", "a|b\n[{\"x\":\"]}\\\"\"},{}]|1\n5|\n"));
    CHECK(reads("{\"a\":null,\"b\":null}\n{\"a\":{\"x\":1}}\n", "b|a.x\n|\n|1\n"));
    CHECK(reads("{\"a\":{\"b\":1},\"a.b\":2}\n", "a.b\n1: the key 'a.b' occurs twice"));
}

static void test_strings(void)
{
    CHECK(reads("{\"k\\u0065y\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}\n{\"key\":\"123456789\\n123456789\"}\n",
                "key\n\"\\/\b\f\n\r\t\n123456789\n123456789\n"));
    CHECK(reads("{\"a\":\"\\u00e9\\u20ac\\ud83d\\ude00\"}\n", "a\n\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\n"));
    CHECK(reads("{\"a\":\"\\ud83dx\\ude00\"}\n", "a\n\xef\xbf\xbdx\xef\xbf\xbd\n"), "lone surrogates");
    CHECK(reads("{\"a\":\"\\\n", "\n1: the JSON object does not end in its line (an escape such as \\n or \\u00e9 "
                                 "expected)"));
}

static void test_faults(void)
{
    CHECK(reads("{\"a\":1}\n\n{\"a\":x}\n", "a\n1\n3: invalid JSON at 'x}': a value expected"));
    CHECK(reads("{\"a\":1}\n{\"a\":1,}\n", "a\n1\n2: invalid JSON at '}': a key in double quotes expected"));
    CHECK(reads("{\"a\":1}\n{\"a\" 1}\n", "a\n1\n2: invalid JSON at '1}': ':' expected"));
    CHECK(reads("{\"a\":1}\n{\"a\":1 2}\n", "a\n1\n2: invalid JSON at '2}': ',' or '}' expected"));
    CHECK(reads("{\"a\":[1}\n", "a.1\n1: invalid JSON at '}': ',' or ']' expected"));
    CHECK(reads("{\"a\":1}{\"a\":2}\n", "a\n1: invalid JSON at '{\"a\":2}': the end of the line expected"));
    CHECK(reads("{\"a\":\"\r\"}\n2\n", "a\n\r\n2: invalid JSON at '2': a JSON object expected"), "a lone CR");
    CHECK(reads("{\"a\":1}\n2\n", "a\n1\n2: invalid JSON at '2': a JSON object expected"));
    CHECK(reads("{\"a\":\n", "\n1: the JSON object does not end in its line (a value expected)"));
    const char *numbers[] = {"01", "1.", ".5", "1e", "+1", "-", "0x1", "1.e5", "--1", "1_0"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char *line = mem_format("{\"a\":%s}\n", numbers[i]), *shown = table_of(line, "a");
        CHECK(strstr(shown, "invalid JSON") != NULL, "%s", numbers[i]);
        free(line);
        free(shown);
    }
}

static void test_depth(void)
{
    char lines[1024] = "{\"a\":";
    for (size_t i = 0; i < 300; i++)
        strcat(lines, "[");
    CHECK(reads(lines, "\n1: the JSON is nested more than 100 levels deep"));
}

static void test_recognition(void)
{
    CHECK(jsonl_look(slice_of("{\"a\":1}\n{\"b\"")) == JSONL_LINES && jsonl_look(slice_of("\n {}\n")) == JSONL_LINES);
    CHECK(jsonl_look(slice_of("{\"a\":1,\"b\":\"cut")) == JSONL_LINES);
    CHECK(jsonl_look(slice_of("{\n  \"a\": 1\n}\n")) == JSONL_SPREAD);
    CHECK(jsonl_look(slice_of("[\n {\"a\":1}]")) == JSONL_ARRAY && jsonl_look(slice_of("[[1,2]]")) == JSONL_ARRAYS);
    CHECK(jsonl_look(slice_of("[1,\"a\"]\n[2,\"b\"]\n")) == JSONL_ARRAYS);
    CHECK(jsonl_look(slice_of("[1] 2.5 3.5\n")) == JSONL_NONE && jsonl_look(slice_of("[a,b]\n")) == JSONL_NONE);
    CHECK(jsonl_look(slice_of("{a},b\n1,2\n")) == JSONL_NONE && jsonl_look(slice_of("{\"a\",1}\n")) == JSONL_NONE);
    CHECK(jsonl_look(slice_of("a,b\n")) == JSONL_NONE && jsonl_look((struct slice){NULL, 0}) == JSONL_NONE);
}

int main(void)
{
    test_values();
    test_order();
    test_nested_values();
    test_strings();
    test_faults();
    test_depth();
    test_recognition();
    return test_report("jsonl");
}
