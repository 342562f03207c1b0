/* Tables of every format, size, compression and number of files, held against values written by hand; the same
 * bits for any number of threads; errors at their line and column. */

#include "data/table/table.h"

#include "scratch.h"
#include "test.h"

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <sys/stat.h>
#include <zlib.h>

static struct table *open_text(const char *text, struct table_options options, struct err *err)
{
    struct table *table = NULL;
    static const char *path; /* outlives the table */
    path = scratch_write("t", text, strlen(text));
    options.paths = &path;
    options.n_paths = 1;
    return table_open(&table, &options, err) == STATUS_OK ? table : NULL;
}

/* ---- what opening finds out ---- */

/* The names of the columns with the kind of each (e, n or t): "a:n b:t", and "-" before it where there is no header. */
static const char *describe(const char *text, struct table_options options)
{
    static char out[1200];
    struct err err = {0};
    struct table *table = open_text(text, options, &err);
    if (table == NULL)
        return strcpy(out, err.reason);
    size_t n = (size_t)snprintf(out, sizeof out, "%s", table_has_header(table) ? "" : "-");
    for (size_t c = 0; c < table_width(table); c++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s:%c", c > 0 ? " " : "", table_name(table, c),
                              "ent"[table_kind(table, c)]);
    table_close(table);
    return out;
}

#define DESCRIBES(text, wanted, ...)                                                                                   \
    CHECK(strcmp(describe(text, (struct table_options){__VA_ARGS__}), wanted) == 0, "'%s'",                            \
          describe(text, (struct table_options){__VA_ARGS__}))

static void test_headers(void)
{
    DESCRIBES("a,b\n1,x\n", "a:n b:t", 0);
    DESCRIBES("1,x\n2,y\n", "-1:n 2:t", 0);
    DESCRIBES("a,NA\n1,2\n", "a:n NA:n", 0);
    DESCRIBES("a,\n1,2\n", "a:n 2:n", 0);
    DESCRIBES("a,b\n1,2\n", "-1:t 2:t", .dialect.header = DIALECT_HEADER_NO);
    DESCRIBES("1,2\n3,x\n", "1:n 2:t", .dialect.header = DIALECT_HEADER_YES);
    DESCRIBES("a,b\n", "a:e b:e", 0);
    DESCRIBES(",\n1,2\n", "-1:n 2:n", 0);
    DESCRIBES("", "there is no data", 0);
    DESCRIBES("\n\n  \n", "there is no data", 0);
}

static void test_kinds_and_missing_words(void)
{
    DESCRIBES("a,b,c\nNA,?,\n1,x,null\n", "a:n b:t c:e", 0);
    DESCRIBES("a,b\n1,x\ny,2\n", "a:n b:t", 0);
    DESCRIBES("a,b\nNaN,inf\n", "a:e b:n", 0);
    DESCRIBES("a,b\n-999,NA\n1,2\n", "a:n b:t", .dialect.na = "-999,none");
    DESCRIBES("a,b\n,NA\n", "a:e b:t", .dialect.na = "");
}

static void test_formats(void)
{
    DESCRIBES("a\tb c\n1\tx y\n", "a:n b c:t", 0);
    DESCRIBES("a;b\n1,5;2\n", "a:t b:n", 0);
    DESCRIBES("  a   b \n 1  2\n", "a:n b:n", 0);
    DESCRIBES("a b\n1 2\n", "a b:t", .dialect.format = DIALECT_CSV);
    DESCRIBES("a b\n1 2\n", "a:n b:n", .dialect.delimiter = ' ');
    DESCRIBES("a|b\n1|2\n", "a:n b:n", .dialect.delimiter = '|');
    DESCRIBES("a,b\n1,2\n", "a,b:t", .dialect.format = DIALECT_TSV);
    DESCRIBES("\xef\xbb\xbf\"a\",b\r\n\r\n1,2\r\n", "a:n b:n", 0);
    DESCRIBES("\"two\nlines\",\"a \"\"b\"\"\"\n1,2\n", "two\nlines:n a \"b\":n", 0);
}

