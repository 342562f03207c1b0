/* entropy: the entropy of lines, bytes, tokens, columns, counts, probabilities or Gaussians.
 * The option table; the work is done in lib/app/measure/entropy.c. */
#include "app/measure/entropy.h"
#include "cli/memory.h"

/* clang-format off */
static const struct opt_choice estimates[] = {
    /* enum information_estimate */
    {"ml", "maximum likelihood, from relative frequencies"},
    {"miller-madow", "with a correction for the number of symbols"},
    {"grassberger", "nearly unbiased for small counts"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {FLAG(struct entropy_settings, bytes), .name = "bytes",
     .help = "each byte is a symbol; default: each line"},
    {FLAG(struct entropy_settings, decompress), .name = "decompress",
     .help = "with --bytes, those that compressed files decompress to; default: the bytes of the file"},
    {FLAG(struct entropy_settings, tokens), .name = "tokens", .help = "each word between blanks is a symbol"},
    {TEXT(struct entropy_settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns whose values are symbols; one result per column"},
    {FLAG(struct entropy_settings, joint), .name = "joint", .help = "the values of a row together are one symbol"},
    {TEXT(struct entropy_settings, given), .name = "given", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compute the entropy conditional on these columns"},
    {TEXT(struct entropy_settings, group), .letter = 'g', .name = "by", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "evaluate the rows of each combination of values of COLUMNS separately"},
    {TEXT(struct entropy_settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "column of weights: a row of weight 2 counts as two rows"},
    {TEXT(struct entropy_settings, aweights), .name = "aweights", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "column of relative weights, of which only the ratios matter"},
    {FLAG(struct entropy_settings, counts), .name = "counts",
     .help = "the columns, by default the one named so, hold counts of symbols"},
    {FLAG(struct entropy_settings, probabilities), .name = "probabilities",
     .help = "the columns, by default the one named so, hold probabilities that sum to 1"},
    {FLAG(struct entropy_settings, gauss), .name = "gauss",
     .help = "compute the differential entropy of the Gaussians in the output of mle-gauss"},
    {FLAG(struct entropy_settings, cov), .name = "cov",
     .help = "with --gauss, of all columns jointly, from the output of mle-gauss --cov"},
    {CHOICE(struct entropy_settings, estimate), .name = "estimate", .arg = "METHOD", .fallback = "ml",
     .choices = estimates, .group = OPT_MODEL_GROUP,
     .help = "estimator of the entropy"},
    {FLAG(struct entropy_settings, se), .name = "se", .group = OPT_OUTPUT_GROUP,
     .help = "add the standard error of the entropy"},
    {FLAG(struct entropy_settings, redundancy), .name = "redundancy", .group = OPT_OUTPUT_GROUP,
     .help = "add the redundancy: 1 minus the entropy as a fraction of its maximum"},
    OPT_UNIT_ROWS(struct entropy_settings, unit, "bits"),
    OPT_INPUT_ROWS(struct entropy_settings, input),
    OPT_OUTPUT_ROWS(struct entropy_settings, output),
    OPT_MEMORY_ROW(struct entropy_settings, memory),
    OPT_GENERAL_ROWS(struct entropy_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_UNIT_RULES,
    OPT_INPUT_RULES,
    OPT_EXCLUDES("--weights", "--aweights"),
    OPT_EXCLUDES("--gauss", "--bytes|--tokens|--columns|--counts|--probabilities|--joint|--given"),
    OPT_EXCLUDES("--gauss", "--weights|--aweights|--se|--redundancy|--estimate"),
    OPT_REQUIRES("--cov", "--gauss"),
    OPT_EXCLUDES("--bytes", "--tokens"),
    OPT_EXCLUDES("--bytes|--tokens", "--columns|--counts|--probabilities|--joint|--given|--by|--weights|--aweights"),
    OPT_EXCLUDES("--counts", "--probabilities"),
    OPT_EXCLUDES("--counts|--probabilities", "--joint|--given|--weights|--aweights"),
    OPT_EXCLUDES("--probabilities", "--se|--estimate"),
    OPT_EXCLUDES("--aweights", "--estimate grassberger"),
    OPT_REQUIRES(OPT_INPUT_NAMES,
                 "--columns|--counts|--probabilities|--joint|--given|--by|--weights|--aweights|--gauss"),
    OPT_REQUIRES("--decompress", "--bytes"),
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return entropy_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "entropy",
    .purpose = "Measure the entropy of lines, bytes, tokens, columns, counts, probabilities or Gaussians",
    .operands = "[FILE...]",
    .example = "entropy --columns species iris.csv",
    .see_also = "kl,mle-categorical,mle-gauss,mutual-info",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct entropy_settings),
    .general_offset = offsetof(struct entropy_settings, general),
    .run = run,
};
/* clang-format on */
