#ifndef LIKELY_CLI_UNIT_H
#define LIKELY_CLI_UNIT_H

#include "base/number.h"
#include "cli/command.h"

/* Units of information, which stand in the names of result columns: H_bits, I_nats, D_base_3. */
enum unit_choice { UNIT_BITS, UNIT_NATS, UNIT_BANS };

struct unit {
    char name[NUMBER_MAX + 8];
    double per_bit;
};

/* base: of the logarithm, instead of a choice; 0 = none. */
struct unit unit_of(int choice, double base);

/* "QUANTITY_UNIT" into out; returns out. */
enum { UNIT_COLUMN = 2 * NUMBER_MAX };
const char *unit_column(char out[UNIT_COLUMN], const char *quantity, const struct unit *unit);

extern const struct opt_choice unit_choices[];

#define OPT_UNIT_ROW(settings, field) \
    { CHOICE(settings, field), .name = "unit", .arg = "UNIT", .fallback = "bits", .choices = unit_choices, \
      .group = OPT_OUTPUT_GROUP, .help = "unit of the result" }

#endif
