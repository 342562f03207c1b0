/* nn-train: networks of layers. */
#include "app/nn/nn.h"

/* clang-format off */
static const struct opt options[] = {
    {TEXT(struct nn_settings, columns.roles.target), .letter = 't', .name = "target", .arg = "COLUMNS",
     .required = true, .completes = OPT_COMPLETES_COLUMNS,
     .help = "the column to predict: numbers or class labels; or several of numbers"},
    OPT_COLUMNS_ROWS(struct nn_settings, columns),
    {TEXT(struct nn_settings, class_weights), .name = "class-weight", .arg = "balanced|LABEL=W,...", .word = "balanced",
     .help = "multiply the weights of a class's rows by W; balanced: so that all classes weigh the same"},
    {TEXT(struct nn_settings, layers), .letter = 'l', .name = "layers", .arg = "LIST", .group = OPT_MODEL_GROUP,
     .help = "the hidden layers, such as '128 relu, dropout 0.2, 64 tanh'; without it none"},
    {TEXT(struct nn_settings, loss), .name = "loss", .arg = "LOSS", .choices_of = nn_losses, .group = OPT_MODEL_GROUP,
     .help = "what to minimise, NAME or NAME:PARAMETER; without it l2 for numbers, log-logit for two classes, "
             "ce-logits for more"},
    {FLAG(struct nn_settings, no_bias), .name = "no-bias", .group = OPT_MODEL_GROUP,
     .help = "weighted sums without a constant"},
    {CHOICE(struct nn_settings, scale), .name = "scale", .arg = "WHAT", .fallback = "columns", .choices = nn_scales,
     .group = OPT_MODEL_GROUP,
     .help = "how to scale the features; the model does so, too"},
    {REAL(struct nn_settings, decay), .name = "decay", .arg = "LAMBDA", .min = 0, .max = 1e300,
     .group = OPT_MODEL_GROUP,
     .help = "add LAMBDA/2 times the sum of squared weights to the mean loss"},
    {CHOICE(struct nn_settings, optimizer), .name = "optimizer", .arg = "NAME", .fallback = "adam",
     .choices_of = nn_optimizers, .group = OPT_SOLVER,
     .help = "how to descend"},
    {REAL(struct nn_settings, learning_rate), .name = "learning-rate", .arg = "RATE", .min = 1e-300, .max = 1e300,
     .group = OPT_SOLVER,
     .help = "length of steps; without it 0.001 for adam, 0.01 for momentum, 0.1 of sgd and gd"},
    {CHOICE(struct nn_settings, schedule), .name = "schedule", .arg = "HOW", .fallback = "constant",
     .choices_of = nn_schedules, .group = OPT_SOLVER,
     .help = "how the learning rate changes from step to step"},
    {REAL(struct nn_settings, warm_up), .name = "warm-up", .arg = "EPOCHS", .min = 0, .max = 1e9, .group = OPT_SOLVER,
     .help = "let the learning rate grow from 0 at first"},
    {REAL(struct nn_settings, momentum), .name = "momentum", .arg = "MU", .fallback = "0.9", .min = 0, .max = 0.999999,
     .group = OPT_SOLVER,
     .help = "share of the last step that --optimizer momentum keeps"},
    {COUNT(struct nn_settings, batch), .name = "batch", .arg = "N", .fallback = "32", .min = 1, .max = 1e9,
     .group = OPT_SOLVER,
     .help = "rows that a step sees"},
    {COUNT(struct nn_settings, epochs), .name = "epochs", .arg = "N", .fallback = "100", .min = 1, .max = 1e9,
     .group = OPT_SOLVER,
     .help = "how often to go over all rows"},
    {REAL(struct nn_settings, clip), .name = "clip", .arg = "LENGTH", .min = 1e-300, .max = 1e300, .group = OPT_SOLVER,
     .help = "shorten gradients that are longer"},
    {CHOICE(struct nn_settings, start), .name = "initialization", .arg = "HOW", .fallback = "auto", .choices = nn_starts,
     .group = OPT_SOLVER,
     .help = "how the random weights of the start are spread"},
    {TEXT(struct nn_settings, init), .name = "init", .arg = "MODEL", .completes = OPT_COMPLETES_MODEL,
     .group = OPT_SOLVER,
     .help = "start from the network in the file MODEL, on its scale, instead of random weights"},
    {TEXT(struct nn_settings, valid), .name = "valid", .arg = "SHARE|FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_SOLVER,
     .help = "keep a random share of the rows apart, or read other rows from FILE, and keep the parameters of the "
             "epoch that predicts them best"},
    {COUNT(struct nn_settings, patience), .name = "patience", .arg = "N", .fallback = "10", .min = 1, .max = 1e9,
     .group = OPT_SOLVER,
     .help = "with --valid, stop after N epochs without a better one"},
    {COUNT(struct nn_settings, checkpoint), .name = "checkpoint", .arg = "N", .min = 1, .max = 1e9, .group = OPT_SOLVER,
     .help = "write the model, and what is needed to go on, to the file of -o after every N epochs"},
    {FLAG(struct nn_settings, resume), .name = "resume", .group = OPT_SOLVER,
     .help = "go on from the checkpoint in the file of -o, if it is there, as if never interrupted"},
    {CHOICE(struct nn_settings, precision), .name = "precision", .arg = "KIND", .fallback = "double",
     .choices = nn_precisions, .group = OPT_SOLVER,
     .help = "precision of training"},
    {TEXT(struct nn_settings, trace), .name = "trace", .arg = "FILE", .completes = OPT_COMPLETES_FILE,
     .group = OPT_SOLVER,
     .help = "write epoch, losses, accuracies, rate and seconds to FILE as CSV; - is standard output, the model going "
             "to the file of -o"},
    {FLAG(struct nn_settings, check_gradient), .name = "check-gradient", .group = OPT_SOLVER,
     .help = "compare the gradient with differences of the objective at a random point, and do nothing else"},
    OPT_MODEL_OUTPUT_ROW(struct nn_settings, output),
    OPT_MEMORY_ROW(struct nn_settings, memory),
    OPT_INPUT_ROWS(struct nn_settings, input),
    OPT_GENERAL_ROWS(struct nn_settings, general),
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
    .settings_size = sizeof(struct nn_settings),
    .general_offset = offsetof(struct nn_settings, general),
    .run = run,
};
/* clang-format on */
