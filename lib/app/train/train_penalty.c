/* Penalties of regressions, l1 sum |theta| + l2/2 sum theta^2: which of their options exclude each other, and the terms
 * as text. A prior sd means l2 = 1/(n sd^2), which needs the rows. */
#include "app/train/train_penalty.h"

#include "cli/usage.h"

bool train_penalty_is_given(const struct train_penalty *p)
{
    return p->l1 > 0 || p->l2 > 0 || p->prior_sd > 0;
}

enum status train_penalty_check(const struct train_penalty *p, struct err *err)
{
    if (p->l2 > 0 && p->prior_sd > 0)
        return usage_conflict(err, "--l2", "--prior-sd");
    if (p->standardize && !train_penalty_is_given(p))
        return usage_requires(err, "--standardize", "--l1, --l2 or --prior-sd");
    if (p->l1 > 0 && p->prior_sd > 0)
        return usage_conflict(err, "--l1", "--prior-sd; use --l2");
    return STATUS_OK;
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
