/* Spellings that people bring along from other programs: scikit-learn, R, PyTorch, XGBoost, Miller, datamash, awk, cut.
 * They are answered with the spelling of this suite, never accepted, as some of them mean something slightly different.
 * A row counts only if the command has the option, and the choice if there is one behind it; the first row that counts
 * is the answer, so that the same word can have an answer for each kind of command. */

#include "cli/synonyms.h"

#include <string.h>

/* clang-format off */
static const struct synonym {
    const char *typed; /* without dashes */
    const char *meant; /* "--OPTION", or "--OPTION CHOICE"; words behind the option's name that are no choice: a hint */
} synonyms[] = {
    /* columns and their roles */
    {"label", "--target"}, {"label-column", "--target"}, {"response", "--target"}, {"y", "--target"},
    {"outcome", "--target"}, {"dependent", "--target"}, {"truth", "--target"}, {"actual", "--target"},
    {"columns", "--features"}, {"columns", "--likelihood"}, {"cols", "--features"}, {"cols", "--columns"},
    {"column", "--columns"}, {"column", "--features"}, {"fields", "--columns"}, {"fields", "--features"},
    {"field", "--columns"}, {"field", "--features"}, {"select", "--columns"}, {"select", "--features"},
    {"features", "--columns"}, {"x", "--features"}, {"x", "--columns"}, {"predictors", "--features"},
    {"inputs", "--features"}, {"variables", "--features"}, {"variables", "--columns"}, {"vars", "--columns"},
    {"drop", "--exclude"}, {"ignore", "--exclude"}, {"omit", "--exclude"}, {"without", "--exclude"},
    {"group", "--by"}, {"groupby", "--by"}, {"group-by", "--by"}, {"groups", "--by"}, {"strata", "--by"},
    {"sample-weight", "--weights"}, {"sample-weights", "--weights"}, {"case-weights", "--weights"},
    {"frequency", "--fweights"}, {"frequencies", "--fweights"}, {"freq", "--fweights"}, {"freq", "--weights"},
    {"frequency", "--weights"}, {"base-margin", "--offset"}, {"exposure", "--offset"}, {"factors", "--categorical"},
    {"categories", "--categorical"}, {"one-hot", "--categorical"}, {"dummies", "--categorical"},
    {"pred", "--predictions"}, {"prediction", "--predictions"}, {"predicted", "--predictions"},
    {"probs", "--probabilities"}, {"prob", "--probabilities"}, {"pos-label", "--positive"},
    {"positive-class", "--positive"}, {"base-class", "--reference"}, {"baseline", "--reference"},
    {"id", "--key"}, {"join", "--key"}, {"condition", "--given"}, {"conditional", "--given"},
    /* fitting */
    {"lr", "--learning-rate"}, {"eta", "--learning-rate"}, {"eta0", "--learning-rate"}, {"step", "--learning-rate"},
    {"step-size", "--learning-rate"}, {"learningrate", "--learning-rate"}, {"batch-size", "--batch"},
    {"batchsize", "--batch"}, {"minibatch", "--batch"}, {"hidden", "--layers"}, {"hidden-layers", "--layers"},
    {"hidden-layer-sizes", "--layers"}, {"architecture", "--layers"}, {"units", "--layers"},
    {"lambda", "--l2"}, {"alpha", "--l2"}, {"alpha", "--pseudo-count"}, {"alpha", "--smooth"},
    {"ridge", "--l2"}, {"penalty", "--l2"}, {"regularization", "--l2"}, {"reg", "--l2"}, {"reg-lambda", "--l2"},
    {"C", "--l2 with the value 1/C"}, {"lasso", "--l1"}, {"reg-alpha", "--l1"},
    {"wd", "--weight-decay"}, {"decay", "--weight-decay"}, {"l2", "--weight-decay"}, {"lambda", "--weight-decay"},
    {"smoothing", "--pseudo-count"}, {"smooth", "--pseudo-count"}, {"laplace", "--pseudo-count"},
    {"pseudocount", "--pseudo-count"}, {"pseudo-count", "--smooth"}, {"var-smoothing", "--variance-floor"},
    {"priors", "--prior"}, {"iterations", "--max-iter"}, {"iters", "--max-iter"}, {"max-iterations", "--max-iter"},
    {"maxiter", "--max-iter"}, {"niter", "--max-iter"}, {"n-iter", "--max-iter"}, {"iterations", "--epochs"},
    {"max-iterations", "--epochs"}, {"max-iter", "--epochs"}, {"passes", "--epochs"}, {"max-epochs", "--epochs"},
    {"num-epochs", "--epochs"}, {"n-epochs", "--epochs"}, {"tolerance", "--tol"}, {"epsilon", "--tol"},
    {"eps", "--tol"}, {"method", "--solver"}, {"method", "--optimizer"}, {"algorithm", "--solver"},
    {"optimizer", "--solver"}, {"optimiser", "--solver"}, {"solver", "--optimizer"}, {"optimiser", "--optimizer"},
    {"warmup", "--warm-up"}, {"warmup-epochs", "--warm-up"}, {"warmup-steps", "--warm-up"},
    {"lr-schedule", "--schedule"}, {"scheduler", "--schedule"}, {"patience", "--early-stop"},
    {"early-stopping", "--early-stop"}, {"warm-start", "--init"}, {"start", "--init"}, {"initial", "--init"},
    {"initialization", "--weight-init"}, {"initialisation", "--weight-init"}, {"initializer", "--weight-init"},
    {"validation", "--valid"}, {"validation-split", "--valid"}, {"val", "--valid"}, {"holdout", "--valid"},
    {"test-size", "--valid"}, {"cv", "--fold"}, {"folds", "--fold"}, {"split", "--fold"},
    {"fit-intercept", "--no-intercept"}, {"nointercept", "--no-intercept"}, {"class-weights", "--class-weight"},
    {"balanced", "--class-weight balanced"}, {"standardise", "--standardize"}, {"scale", "--standardize"},
    {"normalize", "--standardize"}, {"normalise", "--standardize"}, {"normalise", "--normalize"},
    {"standardize", "--normalize"}, {"standardise", "--normalize"}, {"scale", "--normalize"},
    {"penalised-errors", "--penalized-errors"}, {"random-state", "--seed"}, {"random-seed", "--seed"},
    {"rng", "--seed"}, {"rand-seed", "--seed"}, {"set-seed", "--seed"}, {"srand", "--seed"},
    {"jobs", "--threads"}, {"n-jobs", "--threads"}, {"njobs", "--threads"}, {"nthreads", "--threads"},
    {"num-threads", "--threads"}, {"parallel", "--threads"}, {"cpus", "--threads"}, {"cores", "--threads"},
    {"workers", "--threads"}, {"nproc", "--threads"}, {"mem", "--memory"}, {"buffer-size", "--memory"},
    {"objective", "--loss"}, {"metric", "--loss"}, {"metrics", "--loss"}, {"criterion", "--loss"},
    {"score", "--loss"}, {"cutoff", "--threshold"}, {"temp", "--temperature"}, {"precision", "--dtype"},
    {"float", "--dtype float"}, {"double", "--dtype double"}, {"fp32", "--dtype float"}, {"fp64", "--dtype double"},
    {"covariance", "--cov"}, {"full", "--cov"}, {"correlation", "--cov"}, {"level", "--interval"},
    {"confidence", "--interval"}, {"ci", "--interval"}, {"ci", "--se"}, {"stderr", "--se"}, {"std-error", "--se"},
    {"known", "--parameters"}, {"params", "--parameters"}, {"log2", "--unit bits"}, {"bits", "--unit bits"},
    {"nats", "--unit nats"}, {"ln", "--unit nats"}, {"units", "--unit"}, {"log-base", "--base"},
    {"checkpoint", "--resume"}, {"continue", "--resume"}, {"model-file", "--model"}, {"load", "--model"},
    /* formats */
    {"json", "--to json"}, {"ojson", "--to json"}, {"csv", "--to csv"}, {"ocsv", "--to csv"}, {"tsv", "--to tsv"},
    {"otsv", "--to tsv"}, {"table", "--to table"}, {"pretty", "--to table"}, {"svg", "--to svg"}, {"png", "--to png"},
    {"format", "--to"}, {"format", "--input"}, {"output-format", "--to"}, {"ofmt", "--precision"},
    {"digits", "--precision"}, {"decimals", "--precision"}, {"input-format", "--input"}, {"from", "--input"},
    {"icsv", "--input csv"},
    {"itsv", "--input tsv"}, {"svmlight", "--input svm"}, {"libsvm", "--input svm"}, {"svm", "--input svm"},
    {"sep", "--delimiter"}, {"separator", "--delimiter"}, {"field-separator", "--delimiter"}, {"ifs", "--delimiter"},
    {"fs", "--delimiter"}, {"delim", "--delimiter"}, {"no-header", "--header no"}, {"noheader", "--header no"},
    {"header-in", "--header yes"}, {"headers", "--header yes"}, {"implicit-csv-header", "--header no"},
    {"na-values", "--na"}, {"na-strings", "--na"}, {"null", "--na"}, {"narm", "--missing skip"},
    {"na-rm", "--missing skip"}, {"skip-missing", "--missing skip"}, {"dropna", "--missing skip"},
    {"skip-na", "--missing skip"}, {"save", "--output"}, {"outfile", "--output"}, {"output-file", "--output"},
    {"proba", "--predict prob"}, {"predict-proba", "--predict prob"}, {"labels", "--predict label"},
    {"class", "--predict label"}, {"logits", "--predict logit"}, {"type", "--predict"}, {"as", "--predict"},
    /* general */
    {"help-all", "--help"}, {"usage", "--help"}, {"man", "--help"}, {"silent", "--quiet"}, {"debug", "--verbose"},
    /* letters */
    {"n", "-j"}, {"F", "-d"}, {"y", "-t"}, {"c", "-x"}, {"f", "-x"}, {"h", "--help"}, {"V", "--version"},
    {"s", "--seed"}, {"e", "--epochs"}, {"b", "--batch"}, {"i", "--max-iter"},
};
static const struct synonym choice_synonyms[] = {
    {"brier", "squared"}, {"logloss", "log"}, {"log-loss", "log"}, {"bce", "log"}, {"cross-entropy", "log"},
    {"l-bfgs", "lbfgs"}, {"l-bfgs-b", "lbfgs"}, {"bfgs", "lbfgs"}, {"irls", "newton"}, {"newton-cholesky", "newton"},
    {"cg", "newton-cg"}, {"trust-region", "newton-cg"}, {"gradient-descent", "gd"}, {"adamw", "adam"},
    {"drop", "skip"}, {"omit", "skip"}, {"ignore", "skip"}, {"ignore", "reference"}, {"baseline", "reference"},
    {"na", "missing"}, {"NA", "missing"}, {"empty", "missing"}, {"skip", "missing"}, {"force", "predict"},
    {"fail", "error"}, {"stop", "error"}, {"raise", "error"},
    {"float32", "float"}, {"single", "float"}, {"float64", "double"}, {"text", "table"}, {"pretty", "table"},
    {"markdown", "table"}, {"tab", "tsv"}, {"svmlight", "svm"}, {"libsvm", "svm"}, {"blank", "text"}, {"space", "text"},
    {"true", "yes"}, {"false", "no"}, {"none", "no"}, {"probability", "prob"}, {"proba", "prob"}, {"class", "label"},
    {"kaiming", "he"}, {"xavier", "glorot"}, 
};
/* clang-format on */