/* ---- what a fold sees ---- */

/* A hash over everything a fold is given, in order. */
struct digest {
    uint64_t hash;
    size_t rows, blocks, missing, n_numbers, n_texts;
    double sum;
    bool placed; /* first_row has always been right */
};

static void mix(struct digest *d, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        d->hash = (d->hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
}

static enum status digest_reduce(void *context, void *state, struct block *b, struct err *err)
{
    (void)state;
    (void)err;
    struct digest *d = context;
    d->placed &= b->first_row == d->rows;
    for (size_t row = 0; row < b->rows; row++) {
        for (size_t s = 0; s < d->n_numbers; s++) {
            double value = b->numbers[row * b->row_step + s * b->column_step];
            mix(d, &value, isnan(value) ? 1 : sizeof value);
            d->sum += isnan(value) ? 0 : value;
        }
        for (size_t s = 0; s < d->n_texts; s++)
            mix(d, b->texts[s][row].p, b->texts[s][row].n);
        struct slice text = block_row_text(b, row);
        mix(d, text.p, text.n);
    }
    for (size_t s = 0; s < d->n_numbers; s++)
        d->missing += b->missing[s];
    d->rows += b->rows;
    d->blocks++;
    return STATUS_OK;
}

/* Folds a table of files whose number columns are all asked for as numbers, and the others as texts. */
static enum status digest(const char *const *paths, size_t n, size_t threads, bool by_row, struct digest *d,
                          struct err *err)
{
    struct table *table = NULL;
    *d = (struct digest){.hash = 0xcbf29ce484222325u, .placed = true};
    enum status status =
        table_open(&table, &(struct table_options){.paths = paths, .n_paths = n, .by_row = by_row}, err);
    for (size_t c = 0; status == STATUS_OK && c < table_width(table); c++) {
        bool is_text = table_kind(table, c) == COLUMN_TEXT;
        if (is_text)
            table_want_text(table, c);
        else
            table_want_number(table, c);
        d->n_texts += is_text;
        d->n_numbers += !is_text;
    }
    if (status == STATUS_OK)
        status = table_fold(table, &(struct table_fold){.reduce = digest_reduce}, d, threads, err);
    table_close(table);
    return status;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return a->hash == b->hash && a->rows == b->rows && a->blocks == b->blocks && a->missing == b->missing &&
           a->placed && b->placed;
}

/* About 2 MB: several blocks, with quoted line ends, empty fields, blank lines and one field as long as two blocks. */
enum { BIG_ROWS = 60000 };
static char *big;
static size_t big_n;

static void add(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void add(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    big_n += (size_t)vsnprintf(big + big_n, 256, format, args);
    va_end(args);
}

static void make_big(void)
{
    big = malloc(BIG_ROWS * 64 + (1 << 20));
    add("id,x,name\n");
    for (size_t i = 1; i <= BIG_ROWS; i++) {
        if (i % 50 == 0)
            add("%zu,,\"two\nlines, %zu\"\n", i, i);
        else
            add("%zu,%g,name-%zu\n", i, (double)i / 7, i);
        if (i % 1000 == 0)
            add("\n");
        if (i != 9000)
            continue;
        add("0,0,\"");
        for (size_t k = 0; k < 600000; k++)
            big[big_n++] = (char)(k % 80 == 79 ? '\n' : 'a' + (char)(k % 26));
        add("\"\n");
    }
}

static void test_folds_have_the_same_bits_for_any_number_of_threads(void)
{
    static const size_t threads[] = {1, 2, 5};
    const char *path = scratch_write("big", big, big_n);
    struct err err = {0};
    for (int by_row = 0; by_row < 2; by_row++) {
        struct digest first, other;
        CHECK(digest(&path, 1, 1, by_row, &first, &err) == STATUS_OK, "%s", err.reason);
        CHECK(first.rows == BIG_ROWS + 1 && first.missing == BIG_ROWS / 50 && first.blocks >= 4,
              "%zu rows, %zu missing, %zu blocks", first.rows, first.missing, first.blocks);
        for (size_t i = 1; i < 3; i++) {
            CHECK(digest(&path, 1, threads[i], by_row, &other, &err) == STATUS_OK, "%s", err.reason);
            CHECK(same(&first, &other), "%zu threads", threads[i]);
        }
    }
}

struct writer {
    const char *path;
    size_t piece;
};

/* Writes the big text into a FIFO in pieces of a size; pieces of one byte only around the ends of the first blocks. */
static void *write_slowly(void *context)
{
    const struct writer *w = context;
    int fd = open(w->path, O_WRONLY);
    for (size_t at = 0; at < big_n;) {
        size_t to_end = (1 << 18) - at % (1 << 18);
        size_t n = w->piece > 1 ? w->piece : to_end > 1000 ? to_end - 1000 : 1;
        n = n < big_n - at ? n : big_n - at;
        ssize_t done = write(fd, big + at, n);
        if (done <= 0)
            break;
        at += (size_t)done;
    }
    close(fd);
    return NULL;
}

static void test_a_pipe_is_read_like_a_file(void)
{
    const char *path = scratch_write("big", big, big_n), *fifo = scratch_path("fifo");
    struct err err = {0};
    struct digest wanted, found;
    digest(&path, 1, 1, false, &wanted, &err);
    CHECK(mkfifo(fifo, 0600) == 0);
    for (size_t piece = 1; piece <= 1000000; piece *= 1000) {
        for (size_t threads = 1; threads < 3; threads++) {
            pthread_t thread;
            struct writer writer = {fifo, piece};
            pthread_create(&thread, NULL, write_slowly, &writer);
            CHECK(digest(&fifo, 1, threads, false, &found, &err) == STATUS_OK, "%s", err.reason);
            pthread_join(thread, NULL);
            CHECK(same(&wanted, &found), "pieces of %zu, %zu threads", piece, threads);
        }
    }
}

static void test_gzip_is_read_like_text(void)
{
    const char *paths[] = {scratch_write("big", big, big_n), scratch_path("big.gz")};
    gzFile file = gzopen(paths[1], "wb1");
    gzwrite(file, big, (unsigned)big_n);
    gzclose(file);
    struct err err = {0};
    struct digest wanted, found;
    digest(&paths[0], 1, 1, false, &wanted, &err);
    for (size_t threads = 1; threads < 4; threads++) {
        CHECK(digest(&paths[1], 1, threads, false, &found, &err) == STATUS_OK, "%s", err.reason);
        CHECK(same(&wanted, &found), "%zu threads", threads);
    }
}

static void test_several_files_are_one_table(void)
{
    static const char a[] = "x,y\n1,2\n3,4", b[] = "x,y\n", c[] = "\n\"x\",y\r\n5,6\r\n\r\n";
    const char *paths[] = {scratch_write("a", a, strlen(a)), scratch_write("b", b, strlen(b)),
                           scratch_write("c", c, strlen(c))};
    struct err err = {0};
    struct digest d;
    CHECK(digest(paths, 3, 2, true, &d, &err) == STATUS_OK && d.rows == 3 && d.sum == 21, "%s, %zu rows", err.reason,
          d.rows);
    static const char other[] = "\n\nx,z\n1,2\n", wider[] = "x,y,z\n1,2,3\n", empty[] = "\n";
    paths[1] = scratch_write("b", other, strlen(other));
    CHECK(digest(paths, 3, 2, true, &d, &err) == STATUS_DATA && err.line == 3 && strcmp(err.file, paths[1]) == 0);
    CHECK(strncmp(err.reason, "column 2 is 'z' here but 'y' in ", 32) == 0, "%s", err.reason);
    scratch_write("b", wider, strlen(wider));
    CHECK(digest(paths, 3, 2, true, &d, &err) == STATUS_DATA && err.line == 1 &&
              strncmp(err.reason, "column 3 'z' is not in ", 23) == 0,
          "%s", err.reason);
    scratch_write("b", empty, strlen(empty));
    CHECK(digest(paths, 3, 2, true, &d, &err) == STATUS_DATA && strcmp(err.reason, "there is no data") == 0 &&
          err.line == 0);
    paths[1] = scratch_path("nothing");
    CHECK(digest(paths, 3, 2, true, &d, &err) == STATUS_IO &&
          strcmp(err.reason, "cannot open: No such file or directory") == 0);
}

/* ---- errors and their place ---- */

/* "LINE: REASON" of folding text whose columns are all asked for as numbers; "fine" if nothing is wrong. */
static const char *complaint(const char *text, size_t threads)
{
    static char out[1200];
    struct err err = {0};
    struct table *table = open_text(text, (struct table_options){0}, &err);
    for (size_t c = 0; table != NULL && c < table_width(table); c++)
        table_want_number(table, c);
    struct digest d = {.n_numbers = table != NULL ? table_width(table) : 0};
    if (table == NULL ||
        table_fold(table, &(struct table_fold){.reduce = digest_reduce}, &d, threads, &err) != STATUS_OK)
        snprintf(out, sizeof out, "%zu: %s", err.line, err.reason);
    else
        strcpy(out, "fine");
    table_close(table);
    return out;
}

#define COMPLAINS(text, wanted) CHECK(strcmp(complaint(text, 1), wanted) == 0, "'%s'", complaint(text, 1))

static void test_errors_have_line_and_column(void)
{
    COMPLAINS("a,b\n1,2\n", "fine");
    COMPLAINS("a,b\n1,2\n3,x\n", "3: column 2 'b': 'x' is not a number");
    COMPLAINS("1,2\n3,x\n", "2: column 2: 'x' is not a number");
    COMPLAINS("a,b\n\n\n1,2\n\n1,x\n", "6: column 2 'b': 'x' is not a number");
    COMPLAINS("\"a\nb\",b\r\n1,2\r\n1,\"x\r\ny\"\r\n", "4: column 2 'b': 'x\\x0d\\x0ay' is not a number");
    COMPLAINS("a,b\n1,2\n3\n", "3: 1 field, but the header has 2");
    COMPLAINS("1,2\n3,4,5\n", "2: 3 fields, but the first record has 2");
    COMPLAINS("a,b\n1,2\n3,\"4\n", "3: column 2 'b': the quoted field that begins here is not closed");
    COMPLAINS("a,b\n1,x\n3\n", "2: column 2 'b': 'x' is not a number");
    COMPLAINS("a,b\n1\nx,2\n", "2: 1 field, but the header has 2");
    COMPLAINS("a,b\n1,2\nx,y\n", "3: column 1 'a': 'x' is not a number");
}

static void test_the_first_error_counts_whoever_finds_it(void)
{
    char *text = malloc(1 << 21);
    size_t n = (size_t)sprintf(text, "a,b\n");
    for (size_t i = 2; i <= 90000; i++)
        n += (size_t)sprintf(text + n,
                             i == 70001   ? "7,x\n"
                             : i == 70002 ? "y,7\n"
                             : i == 85000 ? "1\n"
                                          : "%zu,12\n",
                             i);
    for (size_t threads = 1; threads <= 5; threads += 2)
        CHECK(strcmp(complaint(text, threads), "70001: column 2 'b': 'x' is not a number") == 0, "'%s'",
              complaint(text, threads));
    free(text);
}

static enum status refuse_row(void *context, void *state, struct block *b, struct err *err)
{
    (void)state;
    size_t *refused = context;
    for (size_t row = 0; row < b->rows; row++)
        if (b->numbers[row * b->row_step] == (double)*refused)
            return block_number_error(b, row, 0, err, "the value is %zu", *refused);
    return STATUS_OK;
}

static void test_errors_of_map_and_reduce_have_their_place(void)
{
    const char *path = scratch_write("big", big, big_n);
    for (size_t i = 0; i < 8; i++) {
        struct table *table = NULL;
        struct err err = {0};
        size_t refused = i % 2 == 0 ? 100 : 15000, lines = i % 2 == 0 ? 102 : 15000 + 15000 / 50 + 15 + 7500;
        table_open(&table, &(struct table_options){.paths = &path, .n_paths = 1, .by_row = i & 4}, &err);
        table_want_number(table, 0);
        struct table_fold fold = {.map = i & 2 ? refuse_row : NULL, .reduce = i & 2 ? NULL : refuse_row};
        CHECK(table_fold(table, &fold, &refused, 3, &err) == STATUS_DATA && strcmp(err.file, path) == 0);
        CHECK(err.line == lines, "line %zu, not %zu", err.line, lines);
        CHECK(strncmp(err.reason, "column 1 'id': the value is ", 28) == 0, "%s", err.reason);
        table_close(table);
    }
}

static void test_what_the_table_tells_of_itself(void)
{
    struct err err = {0};
    struct table *table = open_text("\"a\"; b\r\n1;2\r\n", (struct table_options){0}, &err);
    CHECK(table != NULL && table_width(table) == 2 && table_delimiter(table) == ';');
    CHECK(slice_equal(table_header_text(table), slice_of("\"a\"; b")) && strcmp(table_names(table)[1], "b") == 0);
    CHECK(strcmp(table_file(table), scratch_path("t")) == 0);
    uint64_t consumed, total;
    table_progress(table, &consumed, &total);
    CHECK(consumed == 13 && total == 13);
    table_close(table);
    table = open_text("1 2\n", (struct table_options){0}, &err);
    CHECK(table != NULL && table_delimiter(table) == ' ' && table_header_text(table).p == NULL);
    table_close(table);
    table_close(NULL);
}

struct told {
    uint64_t consumed, total;
    size_t times;
    bool grows;
};

static void hear(void *context, uint64_t consumed, uint64_t total)
{
    struct told *told = context;
    told->grows &= consumed >= told->consumed;
    told->consumed = consumed;
    told->total = total;
    told->times++;
}

static void test_progress_is_told_after_every_block(void)
{
    const char *path = scratch_write("big", big, big_n);
    for (size_t threads = 1; threads <= 3; threads++) {
        struct told told = {.grows = true};
        struct table *table = NULL;
        struct err err = {0};
        struct digest d = {0};
        table_open(&table,
                   &(struct table_options){.paths = &path, .n_paths = 1, .progress = hear, .progress_context = &told},
                   &err);
        CHECK(told.times == 0 &&
              table_fold(table, &(struct table_fold){.reduce = digest_reduce}, &d, threads, &err) == STATUS_OK);
        CHECK(told.grows && told.times == d.blocks && told.consumed == big_n && told.total == big_n, "%zu times",
              told.times);
        table_close(table);
    }
}

int main(void)
{
    scratch_begin();
    make_big();
    test_headers();
    test_kinds_and_missing_words();
    test_formats();
    test_folds_have_the_same_bits_for_any_number_of_threads();
    test_a_pipe_is_read_like_a_file();
    test_gzip_is_read_like_text();
    test_several_files_are_one_table();
    test_errors_have_line_and_column();
    test_the_first_error_counts_whoever_finds_it();
    test_errors_of_map_and_reduce_have_their_place();
    test_what_the_table_tells_of_itself();
    test_progress_is_told_after_every_block();
    free(big);
    scratch_end();
    return test_report("table");
}
