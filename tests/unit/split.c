/* Folds and shares of rows: hashes are the same on every machine, and only folds are read as folds. */

#include "base/hash.h"
#include "data/table/split.h"
#include "test.h"

static void hashes_are_the_same_everywhere(void)
{
    static const struct {
        const char *text;
        uint64_t hash;
    } known[] = {
        {"", 0},
        {"a", 0x8952ed585372fb36},
        {"12345678", 0xdd9eb576bbfdfdce},
        {"5.1,3.5,1.4,0.2,setosa", 0x888579bd5a38131a},
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff", 0x4f23e90371521142},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        CHECK(hash_bytes(slice_of(known[i].text)) == known[i].hash, "of '%s'", known[i].text);
}

static void a_row_is_in_one_fold(size_t folds)
{
    size_t count[16] = {0}, rows = 4000, wrong = 0;
    for (size_t row = 0; row < rows; row++) {
        char text[32], rest[32];
        snprintf(text, sizeof text, "%zu", row);
        snprintf(rest, sizeof rest, "%zu", row % 7);
        uint64_t hash = split_add(0, split_label(slice_of("id")), slice_of(text), false);
        hash = split_add(hash, split_label(slice_of("rest")), slice_of(rest), false);
        size_t in = 0, out = 0;
        for (size_t fold = 0; fold < folds; fold++) {
            bool kept = split_keeps(&(struct split){.fold = fold, .folds = folds}, hash);
            in += kept;
            out += split_keeps(&(struct split){.fold = fold, .folds = folds, .others = true}, hash);
            count[fold] += kept;
        }
        wrong += in != 1 || out != folds - 1;
    }
    CHECK(wrong == 0, "%zu rows are in no fold, or in several", wrong);
    double expected = (double)rows / (double)folds, chi_squared = 0;
    for (size_t fold = 0; fold < folds; fold++)
        chi_squared += ((double)count[fold] - expected) * ((double)count[fold] - expected) / expected;
    CHECK(chi_squared < 40, "chi squared of %zu folds: %g", folds, chi_squared);
}

static uint64_t hash_of(const char *text)
{
    return split_add(0, 1, slice_of(text), false);
}

static void spellings_of_a_value_are_equal(void)
{
    static const char *const equal[][2] = {{"1.50", "1.5"},
                                           {"1e3", "1000"},
                                           {"+7", "7"},
                                           {"-0", "0.0"},
                                           {"007", "7"},
                                           {".5", "0.50000000000000000000"},
                                           {"0.1234567890123456", "0.123456789012346"},
                                           {"2.2250738585072014e-308", "2.22507385850720e-308"},
                                           {"1E+2", "100"}};
    static const char *const other[][2] = {
        {"1", "1.0000000001"}, {"a", "A"}, {"", "0"}, {"12345678901234567", "12345678901234568"}, {"-1", "1"}};
    for (size_t i = 0; i < sizeof equal / sizeof *equal; i++)
        CHECK(hash_of(equal[i][0]) == hash_of(equal[i][1]), "'%s' is '%s'", equal[i][0], equal[i][1]);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        CHECK(hash_of(other[i][0]) != hash_of(other[i][1]), "'%s' is not '%s'", other[i][0], other[i][1]);
    uint64_t a = split_label(slice_of("a")), b = split_label(slice_of("b"));
    struct slice one = slice_of("1"), two = slice_of("2");
    CHECK(split_add(split_add(0, a, one, false), b, two, false) ==
          split_add(split_add(0, b, two, false), a, one, false));
    CHECK(split_add(split_add(0, a, one, false), b, two, false) !=
          split_add(split_add(0, a, two, false), b, one, false));
    CHECK(split_add(0, a, one, true) == split_add(0, a, two, true) &&
          split_add(0, a, one, true) != split_add(0, a, one, false));
}

static void only_folds_are_folds(void)
{
    static const char *const bad[] = {"",    "/",    "1",    "1/",   "/2",   "0/2",       "3/2",
                                      "1/1", "1/2/", "1 /2", "+1/2", "1/-2", "1/1000001", "1/18446744073709551618"};
    struct split split = {0};
    struct err err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(split_parse(&split, bad[i], &err) == STATUS_USAGE && split.folds == 0, "'%s'", bad[i]);
    CHECK(split_parse(&split, "2/10", &err) == STATUS_OK && split.fold == 1 && split.folds == 10);
    CHECK(split_parse(&split, "1000000/1000000", &err) == STATUS_OK && split.fold == 999999);
}

int main(void)
{
    hashes_are_the_same_everywhere();
    for (size_t folds = 2; folds <= 16; folds++)
        a_row_is_in_one_fold(folds);
    spellings_of_a_value_are_equal();
    only_folds_are_folds();
    return test_report("split");
}
