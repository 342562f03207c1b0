/* kl: divergences between two distributions. */
#include "app/measure/kl.h"
#include "cli/memory.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct kl_settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "the two columns to compare, or the first two numeric ones; with --key the column of counts, or the last "
             "numeric one; with --logits the columns of targets"},
    {FLAG(struct kl_settings, probabilities), .name = "probabilities", .help = "insist that probabilities sum to 1"},
    {TEXT(struct kl_settings, keys), .letter = 'k', .name = "key", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare two files, in which these columns name the symbol of each row"},
    {FLAG(struct kl_settings, lines), .name = "lines", .help = "compare how often each line occurs in two files"},
    {FLAG(struct kl_settings, tokens), .name = "tokens",
     .help = "compare how often each run of bytes between blanks does"},
    {FLAG(struct kl_settings, bytes), .name = "bytes", .help = "compare how often each byte does"},
    {FLAG(struct kl_settings, gauss), .name = "gauss",
     .help = "compare the Gaussians of two files that mle-gauss wrote"},
    {FLAG(struct kl_settings, cov), .name = "cov",
     .help = "compare all columns jointly: the files are those of mle-gauss --cov"},
    {TEXT(struct kl_settings, group), .letter = 'g', .name = "by", .arg = "COLUMN", .completes = OPT_COMPLETES_COLUMN,
     .help = "with --gauss, compare the Gaussians of each group that mle-gauss --by fitted"},
    {TEXT(struct kl_settings, logits), .name = "logits", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compare the targets of each row with the softmax of these scores"},
    {REAL(struct kl_settings, smooth), .name = "smooth", .arg = "ALPHA", .min = 5e-324, .max = 1e300,
     .group = OPT_MODEL_GROUP,
     .help = "add ALPHA to each count, also to those of symbols that one side lacks"},
    OPT_UNIT_ROWS(struct kl_settings, unit, "bits"),
    OPT_INPUT_ROWS(struct kl_settings, input),
    OPT_OUTPUT_ROWS(struct kl_settings, output),
    OPT_MEMORY_ROW(struct kl_settings, memory),
    OPT_GENERAL_ROWS(struct kl_settings, general),
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
    .settings_size = sizeof(struct kl_settings),
    .general_offset = offsetof(struct kl_settings, general),
    .run = run,
};
/* clang-format on */
