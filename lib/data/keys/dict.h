#ifndef LIKELY_DATA_KEYS_DICT_H
#define LIKELY_DATA_KEYS_DICT_H

#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

/* Distinct byte strings numbered 0, 1, … in the order they were first added. Owns copies of them. */
struct dict;

struct dict *dict_new(void);
void dict_free(struct dict *dict);
void dict_clear(struct dict *dict);                      /* forgets the strings, keeps the memory */
uint32_t dict_add(struct dict *dict, struct slice text); /* returns its number, new or old */

/* Adds many strings at once, which hides the latency of memory: numbers[i] is that of texts[i], and hashes[i] its
 * hash_bytes, which another thread may have computed. */
void dict_add_all(struct dict *dict, const struct slice *texts, const uint64_t *hashes, size_t n, uint32_t *numbers);

uint32_t dict_find(const struct dict *dict, struct slice text); /* DICT_NONE when absent */
size_t dict_count(const struct dict *dict);
size_t dict_memory(const struct dict *dict);                      /* bytes in use, about */
struct slice dict_text(const struct dict *dict, uint32_t number); /* NUL-terminated too; valid until the next add */
#define DICT_NONE UINT32_MAX

#endif
