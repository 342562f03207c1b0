/* kl: divergences between two distributions.
 * The option table; the work is done in lib/app/measure/kl.c. */
#include "app/measure/kl.h"
#include "cli/memory.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct kl_settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "two columns to compare; default: the two numeric ones, by name if there are more; with --key, the column "
             "of counts; with --logits, the target columns"},
    {FLAG(struct kl_settings, probabilities), .name = "probabilities", .help = "require probabilities that sum to 1"},
    {TEXT(struct kl_settings, keys), .name = "key", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare two files by the symbols that these columns name"},
    {FLAG(struct kl_settings, lines), .name = "lines", .help = "compare the frequencies of lines in two files"},
    {FLAG(struct kl_settings, tokens), .name = "tokens",
     .help = "compare the frequencies of words between blanks in two files"},
    {FLAG(struct kl_settings, bytes), .name = "bytes", .help = "compare the frequencies of bytes in two files"},
    {FLAG(struct kl_settings, decompress), .name = "decompress",
     .help = "with --bytes, those that compressed files decompress to; default: the bytes of the files"},
    {FLAG(struct kl_settings, gauss), .name = "gauss",
     .help = "compare the Gaussians in two outputs of mle-gauss"},
    {FLAG(struct kl_settings, cov), .name = "cov",
     .help = "with --gauss, compare all columns jointly, from outputs of mle-gauss --cov"},
    {TEXT(struct kl_settings, group), .letter = 'g', .name = "by", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "with --gauss, compare the Gaussians of each group of mle-gauss --by"},
    {TEXT(struct kl_settings, logits), .name = "logits", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare the targets of each row with the softmax of these score columns"},
    {REAL(struct kl_settings, smooth), .name = "smooth", .arg = "ALPHA", .min = 5e-324, .max = 1e300,
     .group = OPT_MODEL_GROUP,
     .help = "add ALPHA to each count, including symbols that one side lacks"},
    OPT_UNIT_ROWS(struct kl_settings, unit, "bits"),
    OPT_INPUT_ROWS(struct kl_settings, input),
    OPT_OUTPUT_ROWS(struct kl_settings, output),
    OPT_MEMORY_ROW(struct kl_settings, memory),
    OPT_GENERAL_ROWS(struct kl_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--bytes", "--lines|--tokens|--gauss|--logits"),
    OPT_EXCLUDES("--lines", "--tokens|--gauss|--logits"),
    OPT_EXCLUDES("--tokens", "--gauss|--logits"),
    OPT_EXCLUDES("--gauss", "--logits"),
    OPT_REQUIRES("--cov|--by", "--gauss"),
    OPT_EXCLUDES("--logits", "--key|--probabilities"),
    OPT_EXCLUDES("--smooth", "--gauss|--logits|--probabilities"),
    OPT_EXCLUDES("--bytes|--lines|--tokens|--gauss", "--columns|--key|--probabilities"),
    OPT_EXCLUDES("--bytes|--lines|--tokens", OPT_INPUT_NAMES),
    OPT_UNIT_RULES,
    OPT_INPUT_RULES,
    OPT_REQUIRES_HINT("--logits", "--columns", ", the targets"),
    OPT_REQUIRES("--decompress", "--bytes"),
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return kl_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "kl",
    .purpose = "Compare two distributions by their divergence",
    .operands = "[FILE...]",
    .example = "kl --columns p,q distributions.csv",
    .see_also = "entropy,loss-eval,mle-categorical,mle-gauss,mutual-info,softmax",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct kl_settings),
    .general_offset = offsetof(struct kl_settings, general),
    .run = run,
};
/* clang-format on */
