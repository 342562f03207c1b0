#include "cli/unit.h"

#include <math.h>
#include <stdio.h>

const struct opt_choice unit_choices[] = {
    {"bits", "logarithms to base 2"}, {"nats", "natural logarithms"}, {"bans", "logarithms to base 10"}, {NULL, NULL}};

struct unit unit_of(int choice, double base)
{
    static const double per_bit[] = {1, 0.69314718055994531, 0.30102999566398120};
    struct unit unit;
    if (base > 0) {
        char number[NUMBER_MAX];
        size_t n = number_write(number, base);
        snprintf(unit.name, sizeof unit.name, "base_%.*s", (int)n, number);
        unit.per_bit = 1 / log2(base);
    } else {
        snprintf(unit.name, sizeof unit.name, "%s", unit_choices[choice].name);
        unit.per_bit = per_bit[choice];
    }
    return unit;
}

const char *unit_column(char out[UNIT_COLUMN], const char *quantity, const struct unit *unit)
{
    snprintf(out, UNIT_COLUMN, "%s_%s", quantity, unit->name);
    return out;
}
