/* nn-train: networks of layers.
 * The option table; the work is done in lib/app/nn/nn.c. */
#include "app/nn/nn.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct nn_settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMNS",
     .required = true, .completes = OPT_COMPLETES_COLUMNS,
     .help = "column to predict, numbers or class labels, or several columns of numbers"},
    OPT_COLUMNS_ROWS(struct nn_settings, columns),
    {TEXT(struct nn_settings, class_weights), .name = "class-weight", .arg = "balanced|LABEL=W,...", .word = "balanced",
     .help = "multiply the weights of the rows of class LABEL by W; balanced: give all classes the same total"},
    {TEXT(struct nn_settings, layers), .name = "layers", .arg = "LIST", .group = OPT_MODEL_GROUP,
     .help = "hidden layers, such as '128 relu, dropout 0.2, 64 tanh'; default: none"},
    {TEXT(struct nn_settings, loss), .letter = 'l', .name = "loss", .arg = "LOSS", .choices_of = nn_losses,
     .group = OPT_MODEL_GROUP,
     .help = "loss to minimise, NAME or NAME:PARAMETER; default: l2 for numbers, log-logit for two classes, "
             "ce-logits for more"},
    {FLAG(struct nn_settings, no_bias), .name = "no-bias", .group = OPT_MODEL_GROUP,
     .help = "omit the biases"},
    {CHOICE(struct nn_settings, scale), .name = "scale", .arg = "WHAT", .fallback = "columns", .choices = nn_scales,
     .group = OPT_MODEL_GROUP,
     .help = "scaling of the features, which the model repeats"},
    {REAL(struct nn_settings, weight_decay), .name = "weight-decay", .arg = "LAMBDA", .min = 0, .max = 1e300,
     .group = OPT_MODEL_GROUP,
     .help = "add LAMBDA/2 times the sum of squared weights to the mean loss"},
    {CHOICE(struct nn_settings, optimizer), .name = "optimizer", .arg = "NAME", .fallback = "adam",
     .choices_of = nn_optimizers, .group = OPT_SOLVER,
     .help = "optimisation algorithm"},
    {REAL(struct nn_settings, learning_rate), .name = "learning-rate", .arg = "RATE", .min = 1e-300, .max = 1e300,
     .group = OPT_SOLVER,
     .help = "learning rate; default: 0.001 for adam, 0.01 for momentum, 0.1 for sgd and gd"},
    {CHOICE(struct nn_settings, schedule), .name = "schedule", .arg = "HOW", .fallback = "constant",
     .choices_of = nn_schedules, .group = OPT_SOLVER,
     .help = "change of the learning rate from step to step"},
    {REAL(struct nn_settings, warm_up), .name = "warm-up", .arg = "EPOCHS", .min = 0, .max = 1e9, .group = OPT_SOLVER,
     .help = "increase the learning rate from 0 over the first EPOCHS"},
    {REAL(struct nn_settings, momentum), .name = "momentum", .arg = "MU", .fallback = "0.9", .min = 0, .max = 0.999999,
     .group = OPT_SOLVER,
     .help = "fraction of the previous step that --optimizer momentum keeps"},
    {COUNT(struct nn_settings, batch), .name = "batch", .arg = "N", .fallback = "32", .min = 1, .max = 1e9,
     .group = OPT_SOLVER,
     .help = "rows per step"},
    {COUNT(struct nn_settings, epochs), .name = "epochs", .arg = "N", .fallback = "100", .min = 1, .max = 1e9,
     .group = OPT_SOLVER,
     .help = "number of passes over the rows"},
    {REAL(struct nn_settings, tolerance), .name = "tol", .arg = "TOL", .fallback = "1e-4", .min = 0, .max = 1,
     .group = OPT_SOLVER,
     .help = "with --optimizer lbfgs, stop when no parameter is further from the optimum than TOL standard errors"},
    {REAL(struct nn_settings, clip), .name = "clip", .arg = "LENGTH", .min = 1e-300, .max = 1e300, .group = OPT_SOLVER,
     .help = "scale longer gradients down to LENGTH"},
    {CHOICE(struct nn_settings, start), .name = "weight-init", .arg = "HOW", .fallback = "auto", .choices = nn_starts,
     .group = OPT_SOLVER,
     .help = "distribution of the initial random weights"},
    {TEXT(struct nn_settings, init), .name = "init", .arg = "MODEL", .completes = OPT_COMPLETES_MODEL,
     .group = OPT_SOLVER,
     .help = "warm start from the network in MODEL, with its scaling"},
    {TEXT(struct nn_settings, valid), .name = "valid", .arg = "FRACTION|FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_SOLVER,
     .help = "hold out a random fraction of the rows, or read held-out rows from FILE, and keep the parameters of "
             "the epoch with the smallest held-out loss"},
    {COUNT(struct nn_settings, patience), .name = "patience", .arg = "N", .fallback = "10", .min = 1, .max = 1e9,
     .group = OPT_SOLVER,
     .help = "with --valid, stop after N epochs without improvement"},
    {COUNT(struct nn_settings, checkpoint), .name = "checkpoint", .arg = "N", .min = 1, .max = 1e9, .group = OPT_SOLVER,
     .help = "write the model and the state of training to the file of --output after every N epochs"},
    {FLAG(struct nn_settings, resume), .name = "resume", .group = OPT_SOLVER,
     .help = "continue from the model in the file of --output, if it exists, as if never interrupted"},
    {CHOICE(struct nn_settings, dtype), .name = "dtype", .arg = "TYPE", .fallback = "double",
     .choices = nn_dtypes, .group = OPT_SOLVER,
     .help = "floating-point type of features and matrix products"},
    {TEXT(struct nn_settings, trace), .name = "trace", .arg = "FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_SOLVER,
     .help = "write epoch, losses, accuracies, rate and seconds to FILE as CSV; - is standard output and requires "
             "--output"},
    {FLAG(struct nn_settings, check_gradient), .name = "check-gradient", .group = OPT_SOLVER,
     .help = "only compare the gradient with finite differences of the objective at a random point"},
    OPT_MODEL_OUTPUT_ROW(struct nn_settings, output),
    OPT_MEMORY_ROW(struct nn_settings, memory),
    OPT_INPUT_ROWS(struct nn_settings, input),
    OPT_GENERAL_ROWS(struct nn_settings, general),
};

