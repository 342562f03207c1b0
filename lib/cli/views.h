#ifndef LIKELY_CLI_VIEWS_H
#define LIKELY_CLI_VIEWS_H

#include "cli/command.h"
#include "text/buffer.h"

/* What is made from an option table: the same rows, seen as a page of help, a manual page and completions. */
void view_help(const struct command *command, struct buffer *out);

/* The manual page in mdoc: its prose is read from `prose` (man/NAME.in), where the line @OPTIONS@ stands for what the
 * table says. */
void view_man(const struct command *command, struct slice prose, struct buffer *out);
void view_bash(const struct command *command, struct buffer *out);
void view_zsh(const struct command *command, struct buffer *out);
void view_fish(const struct command *command, struct buffer *out);

/* What help and manual page share. */
extern const char *const view_group_titles[OPT_GENERAL + 1];

#endif
