/* Penalties of regressions, l1 sum |theta| + l2/2 sum theta^2: whether there is one, and the terms as text. A prior sd
 * means l2 = 1/(n sd^2), which needs the rows. */
#include "app/train/train_penalty.h"

bool train_penalty_is_given(const struct train_penalty *p)
{
    return p->l1 > 0 || p->l2 > 0 || p->prior_sd > 0;
}

void train_penalty_add_text(const struct train_penalty *p, double l2, int digits, struct buffer *text)
{
    if (p->l1 > 0)
        buffer_add_format(text, " + %.*g sum |theta|", digits, p->l1);
    if (l2 > 0)
        buffer_add_format(text, " + %.*g/2 sum theta^2", digits, l2);
    if (p->standardize)
        buffer_add_text(text, " (columns of unit sd)");
}
