#ifndef LIKELY_CLI_UNIT_H
#define LIKELY_CLI_UNIT_H

#include "cli/command.h"
#include "family/loss/loss.h"
#include "text/number.h"

/* Units of information, which stand in the names of result columns: H_bits, I_nats, D_base_3. */
enum unit_choice { UNIT_BITS, UNIT_NATS, UNIT_BANS };

struct unit_settings { /* rows: OPT_UNIT_ROWS(struct settings, unit, "bits") */
    int choice;
    double base; /* of the logarithm, instead of a choice; 0 = none */
};

struct unit {
    char name[NUMBER_MAX + 8];
    double per_bit, per_nat;
};

struct unit unit_of(const struct unit_settings *settings);

/* What values of the loss are multiplied by: those that are nats come in the unit, others as they are. */
double unit_factor(const struct unit *unit, const struct loss *loss);

/* "QUANTITY_UNIT" into out; returns out. */
enum { UNIT_COLUMN = 2 * NUMBER_MAX };
const char *unit_column(char out[UNIT_COLUMN], const char *quantity, const struct unit *unit);

extern const struct opt_choice unit_choices[];

/* clang-format off */
#define OPT_UNIT_ROWS(settings, field, usual) \
    { CHOICE(settings, field.choice), .name = "unit", .arg = "UNIT", .fallback = usual, .choices = unit_choices, \
      .group = OPT_OUTPUT_GROUP, .help = "unit of log-likelihoods, entropies and divergences" }, \
    { REAL(settings, field.base), .name = "base", .arg = "B", .min = 1.0000001, .max = 1e300, \
      .group = OPT_OUTPUT_GROUP, .help = "base of the logarithm, in place of --unit" }

#define OPT_UNIT_RULES OPT_EXCLUDES("--unit", "--base")
/* clang-format on */

#endif
