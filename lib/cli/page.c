/* Pages of section 7 of the manual: prose with places (@NAME@) for what declarations in C say, and sentences in lines
 * that mandoc accepts. */
#include "cli/page.h"

#include <ctype.h>
#include <string.h>

enum { PAGE_WIDTH = 78 };

void page_sentence(struct buffer *out, const char *words, bool is_formula)
{
    size_t column = 0, start = out->n;
    while (*words != '\0') {
        size_t n = strcspn(words, " ");
        bool wraps = column > 0 && column + 1 + n > PAGE_WIDTH;
        if (column > 0)
            buffer_add_char(out, wraps ? '\n' : ' ');
        column = (wraps || column == 0 ? 0 : column + 1) + n;
        buffer_add(out, words, n);
        words += n + strspn(words + n, " ");
    }
    if (!is_formula)
        out->p[start] = (char)toupper((unsigned char)out->p[start]);
    buffer_add_text(out, ".\n");
}

/* "@NAME ARGUMENT@" */
static bool is_place(struct slice line, struct slice *name, struct slice *argument)
{
    if (line.n < 3 || line.p[0] != '@' || line.p[line.n - 1] != '@')
        return false;
    *name = (struct slice){line.p + 1, line.n - 2};
    const char *blank = memchr(name->p, ' ', name->n);
    *argument = (struct slice){"", 0};
    if (blank != NULL) {
        *argument = (struct slice){blank + 1, (size_t)(name->p + name->n - blank) - 1};
        name->n = (size_t)(blank - name->p);
    }
    return true;
}

void page_fill(struct slice prose, bool (*add)(struct slice name, struct slice argument, struct buffer *out),
               struct buffer *out)
{
    while (prose.n > 0) {
        const char *end = memchr(prose.p, '\n', prose.n);
        size_t n = end != NULL ? (size_t)(end - prose.p) : prose.n, used = n + (end != NULL);
        struct slice name, argument;
        if (!is_place((struct slice){prose.p, n}, &name, &argument) || !add(name, argument, out))
            buffer_add(out, prose.p, used);
        prose = (struct slice){prose.p + used, prose.n - used};
    }
}
