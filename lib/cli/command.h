#ifndef LIKELY_CLI_COMMAND_H
#define LIKELY_CLI_COMMAND_H

#include "base/err.h"
#include "cli/opt.h"
#include "cli/opt_rules.h"
#include "data/table/missing.h"
#include "data/table/table.h"
#include "text/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* The frame of every command. cmd/NAME.c defines one `const struct command command`; lib/cli/main.c holds the only
 * main(): it parses, calls run, closes the streams, prints the error and turns the status into an exit status. */

struct general_settings { /* rows: OPT_GENERAL_ROWS(struct settings, general) */
    size_t threads;       /* never 0 in run(): -j, else LIKELY_THREADS, else the CPUs the process may use */
    size_t seed;
    bool quiet, verbose, help, version;
};

struct input_settings { /* rows: OPT_INPUT_ROWS(struct settings, input) */
    struct dialect dialect;
    bool prompt, counted; /* no options: as in table.h */
};

struct output_settings { /* rows: OPT_OUTPUT_ROWS(struct settings, output) */
    const char *path;    /* -o FILE, NULL = standard output */
    int to;              /* enum out_format */
    size_t digits;       /* --precision, 0 = shortest that reads back */
};

/* What run() gets besides its own settings. */
struct invocation {
    const char *name;         /* of the command */
    const char *command_line; /* as it was typed, quoted for the shell; recorded in models */
    const char *const *operands;
    size_t n_operands;
    const struct opt *options; /* the table, n_options rows */
    size_t n_options;
    const bool *given; /* per row of the table */
    const struct general_settings *general;
};

/* Whether the option of this name, without dashes, is on the command line. */
bool command_gives(const struct invocation *run, const char *option);

