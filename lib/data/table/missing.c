/* Whether a field is a missing value: empty, or one of a few words, compared one by one. Words that read as numbers,
 * such as -999, are noted, because fields must then be compared before they are parsed. */

#include "data/table/missing.h"

#include "base/mem.h"
#include "text/number.h"

#include <stdlib.h>

void missing_init(struct missing *missing, const char *list)
{
    *missing = (struct missing){.words = mem_copy_text(list)};
    size_t capacity = 0;
    for (char *p = missing->words; *p != '\0';) {
        size_t n = strcspn(p, ",");
        if (n > 0) {
            missing->word = mem_grow(missing->word, &capacity, missing->n + 1, sizeof *missing->word);
            missing->word[missing->n] = (struct slice){p, n};
            double value;
            missing->numeric |= number_parse(missing->word[missing->n], &value);
            missing->n++;
        }
        p += p[n] == ',' ? n + 1 : n;
    }
}

void missing_free(struct missing *missing)
{
    free(missing->words);
    free(missing->word);
    *missing = (struct missing){0};
}

bool missing_is(const struct missing *missing, struct slice field)
{
    if (field.n == 0)
        return true;
    for (size_t i = 0; i < missing->n; i++)
        if (slice_equal(missing->word[i], field))
            return true;
    return false;
}
