#ifndef LIKELY_CLI_SYNONYMS_H
#define LIKELY_CLI_SYNONYMS_H

#include "cli/opt.h"

/* What a command means by the name or letter of an option that it lacks but that other programs have; NULL: nothing
 * is known. `typed` is without dashes; the answer is a spelling of an option of the table, such as "--to json". */
const char *synonyms_find(const struct opt *table, size_t n, const char *typed);

/* The same of a choice: what others call it, such as "skip" for "drop". */
const char *synonyms_find_choice(const struct opt_choice *choices, const char *typed);

#endif