/* Notices on standard error, "NAME: …" and a newline, unless --quiet. Verbose ones only with -v. */
void notice(const struct invocation *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
void notice_verbose(const struct invocation *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct command {
    const char *name;
    const char *purpose;  /* for the first line of --help and NAME of the man page, without a full stop */
    const char *operands; /* for the synopsis: "[FILE...]" */
    const char *example;  /* one command line shown at the end of --help */
    const char *see_also; /* other commands, comma-separated: "model-show,nn-predict" */
    const struct opt *options;
    size_t n_options;
    const struct opt_rule *rules; /* which options go together; ends with a NULL subject; NULL: none */
    size_t settings_size;
    size_t general_offset; /* of the struct general_settings in the settings */
    enum status (*run)(const void *settings, const struct invocation *run, struct err *err);
    /* Makes a page of section 7 from its prose, bin/NAME --view=page <man/PAGE.7.in; NULL: none. */
    void (*page)(struct slice prose, struct buffer *out);
};

extern const struct command command;

/* Checks a command's struct and option table; run by the tests for every command (bin/NAME --view=check). */
enum status command_check(const struct command *command, struct err *err);

/* Which rows a command is to see. */
struct split_settings { /* rows: OPT_SPLIT_ROWS(struct settings, split, "what is done with the fold") */
    const char *fold, *key;
};

/* How the numbers of a block are stored; COMMAND_SPARSE: by row, and the rows may be sparse (table_is_sparse). */
enum command_layout { COMMAND_BY_COLUMN, COMMAND_BY_ROW, COMMAND_SPARSE };

/* As command_open_table, but the table has the rows of the fold alone, or those of the others; all where no fold is
 * asked for. */
enum command_fold { COMMAND_FOLD, COMMAND_OTHER_FOLDS };
enum status command_open_split(struct table **table, const struct input_settings *input,
                               const struct split_settings *split, enum command_fold which,
                               const struct invocation *run, enum command_layout layout, struct err *err);

/* Opens the operands (none: standard input) as a table. */
enum status command_open_table(struct table **table, const struct input_settings *input, const struct invocation *run,
                               enum command_layout layout, struct err *err);

/* Opens one of the operands by column. */
enum status command_open_operand(struct table **table, const struct input_settings *input, const struct invocation *run,
                                 size_t operand, struct err *err);

/* The name of an operand in messages; that of standard input where there are no operands. */
const char *command_operand_name(const struct invocation *run, size_t operand);

/* Whether the rows are read from standard input: there are no operands, or one is "-". */
bool command_reads_stdin(const struct invocation *run);

/* clang-format off */
#define OPT_GENERAL_ROWS(settings, field) \
    { COUNT(settings, field.threads), .letter = 'j', .name = "threads", .arg = "N", .min = 1, .max = 1024, \
      .group = OPT_GENERAL, .help = "number of threads; the result does not depend on it; default: the CPUs" }, \
    { COUNT(settings, field.seed), .name = "seed", .arg = "N", .fallback = "1", .min = 0, .max = 0x1p53, \
      .group = OPT_GENERAL, .help = "seed of the random numbers" }, \
    { FLAG(settings, field.quiet), .letter = 'q', .name = "quiet", .group = OPT_GENERAL, \
      .help = "write no notices to standard error" }, \
    { FLAG(settings, field.verbose), .letter = 'v', .name = "verbose", .group = OPT_GENERAL, \
      .help = "write details of the work to standard error" }, \
    { FLAG(settings, field.help), .letter = 'h', .name = "help", .group = OPT_GENERAL, .help = "show this help" }, \
    { FLAG(settings, field.version), .letter = 'V', .name = "version", .group = OPT_GENERAL, \
      .help = "show the version" }

#define OPT_INPUT_ROWS(settings, field) \
    { CHOICE(settings, field.dialect.format), .name = "input", .arg = "FORMAT", .fallback = "auto", \
      .choices = input_formats, .group = OPT_INPUT_GROUP, .help = "format of the input" }, \
    { CHOICE(settings, field.dialect.header), .name = "header", .arg = "WHEN", .fallback = "auto", \
      .choices = input_headers, .group = OPT_INPUT_GROUP, .help = "whether the first record names the columns" }, \
    { COUNT(settings, field.dialect.header_lines), .name = "header-lines", .arg = "N", .min = 1, .max = 100, \
      .group = OPT_INPUT_GROUP, .help = "header lines, whose texts are joined to names; default: detected" }, \
    { COUNT(settings, field.dialect.footer_lines), .name = "footer-lines", .arg = "N", .min = 0, .max = 1e6, \
      .group = OPT_INPUT_GROUP, .help = "lines to skip at the end of every file; default: detected" }, \
    { CHAR(settings, field.dialect.delimiter), .letter = 'd', .name = "delimiter", .arg = "CHAR", \
      .group = OPT_INPUT_GROUP, .help = "separator of the fields of CSV input; default: detected" }, \
    { CHAR(settings, field.dialect.quote), .name = "quote", .arg = "CHAR", .word = "none", \
      .group = OPT_INPUT_GROUP, .help = "quote around fields, or none if quotes are text; default: \"" }, \
    { CHOICE(settings, field.dialect.escape), .name = "escape", .arg = "HOW", .fallback = "auto", \
      .choices = input_escapes, .group = OPT_INPUT_GROUP, .help = "how a quote is written within quotes" }, \
    { TEXT(settings, field.dialect.comments), .name = "comment", .arg = "CHARS", .group = OPT_INPUT_GROUP, \
      .help = "skip lines that begin with one of CHARS; default: none" }, \
    { CHOICE(settings, field.dialect.encoding), .name = "encoding", .arg = "ENCODING", .fallback = "auto", \
      .choices = input_encodings, .group = OPT_INPUT_GROUP, .help = "encoding of the text" }, \
    { COUNT(settings, field.dialect.skip_lines), .name = "skip-lines", .arg = "N", .min = 0, .max = 1e9, \
      .group = OPT_INPUT_GROUP, .help = "lines to skip at the head of every file; default: none" }, \
    { CHAR(settings, field.dialect.decimal), .name = "decimal", .arg = "CHAR", .accepts = ".,", \
      .group = OPT_INPUT_GROUP, .help = "decimal mark of numbers; default: a point" }, \
    { CHAR(settings, field.dialect.thousands), .name = "thousands", .arg = "CHAR", .accepts = ",.'_ ", .word = "none", \
      .group = OPT_INPUT_GROUP, .help = "mark between groups of three digits of numbers; default: none" }, \
    { CHOICE(settings, field.dialect.signs), .name = "number-signs", .arg = "WHAT", .fallback = "auto", \
      .choices = input_signs, .group = OPT_INPUT_GROUP, \
      .help = "treatment of numbers with the sign of a currency or per cent" }, \
    { CHOICE(settings, field.dialect.ragged), .name = "ragged", .arg = "HOW", .fallback = "auto", \
      .choices = input_ragged, .group = OPT_INPUT_GROUP, \
      .help = "treatment of records with fewer or more fields than the header" }, \
    { TEXT(settings, field.dialect.na), .name = "na", .arg = "LIST", .group = OPT_INPUT_GROUP, \
      .help = "words that mark a missing value, besides the empty field; default: " DIALECT_NA \
              "; among numbers also " DIALECT_NA_NUMBERS }, \
    { CHOICE(settings, field.dialect.not_numbers), .name = "not-numbers", .arg = "WHAT", .fallback = "error", \
      .choices = input_not_numbers, .group = OPT_INPUT_GROUP, .help = "treatment of text in a column of numbers" }, \
    { TEXT(settings, field.dialect.names), .name = "names", .arg = "LIST", .group = OPT_INPUT_GROUP, \
      .help = "names of the columns, comma-separated, for rows without a header" }

#define OPT_INPUT_NAMES \
    "--input|--header|--names|--delimiter|--quote|--escape|--comment|--encoding|--skip-lines|--ragged|--na" \
    "|--not-numbers|--header-lines|--footer-lines|--decimal|--thousands|--number-signs"
#define OPT_INPUT_RULES \
    OPT_EXCLUDES("--delimiter", "--input tsv|--input text|--input svm"), \
    OPT_EXCLUDES("--header-lines", "--header no"), \
    OPT_EXCLUDES("--header|--header-lines|--names|--na", "--input svm")

#define OPT_MISSING_ROW(settings, field, what) \
    { CHOICE(settings, field), .name = "missing", .arg = "WHAT", .fallback = "error", .choices = missing_choices, \
      .group = OPT_INPUT_GROUP, .help = what }

#define OPT_SPLIT_ROWS(settings, field, what) \
    { TEXT(settings, field.fold), .name = "fold", .arg = "k/K", .group = OPT_INPUT_GROUP, .help = what }, \
    { TEXT(settings, field.key), .name = "key", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS, \
      .group = OPT_INPUT_GROUP, .help = "keep rows with the same values of COLUMNS in the same fold" }

#define OPT_SPLIT_RULES OPT_REQUIRES("--key", "--fold")

#define OPT_OUTPUT_ROWS(settings, field) \
    { TEXT(settings, field.path), .letter = 'o', .name = "output", .arg = "FILE", .completes = OPT_COMPLETES_FILE, \
      .group = OPT_OUTPUT_GROUP, .help = "write the result to FILE, which is complete or not created" }, \
    { CHOICE(settings, field.to), .name = "to", .arg = "FORMAT", .fallback = "csv", .choices = output_formats, \
      .group = OPT_OUTPUT_GROUP, .help = "format of the result" }, \
    { COUNT(settings, field.digits), .name = "precision", .arg = "N", .min = 1, .max = 17, .group = OPT_OUTPUT_GROUP, \
      .help = "significant digits of numbers; default: the fewest that read back to the same number" }
/* clang-format on */

extern const struct opt_choice input_formats[], input_headers[], input_escapes[], input_ragged[], input_encodings[],
    input_signs[], input_not_numbers[], missing_choices[], output_formats[];

#endif
