/* Small tables are loaded as matrices and held against the values written by hand; larger ones are the same for
 * any number of threads and any limit on memory. */

#include "data/dataset/dataset.h"

#include "scratch.h"
#include "test.h"

#include <string.h>

/* Loads the text of a file; NULL and a filled error if it is refused. */
static struct dataset *load(const char *text, size_t n, struct dataset_options options, struct err *err)
{
    struct table *table = NULL;
    struct dataset *ds = NULL;
    const char *path = scratch_write("t.csv", text, n);
    enum status status = table_open(&table, &(struct table_options){.paths = &path, .n_paths = 1, .by_row = true}, err);
    if (status == STATUS_OK)
        status = dataset_load(&ds, table, &options, err);
    table_close(table);
    return status == STATUS_OK ? ds : NULL;
}

static const char *complaint(const char *text, struct dataset_options options)
{
    static char out[1200];
    struct err err = {0};
    struct dataset *ds = load(text, strlen(text), options, &err);
    snprintf(out, sizeof out, "%zu: %s", err.line, ds != NULL ? "fine" : err.reason);
    dataset_free(ds);
    return out;
}

#define COMPLAINS(text, wanted, ...)                                                                                   \
    CHECK(strcmp(complaint(text, (struct dataset_options){__VA_ARGS__}), wanted) == 0, "'%s'",                         \
          complaint(text, (struct dataset_options){__VA_ARGS__}))

/* The classes with their counts, such as "a:2 b:1". */
static const char *classes_of(const char *text)
{
    static char out[400];
    struct err err = {0};
    struct dataset *ds =
        load(text, strlen(text), (struct dataset_options){.roles.target = "y", .classes = true, .threads = 1}, &err);
    if (ds == NULL)
        return strcpy(out, err.reason);
    size_t n = 0;
    for (size_t k = 0; k < ds->classes; k++)
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s:%d", k > 0 ? " " : "", ds->labels[k], (int)ds->counts[k]);
    dataset_free(ds);
    return out;
}

#define HAS_CLASSES(text, wanted) CHECK(strcmp(classes_of(text), wanted) == 0, "'%s'", classes_of(text))

static void test_the_order_of_labels(void)
{
    HAS_CLASSES("x,y\n1,b\n2,a\n3,b\n", "a:1 b:2");
    HAS_CLASSES("x,y\n1,10\n2,9\n3,-1\n4,9\n", "-1:1 9:2 10:1");
    HAS_CLASSES("x,y\n1,10\n2,9\n3,x\n", "10:1 9:1 x:1");
    HAS_CLASSES("x,y\n1,B\n2,a\n3,ab\n4,\xc3\xa4\n5,b\n", "B:1 a:1 ab:1 b:1 \xc3\xa4:1");
    HAS_CLASSES("x,y\n1,1.0\n2,1\n3,1e0\n", "1:1 1.0:1 1e0:1");
    HAS_CLASSES("x,y\n1,\"a\nb\"\n2,\"a,\"\"b\"\n", "a\nb:1 a,\"b:1");
}

static void test_features_target_and_weights(void)
{
    static const char text[] = "w,a,y,b,c\n1,2,3,4,5\n0.5,6,7,8,9\n";
    struct err err = {0};
    struct dataset *ds = load(text, strlen(text),
                              (struct dataset_options){.roles.target = "y", .roles.weights = "w", .threads = 2}, &err);
    CHECK(ds != NULL && ds->n == 2 && ds->d == 3 && ds->classes == 0 && ds->weight_sum == 1.5, "%s", err.reason);
    const struct dataset_chunk *c = &ds->chunk[0];
    CHECK(ds->chunks == 1 && c->rows == 2 && c->ld >= 3 && c->label == NULL);
    CHECK(c->x[0] == 2 && c->x[1] == 4 && c->x[2] == 5 && c->x[c->ld] == 6 && c->x[c->ld + 2] == 9);
    CHECK(c->target[0] == 3 && c->target[c->ld] == 7 && c->weight[0] == 1 && c->weight[c->ld] == 0.5);
    CHECK(strcmp(ds->features[1], "b") == 0 && strcmp(ds->target, "y") == 0);
    dataset_free(ds);
    ds = load(text, strlen(text),
              (struct dataset_options){.roles.target = "y", .roles.features = "c,a..b", .roles.exclude = "y,w"}, &err);
    CHECK(ds != NULL && ds->d == 3 && strcmp(ds->features[0], "c") == 0 && strcmp(ds->features[1], "a") == 0, "%s",
          err.reason);
    CHECK(ds != NULL && ds->chunk[0].weight == NULL && ds->weight_sum == 2 && ds->chunk[0].x[0] == 5);
    dataset_free(ds);
    dataset_free(NULL);
}

