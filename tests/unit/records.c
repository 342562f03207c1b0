/* Records of CSV, in blocks of any size and for every variant of the processor, held against texts split by hand. */

#include "base/mem.h"
#include "records_libcsv.h"
#include "test.h"

/* Text between the padding that the splitters may read. */
static char *padded(const char *text, size_t n)
{
    char *memory = mem_zero(n + 2 * RECORDS_PADDING, 1);
    memcpy(memory + RECORDS_PADDING, text, n);
    return memory;
}

static struct dialect plain_dialect(char delimiter)
{
    return (struct dialect){.format = delimiter == '\0' ? DIALECT_TEXT : DIALECT_CSV, .delimiter = delimiter};
}

static void split(struct records *r, const char *raw, size_t n, char delimiter, size_t width)
{
    struct dialect dialect = plain_dialect(delimiter);
    records_split(r, &dialect, raw, n, width, width == 0);
}

/* What a split is worth, as text: "line:raw row: [field][field]" per row, then the fault. */
struct log {
    char text[4096];
    size_t n;
};

static void log_bytes(struct log *log, const char *p, size_t n)
{
    for (size_t i = 0; i < n && log->n + 1 < sizeof log->text; i++)
        log->text[log->n++] = p[i];
    log->text[log->n] = '\0';
}

static void log_text(struct log *log, const char *text)
{
    log_bytes(log, text, strlen(text));
}

static void log_number(struct log *log, size_t number)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%zu", number);
    log_text(log, digits);
}

static void log_records(struct log *log, const struct records *r, size_t lines_before)
{
    for (size_t row = 0; row < r->rows; row++) {
        log_number(log, lines_before + records_line(r, r->row_begin[row]));
        log_text(log, ":");
        log_bytes(log, r->raw + r->row_begin[row], r->row_end[row] - r->row_begin[row]);
        log_text(log, ":");
        for (size_t field = 0; field < r->width; field++) {
            struct slice s = records_field(r, row, field);
            log_text(log, "[");
            log_bytes(log, s.p, s.n);
            log_text(log, "]");
        }
        log_text(log, ";");
    }
    if (r->fault.reason == NULL)
        return;
    log_text(log, "!");
    log_number(log, lines_before + records_line(r, r->fault.at));
    log_text(log, ",");
    log_number(log, r->fault.column);
    log_text(log, ": ");
    if (r->fault.fields > 0)
        log_number(log, r->fault.fields);
    else
        log_text(log, r->fault.reason);
}

/* Splits text in blocks, each the first `step` bytes that are left or more, cut at a record end. */
static void log_blocks(struct log *log, const char *text, size_t n, char delimiter, size_t step)
{
    struct records r;
    struct dialect dialect = plain_dialect(delimiter);
    records_init(&r);
    size_t width = 0, lines = 0;
    char *whole = padded(text, n), *bytes = whole + RECORDS_PADDING;
    for (size_t from = 0; from < n;) {
        size_t cut = 0;
        for (size_t upto = from + step; cut == 0 && upto < n; upto++)
            cut = records_cut(&dialect, bytes + from, upto - from);
        if (cut == 0)
            cut = n - from;
        char *block = padded(text + from, cut);
        split(&r, block + RECORDS_PADDING, cut, delimiter, width);
        log_records(log, &r, lines);
        bool ends = r.fault.reason != NULL;
        width = r.width;
        lines += r.lines;
        free(block);
        if (ends)
            break;
        from += cut;
    }
    free(whole);
    records_free(&r);
}

/* The same by the specification, in one block. */
static void log_specification(struct log *log, const char *text, size_t n, char delimiter)
{
    struct records r;
    records_init(&r);
    char *block = padded(text, n);
    if (delimiter == '\0')
        records_split_text_by_byte(&r, block + RECORDS_PADDING, n, 0);
    else
        records_split_csv_by_libcsv(&r, block + RECORDS_PADDING, n, delimiter, 0);
    log_records(log, &r, 0);
    free(block);
    records_free(&r);
}

