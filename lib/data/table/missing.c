/* Whether a field is a missing value: empty, or one of a few words, compared one by one. Words that read as numbers,
 * such as -999, are compared as numbers, so that -999.0 is the same. A list of the user has no weak words: what is
 * listed is missing everywhere. */

#include "data/table/missing.h"

#include "base/mem.h"
#include "data/table/dialect.h"
#include "text/number.h"

#include <math.h>
#include <stdlib.h>

/* Adds a word to the numbers or to the words of the set. */
static void add_word(struct missing_words *set, struct slice word)
{
    double value;
    if (number_parse(word, &value)) {
        set->number = mem_grow(set->number, &set->numbers_capacity, set->n_numbers + 1, sizeof *set->number);
        set->number[set->n_numbers++] = value;
    } else {
        set->word = mem_grow(set->word, &set->words_capacity, set->n_words + 1, sizeof *set->word);
        set->word[set->n_words++] = word;
        set->longest = word.n > set->longest ? word.n : set->longest;
        set->starts[(unsigned char)word.p[0]] = true;
    }
}

/* Cuts a list, which must stay, into its words. */
static void add_list(struct missing_words *set, const char *list)
{
    for (const char *p = list; *p != '\0';) {
        size_t n = strcspn(p, ",");
        if (n > 0)
            add_word(set, (struct slice){p, n});
        p += p[n] == ',' ? n + 1 : n;
    }
}

void missing_init(struct missing *m, const char *list)
{
    *m = (struct missing){.list = list != NULL ? mem_copy_text(list) : NULL};
    add_list(&m->everywhere, list != NULL ? m->list : DIALECT_NA);
    if (list == NULL)
        add_list(&m->in_numbers, DIALECT_NA_NUMBERS);
}

void missing_free(struct missing *m)
{
    free(m->list);
    free(m->everywhere.word);
    free(m->everywhere.number);
    free(m->in_numbers.word);
    free(m->in_numbers.number);
    *m = (struct missing){.list = NULL};
}

static bool has_word(const struct missing_words *set, struct slice field)
{
    if (field.n > set->longest || field.n == 0 || !set->starts[(unsigned char)field.p[0]])
        return false;
    for (size_t i = 0; i < set->n_words; i++)
        if (slice_equal(set->word[i], field))
            return true;
    return false;
}

bool missing_is(const struct missing *m, struct slice field)
{
    double value;
    if (field.n == 0 || has_word(&m->everywhere, field))
        return true;
    return m->everywhere.n_numbers > 0 && number_parse(field, &value) && missing_has_number(m, value);
}

bool missing_is_in_numbers(const struct missing *m, struct slice field)
{
    return has_word(&m->in_numbers, field);
}

bool missing_has_number(const struct missing *m, double value)
{
    for (size_t i = 0; i < m->everywhere.n_numbers; i++)
        if (m->everywhere.number[i] == value)
            return true;
    return false;
}

size_t missing_erase(const struct missing *m, double *value, size_t n, size_t step)
{
    size_t erased = 0;
    for (size_t i = 0; i < n && m->everywhere.n_numbers > 0; i++) {
        if (!missing_has_number(m, value[i * step]))
            continue;
        value[i * step] = NAN;
        erased++;
    }
    return erased;
}
