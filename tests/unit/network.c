/* Networks and their training, held against PyTorch (network-torch.csv) and NumPy (network.csv). */

#include "fit/network/network_batch.h"
#include "fit/network/trainer.h"
#include "optim/gradcheck.h"
#include "test.h"

#include <math.h>
#include <string.h>

/* Networks against those of PyTorch (tests/ref/network-torch.csv) and of NumPy (network.csv): forward values, losses,
 * gradients, and ten steps of each optimiser. */

enum { ROWS = 12, INPUTS = 5, TARGETS = 3, LD = INPUTS + TARGETS + 1, MOST = 200, SEED = 5 };

struct problem {
    const char *name, *layers;
    size_t outputs;
    const char *loss;
    double parameter;
    bool soft, only_torch; /* soft: targets are shares of classes */
};

static const struct problem problems[] = {
    {"none", "", 3, "ce-logits", 0, false, false},
    {"classes", "7 relu, 6 tanh", 4, "ce-logits", 0, false, false},
    {"binary", "6 sigmoid, 4, softmax", 1, "log-logit", 0, false, false},
    {"number", "linear 6, tanh, 5 log-softmax", 1, "l2", 0, false, false},
    {"huber", "8 relu", 1, "huber", 1, false, false},
    {"probabilities", "6 sigmoid", 3, "ce", 0, false, false},
    {"dropped", "8 relu, dropout 0.25, 6 tanh, dropout 0.5", 4, "ce-logits", 0, false, true},
    {"hidden", "4, mean-sd, common-sd", 1, "l1", 0, false, true},
    {"several", "6 tanh", 2, "l2", 0, false, true},
    {"scattered", "6 tanh", 2, "nll-sd", 0, false, true},
    {"learnt", "6 relu", 2, "nll", 0, false, true},
    {"given", "6 sigmoid", 1, "nll", 2, false, true},
    {"laplace", "6 tanh", 1, "nll-laplace", 2, false, true},
    {"soft", "6 tanh", 3, "ce-logits", 0, true, true},
    {"shares", "6 tanh", 3, "ce", 0, true, true},
};

struct example {
    double x[ROWS * LD];
    uint32_t label[ROWS];
    struct dataset_chunk chunk;
    struct dataset rows;
    struct trainer_data *data;
};

static void make_example(struct example *e, const struct problem *p)
{
    double x[ROWS * INPUTS], target[2][ROWS];
    gradcheck_point(ROWS * INPUTS, 101, x);
    gradcheck_point(ROWS, 102, target[0]);
    gradcheck_point(ROWS, 104, target[1]);
    size_t classes = p->outputs > 1 ? p->outputs : 2;
    bool is_number = p->soft || loss_is_of_numbers(loss_find(p->loss));
    e->rows =
        (struct dataset){.n = ROWS, .d = INPUTS, .chunks = 1, .chunk = &e->chunk, .classes = is_number ? 0 : classes};
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t j = 0; j < INPUTS; j++)
            e->x[r * LD + j] = 4 * x[r * INPUTS + j];
        double sum = 0;
        for (size_t k = 0; k < p->outputs; k++)
            sum += (double)((r * 7 + k * 3) % 5 + 1);
        for (size_t k = 0; k < TARGETS && k < p->outputs; k++)
            e->x[r * LD + INPUTS + k] = p->soft ? (double)((r * 7 + k * 3) % 5 + 1) / sum
                                        : k < 2 ? 3 * target[k][r]
                                                : 0;
        e->x[r * LD + INPUTS + TARGETS] = 1 + (double)(r % 3) / 2;
        e->label[r] = (uint32_t)(r * 7 % classes);
    }
    e->chunk = (struct dataset_chunk){.rows = ROWS, .x = e->x, .ld = LD, .weight = e->x + INPUTS + TARGETS};
    if (is_number)
        e->chunk.target = e->x + INPUTS;
    else
        e->chunk.label = e->label;
    struct err err = {0};
    CHECK(trainer_data_new(&e->data, &e->rows, NULL, 0, 1, &err) == STATUS_OK, "%s", err.reason);
}

static struct network *make_network(const struct problem *p, bool bias)
{
    struct network_item *items = NULL;
    struct network *network;
    struct err err = {0};
    size_t n = 0;
    CHECK(network_parse(p->layers, &items, &n, &err) == STATUS_OK, "%s", err.reason);
    network_new(&network, INPUTS, items, n, p->outputs, bias, loss_find(p->loss), p->parameter);
    free(items);
    network->soft = p->soft;
    return network;
}

