/* Words for "did you mean", held against distances counted by hand. */

#include "base/nearest.h"

#include "test.h"

#include <string.h>

static const char *const words[] = {"age", "sex", "fare", "survived", "learning-rate", "max-iter", "x", "aged"};

static bool means(const char *word, const char *wanted)
{
    const char *found = nearest_word(words, sizeof words / sizeof words[0], word);
    return wanted == NULL ? found == NULL : found != NULL && strcmp(found, wanted) == 0;
}

static void test_one_edit_of_each_kind(void)
{
    CHECK(means("aeg", "age"), "a swap");
    CHECK(means("agee", "age"), "an insertion; the first of equals");
    CHECK(means("ge", "age"), "a deletion");
    CHECK(means("agf", "age"), "a substitution");
    CHECK(means("fare", "fare"), "none");
    CHECK(means("aged", "aged"), "an exact word behind a near one");
}

static void test_how_far_a_word_may_be(void)
{
    CHECK(means("y", NULL), "nothing is near a single byte");
    CHECK(means("x", "x"));
    CHECK(means("abc", NULL) && means("feer", NULL), "two edits of four bytes are too many");
    CHECK(means("survve", "survived"), "two edits of six");
    CHECK(means("srvve", NULL), "three edits of five are too many");
    CHECK(means("lerning-raet", "learning-rate"), "a swap and an insertion");
    CHECK(means("learn", NULL) && means("", NULL));
    CHECK(nearest_word(words, 0, "age") == NULL);
}

static void test_long_words_are_not_guessed_at(void)
{
    char longest[64 + 1], longer[64 + 1];
    memset(longest, 'a', 63);
    longest[63] = '\0';
    memset(longer, 'a', 64);
    longer[64] = '\0';
    const char *const candidates[] = {longer, longest};
    CHECK(nearest_word(candidates, 2, longer) == NULL);
    CHECK(nearest_word(candidates, 2, longest) == longest, "a candidate that is too long is passed over");
    longest[0] = 'b';
    char word[64];
    memset(word, 'a', 63);
    word[63] = '\0';
    CHECK(nearest_word(candidates, 2, word) == longest);
}

int main(void)
{
    test_one_edit_of_each_kind();
    test_how_far_a_word_may_be();
    test_long_words_are_not_guessed_at();
    return test_report("nearest");
}