struct example {
    const char *text;
    size_t n; /* 0: up to the NUL */
    char delimiter;
    const char *log;
};

static const struct example examples[] = {
    {"a,b\n1,2\n", 0, ',', "1:a,b:[a][b];2:1,2:[1][2];"},
    {"a,b\n1,2", 0, ',', "1:a,b:[a][b];2:1,2:[1][2];"},
    {"a,b\r\n1,2\r\n", 0, ',', "1:a,b:[a][b];2:1,2:[1][2];"},
    {"a,b\r1,2\r", 0, ',', "1:a,b:[a][b];2:1,2:[1][2];"},
    {"\n\na,b\n \t\n1,2\n\n", 0, ',', "3:a,b:[a][b];5:1,2:[1][2];"},
    {"a , b\n 1,2 \n", 0, ',', "1:a , b:[a][b];2: 1,2 :[1][2];"},
    {"a,b\n\"1\n2\",\"x \"\"y\"\"\"\n3,4\n", 0, ',',
     "1:a,b:[a][b];2:\"1\n2\",\"x \"\"y\"\"\":[1\n2][x \"y\"];4:3,4:[3][4];"},
    {"a\tb\n\t2\n1\t\n", 0, '\t', "1:a\tb:[a][b];2:\t2:[][2];3:1\t:[1][];"},
    {"a;b\n1,5;2\n", 0, ';', "1:a;b:[a][b];2:1,5;2:[1,5][2];"},
    {"a\n\n1\n", 0, ',', "1:a:[a];3:1:[1];"},
    {"a,b\n\"\",\n", 0, ',', "1:a,b:[a][b];2:\"\",:[][];"},
    {"", 0, ',', ""},
    {"\n\r\n\n", 0, ',', ""},
    {"a,b\n1\n", 0, ',', "1:a,b:[a][b];!2,0: 1"},
    {"a,b\n\n1,2,3\n4,5\n", 0, ',', "1:a,b:[a][b];!3,0: 3"},
    {"a,b,c\n1,2\"2,3\n", 0, ',', "1:a,b,c:[a][b][c];!2,2: a quote inside an unquoted field"},
    {"a,b\n1,\"x\"y\n", 0, ',', "1:a,b:[a][b];!2,2: text after a closing quote"},
    {"a,b\n1,\"x\n2,3\n", 0, ',', "1:a,b:[a][b];!2,2: the quoted field that begins here is not closed"},
    {"a b\n  1\t 2  \n\n3 4", 0, '\0', "1:a b:[a][b];2:  1\t 2  :[1][2];4:3 4:[3][4];"},
    {"a \"b\r\n1 2\r\n", 0, '\0', "1:a \"b:[a][\"b];2:1 2:[1][2];"},
    {"1 2\r3 4\r", 0, '\0', "1:1 2:[1][2];2:3 4:[3][4];"},
    {"1 2\n3\n4 5\n", 0, '\0', "1:1 2:[1][2];!2,0: 1"},
};

int main(void)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *e = &examples[i];
        size_t n = e->n > 0 ? e->n : strlen(e->text);
        struct log whole = {.n = 0}, specified = {.n = 0};
        log_specification(&specified, e->text, n, e->delimiter);
        log_blocks(&whole, e->text, n, e->delimiter, n + 1);
        if (e->log != NULL)
            CHECK(strcmp(whole.text, e->log) == 0, "example %zu gave <%s>, not <%s>", i, whole.text, e->log);
        CHECK(whole.n == specified.n && memcmp(whole.text, specified.text, whole.n) == 0,
              "example %zu gave <%s>, the specification <%s>", i, whole.text, specified.text);
        for (size_t step = 1; step <= n; step++) {
            struct log cut = {.n = 0};
            log_blocks(&cut, e->text, n, e->delimiter, step);
            CHECK(cut.n == whole.n && memcmp(cut.text, whole.text, cut.n) == 0,
                  "example %zu in blocks of %zu gave <%s>, whole <%s>", i, step, cut.text, whole.text);
        }
    }
    return test_report("records");
}