static void test_rows_with_missing_values(void)
{
    static const char text[] = "x,y,w\n1,a,1\n,b,1\n3,NA,1\n4,b,\n5,b,2\n";
    struct err err = {0};
    struct dataset_options options = {
        .roles.target = "y", .roles.weights = "w", .classes = true, .roles.missing = MISSING_SKIP, .threads = 1};
    struct dataset *ds = load(text, strlen(text), options, &err);
    CHECK(ds != NULL && ds->n == 2 && ds->skipped == 3 && ds->weight_sum == 3, "%s", err.reason);
    CHECK(ds != NULL && ds->chunk[0].x[ds->chunk[0].ld] == 5 && ds->chunk[0].label[1] == 1 && ds->counts[1] == 1);
    dataset_free(ds);
    COMPLAINS(text, "3: column 1 'x': the value is missing", .roles.target = "y", .classes = true);
    COMPLAINS("x,y\n1,a\n2,\n", "3: column 2 'y': the value is missing", .roles.target = "y", .classes = true);
    COMPLAINS("x,y\n1,\nNA,2\n", "0: every row has a missing value", .roles.target = "y",
              .roles.missing = MISSING_SKIP);
}

static void test_errors(void)
{
    COMPLAINS("x,y\n1,2\n", "0: no column 'z'", .roles.target = "z");
    COMPLAINS("x,yes\n1,2\n", "0: no column 'yse'; did you mean 'yes'?", .roles.target = "yse");
    COMPLAINS("x,y\n", "0: there are no rows", .roles.target = "y");
    COMPLAINS("y\n1\n", "0: no feature columns are left", .roles.target = "y");
    COMPLAINS("x,y,z\na,2,3\n", "0: column 1 'x' is text", .roles.target = "y");
    COMPLAINS("x,y\n1,2\n", "0: column 'y' is the target and cannot also be a feature", .roles.target = "y",
              .roles.features = "x,y");
    COMPLAINS("x,y\n1,2\n", "0: column 'x' holds the weights and cannot also be a feature", .roles.target = "y",
              .roles.features = "x", .roles.weights = "x");
    COMPLAINS("x,y\n1,2\n", "0: the target column cannot also hold the weights", .roles.target = "y",
              .roles.weights = "2");
    COMPLAINS("x,y,w\n1,2,0\n1,2,-1\n", "3: column 3 'w': the weight is negative", .roles.target = "y",
              .roles.weights = "w");
    COMPLAINS("x,y\n1,2\n-inf,2\n", "3: column 1 'x': the value is infinite", .roles.target = "y");
    COMPLAINS("x,y\n1,2\n1,b\n", "3: column 2 'y': 'b' is not a number", .roles.target = "y");
    COMPLAINS("x,y\n1,2\nx,2\n", "3: column 1 'x': 'x' is not a number", .roles.target = "y", .classes = true);
}

static void test_categories(void)
{
    static const char text[] = "b,w,x,y,a\nu,2,1,5,10\nt,1,2,6,9\nu,3,3,7,-1\n";
    struct err err = {0};
    struct dataset_options options = {
        .roles.target = "y", .roles.weights = "w", .roles.categorical = "b,a", .threads = 1};
    struct dataset *ds = load(text, strlen(text), options, &err);
    CHECK(ds != NULL && ds->d == 4 && ds->n_categories == 2, "%s", err.reason);
    const struct dataset_chunk *c = &ds->chunk[0];
    static const char *const names[] = {"x", "b=u", "a=9", "a=10"};
    static const double wanted[][6] = {{1, 1, 0, 1, 2, 5}, {2, 0, 1, 0, 1, 6}, {3, 1, 0, 0, 3, 7}};
    for (size_t j = 0; j < 4; j++) {
        CHECK(strcmp(ds->features[j], names[j]) == 0, "%s", ds->features[j]);
        for (size_t r = 0; r < 3; r++)
            CHECK(c->x[r * c->ld + j] == wanted[r][j], "%zu %zu", r, j);
    }
    for (size_t r = 0; r < 3; r++)
        CHECK(c->weight[r * c->ld] == wanted[r][4] && c->target[r * c->ld] == wanted[r][5]);
    CHECK(ds->category[1].levels == 3 && strcmp(ds->category[1].level[0], "-1") == 0 &&
          strcmp(ds->category[0].name, "b") == 0);
    dataset_free(ds);
    options.roles.categorical = "auto";
    ds = load(text, strlen(text), options, &err);
    CHECK(ds != NULL && ds->d == 3 && ds->n_categories == 1 && strcmp(ds->features[2], "b=u") == 0);
    dataset_free(ds);
    COMPLAINS("x,y\na,1\na,2\n", "0: column 'x' has the same value 'a' in all rows", .roles.target = "y",
              .roles.categorical = "auto");
    COMPLAINS("x,y\na,1\n,2\n", "3: column 1 'x': the value is missing", .roles.target = "y",
              .roles.categorical = "auto");
}

