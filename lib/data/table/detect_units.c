/* Whether a record gives the units of the columns: most of its texts are in brackets, are units by name, or have a sign
 * of units in few characters. */

#include "data/table/detect_state.h"

static bool is_bracketed(struct slice cell)
{
    char first = cell.p[0], last = cell.p[cell.n - 1];
    return (first == '(' && last == ')') || (first == '[' && last == ']') || (first == '<' && last == '>');
}

static bool is_unit(struct slice cell)
{
    static const char *const units[] = {
        "m",    "cm",  "mm",      "um",   "nm",  "km",  "ft",  "in",  "mi",  "s",   "sec",  "ms",    "us",     "ns",
        "min",  "h",   "hr",      "d",    "day", "yr",  "a",   "g",   "kg",  "mg",  "ug",   "t",     "lb",     "oz",
        "K",    "C",   "F",       "degC", "deg", "rad", "Pa",  "kPa", "hPa", "MPa", "bar",  "mbar",  "atm",    "psi",
        "V",    "mV",  "kV",      "A",    "mA",  "W",   "kW",  "MW",  "kWh", "MWh", "J",    "kJ",    "MJ",     "cal",
        "kcal", "N",   "kN",      "Hz",   "kHz", "MHz", "GHz", "l",   "L",   "ml",  "mL",   "mol",   "mmol",   "M",
        "ppm",  "ppb", "dB",      "EUR",  "USD", "GBP", "CHF", "JPY", "eur", "usd", "EURO", "count", "counts", "number",
        "no.",  "pct", "percent", "ha",   "Ohm", "T",   "lx",  "lm",  "cd",  "sr",  "Bq"};
    if (is_bracketed(cell))
        return true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (slice_equal(cell, slice_of(units[i])))
            return true;
    static const char *const signs[] = {"/", "%", "^", "\xc2\xb0", "\xc2\xb5", "\xc2\xb2", "\xc2\xb3", "yyyy", "YYYY"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs && cell.n <= 16; i++)
        for (size_t at = 0, n = strlen(signs[i]); at + n <= cell.n; at++)
            if (memcmp(cell.p + at, signs[i], n) == 0)
                return true;
    return false;
}

bool detect_is_unit(const struct detect *d, size_t row)
{
    size_t units = 0, others = 0;
    for (size_t f = 0; f < d->sample.row[row].width; f++) {
        struct slice cell = sample_field(&d->sample, row, f);
        bool counts = cell.n > 1 || (cell.n == 1 && cell.p[0] != '-' && cell.p[0] != '1');
        units += counts && is_unit(cell);
        others += counts && !is_unit(cell);
    }
    return units > 0 && units >= 2 * others;
}
