#ifndef LIKELY_DATA_TABLE_UNIQ_H
#define LIKELY_DATA_TABLE_UNIQ_H

#include "base/slice.h"

#include <stdbool.h>

/* Whether the text is counts of symbols as `uniq -c` writes them: in each line the count, a blank, and the symbol,
 * which is the rest of the line. The counts stand in a column of their own, aligned at the right; or, where that was
 * trimmed, the symbols have different numbers of words. The text begins a file and may end within a line. */
bool uniq_look(struct slice head);

#endif
