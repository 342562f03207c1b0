#ifndef LIKELY_APP_SCORE_LOSS_PAGE_H
#define LIKELY_APP_SCORE_LOSS_PAGE_H

#include "base/slice.h"
#include "text/buffer.h"

/* Makes likely-losses(7) from its prose (man/likely-losses.7.in): in place of @LOSSES@ a table of the losses, of
 * @LOSS NAME@ the item of one with its formula and distribution, of @METRICS@ the metrics with their formulas. */
void loss_page(struct slice prose, struct buffer *out);

#endif