static const struct opt_rule rules[] = {
    OPT_REQUIRES("--momentum", "--optimizer momentum"),
    OPT_REQUIRES("--patience", "--valid"),
    OPT_REQUIRES("--tol", "--optimizer lbfgs"),
    OPT_EXCLUDES_HINT("--weight-init", "--init", ", whose model contains the weights"),
    OPT_EXCLUDES("--check-gradient", "--optimizer|--learning-rate|--schedule|--warm-up|--momentum|--batch|--epochs"),
    OPT_EXCLUDES("--check-gradient", "--tol|--clip|--weight-init|--patience|--checkpoint|--resume|--trace"),
    OPT_COLUMNS_RULES,
    OPT_INPUT_RULES,
    OPT_RULES_END,
};
/* clang-format on */

static enum status run(const void *settings, const struct invocation *run, struct err *err)
{
    return nn_run(settings, run, err);
}

/* clang-format off */
const struct command command = {
    .name = "nn-train",
    .purpose = "Train a neural network",
    .operands = "[FILE...]",
    .example = "nn-train -t species --layers '16 relu' --valid 0.2 iris.csv -o iris.model",
    .see_also = "nn-predict,model-show,loss-eval,linreg-train,softmax-train,logreg-train,mle-plot",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
    .rules = rules,
    .settings_size = sizeof(struct nn_settings),
    .general_offset = offsetof(struct nn_settings, general),
    .run = run,
};
/* clang-format on */
