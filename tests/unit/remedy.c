/* Remedies of errors: those options that the command has, with the column that the error is about. */
#include "cli/remedy.h"

#include "test.h"

#include <string.h>

static const struct opt trainer[] = {{.name = "categorical"}, {.name = "exclude"}, {.name = "l2"}};
static const struct opt summary[] = {{.name = "weights"}};

static void check_remedy(enum err_cause cause, const struct opt *table, size_t n, const char *wanted)
{
    struct err err = {0};
    struct buffer message = {0};
    err_data(&err, "wrong");
    CHECK(err_because(&err, cause, "a b") == STATUS_DATA && strcmp(err.reason, "wrong") == 0);
    remedy_add(&message, &err, table, n);
    buffer_add_char(&message, '\0');
    CHECK(strcmp(message.p, wanted) == 0, "'%s' instead of '%s'", message.p, wanted);
    buffer_free(&message);
}

int main(void)
{
    check_remedy(ERR_NO_REMEDY, trainer, 3, "");
    check_remedy(ERR_TEXT_FEATURE, trainer, 3,
                 "; use --categorical auto to encode text columns, or --exclude 'a b' to omit the column");
    check_remedy(ERR_TEXT_FEATURE, trainer + 1, 2, "; use --exclude 'a b' to omit the column");
    check_remedy(ERR_TEXT_FEATURE, summary, 1, "");
    check_remedy(ERR_FEW_ROWS, trainer, 3, "; use --l2 to penalise coefficients, or --exclude to omit columns");
    check_remedy(ERR_MANY_CLASSES, summary, 1, "; use softmax-train for more than two classes");
    struct err err = {0};
    err_data(&err, "wrong");
    err_because(&err, ERR_CONSTANT_COLUMN, "x");
    err_data(&err, "another");
    CHECK(err.cause == ERR_NO_REMEDY && err.subject[0] == '\0', "a new error has no cause yet");
    return test_report("remedy");
}