/* Whether two datasets hold the same numbers and labels in the same chunks. */
static bool same(const struct dataset *a, const struct dataset *b)
{
    bool equal = a->n == b->n && a->d == b->d && a->chunks == b->chunks && a->classes == b->classes &&
                 a->weight_sum == b->weight_sum && a->skipped == b->skipped &&
                 memcmp(a->counts, b->counts, a->classes * sizeof *a->counts) == 0;
    for (size_t k = 0; equal && k < a->classes; k++)
        equal = strcmp(a->labels[k], b->labels[k]) == 0;
    for (size_t i = 0; equal && i < a->chunks; i++) {
        const struct dataset_chunk *p = &a->chunk[i], *q = &b->chunk[i];
        equal = p->rows == q->rows && p->ld == q->ld && memcmp(p->x, q->x, p->rows * p->ld * sizeof *p->x) == 0 &&
                memcmp(p->label, q->label, p->rows * sizeof *p->label) == 0;
    }
    return equal;
}

/* Four blocks; the labels come up in another order in every block. */
static void test_threads_and_memory_do_not_change_the_data(void)
{
    enum { ROWS = 40000 };
    char *text = malloc(ROWS * 40);
    size_t n = (size_t)sprintf(text, "x,y,w,z\n");
    for (size_t i = 0; i < ROWS; i++)
        n += (size_t)sprintf(text + n, i % 997 == 3 ? "%g,,%zu,%zu\n" : "%g,label %zu,1,%zu\n", (double)i / 3,
                             (i + i / 7000) % 11, i);
    struct dataset_options options = {
        .roles.target = "y", .roles.weights = "w", .classes = true, .roles.missing = MISSING_SKIP, .threads = 1};
    struct err err = {0};
    struct dataset *wanted = load(text, n, options, &err);
    CHECK(wanted != NULL && wanted->chunks >= 4 && wanted->classes == 11 && wanted->skipped == 41 &&
              wanted->spool == NULL,
          "%s", err.reason);
    for (size_t i = 0; i < 6; i++) {
        options.threads = 1 + i % 3 * 2;
        options.memory = i < 3 ? 0 : wanted->chunk[0].rows * wanted->chunk[0].ld * sizeof(double) * 3 / 2;
        options.spool_directory = scratch_directory;
        struct dataset *found = load(text, n, options, &err);
        CHECK(found != NULL && same(wanted, found), "%zu threads, %zu bytes %s", options.threads, options.memory,
              err.reason);
        CHECK(found != NULL && (found->spool != NULL) == (i >= 3) &&
              found->chunks_in_memory == (i < 3 ? found->chunks : 1));
        dataset_free(found);
    }
    options.memory = 1;
    options.spool_directory = scratch_path("missing");
    CHECK(load(text, n, options, &err) == NULL && err.status == STATUS_IO);
    CHECK(strcmp(err.reason,
                 "cannot create a temporary file for data that exceeds the memory limit: No such file or directory") ==
          0);
    dataset_free(wanted);
    free(text);
}

int main(void)
{
    scratch_begin();
    test_the_order_of_labels();
    test_features_target_and_weights();
    test_rows_with_missing_values();
    test_errors();
    test_categories();
    test_threads_and_memory_do_not_change_the_data();
    scratch_end();
    return test_report("dataset");
}
