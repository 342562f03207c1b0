/* Labels that never match: predictions may be called ">50K" where targets are called ">50K.", so that an accuracy of 0
 * is no measure of the model. Labels are collected until a row has the same one as target and as prediction, which is
 * usually the first row; then there is nothing left to do. Memory: at most LABELS_MOST labels of either kind. */
#include "fit/evaluate/mismatch.h"

#include "base/mem.h"
#include "base/nearest.h"
#include "data/keys/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LABELS_MOST = 500 };

void mismatch_release(struct mismatch *m)
{
    dict_free(m->targets);
    dict_free(m->labels);
    m->targets = m->labels = NULL;
}

static bool add(struct dict **dict, struct slice text)
{
    if (*dict == NULL)
        *dict = dict_new();
    dict_add(*dict, text);
    return dict_count(*dict) <= LABELS_MOST;
}

void mismatch_add(struct mismatch *m, struct slice target, struct slice label)
{
    if (m->is_over)
        return;
    m->is_over = names_same_label(target, label) || !add(&m->targets, target) || !add(&m->labels, label);
    if (m->is_over)
        mismatch_release(m);
}

/* The next byte from *i on that is neither blank nor punctuation between words, in lower case; 0 at the end. */
static unsigned char next_significant(struct slice s, size_t *i)
{
    while (*i < s.n) {
        unsigned char byte = (unsigned char)s.p[(*i)++];
        if (byte != 0 && !isspace(byte) && strchr(".,;:_-'\"`", byte) == NULL)
            return (unsigned char)tolower(byte);
    }
    return 0;
}

static bool is_similar(struct slice a, struct slice b)
{
    size_t i = 0, j = 0;
    unsigned char x, y;
    do {
        x = next_significant(a, &i);
        y = next_significant(b, &j);
    } while (x == y && x != 0);
    return x == y;
}

/* Finds the first pair for which the test holds. */
static bool find_pair(const struct mismatch *m, bool (*test)(struct slice, struct slice), struct slice *target,
                      struct slice *label)
{
    for (uint32_t i = 0; i < dict_count(m->targets); i++)
        for (uint32_t k = 0; k < dict_count(m->labels); k++) {
            *target = dict_text(m->targets, i);
            *label = dict_text(m->labels, k);
            if (test(*target, *label))
                return true;
        }
    return false;
}

static bool find_near(const struct mismatch *m, struct slice *target, struct slice *label)
{
    size_t n = dict_count(m->labels);
    const char **labels = mem_alloc(n, sizeof *labels), *nearest = NULL;
    for (uint32_t k = 0; k < n; k++)
        labels[k] = dict_text(m->labels, k).p;
    for (uint32_t i = 0; i < dict_count(m->targets) && nearest == NULL; i++) {
        *target = dict_text(m->targets, i);
        nearest = nearest_word(labels, n, target->p);
    }
    free(labels);
    if (nearest != NULL)
        *label = slice_of(nearest);
    return nearest != NULL;
}

bool mismatch_find(const struct mismatch *m, struct slice *target, struct slice *label)
{
    if (m->is_over || m->targets == NULL || find_pair(m, names_same_label, target, label))
        return false;
    if (!find_pair(m, is_similar, target, label) && !find_near(m, target, label)) {
        *target = dict_text(m->targets, 0);
        *label = dict_text(m->labels, 0);
    }
    return true;
}
