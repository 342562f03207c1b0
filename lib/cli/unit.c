/* Units of information: bits, nats, bans, or logarithms to any base. Quantities are computed in bits or nats and
 * multiplied by the factor of the unit. */
#include "cli/unit.h"

#include <math.h>
#include <stdio.h>

/* clang-format off */
const struct opt_choice unit_choices[] = {
    {"bits", "logarithms to base 2"}, {"nats", "natural logarithms"}, {"bans", "logarithms to base 10"}, {NULL, NULL}};

struct unit unit_of(const struct unit_settings *settings)
{
    static const double per_bit[] = {1, 0.69314718055994531, 0.30102999566398120};
    static const double per_nat[] = {1.44269504088896341, 1, 0.43429448190325183};
    struct unit unit;
    if (settings->base > 0) {
        char number[NUMBER_MAX];
        size_t n = number_write(number, settings->base);
        snprintf(unit.name, sizeof unit.name, "base_%.*s", (int)n, number);
        unit.per_bit = 1 / log2(settings->base);
        unit.per_nat = 1 / log(settings->base);
    } else {
        snprintf(unit.name, sizeof unit.name, "%s", unit_choices[settings->choice].name);
        unit.per_bit = per_bit[settings->choice];
        unit.per_nat = per_nat[settings->choice];
    }
    return unit;
}
/* clang-format on */

double unit_factor(const struct unit *unit, const struct loss *loss)
{
    return loss->unit == LOSS_NATS ? unit->per_nat : 1;
}

const char *unit_column(char out[UNIT_COLUMN], const char *quantity, const struct unit *unit)
{
    snprintf(out, UNIT_COLUMN, "%s_%s", quantity, unit->name);
    return out;
}
