/* What a user can do about an error. The library states the cause of an error and the column it is about; this table
 * alone knows the options that help. A remedy is shown only if the command has the option, so that no command proposes
 * one that it lacks; remedies without an option are other commands. */

#include "cli/remedy.h"

#include <string.h>

/* clang-format off */
static const struct remedy {
    enum err_cause cause;
    const char *option; /* the command must have it; NULL = always shown */
    const char *before, *after; /* of the column, where there is an `after`: what follows "use" */
} remedies[] = {
    {ERR_MISSING_VALUE, "missing", "--missing skip to omit such rows", NULL},
    {ERR_MISSING_INPUT, "missing", "--missing skip to leave such predictions empty", NULL},
    {ERR_TEXT_FEATURE, "categorical", "--categorical auto to encode text columns", NULL},
    {ERR_TEXT_FEATURE, "exclude", "--exclude '", "' to omit the column"},
    {ERR_TEXT_NUMBERS, "exclude", "--exclude '", "' to omit the column"},
    {ERR_UNCHOSEN_COLUMN, "columns", "-x to name one", NULL},
    {ERR_UNCHOSEN_PAIR, "columns", "-x to name them", NULL},
    {ERR_UNNAMED_COLUMNS, "names", "--names to name the columns", NULL},
    {ERR_UNNAMED_NUMBERS, "names", "--names '", "' to name the columns"},
    {ERR_REPEATED_NAMES, "header", "--header yes to read it as the header", NULL},
    {ERR_LATE_TEXT, "columns", "--columns to name the columns", NULL},
    {ERR_LATE_TEXT, "features", "--features to name the columns", NULL},
    {ERR_CONSTANT_COLUMN, "exclude", "--exclude '", "' to omit the column"},
    {ERR_NO_VARIANCE, "variance-floor", "--variance-floor 1e-9 to keep variances above 0", NULL},
    {ERR_NO_VARIANCE, "exclude", "--exclude '", "' to omit the column"},
    {ERR_FEW_ROWS, "l2", "--l2 to penalise coefficients", NULL},
    {ERR_FEW_ROWS, "exclude", "--exclude to omit columns", NULL},
    {ERR_FEW_SPARSE_ROWS, "l2", "--l2 to penalise coefficients", NULL},
    {ERR_FEW_UNPENALIZED_ROWS, "exclude", "--exclude to omit columns", NULL},
    {ERR_MANY_COLUMNS, "exclude", "--exclude to omit columns", NULL},
    {ERR_MANY_COLUMNS, NULL, "nn-train, which learns the same model step by step", NULL},
    {ERR_MANY_COEFFICIENTS, "solver", "another --solver", NULL},
    {ERR_MANY_NUMBERS, "trials", "--trials COLUMN for proportions or numbers of successes", NULL},
    {ERR_MANY_NUMBERS, NULL, "softmax-train for more than two classes", NULL},
    {ERR_MANY_CLASSES, NULL, "softmax-train for more than two classes", NULL},
    {ERR_UNLISTED_CLASS, "labels", "--labels to list every class", NULL},
    {ERR_THIRD_CLASS, "positive", "--positive '", "' to compare this class with all others"},
    {ERR_NOT_BINARY, "positive", "--positive to name the predicted class", NULL},
    {ERR_FRACTIONAL_FREQUENCY, "weights", "--weights for weights of any size", NULL},
    {ERR_TWICE, "by", "--by to name the column of groups", NULL},
    {ERR_TEMPORARY_FILE, "memory", "--memory to raise the limit", NULL},
    {ERR_SPARSE_TARGET, "target", "--target label", NULL},
    {ERR_SPARSE_LOSS, "loss", "--loss l2", NULL},
    {ERR_MODEL_AS_TABLE, NULL, "model-show to view it", NULL},
    {ERR_MODEL_AS_TABLE, NULL, "nn-predict -m to apply it", NULL},
    {ERR_JSON_ARRAY, NULL, "jq -c '.[]' to write each object on a line", NULL},
    {ERR_JSON_ARRAYS, NULL, "jq -r '.[] | @csv' for an array of arrays", NULL},
    {ERR_JSON_ARRAYS, NULL, "jq -r @csv for an array on each line", NULL},
    {ERR_JSON_SPREAD, NULL, "jq -c . to write each object on a line", NULL},
    {ERR_JSON_KEY, NULL, "jq -c '.", "[]' to write each row on a line"},
    {ERR_UNKNOWN_KEY, "names", "--names to list the keys that are columns", NULL},
    {ERR_DECIMAL_COMMA, "decimal", "--decimal , for decimal commas", NULL},
    {ERR_THOUSANDS, "thousands", "--thousands CHAR if CHAR groups the digits", NULL},
    {ERR_COMMA, "decimal", "--decimal , for decimal commas", NULL},
    {ERR_COMMA, "thousands", "--thousands , if commas group the digits", NULL},
    {ERR_NUMBER_SIGN, "number-signs", "--number-signs drop for currencies and per cent", NULL},
    {ERR_ENCODING, "encoding", "--encoding to state the encoding", NULL},
    {ERR_NUL_BYTE, "encoding", "--encoding utf-16le or utf-16be if the text has two bytes a character", NULL},
    {ERR_DELIMITER, "delimiter", "--delimiter to state the separator", NULL},
    {ERR_DELIMITER, "decimal", "--decimal , for decimal commas", NULL},
    {ERR_HEADER, "header", "--header yes", NULL},
    {ERR_HEADER, "header", "--header no", NULL},
    {ERR_TITLE, "skip-lines", "--skip-lines 1", NULL},
    {ERR_TITLE, "header", "--header yes", NULL},
    {ERR_QUOTE, "quote", "--quote none to read quotes as text", NULL},
    {ERR_SHORT_RECORD, "ragged", "--ragged pad to fill short records", NULL},
    {ERR_SHORT_RECORD, "ragged", "--ragged drop to omit them", NULL},
    {ERR_LONG_RECORD, "ragged", "--ragged drop to omit long records", NULL},
    {ERR_SECOND_TABLE, "footer-lines", "--footer-lines N to leave the last N lines out", NULL},
    {ERR_SECOND_TABLE, "ragged", "--ragged pad to read all lines as rows", NULL},
    {ERR_UNSEEN_LEVEL, "unseen", "--unseen missing to leave such predictions empty", NULL},
    {ERR_INESTIMABLE_ROW, "inestimable", "--inestimable predict to predict such rows nevertheless", NULL},
    {ERR_IMPOSSIBLE_ROW, NULL, "bayes-train --pseudo-count to give every category a probability above 0", NULL},
};
/* clang-format on */

static bool has_option(const struct opt *table, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(table[i].name, name) == 0)
            return true;
    return false;
}

void remedy_add(struct buffer *message, const struct err *err, const struct opt *table, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++) {
        const struct remedy *r = &remedies[i];
        if (r->cause != err->cause || (r->option != NULL && !has_option(table, n, r->option)))
            continue;
        buffer_add_text(message, found++ == 0 ? "; use " : ", or ");
        buffer_add_text(message, r->before);
        if (r->after != NULL) {
            buffer_add_visible(message, err->subject);
            buffer_add_text(message, r->after);
        }
    }
}
