/* The kinds of columns whose first value stands far down: the same from a file, and from a pipe whose blocks wait in
 * memory or on the disk; the rows are then read as ever. Where blocks can wait nowhere, a late text is an error. */

#include "data/table/table.h"

#include "scratch.h"
#include "test.h"

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>

enum { ROWS = 300000, LATE = 250000 };

static char *text;
static size_t text_n;

/* Columns x (numbers), note (a text in row LATE), late (a number there), never, words (missing numbers only). */
static void make_text(void)
{
    text = malloc((size_t)ROWS * 32);
    text_n = (size_t)sprintf(text, "x,note,late,never,words\n");
    for (int i = 0; i < ROWS; i++)
        text_n += (size_t)sprintf(text + text_n, i == LATE ? "%d,seen,7,,.\n" : "%d,,-,,.\n", i % 100);
}

static void *write_text(void *path)
{
    int fd = open(path, O_WRONLY);
    for (size_t at = 0; at < text_n;) {
        ssize_t n = write(fd, text + at, text_n - at);
        if (n <= 0)
            break;
        at += (size_t)n;
    }
    close(fd);
    return NULL;
}

struct sums {
    double x, late;
    size_t rows, notes, words;
};

static enum status add_block(void *context, void *state, struct block *b, struct err *err)
{
    struct sums *s = context;
    (void)state;
    (void)err;
    s->rows += b->rows;
    for (size_t r = 0; r < b->rows; r++) {
        double late = b->numbers[r * b->row_step + b->column_step];
        s->x += b->numbers[r * b->row_step];
        s->late += isnan(late) ? 0 : late;
        s->notes += b->texts[0][r].p != NULL;
        s->words += b->texts[1][r].p != NULL;
    }
    return STATUS_OK;
}

/* The kinds of the columns, and the sums of a fold; "" and the error if it fails. */
static const char *read_table(const char *path, struct lookahead_limit limit, size_t threads, struct sums *s,
                              struct err *err)
{
    static char kinds[8];
    struct table *table = NULL;
    *s = (struct sums){.rows = 0};
    if (table_open(&table, &(struct table_options){.paths = &path, .n_paths = 1, .limit = limit}, err) != STATUS_OK)
        return "";
    for (size_t c = 0; c < table_width(table); c++)
        kinds[c] = "ent"[table_kind(table, c)];
    kinds[table_width(table)] = '\0';
    table_want_number(table, 0);
    table_want_number(table, 2);
    table_want_text(table, 1);
    table_want_text(table, 4);
    enum status status = table_fold(table, &(struct table_fold){.reduce = add_block}, s, threads, err);
    table_close(table);
    return status == STATUS_OK ? kinds : "";
}

#define READS(path, threads, ...)                                                                                      \
    do {                                                                                                               \
        struct err err = {0};                                                                                          \
        struct sums s;                                                                                                 \
        const char *kinds = read_table(path, (struct lookahead_limit){__VA_ARGS__}, threads, &s, &err);                \
        CHECK(strcmp(kinds, "ntnet") == 0, "%s %s", kinds, err.reason);                                                \
        CHECK(s.rows == ROWS && s.notes == 1 && s.late == 7 && s.words == ROWS && s.x == 49.5 * ROWS,                  \
              "%zu rows, %zu notes, %zu words, sums %g and %g", s.rows, s.notes, s.words, s.x, s.late);                \
    } while (0)

static void test_files(void)
{
    const char *path = scratch_write("text", text, text_n);
    READS(path, 1, 0, 0, NULL);
    READS(path, 2, 0, 0, NULL);
}

static void test_pipes(void)
{
    const char *fifo = scratch_path("fifo");
    struct lookahead_limit limits[] = {
        {1 << 24, 0, NULL},                    /* in memory */
        {1 << 19, 1 << 24, scratch_directory}, /* the first blocks in memory, the others on the disk */
        {0, 1 << 24, scratch_directory},
    };
    CHECK(mkfifo(fifo, 0600) == 0);
    for (size_t i = 0; i < 6; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, write_text, (void *)(uintptr_t)fifo);
        READS(fifo, 1 + i % 2, limits[i / 2].memory, limits[i / 2].disk, limits[i / 2].directory);
        pthread_join(thread, NULL);
    }
}

/* Blocks before the text are used; the text itself stops the fold, though nobody asks for its column as numbers. */
static void test_a_search_that_is_given_up(void)
{
    const char *fifo = scratch_path("fifo");
    struct err err = {0};
    struct sums s;
    pthread_t thread;
    pthread_create(&thread, NULL, write_text, (void *)(uintptr_t)fifo);
    CHECK(read_table(fifo, (struct lookahead_limit){1 << 19, 1 << 19, scratch_directory}, 2, &s, &err)[0] == '\0');
    pthread_join(thread, NULL);
    CHECK(err.line == LATE + 2 && err.cause == ERR_LATE_TEXT &&
              strcmp(err.reason, "column 2 'note': 'seen' is the first value after many rows without one, and not a "
                                 "number, as had to be assumed") == 0,
          "%zu: %s", err.line, err.reason);
    CHECK(s.rows > LATE / 2 && s.rows <= LATE, "%zu rows", s.rows);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN); /* where the reader stops early */
    scratch_begin();
    make_text();
    test_files();
    test_pipes();
    test_a_search_that_is_given_up();
    free(text);
    scratch_end();
    return test_report("lookahead");
}
