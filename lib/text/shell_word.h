#ifndef LIKELY_TEXT_SHELL_WORD_H
#define LIKELY_TEXT_SHELL_WORD_H

#include "text/buffer.h"

/* Appends a word as a shell reads it: as it is, or in single quotes. */
void shell_word_add(struct buffer *buffer, const char *word);

#endif
