#ifndef LIKELY_CLI_VIEWS_H
#define LIKELY_CLI_VIEWS_H

#include "cli/buffer.h"
#include "cli/command.h"

/* What is made from an option table: the same rows, seen as a page of help, a manual page and completions. */
void view_help(const struct command *command, struct buffer *out);

/* The manual page in mdoc: its prose is read from `prose` (man/NAME.in), where the line @OPTIONS@ stands for what the table
 * says. */
void view_man(const struct command *command, struct slice prose, struct buffer *out);
void view_bash(const struct command *command, struct buffer *out);
void view_zsh(const struct command *command, struct buffer *out);
void view_fish(const struct command *command, struct buffer *out);

/* What the views share. */
extern const char *const view_group_titles[OPT_GENERAL + 1];

/* Help of a row with its choices and default behind it: "format of the result: csv, tsv or json (default csv)". */
void view_describe(const struct opt *opt, struct buffer *out);

/* The command's name as part of an identifier. */
void view_identifier(const char *name, struct buffer *out);

#endif