static void start(size_t n, double *theta)
{
    gradcheck_point(n, 103, theta);
    for (size_t i = 0; i < n; i++)
        theta[i] *= 2;
}

/* With the values of the reference file. */
static void compare_with(const char *file, const char *name, const char *quantity, size_t n, const double *values)
{
    char line[256], a[64], b[64];
    size_t found = 0, wrong = 0, index;
    double value;
    FILE *f = fopen(file, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (sscanf(line, "%63[^,],%63[^,],%zu,%lf", a, b, &index, &value) == 4 && strcmp(a, name) == 0 &&
            strcmp(b, quantity) == 0 && index < n) {
            found++;
            wrong += !(fabs(values[index] - value) <= 1e-10 * fmax(1, fabs(value)));
        }
    if (f != NULL)
        fclose(f);
    CHECK(found == n && wrong == 0, "%s: %s, %s: %zu of %zu are there, %zu are wrong", file, name, quantity, found, n,
          wrong);
}

static void compare(const struct problem *p, const char *quantity, size_t n, const double *values)
{
    if (!p->only_torch && strcmp(quantity, "lbfgs") != 0)
        compare_with("tests/ref/network.csv", p->name, quantity, n, values);
    if (strcmp(quantity, "clip") != 0)
        compare_with("tests/ref/network-torch.csv", p->name, quantity, n, values);
}

static void check_steps(const struct problem *p, const char *quantity, const char *optimizer, double decay,
                        double shortest)
{
    struct example e;
    double theta[MOST];
    struct network *network = make_network(p, true);
    struct trainer_result result;
    struct trainer_options options = {.settings = {0.05, 0.9, 0.9, 0.999, 1e-8, decay, 1, 0},
                                      .schedule = schedule_all,
                                      .batch = ROWS,
                                      .epochs = 10,
                                      .clip = shortest,
                                      .is_warm_start = true,
                                      .seed = 1,
                                      .threads = 1};
    make_example(&e, p);
    start(network->parameters, theta);
    for (options.step = step_all; strcmp(options.step->name, optimizer) != 0;)
        options.step++;
    trainer_run(network, e.data, &options, theta, &result);
    CHECK(!result.is_diverged && result.epochs == 10);
    compare(p, quantity, network->parameters, theta);
    trainer_data_free(e.data);
    network_free(network);
}

static void check_values(const struct problem *p)
{
    struct example e;
    double theta[MOST], gradient[MOST];
    struct network *network = make_network(p, true);
    struct network_batch *batch;
    make_example(&e, p);
    CHECK(network->parameters <= MOST);
    start(network->parameters, theta);
    network_batch_new(&batch, network, ROWS, false, NULL);
    batch->parameters.value = theta;
    for (size_t r = 0; r < ROWS; r++)
        memcpy(batch->value[0] + r * INPUTS, e.x + r * LD, INPUTS * sizeof(double));
    network_batch_forward(batch, 0, ROWS, network->n_layers);
    compare(p, "output", ROWS * network->outputs, batch->value[network->n_layers]);
    network_batch_free(batch);
    struct objective objective = trainer_objective(network, e.data, 0, true, SEED, 2);
    double value = objective.evaluate(objective.context, theta, gradient, NULL);
    compare(p, "loss", 1, &value);
    compare(p, "gradient", network->parameters, gradient);
    trainer_objective_free(&objective);
    trainer_data_free(e.data);
    network_free(network);
}

static void check_unbiased(const struct problem *p)
{
    struct example e;
    double theta[MOST], gradient[MOST];
    struct network *network = make_network(p, false);
    make_example(&e, p);
    start(network->parameters, theta);
    struct objective objective = trainer_objective(network, e.data, 0, false, 0, 1);
    objective.evaluate(objective.context, theta, gradient, NULL);
    compare_with("tests/ref/network.csv", "unbiased", "gradient", network->parameters, gradient);
    trainer_objective_free(&objective);
    trainer_data_free(e.data);
    network_free(network);
}

/* Networks for which L-BFGS is content with the length of each step that it tries first, as PyTorch without a line
 * search is. */
static void check_lbfgs(void)
{
    static const char *const steady[] = {"none", "classes", "huber", "soft", "shares"};
    for (size_t i = 0; i < sizeof steady / sizeof *steady; i++)
        for (size_t k = 0; k < sizeof problems / sizeof *problems; k++)
            if (strcmp(problems[k].name, steady[i]) == 0)
                check_steps(&problems[k], "lbfgs", "lbfgs", 0, 0);
}

/* More rows than a part of a step has, dropout, clipping, held-out rows: the same bits for any number of threads. */
static void check_threads(bool is_single)
{
    enum { MANY = 2500, FEATURES = 20 };
    static double x[MANY * FEATURES], theta[3][2000];
    static uint32_t label[MANY];
    static const size_t threads[] = {1, 2, 5};
    struct err err = {0};
    struct trainer_result result;
    struct network_item *items = NULL;
    struct network *network;
    size_t n;
    gradcheck_point(MANY * FEATURES, 9, x);
    for (size_t r = 0; r < MANY; r++)
        label[r] = x[r * FEATURES] * x[r * FEATURES + 1] > 0;
    struct dataset_chunk chunk = {.rows = MANY, .x = x, .ld = FEATURES, .label = label};
    struct dataset rows = {.n = MANY, .d = FEATURES, .chunks = 1, .chunk = &chunk, .classes = 2};
    struct trainer_data *data;
    CHECK(trainer_data_new(&data, &rows, NULL, 0.2, 4, &err) == STATUS_OK && data->train == 2000 && data->valid == 500);
    network_parse("40 relu, dropout 0.3, 11 tanh", &items, &n, &err);
    network_new(&network, FEATURES, items, n, 1, true, loss_find("log-logit"), 0);
    for (size_t i = 0; i < 3; i++) {
        struct trainer_options options = {.step = &step_all[2],
                                          .settings = {0.01, 0.9, 0.9, 0.999, 1e-8, 1e-4, 1, 0},
                                          .schedule = &schedule_all[2],
                                          .warm_up = 0.5,
                                          .batch = 1100,
                                          .epochs = 3,
                                          .clip = 0.05,
                                          .patience = 10,
                                          .is_single = is_single,
                                          .seed = 4,
                                          .threads = threads[i]};
        trainer_run(network, data, &options, theta[i], &result);
        CHECK(memcmp(theta[i], theta[0], network->parameters * sizeof(double)) == 0, "%zu threads", threads[i]);
    }
    trainer_data_free(data);
    free(items);
    network_free(network);
}

/* Rows that are alike, in as many parts of a batch: what dropout leaves out differs from part to part, and with the
 * seed alone. */
static double loss_of_alike(const struct network *network, size_t rows, unsigned long long seed)
{
    static double x[2 * NETWORK_ROWS * 3], theta[16];
    static uint32_t label[2 * NETWORK_ROWS];
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        x[i] = 1;
    struct dataset_chunk chunk = {.rows = rows, .x = x, .ld = 3, .label = label};
    struct dataset all = {.n = rows, .d = 3, .chunks = 1, .chunk = &chunk, .classes = 2};
    struct trainer_data *data;
    struct err err = {0};
    CHECK(trainer_data_new(&data, &all, NULL, 0, 1, &err) == STATUS_OK);
    start(network->parameters, theta);
    struct objective objective = trainer_objective(network, data, 0, true, seed, 2);
    double loss = objective.evaluate(objective.context, theta, NULL, NULL);
    trainer_objective_free(&objective);
    trainer_data_free(data);
    return loss;
}

static void check_dropout(void)
{
    struct network_item item = {&layer_dropout, 0, 0.5};
    struct network *network;
    network_new(&network, 3, &item, 1, 1, true, loss_find("log-logit"), 0);
    double loss = loss_of_alike(network, NETWORK_ROWS, 1);
    CHECK(loss == loss_of_alike(network, NETWORK_ROWS, 1));
    CHECK(loss != loss_of_alike(network, NETWORK_ROWS, 2));
    CHECK(fabs(loss - loss_of_alike(network, 2 * NETWORK_ROWS, 1)) > 1e-9);
    network_free(network);
}

int main(void)
{
    check_dropout();
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
        const struct problem *p = &problems[i];
        check_values(p);
        if (strcmp(p->name, "dropped") == 0)
            continue; /* each step drops others */
        check_steps(p, "sgd", "sgd", 0, 0);
        check_steps(p, "momentum", "momentum", 0, 0);
        check_steps(p, "adam", "adam", 0, 0);
        check_steps(p, "gd", "gd", 0, 0);
        check_steps(p, "decay", "adam", 0.3, 0);
        if (!p->only_torch)
            check_steps(p, "clip", "sgd", 0, 0.1);
    }
    check_lbfgs();
    check_unbiased(&problems[1]);
    check_threads(false);
    check_threads(true);
    return test_report("network");
}
