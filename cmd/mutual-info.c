/* mutual-info: the mutual information of pairs of columns.
 * The option table; the work is done in lib/app/measure/mutual_info.c. */
#include "app/measure/mutual_info.h"
#include "cli/memory.h"

/* clang-format off */
static const struct opt_choice binnings[] = {
    /* enum codes_binning */
    {"width", "bins of equal width from the smallest to the largest value"},
    {"frequency", "bins of equal counts; equal values share a bin"},
    {NULL, NULL},
};

static const struct opt_choice estimates[] = {
    {"ml", "maximum likelihood, from relative frequencies"},
    {"miller-madow", "with a correction for the number of symbols"},
    {"knn:K", "of numeric columns by the distances to the K-th nearest neighbours; default: 3"},
    {"gauss", "of numeric columns by their correlation, as if they were Gaussian"},
    {NULL, NULL},
};

static const struct opt_choice *estimate_choices(void)
{
    return estimates;
}

static const struct opt_choice normalisations[] = {
    [MUTUAL_INFO_BY_MEAN] = {"mean", "the mean of both entropies"},
    [MUTUAL_INFO_BY_ROOT] = {"root", "the square root of their product"},
    [MUTUAL_INFO_BY_LEAST] = {"min", "the smaller entropy"},
    [MUTUAL_INFO_BY_GREATEST] = {"max", "the larger entropy"},
    [MUTUAL_INFO_BY_JOINT] = {"joint", "the joint entropy"},
    [MUTUAL_INFO_BY_X] = {"x", "the entropy of x"},
    [MUTUAL_INFO_BY_Y] = {"y", "the entropy of y"},
    {NULL, NULL},
};

static const struct opt options[] = {
    {TEXT(struct mutual_info_settings, columns), .letter = 'x', .name = "columns", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "columns to compare with each other; default: all columns"},
    {TEXT(struct mutual_info_settings, target), .letter = 't', .name = "target", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "compare each column with COLUMN only"},
    {TEXT(struct mutual_info_settings, given), .name = "given", .arg = "COLUMNS", .completes = OPT_COMPLETES_COLUMNS,
     .help = "compute the mutual information conditional on these columns"},
    {TEXT(struct mutual_info_settings, group), .letter = 'g', .name = "by", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS,
     .help = "evaluate the rows of each combination of values of COLUMNS separately"},
    {TEXT(struct mutual_info_settings, weights), .letter = 'w', .name = "weights", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "column of weights: a row of weight 2 counts as two rows"},
    {TEXT(struct mutual_info_settings, aweights), .name = "aweights", .arg = "COLUMN",
     .completes = OPT_COMPLETES_COLUMN,
     .help = "column of relative weights, of which only the ratios matter"},
    {COUNT(struct mutual_info_settings, bins), .name = "bins", .arg = "N", .min = 2, .max = 1e6,
     .group = OPT_MODEL_GROUP,
     .help = "divide the values of numeric columns into N bins; default: each value is a symbol"},
    {CHOICE(struct mutual_info_settings, binning), .name = "binning", .arg = "HOW", .fallback = "width",
     .choices = binnings, .group = OPT_MODEL_GROUP,
     .help = "choice of the bins"},
    {TEXT(struct mutual_info_settings, estimate), .name = "estimate", .arg = "METHOD", .fallback = "ml",
     .choices_of = estimate_choices, .group = OPT_MODEL_GROUP,
     .help = "estimator of the mutual information"},
    {TEXT(struct mutual_info_settings, categorical), .name = "categorical", .arg = "COLUMNS",
     .completes = OPT_COMPLETES_COLUMNS, .group = OPT_MODEL_GROUP,
     .help = "numeric columns whose values are symbols for --estimate knn, as those of text columns are"},
    {CHOICE(struct mutual_info_settings, normalize), .name = "normalize", .arg = "BY", .fallback = "mean",
     .choices = normalisations, .group = OPT_MODEL_GROUP,
     .help = "denominator of the normalised mutual information"},
    {COUNT(struct mutual_info_settings, permutations), .name = "permutations", .arg = "N", .min = 1, .max = 1e9,
     .group = OPT_MODEL_GROUP,
     .help = "add a p-value of independence from N random permutations"},
    {FLAG(struct mutual_info_settings, se), .name = "se", .group = OPT_OUTPUT_GROUP, .help = "add the standard error"},
    {FLAG(struct mutual_info_settings, matrix), .name = "matrix", .group = OPT_OUTPUT_GROUP,
     .help = "write a matrix of all pairs, with entropies on the diagonal, instead of a row per pair"},
    OPT_UNIT_ROWS(struct mutual_info_settings, unit, "bits"),
    OPT_INPUT_ROWS(struct mutual_info_settings, input),
    OPT_OUTPUT_ROWS(struct mutual_info_settings, output),
    OPT_MEMORY_ROW(struct mutual_info_settings, memory),
    OPT_GENERAL_ROWS(struct mutual_info_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_EXCLUDES("--estimate knn|--estimate gauss", "--given|--weights|--aweights|--bins|--permutations"),
    OPT_EXCLUDES("--estimate knn|--estimate gauss", "--normalize|--se"),
    OPT_REQUIRES("--binning", "--bins"),
    OPT_REQUIRES("--categorical", "--estimate knn"),
    OPT_EXCLUDES("--weights", "--aweights"),
    OPT_EXCLUDES("--permutations", "--weights|--aweights"),
    OPT_EXCLUDES("--matrix", "--by|--target|--permutations|--se|--normalize"),
    OPT_UNIT_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return mutual_info_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "mutual-info",
    .purpose = "Measure the mutual information of the columns of a table",
    .operands = "[FILE...]",
    .example = "mutual-info --target species --bins 5 iris.csv",
    .see_also = "entropy,kl,mle-categorical",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct mutual_info_settings),
    .general_offset = offsetof(struct mutual_info_settings, general),
    .run = run,
};
/* clang-format on */
