/* Penalties: which of their options exclude each other, and their terms as text. */
#include "app/train/train_penalty.h"

bool train_penalty_is_given(const struct train_penalty *p)
{
    return p->l1 > 0 || p->l2 > 0 || p->prior_sd > 0;
}

enum status train_penalty_check(const struct train_penalty *p, struct err *err)
{
    if (p->l2 > 0 && p->prior_sd > 0)
        return err_usage(err, "--l2 and --prior-sd say the same thing; give one of them");
    if (p->standardize && !train_penalty_is_given(p))
        return err_usage(err, "--standardize is about the penalty; give --l1, --l2 or --prior-sd too");
    if (p->l1 > 0 && p->prior_sd > 0)
        return err_usage(err, "--l1 goes with --l2, not with --prior-sd");
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
