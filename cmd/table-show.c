/* table-show: a table as the commands read it.
 * The option table; the work is done in lib/app/show/table_show.c. */
#include "app/show/table_show.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct table_show_settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns to show, in this order; default: all columns"},
    {COUNT(struct table_show_settings, head), .letter = 'n', .name = "head", .arg = "N", .min = 1, .max = 0x1p53,
     .help = "only the first N rows; the rest of the input is not read"},
    {FLAG(struct table_show_settings, summary), .name = "summary",
     .help = "write a row per column: type, values, missing and distinct values, minimum, maximum"},
    {FLAG(struct table_show_settings, dialect), .name = "dialect",
     .help = "write the dialect of the input, as options to paste into a command line"},
    OPT_SPLIT_ROWS(struct table_show_settings, split, "only the rows of fold k of K"),
    OPT_INPUT_ROWS(struct table_show_settings, input),
    {TEXT(struct table_show_settings, path), .letter = 'o', .name = "output", .arg = "FILE",
     .completes = OPT_COMPLETES_FILE, .group = OPT_OUTPUT_GROUP,
     .help = "write the result to FILE, which is complete or not created"},
    {CHOICE(struct table_show_settings, to), .name = "to", .arg = "FORMAT", .fallback = "csv",
     .choices = output_formats, .group = OPT_OUTPUT_GROUP, .help = "format of the result"},
    OPT_GENERAL_ROWS(struct table_show_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--dialect", "--summary|--columns|--head|--fold|--to"),
    OPT_SPLIT_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return table_show_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "table-show",
    .purpose = "Show a table as the commands read it",
    .operands = "[FILE...]",
    .example = "table-show --summary --to table patients.csv",
    .see_also = "mle-categorical,mle-gauss,model-show",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct table_show_settings),
    .general_offset = offsetof(struct table_show_settings, general),
    .run = run,
};
/* clang-format on */
