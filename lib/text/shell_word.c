/* Words of a command line that a POSIX shell reads back. A single quote is written outside the quotes, behind a
 * backslash. */

#include "text/shell_word.h"

#include <string.h>

void shell_word_add(struct buffer *b, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=.,/:@%^";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        buffer_add_text(b, word);
        return;
    }
    buffer_add_char(b, '\'');
    for (const char *p = word; *p != '\0'; p++) {
        if (*p == '\'')
            buffer_add_text(b, "'\\'");
        buffer_add_char(b, *p);
    }
    buffer_add_char(b, '\'');
}
