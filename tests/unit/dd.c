/* Double-double sums and products, held against values whose two parts are known exactly. */

#include "math/dd.h"

#include "test.h"

static bool same(struct dd a, double high, double low)
{
    return a.high == high && a.low == low;
}

int main(void)
{
    double e = 0x1p-60;
    CHECK(same(dd_two_sum(1, e), 1, e) && same(dd_two_sum(e, 1), 1, e));
    CHECK(same(dd_two_sum(1e16, -0.1), 1e16, -0.1));
    CHECK(same(dd_two_product(1 + 0x1p-30, 1 + 0x1p-30), 1 + 0x1p-29, e));
    CHECK(same(dd_two_product(0x1p600, 0x1p-600), 1, 0));
    CHECK(same(dd_add((struct dd){1, e}, (struct dd){-1, e}), 2 * e, 0));
    CHECK(same(dd_add((struct dd){1, e}, (struct dd){1, -e}), 2, 0));
    CHECK(same(dd_subtract((struct dd){1, e}, dd_of(1)), e, 0));
    CHECK(same(dd_negate((struct dd){1, e}), -1, -e));
    CHECK(same(dd_multiply((struct dd){1, e}, dd_of(3)), 3, 3 * e));
    CHECK(same(dd_multiply((struct dd){1, e}, (struct dd){1, -e}), 1, 0), "all but 2^-120 is there");
    CHECK(same(dd_divide((struct dd){3, 3 * e}, dd_of(3)), 1, e));
    CHECK(same(dd_divide(dd_of(0), dd_of(3)), 0, 0));
    CHECK(dd_divide(dd_of(1), dd_of(0)).high == INFINITY);
    struct dd third = dd_divide(dd_of(1), dd_of(3)), rest = dd_subtract(dd_multiply(third, dd_of(3)), dd_of(1));
    CHECK(third.high == 1.0 / 3 && fabs(rest.high) < 0x1p-103, "1/3 * 3 - 1 = %g", rest.high);
    struct dd sum = {0, 0};
    for (int i = 0; i < 1000; i++)
        sum = dd_add_double(dd_add_double(dd_add_double(sum, 1e16), 1), -1e16);
    CHECK(same(sum, 1000, 0));
    CHECK(dd_add_double(dd_of(1), INFINITY).high == INFINITY);
    return test_report("dd");
}
