/* Derivatives of every loss, held against differences of its values; tails against their limits. */

#include "family/loss/loss.h"

#include "test.h"

#include <math.h>
#include <string.h>

/* Every registered loss, without naming any: its gradient and curvature are those of its values. */

enum { ROWS = 40, WIDTH = 3 };

static double uniform(void)
{
    static uint64_t state = 7;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

static size_t width_of(const struct loss *loss)
{
    if (loss->prediction == LOSS_MEAN_SD)
        return 2;
    return loss->prediction == LOSS_PROBABILITIES || loss->prediction == LOSS_LOGITS ? WIDTH : 1;
}

static double random_prediction(const struct loss *loss)
{
    bool is_probability = loss->prediction == LOSS_PROBABILITY || loss->prediction == LOSS_PROBABILITIES;
    return is_probability ? 0.02 + 0.96 * uniform() : 8 * uniform() - 4;
}

/* share NULL: targets are classes. */
static struct loss_batch random_batch(const struct loss *loss, double *prediction, double *target, uint32_t *label,
                                      double *share)
{
    size_t width = width_of(loss);
    for (size_t i = 0; i < ROWS * width; i++)
        prediction[i] = random_prediction(loss);
    for (size_t i = 1; loss->prediction == LOSS_MEAN_SD && i < ROWS * width; i += 2)
        prediction[i] = 0.5 + fabs(prediction[i]);
    for (size_t i = 0; i < ROWS; i++) {
        label[i] = (uint32_t)(uniform() * (double)(width > 1 ? width : 2));
        target[i] = loss_is_of_numbers(loss) ? 8 * uniform() - 4 : (double)label[i];
    }
    struct loss_batch batch = {.rows = ROWS, .width = width, .prediction = prediction, .parameter = loss->fallback};
    for (size_t i = 0; share != NULL && i < ROWS * width; i++)
        share[i] = i % (3 * width) == 0 ? 0 : uniform();
    if (share != NULL)
        batch.target_probability = share;
    else if (width > 1 && !loss_is_of_numbers(loss))
        batch.label = label;
    else
        batch.target = target;
    return batch;
}

static void check_derivatives(const struct loss *loss, bool soft)
{
    double prediction[ROWS * WIDTH], target[ROWS], gradient[ROWS * WIDTH], curvature[ROWS];
    double up[ROWS], down[ROWS], slope_up[ROWS * WIDTH], slope_down[ROWS * WIDTH];
    double share[ROWS * WIDTH];
    uint32_t label[ROWS];
    struct loss_batch batch = random_batch(loss, prediction, target, label, soft ? share : NULL);
    size_t width = batch.width;
    loss->evaluate(&batch, NULL, gradient, width == 1 ? curvature : NULL);
    const double h = 1e-6;
    for (size_t k = 0; k < width; k++) {
        for (int side = 0; side < 2; side++) {
            for (size_t i = 0; i < ROWS; i++)
                prediction[i * width + k] += side == 0 ? h : -2 * h;
            loss->evaluate(&batch, side == 0 ? up : down, side == 0 ? slope_up : slope_down, NULL);
        }
        for (size_t i = 0; i < ROWS; i++) {
            prediction[i * width + k] += h;
            double slope = (up[i] - down[i]) / (2 * h), g = gradient[i * width + k];
            CHECK(fabs(slope - g) <= 1e-6 * (1 + fabs(g)), "%s row %zu: slope %g, gradient %g", loss->name, i, slope,
                  g);
            if (width > 1)
                continue;
            double bend = (slope_up[i] - slope_down[i]) / (2 * h);
            CHECK(fabs(bend - curvature[i]) <= 1e-5 * (1 + fabs(bend)), "%s row %zu: bend %g, curvature %g", loss->name,
                  i, bend, curvature[i]);
        }
    }
}

static double value_of(const char *name, double prediction, double target, double parameter)
{
    struct loss_batch batch = {
        .rows = 1, .width = 1, .prediction = &prediction, .target = &target, .parameter = parameter};
    double value;
    loss_find(name)->evaluate(&batch, &value, NULL, NULL);
    return value;
}

static void test_tails(void)
{
    CHECK(value_of("log-logit", 800, 1, 0) == 0, "e^-800 is less than any double beside 0");
    CHECK(value_of("log-logit", -800, 1, 0) == 800);
    CHECK(value_of("log-logit", 800, 0, 0) == 800);
    CHECK(value_of("log-logit", -40, 0, 0) == exp(-40));
    CHECK(value_of("log-logit", 0, 1, 0) == log(2));
    CHECK(value_of("log", 0, 1, 0) == INFINITY && value_of("log", 1, 0, 0) == INFINITY &&
          value_of("log", 1, 1, 0) == 0);
    CHECK(value_of("log", 1e-300, 0, 0) == 1e-300, "log1p keeps small probabilities");
    CHECK(value_of("huber", 3, 0, 1) == 2.5 && value_of("huber", -0.5, 0, 1) == 0.125);
    CHECK(value_of("l2", 3, 1, 0) == 2 && value_of("l1", 3, 1, 0) == 2 && value_of("squared", 0.25, 1, 0) == 0.5625);
    CHECK(fabs(value_of("nll", 1, 1, 1) - 0.918938533204672742) < 1e-15);
    double scores[] = {800, -800, 0}, value, gradient[3];
    uint32_t label = 1;
    struct loss_batch batch = {.rows = 1, .width = 3, .prediction = scores, .label = &label};
    loss_find("ce-logits")->evaluate(&batch, &value, gradient, NULL);
    CHECK(value == 1600 && gradient[0] == 1 && gradient[1] == -1 && gradient[2] == 0);
}

int main(void)
{
    for (size_t i = 0; loss_all[i] != NULL; i++) {
        CHECK(loss_find(loss_all[i]->name) == loss_all[i], "%s", loss_all[i]->name);
        for (size_t a = 0; loss_all[i]->aliases != NULL && loss_all[i]->aliases[a] != NULL; a++)
            CHECK(loss_find(loss_all[i]->aliases[a]) == loss_all[i], "%s", loss_all[i]->aliases[a]);
        CHECK(strlen(loss_all[i]->help) < 60 && loss_all[i]->formula[0] != '\0', "%s", loss_all[i]->name);
        bool in_nats = strstr(loss_all[i]->formula, "in nats") != NULL;
        CHECK((loss_all[i]->unit == LOSS_NATS) == in_nats, "unit of %s", loss_all[i]->name);
        if (!loss_all[i]->metric)
            check_derivatives(loss_all[i], false);
        if (loss_all[i]->soft)
            check_derivatives(loss_all[i], true);
    }
    CHECK(loss_find("no such loss") == NULL);
    test_tails();
    return test_report("loss");
}