static const struct opt *find_option(const struct opt *table, size_t n, const char *meant, size_t length)
{
    for (size_t i = 0; i < n; i++) {
        const struct opt *o = &table[i];
        if (length == 2 ? o->letter == meant[1]
                        : strlen(o->name) == length - 2 && memcmp(o->name, meant + 2, length - 2) == 0)
            return o;
    }
    return NULL;
}

/* Whether the command has the option, and the choice where a choice is named. */
static bool is_there(const struct opt *table, size_t n, const char *meant)
{
    size_t length = strcspn(meant, " ");
    const struct opt *o = find_option(table, n, meant, length);
    if (o == NULL || meant[length] == '\0' || o->type != OPT_CHOICE)
        return o != NULL;
    const struct opt_choice *choices = opt_choices(o);
    for (size_t i = 0; choices[i].name != NULL; i++)
        if (strcmp(choices[i].name, meant + length + 1) == 0)
            return true;
    return false;
}

const char *synonyms_find(const struct opt *table, size_t n, const char *typed)
{
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (strcmp(synonyms[i].typed, typed) == 0 && is_there(table, n, synonyms[i].meant))
            return synonyms[i].meant;
    return NULL;
}

const char *synonyms_find_choice(const struct opt_choice *choices, const char *typed)
{
    for (size_t i = 0; i < sizeof choice_synonyms / sizeof *choice_synonyms; i++)
        for (size_t k = 0; strcmp(choice_synonyms[i].typed, typed) == 0 && choices[k].name != NULL; k++)
            if (strcmp(choices[k].name, choice_synonyms[i].meant) == 0)
                return choices[k].name;
    return NULL;
}
