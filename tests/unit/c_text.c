/* Text that becomes C source, as string or comment, held against the source written by hand; and that every kind
 * of model and every layer can be written as C. */

#include "family/layer/layer.h"
#include "model/kind.h"
#include "test.h"
#include "text/c_text.h"

#include <math.h>
#include <string.h>

/* Source text in C, and that every kind of model and of layer can be written as such. */

static void check_number(double value, const char *wanted)
{
    struct c_text t = {0};
    c_text_number(&t, value);
    CHECK(strcmp(buffer_text(&t.text), wanted) == 0, "%s, not %s", t.text.p, wanted);
    c_text_free(&t);
}

static void check_string(const char *bytes, size_t n, const char *wanted)
{
    struct c_text t = {0};
    c_text_string(&t, (struct slice){bytes, n});
    CHECK(strcmp(buffer_text(&t.text), wanted) == 0, "%s, not %s", t.text.p, wanted);
    c_text_free(&t);
}

static void check_comment(const char *words, const char *wanted)
{
    struct c_text t = {0};
    c_text_comment(&t, slice_of(words));
    CHECK(strcmp(buffer_text(&t.text), wanted) == 0, "%s, not %s", t.text.p, wanted);
    c_text_free(&t);
}

int main(void)
{
    check_number(0.1, "0.1");
    check_number(3, "3.0");
    check_number(-0.0, "-0.0");
    check_number(1e300, "1e300");
    check_number(-(double)INFINITY, "-INFINITY");

    check_string("plain", 5, "\"plain\"");
    check_string("a\"b\\c\?\?/", 8, "\"a\\\"b\\\\c\\?\\?/\"");
    check_string("\xc3\xb6\n7", 4, "\"\\303\\266\\0127\"");

    check_comment("gr\xc3\xb6\xc3\x9f"
                  "e",
                  "gr\xc3\xb6\xc3\x9f"
                  "e");
    check_comment("a*/b/*c\?\?/", "a*\\/b/\\*c\\?\\?/");
    check_comment("two\nlines\\", "two\\x0alines\\\\");
    check_comment("\xe2\x80\xae\xff", /* NOLINT(misc-misleading-bidirectional): they are the case */
                  "\\xe2\\x80\\xae\\xff");

    for (size_t i = 0; kind_all[i] != NULL; i++)
        CHECK(kind_all[i]->c_respond != NULL && (kind_all[i]->c_score != NULL) == (kind_all[i]->score != NULL),
              "kind %s", kind_all[i]->name);
    for (size_t i = 0; layer_all[i] != NULL; i++)
        CHECK(layer_all[i]->c_forward != NULL, "layer %s", layer_all[i]->name);
    return test_report("c_text");
}
