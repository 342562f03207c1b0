/* What commands have in common: the choices of shared options, the check of a command's own struct, notices, and the
 * opening of operands as a table, whole or by fold (--fold, --key). */
#include "cli/command.h"

#include "cli/memory.h"
#include "cli/progress.h"
#include "cli/usage.h"
#include "data/table/columns.h"
#include "data/table/input.h"
#include "text/buffer.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
const struct opt_choice input_formats[] = {
    {"auto", "detected"},
    {"csv", "fields separated by commas"},
    {"tsv", "fields separated by tabs"},
    {"text", "fields separated by blanks"},
    {"svm", "svmlight: a label and INDEX:VALUE fields"},
    {"jsonl", "JSON Lines: an object on each line"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice missing_choices[] = { /* enum missing_policy */
    {"error", "the first missing value is an error"},
    {"skip", "skip such rows"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice input_headers[] = {
    {"auto", "detected by the types of the columns"},
    {"yes", "the first record names the columns"},
    {"no", "columns are named 1, 2, 3, ..."},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice input_escapes[] = { /* enum dialect_escape */
    {"auto", "detected; doubled where in doubt"},
    {"double", "as two quotes"},
    {"backslash", "behind a backslash"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice input_encodings[] = { /* enum dialect_encoding */
    {"auto", "detected"},
    {"utf-8", "UTF-8, and bytes of any kind as they are"},
    {"utf-16le", "UTF-16, little-endian"},
    {"utf-16be", "UTF-16, big-endian"},
    {"latin1", "Latin-1 with the characters of Windows-1252"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice input_signs[] = { /* enum dialect_signs */
    {"auto", "detected; kept where in doubt"},
    {"keep", "the field is text"},
    {"drop", "drop the sign, and read 12 % as 12"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice input_ragged[] = { /* enum dialect_ragged */
    {"auto", "pad if there are few of them at the head of the file, else error"},
    {"error", "the first such record is an error"},
    {"pad", "fill short records with missing values"},
    {"drop", "leave such records out"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice input_not_numbers[] = { /* enum dialect_not_numbers */
    {"error", "the first such value is an error"},
    {"missing", "such values are missing, and counted in a notice"},
    {NULL, NULL},
};
/* clang-format on */

/* clang-format off */
const struct opt_choice output_formats[] = {
    {"csv", "comma-separated values"},
    {"tsv", "tab-separated values"},
    {"json", "an array of objects"},
    {"table", "aligned columns for reading"},
    {NULL, NULL},
};
/* clang-format on */

enum status command_check(const struct command *c, struct err *err)
{
    static const char *const everywhere[] = {"threads", "seed", "quiet", "verbose", "help", "version"};
    if (c->name == NULL || c->purpose == NULL || c->operands == NULL || c->example == NULL || c->see_also == NULL)
        return err_usage(err, "the command lacks its name, purpose, operands, example or see_also");
    size_t n = strlen(c->purpose);
    if (n == 0 || !isupper((unsigned char)c->purpose[0]) || c->purpose[n - 1] == '.')
        return err_usage(err, "the purpose does not begin with a capital, or ends in a full stop");
    if (strstr(c->example, c->name) == NULL)
        return err_usage(err, "the example does not call the command");
    if (c->run == NULL || c->general_offset + sizeof(struct general_settings) > c->settings_size)
        return err_usage(err, "the command lacks its run, or its general settings");
    if (opt_rules_verify(c->rules, c->options, c->n_options, err) != STATUS_OK)
        return err->status;
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++) {
        size_t row = 0;
        while (row < c->n_options && (c->options[row].name == NULL || strcmp(c->options[row].name, everywhere[i]) != 0))
            row++;
        if (row == c->n_options)
            return err_usage(err, "the option table lacks --%s of OPT_GENERAL_ROWS", everywhere[i]);
    }
    return opt_check(c->options, c->n_options, err);
}

static void say(const struct invocation *run, const char *format, va_list args)
{
    char text[8192]; /* more than two paths and their like */
    vsnprintf(text, sizeof text, format, args);
    struct buffer line = {0};
    buffer_add_format(&line, "%s: ", run->name);
    buffer_add_visible(&line, text);
    buffer_add_char(&line, '\n');
    progress_erase();
    fwrite(line.p, 1, line.n, stderr);
    buffer_free(&line);
}

bool command_gives(const struct invocation *run, const char *option)
{
    for (size_t i = 0; i < run->n_options; i++)
        if (strcmp(run->options[i].name, option) == 0)
            return run->given[i];
    return false;
}

void notice(const struct invocation *run, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (!run->general->quiet)
        say(run, format, args);
    va_end(args);
}

void notice_verbose(const struct invocation *run, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (run->general->verbose)
        say(run, format, args);
    va_end(args);
}

/* A notice about a table, as table_options.report. */
static void report_table(const void *context, const char *text)
{
    notice(context, "%s", text);
}

enum status command_open_table(struct table **table, const struct input_settings *input, const struct invocation *run,
                               enum command_layout layout, struct err *err)
{
    struct table_options options = {
        .paths = run->operands,
        .n_paths = run->n_operands,
        .dialect = input->dialect,
        .by_row = layout != COMMAND_BY_COLUMN,
        .progress = progress_bytes,
        .sparse = layout == COMMAND_SPARSE,
        .prompt = input->prompt,
        .counted = input->counted,
        .report = report_table,
        .report_context = run,
        .limit = {TABLE_LOOKAHEAD_MEMORY, TABLE_LOOKAHEAD_DISK, memory_directory()},
    };
    options.dialect.skip_lines_given = command_gives(run, "skip-lines");
    if (input->dialect.thousands != '\0' && input->dialect.thousands == input->dialect.decimal)
        return err_usage(err, "--decimal and --thousands cannot be the same character");
    enum status status = table_open(table, &options, err);
    if (status == STATUS_OK && table_compression(*table) != NULL)
        notice_verbose(run, "%s: decompressed from %s", table_file(*table), table_compression(*table));
    return status;
}

enum status command_open_operand(struct table **table, const struct input_settings *input, const struct invocation *run,
                                 size_t operand, struct err *err)
{
    struct invocation one = *run;
    one.operands += operand;
    one.n_operands = 1;
    return command_open_table(table, input, &one, COMMAND_BY_COLUMN, err);
}

bool command_reads_stdin(const struct invocation *run)
{
    for (size_t i = 0; i < run->n_operands; i++)
        if (strcmp(run->operands[i], "-") == 0)
            return true;
    return run->n_operands == 0;
}

const char *command_operand_name(const struct invocation *run, size_t operand)
{
    const char *path = run->operands[operand];
    return input_name(path != NULL ? path : "-");
}

enum status command_open_split(struct table **table, const struct input_settings *input,
                               const struct split_settings *settings, enum command_fold which,
                               const struct invocation *run, enum command_layout layout, struct err *err)
{
    struct split split = {.others = which == COMMAND_OTHER_FOLDS};
    struct table *t = NULL;
    enum status status = STATUS_OK;
    if (settings->fold != NULL)
        status = usage_of_value(split_parse(&split, settings->fold, err), err, "--fold", settings->fold);
    if (status == STATUS_OK)
        status = command_open_table(&t, input, run, layout, err);
    if (status == STATUS_OK && settings->fold != NULL && table_is_sparse(t)) {
        err_data(err, "--fold cannot be used with svmlight rows");
        status = err_at(err, table_file(t), 0);
    }
    if (status == STATUS_OK && settings->key != NULL &&
        columns_find(table_names(t), table_width(t), settings->key, &split.key, &split.n_keys, err) != STATUS_OK)
        status = err_at(err, table_file(t), 0);
    if (status != STATUS_OK) {
        table_close(t);
        return status;
    }
    if (split.folds > 0)
        table_keep(t, &split);
    *table = t;
    return STATUS_OK;
}
